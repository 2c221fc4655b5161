/** Okabe and Ito's palette, which colour-blind readers can tell apart, and greys for words and lines. */
export const lightPalette = {
  paper: '#ffffff',
  card: '#f6f7f8',
  text: '#1b1f23',
  soft: '#59636e',
  line: '#c4cad1',
  grid: '#e4e7ea',
  c0: '#0072b2',
  c1: '#d55e00',
  c2: '#009e73',
  c3: '#b0568e',
  c4: '#b98000',
  c5: '#2f9fd8',
  c6: '#1b1f23',
  warn: '#fff4dd',
} as const;

/** Lighter shades of the same hues, for dark paper. */
export const darkPalette: Readonly<Record<keyof typeof lightPalette, string>> = {
  paper: '#15181c',
  card: '#1e2329',
  text: '#e8eaed',
  soft: '#a3adb8',
  line: '#46505a',
  grid: '#2d343b',
  c0: '#56b4e9',
  c1: '#e69f00',
  c2: '#2bc29a',
  c3: '#e39ac6',
  c4: '#f0e442',
  c5: '#8fb8ff',
  c6: '#e8eaed',
  warn: '#3a3016',
};

/** A palette as CSS variables. */
export const cssVariables = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');

/** Specs name colours as the page does, `var(--c0)`; a picture that stands by itself has those of light paper. */
export const literalColours = (text: string): string =>
  text.replaceAll(/"var\(--(\w+)\)"/g, (whole, name: string) => (name in lightPalette ? `"${lightPalette[name as 'c0']}"` : whole));

const drawn = ['paper', 'text', 'soft', 'line', 'grid', 'c0', 'c1', 'c2', 'c3', 'c4', 'c5'] as const;

/** Rules that give pictures in a page the page's own shades: in the SVG stand those of light paper, so that it can be cut out. */
export const pictureColours: string = drawn
  .map(
    (name) =>
      `.pictures [fill="${lightPalette[name]}"] { fill: var(--${name}); } .pictures [stroke="${lightPalette[name]}"] { stroke: var(--${name}); }`,
  )
  .join('\n');
