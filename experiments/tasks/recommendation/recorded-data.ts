import type { TestPairs } from '../../../estimators/recommendation/evaluate-recommender.ts';
import { checkSharedIds } from '../../../src/data/interactions/check-shared-ids.ts';
import { interactionColumnNames } from '../../../src/data/interactions/interaction-columns.ts';
import { filterRows, type InteractionData, type InteractionLog } from '../../../src/data/interactions/interaction-log.ts';
import type { InteractionReader, ReaderOptions } from '../../../src/data/interactions/interaction-readers.ts';
import { UsageError } from '../../../src/errors.ts';
import type { Rng } from '../../../src/random/rng.ts';
import {
  array,
  check,
  type Decoded,
  nullable,
  optional,
  picklist,
  pipe,
  probability,
  real,
  strictObject,
  string,
} from '../../../src/schema.ts';
import { filePath } from '../../config/text-rules.ts';
import type { Parts } from '../../parts/parts.ts';

export type Readers = Parts['readers'];
type ReaderName = keyof Readers;
export const readerName = (readers: Readers) => picklist(Object.keys(readers) as ReaderName[]);

const scale = pipe(
  array(real()),
  check((ends) => ends.length === 2 && ends[0] < ends[1], 'must be two numbers, the lowest and the highest rating'),
);

/** A name for each column that a file calls otherwise. */
const columnNames = () =>
  strictObject(Object.fromEntries(['user', 'item', ...interactionColumnNames].map((name) => [name, optional(string())])));
const letter = () =>
  pipe(
    string(),
    check((text) => text.length === 1 && !/["\r\n]/.test(text), 'must be one letter, no quote'),
  );

export const recordedOptions = (readers: Readers) =>
  strictObject({
    reader: readerName(readers),
    path: filePath(), // a folder; for csv and parquet perhaps a file
    ratingScale: optional(nullable(scale), null), // of csv and parquet; null: from 1 to 5. The other readers know theirs
    columns: optional(nullable(columnNames()), null), // of csv and parquet, whose files call user, item, rating and so on otherwise: {user: userId}
    separator: optional(nullable(letter()), null), // between the cells of csv; null: a comma
    campaign: optional(nullable(picklist(['men', 'women', 'all'])), null), // of open-bandit; null: men
    relevantFrom: optional(nullable(real()), 4), // lowest rating that is relevant; null: the rating on [0, 1]. Without ratings: a click
    uniformSampleShare: optional(probability(), 0), // of the uniform test part, taken out of it, for naive Bayes
  });

export type RecordedOptions = Decoded<ReturnType<typeof recordedOptions>>;

/**
 * @returns reads the data @throws DataError where their test part is of other users or items than the log
 * @throws UsageError for an option that the reader has no use for
 */
export function openInteractionData(
  readers: Readers,
  { reader: name, path, ratingScale, campaign, columns, separator }: ReadOptions,
): () => Promise<InteractionData> {
  const reader: InteractionReader = readers[name];
  const options: ReaderOptions = {
    ...(ratingScale && { ratingScale: ratingScale as [number, number] }),
    ...(campaign && { campaign }),
    ...(columns && { columns }),
    ...(separator && { separator }),
  };
  const useless = Object.keys(options).find((key) => !reader.takes?.includes(key as keyof ReaderOptions));
  if (useless !== undefined) throw new UsageError(`${useless} is no option of the reader ${name}; leave it out`);
  return async () => {
    const data = await reader.read(path, options);
    checkSharedIds(data, path);
    return data;
  };
}
type ReadOptions = { readonly reader: ReaderName; readonly path: string } & Partial<
  Pick<RecordedOptions, 'ratingScale' | 'campaign' | 'columns' | 'separator'>
>;

/** The target of a row: relevant or not by its rating, the rating on [0, 1] of the log's range, or the click where there are no ratings. */
export function targetOf(log: InteractionLog, relevantFrom: number | null, scale: readonly [number, number]): (row: number) => number {
  const { ratings, clicks } = log;
  if (ratings === null) return (row) => clicks[row];
  if (relevantFrom !== null) return (row) => Number(ratings[row] >= relevantFrom);
  const [low, high] = scale;
  return (row) => (ratings[row] - low) / (high - low);
}

/** The scale that a log's ratings are on, or the lowest and highest rating of the logs. */
export function ratingScale(...logs: readonly (InteractionLog | null)[]): readonly [number, number] {
  const stated = logs.find((log) => log?.ratingScale !== undefined)?.ratingScale;
  if (stated !== undefined) return stated;
  let [low, high] = [Infinity, -Infinity];
  for (const log of logs)
    for (const rating of log?.ratings ?? []) {
      low = Math.min(low, rating);
      high = Math.max(high, rating);
    }
  return high > low ? [low, high] : [0, 1];
}

/**
 * The uniform part of a data set, split into a sample for naive Bayes and the test part: no row is in both. A data set may have such a sample
 * of its own. @throws UsageError without a uniform part, or with two samples
 */
export function splitUniform(
  data: InteractionData,
  { path, uniformSampleShare }: Pick<RecordedOptions, 'path' | 'uniformSampleShare'>,
  rng: Rng,
) {
  const { uniformTest } = data;
  if (uniformTest === null)
    throw new UsageError(`"${path}" has no uniformly random part to test on; use a data set that has one, or a simulation`);
  if (data.uniformSample) {
    if (uniformSampleShare === 0) return { sample: data.uniformSample, test: uniformTest };
    throw new UsageError(`"${path}" has a uniform sample beside its test part; leave out uniformSampleShare, or that file`);
  }
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
