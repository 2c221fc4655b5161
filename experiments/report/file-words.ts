const greek = Object.entries({
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  θ: 'theta',
  λ: 'lambda',
  μ: 'mu',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
});

/** Words as a part of a file's name: small letters, digits and hyphens, cut at a word. Of letters beyond Latin ones only Greek ones that formulas have are spelt out. */
export function fileWords(text: string, most = 60): string {
  const plain = greek
    .reduce((words, [letter, name]) => words.replaceAll(letter, name), text)
    .normalize('NFKD')
    .replaceAll('@', '-at-')
    .toLowerCase()
    .replaceAll(/(?<=\p{L})['’](?=\p{L})/gu, '')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return plain.length <= most ? plain : plain.slice(0, most).replace(/-[^-]*$/, '');
}
