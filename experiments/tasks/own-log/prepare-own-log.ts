import { documentRelevance, type EstimatorEntry, type Learned, makeBias, notDrawn, withContextNames } from '../../../estimators/index.ts';
import { eachPiece } from '../../../estimators/training-batches.ts';
import { biasOf } from '../../../estimators/weightings/candidates.ts';
import { type ClickLog, sessionsOf } from '../../../src/data/click-log.ts';
import { joinPieces, type LogPieces, piecesOfLog } from '../../../src/data/log-pieces.ts';
import { noScaling } from '../../../src/data/scale-features.ts';
import { listsOfPolicy } from '../../../src/data/subset-lists.ts';
import { UsageError } from '../../../src/errors.ts';
import { evaluateRanking } from '../../../src/metrics/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';
import type { StageCache } from '../../engine/stage-cache.ts';
import type { Prepared, SeedStudy } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import type { MetricDescription } from '../../tables/study-description.ts';
import type { BiasConfig } from '../bias/bias-config.ts';
import { type BiasLogs, biasLogs } from '../bias/bias-logs.ts';
import { rankingMetrics } from '../ranking/evaluate-ranker.ts';
import { learnedRows } from '../ranking/learn-methods.ts';
import { type Logs, learningInput } from '../ranking/learning-input.ts';
import { checkMissingOfStudy } from '../ranking/missing-features.ts';
import { offPolicyRows } from './off-policy-tables.ts';
import type { OwnLogConfig } from './own-log-config.ts';
import { asRanking } from './own-log-faults.ts';
import { byDocument, ownLogMethods } from './own-log-methods.ts';
import { saveRanker } from './save-ranker.ts';
import { splitSessions } from './split-sessions.ts';

const ofClicks: readonly MetricDescription[] = [
  {
    label: 'ips',
    description: 'DCG a session of what is relevant by the corrected clicks of test sessions (IPS)',
    unit: 'all',
    lowerIsBetter: false,
  },
  {
    label: 'snips',
    description: 'the same over the relevance of all documents clicked: a mean discount, in [0, 1] (SNIPS)',
    unit: 'all',
    lowerIsBetter: false,
  },
];

const labelled = ({ log }: Pick<OwnLogConfig, 'log'>): boolean => log === null;

export const ownLogMetrics = (parts: Parts, config: OwnLogConfig): MetricDescription[] => [
  ...(labelled(config) ? rankingMetrics(parts, asRanking(config)) : []),
  ...ofClicks,
];

/** The seed deals the sessions to training, validation and test, and draws what is drawn while learning; of simulated logs all else too. */
export async function prepareOwnLog(parts: Parts, config: OwnLogConfig, stages: StageCache): Promise<Prepared> {
  const { accounting, ofSeed } = await biasLogs(parts, config as unknown as BiasConfig, stages, { keepRest: true });
  return {
    accounting,
    async seed(seed) {
      const world = await ofSeed(seed);
      return withContextNames(world.contexts ?? new Map(), () => studyOf(parts, config, seed, world));
    },
  };
}

function studyOf(
  parts: Parts,
  config: OwnLogConfig,
  seed: string,
  { logs: whole, truth, order, scaling, told, randomisedPolicy, contexts = new Map() }: BiasLogs,
): SeedStudy {
  const { train: logged } = whole;
  const labels = logged.querySet.labels;
  const querySet = { ...logged.querySet, labels: new Float32Array(labels.length) }; // nobody who learns sees labels
  const learners = config.estimators.filter(({ name }) => name !== byDocument); // who take features
  checkMissingOfStudy(parts, asRanking({ ...config, estimators: learners }), [querySet]);
  const of = (log: typeof logged.log) => ({ querySet, log, knownBias: logged.knownBias });
  if (whole.pieces && config.split.by === 'time')
    throw new UsageError(
      'split.by=time needs all sessions in memory, and the log has more rows than log.rowsInMemory; set that to null, or split by session or query',
    );
  const sessions = splitSessions({ log: logged.log, order }, config.split, seed);
  const logs: Logs = {
    ...whole,
    train: of(sessions.train),
    randomised: randomisedPolicy === undefined ? whole.randomised : randomisedPart(sessions.train, randomisedPolicy),
    pieces: whole.pieces ? joinPieces(whole.pieces, piecesOfLog(sessions.train, createRng(`${seed}/pieces`))) : null,
    heldOut: of(sessions.validation),
    production: null,
    highestGrade: 1,
    gains: 'exponential',
  };
  const test = of(sessions.test);
  const rng = () => createRng(`run/${seed}`);
  const settings = asRanking(config);
  const judge = makeBias(config.evaluation.bias as never, parts.biasEstimators)(learningInput(parts, settings, logs, rng()));
  const { train, pieces } = logs;
  const judged = (one: typeof train) => ({ log: one.log, bias: biasOf(judge, one) });
  const warnings = told === undefined ? [] : [`${told}, by which bias is found, training is stopped and rankers are valued`];
  const drawn = logs.randomised && notDrawn(logs.randomised);
  if (drawn !== null) warnings.push(drawn);
  const relevance = documentRelevance(
    pieces ? eachPiece(train, pieces, judged) : judged(train),
    { log: sessions.validation, bias: biasOf(judge, of(sessions.validation)) },
    labels.length,
  );
  const testBias = biasOf(judge, test);
  return {
    units: labelled(config) ? { query: querySet.queryIds } : {},
    warnings,
    learn({ label, ...method }) {
      const { ranker = config.ranker, loss = config.training.loss, ...choice } = method as OwnLogConfig['estimators'][number];
      const input = learningInput(parts, { ranker, training: { ...config.training, loss } }, logs, rng());
      const methods = ownLogMethods(parts);
      const { source } = methods[choice.name] as Pick<EstimatorEntry, 'source'>;
      const learned: Learned = {
        ...(source && { examinationSource: source }),
        ...withContextNames(contexts, () => make('estimator', methods, choice as never)(input)),
      };
      if (pieces) warnings.push(learntFrom(label, learned, pieces, sessionsOf(train.log)));
      const scores = learned.rank(querySet);
      const { ips, snips, rows } = offPolicyRows(test, scores, testBias, relevance.relevance);
      return {
        evaluate() {
          const { metrics } = config.evaluation;
          const byLabels = labelled(config)
            ? evaluateRanking(
                scores,
                { ...querySet, labels },
                metrics,
                { highestGrade: whole.highestGrade, gain: config.data.gains },
                parts.metrics,
              )
            : {};
          const own = metrics.flatMap((name) => (byLabels as Readonly<Record<string, Float64Array>>)[name] ?? []);
          return [...own, Float64Array.of(ips.ranker.value), Float64Array.of(snips?.ranker.value ?? 0)];
        },
        rows: [...learnedRows(learned, truth?.examination ?? null), rows],
        save: (folder) =>
          saveRanker(folder, {
            learned,
            scores,
            querySet,
            scaling: scaling ?? noScaling(querySet.featureCount),
            label,
            relevance,
            shown: logged.log,
          }),
      };
    },
  };
}

/** @throws UsageError where the policy whose lists were in random order showed none of those to train on */
function randomisedPart(train: ClickLog, policy: number): ClickLog {
  const part = listsOfPolicy(train, policy);
  if (part.queries.length > 0) return part;
  throw new UsageError('no session to train on is of log.randomisedPolicy; leave more to train on, or split otherwise');
}

/** What of a log that is larger than memory a method has seen. */
const learntFrom = (label: string, { passes }: Learned, { sessions, pieces }: LogPieces, inMemory: number): string =>
  passes === undefined
    ? `${label}: its weights go by the whole log, so it learnt from the ${inMemory} sessions in memory alone`
    : `${label}: learnt from ${passes >= 1 ? '' : 'some of '}${sessions} sessions in ${pieces} pieces, each list ${passes.toPrecision(2)} times`;
