import { stat } from 'node:fs/promises';
import { contextCurves, type LoggedClicks } from '../../../estimators/index.ts';
import { readTruth } from '../../../simulators/index.ts';
import type { Accounting } from '../../../src/data/accounting.ts';
import { type ClickLog, clickSums, positionsOf } from '../../../src/data/click-log.ts';
import { compact, compactInOrder } from '../../../src/data/compact.ts';
import { shownText } from '../../../src/data/decimal.ts';
import { ultraFolderOf } from '../../../src/data/documents/read-ultra-documents.ts';
import { ListNames } from '../../../src/data/list-columns.ts';
import { isLogStore, readStoreInfo } from '../../../src/data/log-store/store-info.ts';
import type { SessionOrder } from '../../../src/data/named-logs/named-click-log.ts';
import { readNamedClickLog } from '../../../src/data/named-logs/read-named-click-log.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import type { Scaling } from '../../../src/data/scale-features.ts';
import { listsOfPolicy } from '../../../src/data/subset-lists.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import { lookup } from '../../../src/registry.ts';
import type { StageCache } from '../../engine/stage-cache.ts';
import type { Parts } from '../../parts/parts.ts';
import { cachedData, cachedLogs } from '../ranking/cached-stages.ts';
import type { Logs } from '../ranking/learning-input.ts';
import { highestGrade } from '../ranking/load-data.ts';
import type { RankingConfig } from '../ranking/ranking-config.ts';
import { asLogs, type DrawnLogs, drawLogs } from '../ranking/simulate-logs.ts';
import type { BiasConfig } from './bias-config.ts';
import type { TrueBias } from './bias-metrics.ts';
import { dividedLogs, isBeyondMemory } from './divided-log.ts';
import { byQuery, documentsOf, isPublished, withDocuments } from './log-documents.ts';

/** What estimators of bias see with a seed, and apart from it the truth of a simulation. */
export interface BiasLogs {
  readonly logs: Logs;
  readonly truth: TrueBias | null;
  /** Numbers of the contexts of a recorded log by name. */
  readonly contexts?: ReadonlyMap<string, number>;
  /** Of the sessions in the file, where that tells it: rows are those of the training log. */
  readonly order?: SessionOrder;
  /** Of the features, where documents have them. */
  readonly scaling?: Scaling;
  /** The policy whose lists were in random order, where log.randomisedPolicy names it: `randomised` is its part of the log. */
  readonly randomisedPolicy?: number;
  /** Of a log that is larger than memory: how it was divided. */
  readonly told?: string;
}

/**
 * What all seeds share: files are read once.
 * @param keepRest of a log that is larger than memory: whether somebody learns from the sessions that are not in it, too
 * @returns the logs of a seed
 */
export async function biasLogs(
  parts: Parts,
  config: BiasConfig,
  stages: StageCache,
  { keepRest = false }: { readonly keepRest?: boolean } = {},
): Promise<{ readonly accounting: readonly Accounting[]; readonly ofSeed: (seed: string) => Promise<BiasLogs> }> {
  const { log, data } = config;
  if (log !== null && (await isBeyondMemory(log))) return largeLogs(log, await documentsOfLog(data, stages), keepRest);
  if (log !== null && data.path === null) return namedLogs(log);
  if (log !== null && ((await isFile(data.path as string)) || (await ultraFolderOf(data.path as string)) !== null)) {
    const documents = await documentsOf(data);
    if (documents.ofQueries && !(await isPublished(log.path, log.format)))
      return recordedLogs(log, documents, documents.grade, documents.accounting);
    return namedLogs(log, documents);
  }
  const { splits, scaling, accounting } = await cachedData(data, stages);
  if (log !== null) return recordedLogs(log, { querySet: splits.train, scaling }, highestGrade(splits, data.gains), accounting);
  return {
    accounting,
    async ofSeed(seed) {
      const rng = createRng(`run/${seed}`);
      const drawn = await cachedLogs(config, seed, stages, () => drawLogs(parts, config, splits, rng));
      const { logs, propensities } = asLogs(config as unknown as RankingConfig, splits, drawn, rng);
      const truth = { examination: propensities, affine: drawn.train.truth.affine, byContext: curvesByContext(drawn.train) };
      return { logs, scaling, truth: upTo(positionsOf(drawn.train.log), truth) };
    },
  };
}

type RecordedLog = NonNullable<BiasConfig['log']>;

/** @param randomised a log of its own @throws UsageError for a policy in place of it that the log does not have */
async function recorded(
  log: RecordedLog,
  train: LoggedClicks,
  randomised: ClickLog | null,
  grade: number,
  names: ListNames,
): Promise<BiasLogs> {
  const truth = await truthOf(log, train);
  const policy = randomisedPolicyOf(log, train.log, names);
  const shuffled = policy === undefined ? randomised : listsOfPolicy(train.log, policy);
  const logs: Logs = { train, heldOut: null, randomised: shuffled, production: null, highestGrade: grade, gains: 'exponential' };
  return { logs, truth, contexts: names.context, ...(policy !== undefined && { randomisedPolicy: policy }) };
}

function randomisedPolicyOf({ path, randomisedPolicy }: RecordedLog, { policies }: ClickLog, names: ListNames): number | undefined {
  if (randomisedPolicy === null) return;
  if (policies === undefined)
    throw new UsageError(
      `"${path}" does not say which policy showed its lists, so none is ${shownText(`${randomisedPolicy}`)}; counterrank import has --policy COLUMN`,
    );
  return lookup('policy of the log', Object.fromEntries(names.policy), `${randomisedPolicy}`);
}

/** @throws UsageError where examination differs between the lists of a log, which its file does not number; and for the truth of a log of other ranks */
async function truthOf({ truth: path }: RecordedLog, { log, querySet }: Pick<LoggedClicks, 'log' | 'querySet'>): Promise<TrueBias | null> {
  if (path === null) return null;
  const { examination, affine, clickModel } = await readTruth(path, 'train');
  if (examination.kind !== 'examination')
    throw new UsageError(
      `"${path}": by ${clickModel.name} examination differs from list to list, so a log has no one curve; set log.truth: null`,
    );
  const [ranks, told] = [positionsOf(log), examination.examination.length];
  const documents = log.queries.reduce((most, q) => Math.max(most, querySet.offsets[q + 1] - querySet.offsets[q]), 0); // of a query
  if (ranks > told || ranks < Math.min(told, documents))
    throw new UsageError(`"${path}" is the truth of lists of ${told} ranks, but the log shows ${ranks}; name the truth of this log`);
  return upTo(ranks, { examination: examination.examination.map((theta, _, [first]) => theta / first), affine });
}

/** The truth of the ranks that a log shows, where no query has documents for all. */
const upTo = (ranks: number, { examination, affine, byContext = [] }: TrueBias): TrueBias => ({
  byContext,
  examination: examination.subarray(0, ranks),
  affine: affine && { ...affine, alpha: affine.alpha.subarray(0, ranks), beta: affine.beta.subarray(0, ranks) },
});

/** θ_k / θ_0 in each context of a drawn log, a mean over its sessions; of no context where it tells none apart. */
const curvesByContext = ({ log, truth: { examination }, contexts }: DrawnLogs['train']): Float64Array[] =>
  contexts === null || examination.kind !== 'contextual'
    ? []
    : contextCurves(log, examination.examination, clickSums(log).sessions, contexts);

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() === true;

/** A log whose documents are those of the data. */
async function recordedLogs(
  log: RecordedLog,
  { querySet, scaling }: { readonly querySet: QuerySet; readonly scaling: Scaling },
  grade: number,
  ofData: readonly Accounting[],
) {
  const names = new ListNames(); // a context of one log is the same in another
  const train = await readClickLog(log.path, querySet, names, log.context);
  const shuffled = log.randomised === null ? null : await readClickLog(log.randomised, querySet, names, log.context);
  const isOrdered = !(await isLogStore(log.path)) || (await readStoreInfo(log.path)).columns.time;
  const { log: whole, order } = isOrdered ? compactInOrder(train) : { log: compact(train), order: undefined };
  const logged = { querySet, log: whole, knownBias: null };
  const logs = { ...(await recorded(log, logged, shuffled && compact(shuffled), grade, names)), scaling, ...(order && { order }) };
  return { accounting: [...ofData, ...train.accounting, ...(shuffled?.accounting ?? [])], ofSeed: async () => logs };
}

interface LogDocuments {
  readonly querySet: QuerySet;
  readonly scaling: Scaling;
  readonly ofQueries: boolean;
  readonly grade: number;
  readonly accounting: readonly Accounting[];
}

/** The documents that a log without labels is of; null where they are ids. */
async function documentsOfLog(data: BiasConfig['data'], stages: StageCache): Promise<LogDocuments | null> {
  if (data.path === null) return null;
  if ((await isFile(data.path)) || (await ultraFolderOf(data.path)) !== null) return documentsOf(data);
  const { splits, scaling, accounting } = await cachedData(data, stages);
  return { querySet: splits.train, scaling, ofQueries: true, grade: highestGrade(splits, data.gains), accounting };
}

/** A log that is larger than memory. */
async function largeLogs(log: RecordedLog, documents: LogDocuments | null, keepRest: boolean) {
  const names = new ListNames();
  const { querySet, train, randomised, rest, accounting, told } = await dividedLogs(log, documents, names, keepRest);
  const logged = { querySet, log: train, knownBias: null };
  const { logs, ...others } = await recorded(log, logged, randomised, documents?.grade ?? 1, names);
  const divided = { ...others, logs: { ...logs, pieces: rest }, told, ...(documents && { scaling: documents.scaling }) };
  return { accounting: [...(documents?.accounting ?? []), ...accounting], ofSeed: async () => divided };
}

/** A log by itself: its documents have names, and no features or those of `documents`. */
async function namedLogs(recordedLog: RecordedLog, documents?: Awaited<ReturnType<typeof documentsOf>>) {
  const { path, format, randomised, context, skipFaulty } = recordedLog;
  const names = new ListNames(); // as of logs of data
  const read = async (file: string) => {
    const options = { ...(format && { format }), ...(context !== null && { context }), names, skipFaulty };
    const { contexts, ...named } = await readNamedClickLog(file, options);
    if (contexts === null) return named;
    const numbers = contexts.names.map((name) => names.numberOf('context', name, { file }));
    return { ...named, log: { ...named.log, contexts: contexts.ofList.map((context) => numbers[context]) } };
  };
  const { accounting, order, ...named } = await read(path);
  const shown = documents === undefined ? byQuery(named) : withDocuments(named, documents.querySet, documents.ofQueries, path);
  const train = { ...shown, knownBias: null };
  const shuffled = randomised === null ? null : await read(randomised);
  const queries = new Set(named.queryIds);
  if (shuffled !== null && !shuffled.queryIds.some((query) => queries.has(query)))
    throw new UsageError(`"${randomised}" has no query of "${path}": name sessions of the same queries`);
  const ofShuffled =
    shuffled !== null && documents?.ofQueries === true ? withDocuments(shuffled, documents.querySet, true, randomised ?? '') : shuffled;
  const logs = {
    ...(await recorded(recordedLog, train, ofShuffled?.log ?? null, documents?.grade ?? 1, names)),
    ...{ ...(order && { order }), ...(documents && { scaling: documents.scaling }) },
  };
  return { accounting: [...(documents?.accounting ?? []), ...accounting, ...(shuffled?.accounting ?? [])], ofSeed: async () => logs };
}
