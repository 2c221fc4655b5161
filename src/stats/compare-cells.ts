import { createRng, type Rng } from '../random/rng.ts';
import { cohenDz } from './cohen-dz.ts';
import { crossedTTest } from './crossed-t-test.ts';
import { type Estimate, meanInterval, orNull } from './estimate.ts';
import { pairedDifferences } from './paired-differences.ts';
import { pairedTTest } from './paired-t-test.ts';
import { spreadSignFlipTest } from './sign-flip-test.ts';
import { type WinTieLoss, winTieLoss } from './win-tie-loss.ts';

export interface Tally {
  sum: number;
  n: number;
}
/** Values of one row, column and metric by sample (seed, or query), and within a sample by context: whatever else differs. */
export type Measured = ReadonlyMap<string, ReadonlyMap<string, Tally>>;

/** Between the seed that a context begins with and the rest of it. */
export const separator = '\u0000';
const seedOf = (context: string): string => context.split(separator, 1)[0];

/** The unit of intervals and tests: seeds, queries (each the mean over its seeds), or both as crossed samples. */
export type TestUnit = 'seed' | 'query' | 'both';

/**
 * A difference from the baseline, with every test; null where there are fewer than two samples, and where a test is undefined as the differences
 * are one number other than 0.
 */
export interface ComparedDifference {
  readonly difference: Estimate;
  readonly values: readonly number[]; // of every sample that both have
  readonly samples: number; //       both have: seeds, or queries
  readonly seeds: number | null; //  both have, where the unit is both
  readonly pairedT: number | null; // p-values, not corrected; two-sided
  readonly signFlip: number | null; // exact up to 20 samples; above, where draws take their time, only when asked for
  readonly crossedT: number | null;
  readonly cohenDz: number | null;
  readonly winTieLoss: WinTieLoss;
}

/** The mean of a cell, its interval by the unit, and the values of the samples. */
export function cellMean(measured: Measured, unit: TestUnit): { mean: Estimate; values: number[] } {
  const values = [...measured.values()].map((contexts) => average([...contexts.values()].map(({ sum, n }) => sum / n)));
  if (unit !== 'both') return { mean: meanInterval(values), values };
  return { mean: crossedMean(seedTable(measured)) ?? withoutSpread(average(values), values.length), values };
}

/** Pairs up to which `signFlipTest` counts all patterns of signs, and draws none. */
const exactSignFlips = 20;

/** The difference of two cells over the samples and contexts that both have; null where they have none. @param rng null: no drawn sign flips */
export function cellDifference(cell: Measured, baseline: Measured, unit: TestUnit, rng: Rng | null): ComparedDifference | null {
  const paired = pairedCells(cell, baseline);
  if (paired.size === 0) return null;
  const differences = [...paired.values()].map((contexts) => average([...contexts.values()].map(({ sum }) => sum)));
  const zeros = new Float64Array(differences.length);
  const tested = differences.length > 1 && unit !== 'both';
  const flips = rng ?? (differences.length <= exactSignFlips ? createRng('exact') : null);
  const table = unit === 'both' ? seedTable(paired) : null;
  const crossed = table && table.S > 1 && table.Q > 1 ? crossedTTest(table.values, table.S, table.Q) : null;
  return {
    difference:
      unit === 'both' ? (crossed?.difference ?? withoutSpread(average(differences), differences.length)) : meanInterval(differences),
    values: differences,
    samples: differences.length,
    seeds: table?.S ?? null,
    pairedT: tested ? orNull(pairedTTest(differences, zeros).p) : null,
    signFlip: tested && flips !== null ? orNull(spreadSignFlipTest(differences, zeros, flips).p) : null,
    crossedT: crossed && orNull(crossed.p),
    cohenDz: differences.length > 1 ? orNull(cohenDz(differences, zeros)) : null,
    winTieLoss: winTieLoss(differences, zeros, 1e-12),
  };
}

/** a − b, by sample and context, wherever both are; the tally of a difference counts one. */
function pairedCells(a: Measured, b: Measured): Measured {
  const both = [...a].flatMap(([sample, contexts]) =>
    [...contexts].flatMap(([context, one]) => {
      const other = b.get(sample)?.get(context);
      return other === undefined ? [] : [{ sample, context, ours: one.sum / one.n, theirs: other.sum / other.n }];
    }),
  );
  const paired = new Map<string, Map<string, Tally>>();
  if (both.length === 0) return paired;
  const differences = pairedDifferences(
    both.map(({ ours }) => ours),
    both.map(({ theirs }) => theirs),
  );
  for (const [i, { sample, context }] of both.entries()) {
    const contexts = paired.get(sample) ?? new Map<string, Tally>();
    paired.set(sample, contexts.set(context, { sum: differences[i], n: 1 }));
  }
  return paired;
}

interface SeedTable {
  readonly values: Float64Array; // s·Q + q: mean over the other contexts
  readonly S: number;
  readonly Q: number;
}

/** Values per seed and query, of the queries that every seed has. */
function seedTable(byQuery: Measured): SeedTable {
  const seeds = [...new Set([...byQuery.values()].flatMap((contexts) => [...contexts.keys()].map(seedOf)))];
  const columns: number[][] = [];
  for (const contexts of byQuery.values()) {
    const ofSeeds = new Map<string, number[]>();
    for (const [context, { sum, n }] of contexts) ofSeeds.set(seedOf(context), [...(ofSeeds.get(seedOf(context)) ?? []), sum / n]);
    if (ofSeeds.size === seeds.length) columns.push(seeds.map((seed) => average(ofSeeds.get(seed) ?? [])));
  }
  const [S, Q] = [seeds.length, columns.length];
  return { values: Float64Array.from({ length: S * Q }, (_, i) => columns[i % Q][Math.floor(i / Q)]), S, Q };
}

const crossedMean = ({ values, S, Q }: SeedTable): Estimate | null => (S > 1 && Q > 1 ? crossedTTest(values, S, Q).difference : null);

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const withoutSpread = (value: number, n: number): Estimate => ({
  value,
  standardError: Number.NaN,
  lower: Number.NaN,
  upper: Number.NaN,
  n,
});
