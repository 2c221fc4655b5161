/** A number along an axis, as Vega-Lite's channels have it. */
export const quantitative = <const Axis extends object, const Scale extends object>(field: string, axis: Axis, scale: Scale) =>
  ({ field, type: 'quantitative', axis, scale }) as const;

/** Names, each with what it is told by: its colour, dash or shape. */
export const nominal = <Range extends string[] | number[][], const Legend extends object | null>(
  field: string,
  domain: readonly string[],
  range: Range,
  legend: Legend,
) => ({ field, type: 'nominal', scale: { domain: [...domain], range }, legend }) as const;

/** From one field to another, up and down. */
export const between = <X, Y extends object>(x: X, y: Y, from = 'lower', to = 'upper') => ({
  x,
  y: { ...y, field: from },
  y2: { field: to },
});

/** Numbers on a linear axis, the same way in every picture: four digits at most, none for nothing. */
export const numberTicks = '.4~g';

/** Numbers on a logarithmic axis of counts, as tables write them: 1e4, not 1e+4. */
export const powerTicks = "replace(format(datum.value, '~e'), '+', '')";

/** The axis that lines go along: of ranks and other whole numbers, of numbers, or of counts on a logarithmic scale with a tick at each of few. */
export function alongAxis(field: string, title: string, values: readonly number[], log: boolean) {
  const points = [...new Set(values)];
  const whole = !log && points.every(Number.isInteger);
  const ticks = whole
    ? { format: ',d', tickMinStep: 1 }
    : log
      ? { labelExpr: powerTicks, ...(points.length <= 8 ? { values: points } : {}) } // else more than there is room for
      : { format: '~g' };
  return quantitative(field, { title, grid: false, ...ticks }, { ...(log ? { type: 'log' } : { zero: false }), nice: false, padding: 8 });
}

/** Lowest and highest of all numbers, for axes that several pictures share; undefined where there are none. */
export function rangeOf(values: readonly (number | null | undefined)[]): [number, number] | undefined {
  let [lowest, highest] = [Infinity, -Infinity]; // in a loop, as a call takes only so many arguments
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return lowest > highest ? undefined : [lowest, highest];
}

/** Lines that can be told apart without colours. */
export const dashes = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [12, 4],
  [1, 3],
  [4, 1],
];

/** Lines to compare with, where several are told apart. */
export const referenceDashes = [
  [4, 3],
  [1, 2],
  [5, 2, 1, 2],
  [1, 4],
  [2, 1],
];

/** A line to compare with. */
export const comparedWith = { type: 'rule', strokeDash: [4, 3] as number[], color: 'var(--soft)' } as const;

/** A bound of an interval; where one value has none, the value, so that a band has no height. */
export const boundOr = (bound: number, value: number): number => (Number.isFinite(bound) ? bound : value);
