/** What LaTeX takes for a command, sets as another sign in its usual fonts, or joins with its neighbour. */
const marks: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\char34{}',
  '-': '-{}',
  '`': '\\textasciigrave{}',
  "'": "'{}",
  ',': ',{}',
  '?': '?{}',
  '!': '!{}',
};
/** Of these only a second one in a row, or before a grave accent, makes another sign. */
const joining = /([-',])(?=\1)|[?!](?=`)/g;

/** Signs of names and captions that pdfLaTeX has in mathematics only. */
const mathematics: Readonly<Record<string, string>> = {
  '−': '-',
  '×': '\\times',
  '±': '\\pm',
  '·': '\\cdot',
  '≤': '\\leq',
  '≥': '\\geq',
  '≠': '\\neq',
  '≈': '\\approx',
  '→': '\\rightarrow',
  '←': '\\leftarrow',
  '∞': '\\infty',
  '√': '\\surd',
  '∆': '\\Delta',
  '∑': '\\sum',
  '∈': '\\in',
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((digit, i) => [digit, `^${i}`])),
  ...Object.fromEntries([...'₀₁₂₃₄₅₆₇₈₉'].map((digit, i) => [digit, `_${i}`])),
};

const greek: readonly string[] =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
/** Capitals that look as Latin ones do, which LaTeX has no command for. */
const latinCapitals: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ΑΒΕΖΗΙΚΜΝΟΡΤΧ'].map((letter, i) => [letter, 'ABEZHIKMNOPTX'[i]]),
);

function greekLetter(letter: string): string {
  if (letter in latinCapitals) return latinCapitals[letter];
  const small = letter.toLowerCase();
  const name = greek[small.charCodeAt(0) - 'α'.charCodeAt(0)];
  if (name === 'omicron') return 'o';
  return letter === small ? `$\\${name}$` : `$\\${name[0].toUpperCase()}${name.slice(1)}$`;
}

/** Text that LaTeX prints as it is, on one line. Letters beyond Latin and Greek stay: LuaLaTeX and XeLaTeX print them, pdfLaTeX does not. */
export const escapeLatex = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(joining, (mark) => `\0${mark}`)
    .replaceAll(/\0([-',?!])|[\\~^<>|"`]|[&%$#_{}]/g, (mark, joined?: string) => marks[joined ?? mark] ?? `\\${mark}`)
    .replaceAll(/[α-ωΑ-Ω]/g, greekLetter)
    .replaceAll(/[^\x20-\x7e]/g, (sign) => (sign in mathematics ? `$${mathematics[sign]}$` : sign));

/** Whether pdfLaTeX, as it comes, has a sign for all of an escaped text. */
export const printable = (escaped: string): boolean => /^[\x20-\x7e\u00a1-\u017f–—‘’“”•…†‡€]*$/.test(escaped);
