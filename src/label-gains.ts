import { decimalOf, fitsFloat32 } from './data/decimal.ts';
import { UsageError } from './errors.ts';
import { HIGHEST_EXPONENTIAL_GRADE, twoToThe } from './math/exponential-grade.ts';
import { lookup } from './registry.ts';
import { check, picklist, pipe, real, record, string, union } from './schema.ts';

/** Gain of a label y ≥ 0: 2^y − 1 or y. A label below 0 is unjudged: gain 0, not relevant. */
export type GainName = 'exponential' | 'linear';
/** Gains by label, each label as text: `{0: 0, 1: 1, 2: 3}`; a higher label never has a lower gain, and 0 has none. */
export type GainTable = Readonly<Record<string, number>>;
/** How labels become gains: the one place that metrics, simulators and learners ask. */
export type GainRule = GainName | GainTable;

/** Gain of a label, by name; 0 for labels below 0, which are unjudged. */
export const gains: Readonly<Record<GainName, (label: number) => number>> = {
  exponential: (label) => (label > 0 ? twoToThe(label) - 1 : 0),
  linear: (label) => Math.max(label, 0),
};

/**
 * The gain of a label by a rule; 0 for labels of 0 and below.
 * @throws UsageError on an unknown name or a table with a {@link gainTableFault}; the function, on a label whose exponential gain is no
 *   finite number, or that a table does not name
 */
export function gainOf(rule: GainRule): (label: number) => number {
  if (typeof rule === 'string') return lookup('gain', gains, rule);
  const table = tableOf(rule);
  return (label) => {
    const gain = label > 0 ? table.get(label) : 0;
    if (gain === undefined) throw new UsageError(missingFault(label, rule));
    return gain;
  };
}

/** The gains of a scale of labels. */
export interface GainScale {
  readonly gain: (label: number) => number;
  readonly highest: number; // gain of the highest label Y
  readonly full: number; //    2^Y where gains are exponential, so that no share of it is 1 (Chapelle et al., CIKM 2009), else `highest`
}

/** @param highestLabel Y, of the label scale @throws UsageError as {@link gainOf}, and where Y has no gain */
export function gainScale(rule: GainRule, highestLabel: number): GainScale {
  const gain = gainOf(rule);
  const highest = gain(highestLabel);
  if (!(highest > 0)) throw new UsageError(`the highest label, ${highestLabel}, must have a gain above 0, got ${highest}`);
  return { gain, highest, full: rule === 'exponential' ? twoToThe(highestLabel) : highest };
}

/** Gain of a label l ≥ 0 as a share, in [0, 1], of what is possible with highest grade H. */
export const gainShares = {
  /** l/H */
  linear: (label: number, highestGrade: number) => label / highestGrade,
  /** (2^l − 1)/2^H */
  exponential: (label: number, highestGrade: number) => (twoToThe(label) - 1) / twoToThe(highestGrade),
} as const;

/** Why a rule gives a label no gain; null where it does. */
export function labelFault(rule: GainRule): (label: number) => string | null {
  if (rule === 'linear') return () => null;
  if (rule === 'exponential')
    return (label) =>
      label > HIGHEST_EXPONENTIAL_GRADE
        ? `label must be at most ${HIGHEST_EXPONENTIAL_GRADE}, as a grade y has the gain 2^y − 1; use linear gains, a table of gains, or grades of a smaller scale`
        : null;
  const table = tableOf(rule);
  return (label) => (label > 0 && !table.has(Math.fround(label)) ? missingFault(label, rule) : null);
}

/** What is wrong with a table of gains, as a sentence's end; null where nothing is. */
export function gainTableFault(table: GainTable): string | null {
  const rows = Object.entries(table)
    .map(([text, gain]) => ({ text, label: decimalOf(text.trim(), 'decimal'), gain }))
    .sort((a, b) => a.label - b.label);
  const bad = rows.find(({ label }) => !fitsFloat32(label));
  if (bad) return `has "${bad.text}" for a label; labels are numbers that 32 bits hold`;
  const twice = rows.findIndex(({ label }, i) => i > 0 && Math.fround(label) === Math.fround(rows[i - 1].label));
  if (twice > 0) return `names one label twice, as ${rows[twice - 1].text} and ${rows[twice].text}`;
  const negative = rows.find(({ gain }) => !(gain >= 0 && gain < Infinity));
  if (negative) return `gives label ${negative.text} the gain ${negative.gain}; gains are finite numbers of at least 0`;
  const paid = rows.find(({ label, gain }) => label <= 0 && gain > 0);
  if (paid) return `gives label ${paid.text} the gain ${paid.gain}; a label of 0 is not relevant, one below unjudged: neither has a gain`;
  const falling = rows.findIndex(({ gain }, i) => i > 0 && gain < rows[i - 1].gain);
  if (falling > 0) return `gives label ${rows[falling].text} less than label ${rows[falling - 1].text}; a higher label is never worth less`;
  return rows.some(({ gain }) => gain > 0) ? null : 'gives no label a gain above 0';
}

/** A rule as an option. */
export const gainRule = () =>
  union([
    picklist(['exponential', 'linear']),
    pipe(
      record(string(), real()),
      check(
        (table) => gainTableFault(table) === null,
        ({ input }) => `the table of gains ${gainTableFault(input)}`,
      ),
    ),
  ]);

/** A rule in words: exponential, or `0 → 0, 1 → 3`. */
export const gainWords = (rule: GainRule): string =>
  typeof rule === 'string'
    ? rule
    : Object.entries(rule)
        .map(([label, gain]) => `${label} → ${gain}`)
        .join(', ');

/** The highest label that a table names; null for other rules, which know no scale. */
export const highestOfTable = (rule: GainRule): number | null =>
  typeof rule === 'string' ? null : Math.max(...Object.keys(rule).map((label) => Math.fround(Number(label))));

/** Labels are kept as 32-bit floats. */
function tableOf(rule: GainTable): ReadonlyMap<number, number> {
  const fault = gainTableFault(rule);
  if (fault !== null) throw new UsageError(`a table of gains ${fault}`);
  return new Map(Object.entries(rule).map(([label, gain]) => [Math.fround(Number(label)), gain]));
}

const missingFault = (label: number, rule: GainTable) =>
  `label ${label} has no gain in the table, which names ${Object.keys(rule).slice(0, 20).join(', ')}; add it`;
