import type { InteractionData, InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { filterRows } from '../../src/data/interactions/interaction-log.ts';
import { type InteractionReader, interactionReaders } from '../../src/data/interactions/interaction-readers.ts';
import { UsageError } from '../../src/errors.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type Decoded, nullable, optional, picklist, probability, real, strictObject, string } from '../../src/schema.ts';
import type { TestPairs } from './problem.ts';

export type ReaderName = keyof typeof interactionReaders;
export const readerName = () => picklist(Object.keys(interactionReaders) as ReaderName[]);

export const recordedOptions = strictObject({
  reader: readerName(),
  path: string(), // a folder; for csv and parquet perhaps a file
  relevantFrom: optional(nullable(real()), 4), // lowest rating that is relevant; null: the rating on [0, 1]. Without ratings: a click
  uniformSampleShare: optional(probability(), 0), // of the uniform test part, taken out of it, for naive Bayes
});

export const readInteractionData = ({ reader, path }: { readonly reader: ReaderName; readonly path: string }): Promise<InteractionData> =>
  (interactionReaders[reader] as InteractionReader).read(path);

/** The target of a row: relevant or not by its rating, the rating on [0, 1] of the log's range, or the click where there are no ratings. */
export function targetOf(log: InteractionLog, relevantFrom: number | null, scale: readonly [number, number]): (row: number) => number {
  const { ratings, clicks } = log;
  if (ratings === null) return (row) => clicks[row];
  if (relevantFrom !== null) return (row) => Number(ratings[row] >= relevantFrom);
  const [low, high] = scale;
  return (row) => (ratings[row] - low) / (high - low);
}

/** Lowest and highest rating of the logs. */
export function ratingScale(...logs: readonly (InteractionLog | null)[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const log of logs)
    for (const rating of log?.ratings ?? []) {
      low = Math.min(low, rating);
      high = Math.max(high, rating);
    }
  return high > low ? [low, high] : [0, 1];
}

/** The uniform part of a data set, split into a sample for naive Bayes and the test part: no row is in both. @throws UsageError without one */
export function splitUniform(data: InteractionData, { path, uniformSampleShare }: Decoded<typeof recordedOptions>, rng: Rng) {
  const { uniformTest } = data;
  if (uniformTest === null)
    throw new UsageError(`"${path}" has no uniformly random part to test on; use a data set that has one, or a simulation`);
  const draws = rng.fork('uniform-sample');
  const sampled = Uint8Array.from(uniformTest.items, () => Number(draws.next() < uniformSampleShare));
  return {
    sample: uniformSampleShare === 0 ? null : filterRows(uniformTest, (row) => sampled[row] === 1),
    test: filterRows(uniformTest, (row) => sampled[row] === 0),
  };
}

export const testPairsOf = ({ offsets, items }: InteractionLog, target: (row: number) => number): TestPairs => ({
  offsets,
  items,
  labels: Float32Array.from(items, (_, row) => target(row)),
});
