import type { TopLevelSpec } from 'vega-lite';
import { fitWords } from './fit-words.ts';
import { paperStyle } from './picture-style.ts';
import { withView } from './vega.ts';

/** How large a figure is on paper. */
export interface Size {
  readonly scale: number; // points of a unit of the drawing
  readonly points: { readonly width: number; readonly height: number };
  readonly millimetres: { readonly width: number; readonly height: number };
}

type Spec = Readonly<Record<string, unknown>>;

/** Points of a unit: labels of 11 units are 7.7 points high, the least text, of 10, has 7. */
const usualScale = 0.7;
const pointsOfMillimetre = 72 / 25.4;
/** The narrowest plot, in units; below it the drawing is made smaller as a whole. */
const narrowest = 90;

/** The spec with a plot as wide as makes the whole figure so many millimetres wide, and legends of as many columns as fit into it. */
export async function fitted(spec: Spec, millimetres: number): Promise<{ spec: Spec; size: Size }> {
  const wanted = (millimetres * pointsOfMillimetre) / usualScale;
  const worded = fitWords(spec, wanted, paperStyle);
  let [fitting, size] = await widened(worded, wanted);
  for (let columns = 2; columns > 0 && size[0] > wanted + 1; columns--)
    [fitting, size] = await widened(narrowLegends(worded, columns), wanted);
  const [width, height] = size;
  const scale = Math.min(usualScale, (millimetres * pointsOfMillimetre) / width);
  const points = { width: width * scale, height: height * scale };
  const rounded = (length: number) => Math.round((100 * length) / pointsOfMillimetre) / 100;
  return { spec: fitting, size: { scale, points, millimetres: { width: rounded(points.width), height: rounded(points.height) } } };
}

/** The plot's width by the secant of what its whole figure's is; one of steps has its own. */
async function widened(spec: Spec, wanted: number): Promise<[Spec, readonly [number, number]]> {
  const first = spec.width;
  let size = await sizeOf(spec);
  if (typeof first !== 'number') return [spec, size];
  const resized = (width: number): Spec => ({ ...spec, width, ...heightFor(spec, width / first) });
  let [width, slope, found] = [first, 1, spec];
  for (let tries = 0; tries < 4 && Math.abs(size[0] - wanted) > 0.5; tries++) {
    const next = Math.max(narrowest, Math.round(10 * (width + (wanted - size[0]) / slope)) / 10);
    if (next === width) break;
    found = resized(next);
    const after = await sizeOf(found);
    if (after[0] !== size[0]) slope = Math.max(0.5, (after[0] - size[0]) / (next - width));
    [width, size] = [next, after];
  }
  return [found, size];
}

/** Lower with a narrower plot; hardly higher with a wider one. */
function heightFor({ height }: Spec, ratio: number): { height?: number } {
  return typeof height === 'number' ? { height: Math.round(height * Math.min(1.15, Math.max(0.6, ratio))) } : {};
}

async function sizeOf(spec: Spec): Promise<readonly [number, number]> {
  const svg = await withView({ ...spec, config: paperStyle } as unknown as TopLevelSpec, (view) => view.toSVG());
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return [Number(width), Number(height)];
}

/** Legends of so many columns at most. */
function narrowLegends<T>(part: T, columns: number): T {
  if (Array.isArray(part)) return part.map((one) => narrowLegends(one, columns)) as T;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (key === 'data') return [key, value];
      if (key === 'legend' && typeof value === 'object' && value !== null) return [key, { ...value, columns }];
      return [key, narrowLegends(value, columns)];
    }),
  ) as T;
}
