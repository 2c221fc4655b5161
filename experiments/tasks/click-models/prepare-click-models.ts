import { join } from 'node:path';
import {
  type ClickModelScore,
  checkContexts,
  diagnoseClickModel,
  examinationTold,
  type FitIntervals,
  type FitLog,
  type FitOptions,
  type FittedClickModel,
  fitClickModelBy,
  fitIntervals,
  scoreClickModel,
  type TableDiagnosis,
  writeClickModel,
} from '../../../click-models/index.ts';
import { positionsOf, sessionsOf } from '../../../src/data/click-log.ts';
import { makeFolder } from '../../../src/data/make-folder.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import type { StageCache } from '../../engine/stage-cache.ts';
import type { Learnt, Prepared, SeedStudy } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { perQueryValues } from '../ranking/evaluate-ranker.ts';
import { metricNames } from './click-model-metrics.ts';
import type { ClickModelMethod, ClickModelsConfig } from './click-models-config.ts';
import { madeModel, modelChoice } from './click-models-faults.ts';
import { examinationByRank, fitRows, type ModelOfLog, modelRows, noIntervals, type TrueCurves } from './model-rows.ts';
import { clickScores, isScore, type Score } from './scores.ts';
import { drawConfig, type StudyLog, studyLogs } from './study-log.ts';

/** The seed decides the split, and of a simulation the production ranker and the clicks. */
export async function prepareClickModels(parts: Parts, config: ClickModelsConfig, stages: StageCache): Promise<Prepared> {
  const { accounting, ofSeed } = await studyLogs(parts, config, stages);
  return { accounting, seed: async (seed) => seedStudy(parts, config, seed, await ofSeed(seed)) };
}

function seedStudy(parts: Parts, config: ClickModelsConfig, seed: string, log: StudyLog): SeedStudy {
  const { smallestProbability, resamples } = config.evaluation;
  const score = ({ model, documents }: ModelOfLog) => scoreClickModel(model, documents, log.test, smallestProbability);
  const truth = trueCurves(log, score);
  const contexts = log.names.contexts;
  const positions = config.log === null ? config.simulation.positions : positionsOf(log.train.log);
  for (const method of config.estimators) // before any is fitted
    if (method.name !== 'truth') checkContexts(madeModel(parts, method, positions), log.train);
  return {
    units: { query: log.names.queryIds },
    warnings: unseenWarning(config, log),
    learn(method): Learnt {
      const chosen = method as ClickModelMethod;
      if (chosen.name === 'truth') {
        const own = log.simulated as NonNullable<StudyLog['simulated']>;
        const { score: ofTruth, examination } = truth as TrueCurves;
        return {
          evaluate: () => values(parts, config, log, own, ofTruth),
          rows: modelRows(own, ofTruth, examination, { intervals: noIntervals, diagnosis: [] }, contexts, truth),
        };
      }
      const start = madeModel(parts, chosen, positions);
      const hashes = createRng(`run/${seed}/hash/${chosen.label}`);
      const fitted = fitClickModelBy(start, log.train, chosen.fit, hashes, log.simulated?.judged ?? null);
      const ofFit = score(fitted);
      const rng = createRng(`run/${seed}/resamples/${chosen.label}`);
      const diagnosis = diagnoseClickModel(start, log.train).tables;
      const intervals = resamples === 0 ? noIntervals : intervalsOf(fitted, log.train, chosen.fit, diagnosis, resamples, rng);
      return {
        evaluate: () => values(parts, config, log, fitted, ofFit),
        rows: [
          ...modelRows(fitted, ofFit, examinationByRank(fitted, log.train), { intervals, diagnosis }, contexts, truth),
          ...fitRows(diagnosis, fitted, log, ofFit),
        ],
        ...(config.saveModels && { save: (folder: string) => saveFitted(folder, chosen, fitted, log, positions) }),
      };
    },
  };
}

/** Of tables and of examination by rank, of this as far as the log tells it. */
function intervalsOf(
  fitted: FittedClickModel,
  train: FitLog,
  options: FitOptions,
  diagnosis: readonly TableDiagnosis[],
  resamples: number,
  rng: Rng,
): FitIntervals {
  const byRank = (own: ModelOfLog, count: Float64Array) => examinationByRank(own, train, count);
  const { tables, curve } = fitIntervals(fitted, train, options, resamples, rng, byRank);
  const told = examinationTold(fitted.model, diagnosis, fitted.draws, curve.length);
  return { tables, curve: curve.map((one, k) => (told[k] ? one : { ...one, lower: Number.NaN, upper: Number.NaN })) };
}

function trueCurves({ simulated, train }: StudyLog, score: (own: ModelOfLog) => ClickModelScore): TrueCurves | null {
  if (simulated === null) return null;
  return { model: simulated.model, examination: examinationByRank(simulated, train), score: score(simulated) };
}

/** What becomes of documents that are met in the test only. */
function unseenWarning({ split }: ClickModelsConfig, { unseen, dropped, test }: StudyLog): string[] {
  if (unseen === 0) return [];
  const all = sessionsOf(test.log) + dropped;
  const fate =
    split.unseen === 'drop'
      ? 'they are left out'
      : "those documents are given the prior's mean, without a prior the mean of those that training sessions show, or what a fit makes of their features";
  return [
    `${unseen.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} test sessions show documents that no training session shows: ${fate} (split.unseen)`,
  ];
}

/** The values of every metric. */
function values(parts: Parts, config: ClickModelsConfig, log: StudyLog, own: ModelOfLog, score: ClickModelScore): Float64Array[] {
  return metricNames(config).map((name) => {
    if (!isScore(name)) return rankingValues(parts, config, log, own, name);
    const { of }: Score = clickScores[name];
    return of === null ? meansByQuery(log, score) : Float64Array.of(of(score).value);
  });
}

/** The log-likelihood of a session by query, NaN where the test part has none. */
function meansByQuery({ test: { log }, names }: StudyLog, { ofRows }: ClickModelScore): Float64Array {
  const [sums, sessions] = [new Float64Array(names.queryIds.length), new Float64Array(names.queryIds.length)];
  for (const [r, value] of ofRows.entries()) {
    if (Number.isNaN(value)) continue;
    const query = log.queries[log.list[r]];
    sums[query] += log.count[r] * value;
    sessions[query] += log.count[r];
  }
  return sums.map((sum, q) => sum / sessions[q]);
}

/** A ranking metric of documents by attraction, NaN of queries that no training session shows; models without attraction rank all alike. */
function rankingValues(
  parts: Parts,
  config: ClickModelsConfig,
  { simulated, train: { log } }: StudyLog,
  { documents: { attraction } }: Pick<ModelOfLog, 'documents'>,
  metric: string,
): Float64Array {
  const { judged, highestGrade } = simulated as NonNullable<StudyLog['simulated']>;
  const width = (attraction?.length ?? 0) / judged.labels.length; // more than 1 where there is one for each rank
  const scores = Float32Array.from(judged.labels, (_, d) => {
    let sum = 0;
    for (let i = d * width; i < (d + 1) * width; i++) sum += attraction[i];
    return sum;
  });
  const { emptyQueries } = config.evaluation;
  const asked = { data: drawConfig(config).data, evaluation: { metrics: [metric], emptyQueries } };
  const [measured] = perQueryValues(parts, asked, judged, scores, highestGrade);
  const shown = new Set(Array.from(log.list, (l) => log.queries[l]));
  return measured.map((value, q) => (shown.has(q) ? value : Number.NaN));
}

/** The file that `readStoredClickModel` reads. */
async function saveFitted(
  folder: string,
  method: ClickModelMethod,
  { model, documents, priors, scorers = {} }: FittedClickModel,
  { names: { queryIds, docIds, documentQuery, contexts } }: StudyLog,
  positions: number,
): Promise<void> {
  await makeFolder(folder);
  const { name, ...options } = modelChoice(method);
  const byDocument = docIds.map((_, d) => queryIds[documentQuery[d]]);
  await writeClickModel(
    join(folder, 'click-model.json'),
    {
      name,
      options,
      model,
      contexts: model.contexts === 1 ? null : contexts,
      scorers,
      priors,
      queryIds: byDocument,
      docIds,
      documents,
    },
    positions,
  );
}
