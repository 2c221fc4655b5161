import type { ClickModel, FitLog } from '../../../click-models/index.ts';
import type { Accounting } from '../../../src/data/accounting.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { fileVersion } from '../../../src/data/file-version.ts';
import type { NamedClickLog } from '../../../src/data/named-logs/named-click-log.ts';
import { readNamedClickLog } from '../../../src/data/named-logs/read-named-click-log.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { type SplitOptions, splitClickLog, withCounts } from '../../../src/data/split-click-log.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { StageCache } from '../../engine/stage-cache.ts';
import type { Parts } from '../../parts/parts.ts';
import { cachedData, cachedLogs } from '../ranking/cached-stages.ts';
import { highestGrade } from '../ranking/load-data.ts';
import { type DrawConfig, drawLogs, makeClickModel } from '../ranking/simulate-logs.ts';
import type { ClickModelsConfig } from './click-models-config.ts';

/** The documents of a log, by name. */
export interface LogNames {
  readonly queryIds: readonly string[];
  readonly docIds: readonly string[]; //        by document of the log
  readonly documentQuery: ArrayLike<number>; // likewise
  readonly contexts: readonly string[] | null;
}

/** Sessions to learn from and sessions to foretell. */
export interface StudyLog {
  readonly names: LogNames;
  readonly train: FitLog;
  readonly test: FitLog;
  readonly unseen: number; //  test sessions that show a document which no training session shows; left out of `test` where they are dropped
  readonly dropped: number;
  readonly simulated: {
    readonly model: ClickModel;
    readonly documents: Documents;
    readonly judged: QuerySet;
    readonly highestGrade: number;
  } | null;
}

/** Attraction and satisfaction by document of a log, as far as a model has them. */
export type Documents = Readonly<Record<string, Float64Array>>;

/** A config of the ranking task's simulation that draws a training log only. */
export const drawConfig = ({ data, simulation }: Pick<ClickModelsConfig, 'data' | 'simulation'>): DrawConfig => ({
  data: { ...data, folds: null },
  simulation: { ...simulation, validationSessions: 0, randomisedSessions: 0, intervention: { name: 'shuffle' } },
});

/** What all seeds share: the file or the judged queries are read once. @returns the log of a seed, split */
export async function studyLogs(
  parts: Parts,
  config: ClickModelsConfig,
  stages: StageCache,
): Promise<{ readonly accounting: readonly Accounting[]; readonly ofSeed: (seed: string) => Promise<StudyLog> }> {
  const split = (seed: string): SplitOptions => ({ by: config.split.by, share: config.split.share, seed: `run/${seed}/split` });
  if (config.log !== null) {
    const named = await recordedLog(config.log, stages);
    const names = { ...named, contexts: named.contexts?.names ?? null };
    const contexts = named.contexts?.ofList ?? null;
    return {
      accounting: named.accounting,
      ofSeed: async (seed) => ({
        names,
        ...parted(splitClickLog(named, split(seed)), names, contexts, config),
        simulated: null,
      }),
    };
  }
  const draw = drawConfig(config);
  const { splits, accounting } = await cachedData(draw.data, stages);
  const grade = highestGrade(splits, draw.data.gains);
  const model = makeClickModel(parts, draw.simulation);
  const judged = splits.train;
  const contexts = model.contexts === 1 ? null : Array.from({ length: model.contexts }, (_, c) => String(c + 1));
  const names = { ...judged, documentQuery: queryOfDocuments(judged), contexts };
  return {
    accounting,
    async ofSeed(seed) {
      const rng = createRng(`run/${seed}`);
      const cached = { ...draw, ...(config.plugins && { plugins: config.plugins }) };
      const { train: drawn } = await cachedLogs(cached, seed, stages, () => drawLogs(parts, draw, splits, rng));
      const documents = documentsOf(model, drawn.truth);
      return {
        names,
        ...parted(splitClickLog({ log: drawn.log }, split(seed)), names, drawn.contexts, config),
        simulated: { model, documents, judged, highestGrade: grade },
      };
    },
  };
}

async function recordedLog(
  { path, format, context, skipFaulty }: NonNullable<ClickModelsConfig['log']>,
  stages: StageCache,
): Promise<NamedClickLog> {
  const key = { path, format, context, skipFaulty, version: await fileVersion(path) };
  return stages.get('click-log', key, 'memory', () =>
    readNamedClickLog(path, { ...(format !== null && { format }), ...(context !== null && { context }), skipFaulty }),
  );
}

function queryOfDocuments({ offsets }: QuerySet): Uint32Array {
  const queries = new Uint32Array(offsets[offsets.length - 1]);
  for (let q = 0; q + 1 < offsets.length; q++) queries.fill(q, offsets[q], offsets[q + 1]);
  return queries;
}

/** The documents as the model's tables have them: by rank too where it has a rate for each rank. */
function documentsOf(
  { definition, documents, positions }: ClickModel,
  { attraction, satisfaction }: { readonly attraction: Float64Array; readonly satisfaction?: Float64Array | undefined },
): Documents {
  const byRank = definition.tables.attraction?.by === 'documentRank';
  const values: Documents = {
    attraction: byRank
      ? Float64Array.from({ length: attraction.length * positions }, (_, i) => attraction[Math.floor(i / positions)])
      : attraction,
    ...(satisfaction && { satisfaction }),
  };
  return Object.fromEntries(documents.map((name) => [name, values[name]]));
}

/** Both parts, and what becomes of test sessions with documents that no training session shows. @throws UsageError where none is left */
function parted(
  [train, test]: readonly [ClickLog, ClickLog],
  { docIds }: LogNames,
  contexts: Uint32Array | null,
  { split: { unseen: rule } }: ClickModelsConfig,
): Pick<StudyLog, 'train' | 'test' | 'unseen' | 'dropped'> {
  const documents = docIds.length;
  const seen = new Uint8Array(documents);
  for (const l of train.list) for (let i = train.offsets[l]; i < train.offsets[l + 1]; i++) seen[train.docs[i]] = 1;
  const isNew = new Uint8Array(test.queries.length); // by list
  for (let l = 0; l < isNew.length; l++)
    for (let i = test.offsets[l]; i < test.offsets[l + 1]; i++) if (seen[test.docs[i]] === 0) isNew[l] = 1;
  const unseen = test.count.reduce((sum, count, r) => sum + count * isNew[test.list[r]], 0);
  const known = () => test.count.map((count, r) => (isNew[test.list[r]] === 1 ? 0 : count));
  const kept = rule === 'drop' ? withCounts(test, known()) : test;
  if (kept.list.length === 0)
    throw new UsageError('split.unseen: drop leaves no test session, as each shows a document that no training session showed; use prior');
  return {
    train: { log: train, documents, contexts, docIds },
    test: { log: kept, documents, contexts, docIds },
    unseen,
    dropped: rule === 'drop' ? unseen : 0,
  };
}
