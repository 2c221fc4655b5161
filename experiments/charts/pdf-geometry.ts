/** x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** First the second, then the first. */
export const multiply = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
];

/** How much longer lengths become. */
export const scaleOf = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c));

/** As a PDF writes it: no exponent, no zeros at the end. */
export const number = (value: number, digits = 2): string => {
  const text = value.toFixed(digits).replace(/\.?0+$/, '');
  return text === '-0' || text === '' ? '0' : text;
};

const named: Readonly<Record<string, readonly [number, number, number]>> = { black: [0, 0, 0], white: [255, 255, 255] };

/** Red, green and blue from 0 to 1; null for what is transparent. @throws Error for what is no colour */
export function rgb(style: string): readonly [number, number, number] | null {
  if (style === 'transparent' || style === 'none') return null;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i
    .exec(style)
    ?.slice(1)
    .map((digit) => Number.parseInt(digit + digit, 16));
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
    .exec(style)
    ?.slice(1)
    .map((pair) => Number.parseInt(pair, 16));
  const parts = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(style)?.slice(1).map(Number);
  const [r, g, b] = named[style] ?? short ?? long ?? parts ?? [];
  if (r === undefined || g === undefined || b === undefined) throw new Error(`"${style}" is no colour that a PDF can be given`);
  return [r / 255, g / 255, b / 255];
}

type Point = readonly [number, number];

/** Bézier curves of a quarter of a circle at most: two control points and the end of each. */
export function quarterArcs([x, y]: Point, radius: number, from: number, to: number, anticlockwise: boolean): [Point, Point, Point][] {
  const turn = 2 * Math.PI;
  let sweep = to - from;
  if (Math.abs(sweep) >= turn - 1e-9) sweep = anticlockwise ? -turn : turn;
  else if (anticlockwise && sweep > 0) sweep -= turn;
  else if (!anticlockwise && sweep < 0) sweep += turn;
  const count = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
  const step = sweep / count;
  const reach = (4 / 3) * Math.tan(step / 4) * radius;
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [from + i * step, from + (i + 1) * step];
    const [ax, ay, bx, by] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
    const end: Point = [x + radius * bx, y + radius * by];
    return [[x + radius * ax - reach * ay, y + radius * ay + reach * ax], [end[0] + reach * by, end[1] - reach * bx], end];
  });
}
