import { formatMean } from '../summary/format-number.ts';
import type { Picture } from './draw-svg.ts';
import { between, boundOr, dashes, nominal, numberTicks, powerTicks, quantitative, rangeOf, referenceDashes } from './encodings.ts';

/** What a metric is drawn along: in a sentence, and on the axis. */
export interface AxisWords {
  readonly words: string;
  readonly title: string;
}

/** Means of one method along a key of the config. */
export interface AxisLine {
  readonly method: string;
  readonly reference: boolean; // a line to compare with
  readonly points: readonly { readonly at: number; readonly mean: number; readonly lower: number; readonly upper: number }[];
}

const colours = 7;
const crowd = 7; //   methods, above which bands cover each other
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right'];

/** One metric along a log axis: a line per method, with its 95 % band where {@link bandsFit}, references grey and dashed. @param range of the metric, shared with other pictures */
export function axisPicture(
  title: string,
  metric: string,
  along: AxisWords,
  lines: readonly AxisLine[],
  range: [number, number] | undefined = undefined,
): Picture {
  const learners = lines.filter(({ reference }) => !reference);
  const references = lines.filter(({ reference }) => reference);
  const all = [...learners, ...references];
  const domain = all.map(({ method }) => method);
  const values = learners.flatMap(({ method, points }) =>
    points.map(({ at, mean, lower, upper }) => ({ method, at, mean, lower: boundOr(lower, mean), upper: boundOr(upper, mean) })),
  );
  const ruled = references.flatMap(({ method, points }) => points.map(({ at, mean }) => ({ method, at, mean })));
  const ticks = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))];
  const x = quantitative(
    'at',
    { title: along.title, labelExpr: powerTicks, values: ticks, grid: false },
    { type: 'log', nice: false, padding: 10 },
  );
  const y = quantitative(
    'mean',
    { title: metric, tickCount: 5, format: numberTicks },
    { zero: false, ...(range && { domain: range, nice: true }) },
  );
  const legend = { title: null, orient: 'bottom', columns: 3 } as const;
  const by = <Range extends string[] | number[][]>(range: Range) => nominal('method', domain, range, legend);
  const color = by(all.map(({ reference }, i) => (reference ? 'var(--soft)' : `var(--c${i % colours})`)));
  const strokeDash = by(
    all.map(({ reference }, i) =>
      reference ? referenceDashes[(i - learners.length) % referenceDashes.length] : dashes[i < colours ? 0 : 1],
    ),
  );
  const shape = by(all.map(({ reference }, i) => (reference ? 'stroke' : shapes[i % shapes.length])));
  return {
    alt: `${metric} by ${along.words}${title === '' ? '' : `, ${title}`}: ${lines.map(described).join('; ')}`,
    spec: {
      title: title === '' ? metric : title,
      width: 330,
      height: 220,
      layer: [
        ...(bandsFit(lines) ? learners : []).map(({ method }, i) => ({
          data: { values: values.filter((value) => value.method === method) },
          mark: { type: 'area', opacity: 0.1, color: `var(--c${i % colours})` } as const,
          encoding: between(x, y),
        })),
        { data: { values: [...ruled, ...values] }, mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color, strokeDash } },
        { data: { values }, mark: { type: 'point', filled: true, size: 45, opacity: 1 }, encoding: { x, y, color, shape } },
      ],
    },
  };
}

/** Whether bands can be told apart; where not, lines are drawn alone. */
export const bandsFit = (lines: readonly AxisLine[]): boolean => lines.filter(({ reference }) => !reference).length <= crowd;

/** From the lowest to the highest of the lines and bands of several pictures. */
export const axisRange = (pictures: readonly (readonly AxisLine[])[]): [number, number] | undefined =>
  rangeOf(
    pictures.flatMap((lines) =>
      lines.flatMap(({ points, reference }) =>
        points.flatMap(({ mean, lower, upper }) => (reference || !bandsFit(lines) ? [mean] : [mean, lower, upper])),
      ),
    ),
  );

const described = ({ method, points }: AxisLine) =>
  `${method} ${points.map(({ at, mean, upper }) => `${at}: ${formatMean({ value: mean, upper })}`).join(', ')}`;
