import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { clickLogOf } from '../../../simulators/recommendation/implicit-feedback.ts';
import { type InteractionLog, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { writeInteractions } from '../../../src/data/interactions/write-interactions.ts';
import { writeAtomicStream } from '../../../src/data/write-atomic.ts';
import { writeParquet } from '../../../src/data/write-parquet.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { SimulateOptions, Simulation } from '../../engine/task.ts';
import { csvLines } from '../../records/csv.ts';
import { writeJson } from '../../records/write-json.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import type { Feedback } from './feedback.ts';
import { problemsOf } from './prepare-recommendation.ts';
import type { RecommendationProblem } from './problem.ts';
import type { RecommendationConfig } from './recommendation-config.ts';

const formats = ['csv', 'parquet'] as const;
type InteractionFormat = (typeof formats)[number];

/** What the first seed of a run would learn from. @throws UsageError for recorded data, which are there already, and another form of file */
export async function simulateInteractions(
  feedback: Feedback,
  config: RecommendationConfig,
  { out, fileFormat = 'csv' }: SimulateOptions,
  onProgress: OnProgress,
): Promise<Simulation> {
  const format = formats.find((known) => known === fileFormat);
  if (format === undefined) throw new UsageError(`--file-format ${fileFormat}: interactions are written as ${formats.join(' or ')}`);
  const problem = await simulateProblem(feedback, config, onProgress);
  const uniform = problem.log.conversions === null ? `, uniform.${format}` : '';
  return {
    told: `${out}: log.${format} with ${problem.log.items.length} rows${uniform}, config.json; the truth in ${join(out, 'truth')}`,
    async write(folder) {
      await writeSimulated(folder, problem, format);
      await writeJson(join(folder, 'config.json'), config);
    },
  };
}

export async function simulateProblem(
  feedback: Feedback,
  config: RecommendationConfig,
  onProgress: OnProgress = () => {},
): Promise<RecommendationProblem> {
  if (config.world.name === 'recorded')
    throw new UsageError('world: recorded data are there already; simulate needs another world, such as synthetic or semi-synthetic');
  onProgress({ stage: 'simulate', done: 0, total: 1, detail: config.world.name });
  return (await problemsOf(feedback, config))(createRng(`run/${config.seeds[0]}`).fork('world'));
}

/**
 * Writes into a folder what recorded data have: `log`, where the world has one `uniform-sample`, and as `uniform` the pairs that are tested on
 * with their ratings or clicks, so that the world `recorded` reads the folder; not of conversions, which no recorded world has. And what no
 * one has of recorded data into `truth/`: `pairs`, the exposure θ (where the world has one; of conversions the probability of a click) and the
 * value (relevance γ, or what `ideal` sees) of every pair of a user and an item, and `test`, the pairs that are tested on with their values.
 */
export async function writeSimulated(folder: string, problem: RecommendationProblem, format: InteractionFormat): Promise<void> {
  const { log, uniformSample, known, oracle, test } = problem;
  await writeInteractions(join(folder, `log.${format}`), log);
  if (uniformSample) await writeInteractions(join(folder, `uniform-sample.${format}`), uniformSample.log);
  const uniform = testLogOf(problem);
  if (uniform) await writeInteractions(join(folder, `uniform.${format}`), uniform);
  await mkdir(join(folder, 'truth'));
  const write = (name: string, columns: readonly string[], rows: Iterable<(string | number)[]>): Promise<void> => {
    const path = join(folder, 'truth', `${name}.${format}`);
    if (format === 'csv') return writeAtomicStream(path, csvLines(['user', 'item', ...columns], rows));
    const types = columns.map((column) => ({ name: column, type: 'number' as const }));
    return writeParquet(path, [{ name: 'user', type: 'text' }, { name: 'item', type: 'text' }, ...types], rows);
  };
  const columns = { ...(known && { exposure: known.pair }), ...(oracle && { value: oracle }) };
  const values = Object.values(columns);
  await write(
    'pairs',
    Object.keys(columns),
    (function* () {
      for (const [u, user] of log.userIds.entries())
        for (const [i, item] of log.itemIds.entries()) yield [user, item, ...values.map((value) => value(u, i))];
    })(),
  );
  const users = rowUsers({ ...log, offsets: test.offsets, items: test.items });
  await write(
    'test',
    ['value'],
    (function* () {
      for (let at = 0; at < users.length; at++) yield [log.userIds[users[at]], log.itemIds[test.items[at]], test.labels[at]];
    })(),
  );
}

/** The test part as recorded data have it; null for conversions. */
function testLogOf({ log, test: { offsets, items, labels }, testLog }: RecommendationProblem): InteractionLog | null {
  if (testLog !== undefined) return testLog;
  if (log.conversions !== null) return null;
  return clickLogOf(log.userIds, log.itemIds, offsets, items, Uint8Array.from(labels), null);
}
