import { type ClickModel, clickModels, type FitOptions, fitClickModel, fitOptions } from '../../click-models/index.ts';
import { dualLearning, type LearningInput } from '../../estimators/index.ts';
import { attractionFromLabels, productionRanker, simulateClickLog } from '../../simulators/index.ts';
import { compact } from '../../src/data/compact.ts';
import type { DataSplits } from '../../src/data/query-set.ts';
import { syntheticOptions } from '../../src/data/synthetic-options.ts';
import { syntheticQueries } from '../../src/data/synthetic-queries.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { adam } from '../../src/learners/adam.ts';
import { trainingOptions } from '../../src/learners/training-options.ts';
import { listwiseSoftmax } from '../../src/losses/index.ts';
import { evaluateRanking, summarise } from '../../src/metrics/index.ts';
import { linear } from '../../src/models/linear.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';

/** What is simulated: so many sessions over so many queries, each with one list of so many positions. */
export interface StudySizes {
  readonly sessions: number;
  readonly queries: number;
  readonly positions: number;
}

const billion: StudySizes = { sessions: 1e9, queries: 1000, positions: 10 };
const highestGrade = 4;
const training = decodeOptions('training', trainingOptions, { steps: 300 });
const adamOptions = decodeOptions('adam', adam.options, { learningRate: 0.02 });

/**
 * From nothing to an evaluated ranker with 10⁹ sessions: simulate counted, compact, dual learning of a linear ranker (300 Adam steps), NDCG@10
 * on the test queries; seconds of each click model's whole way. The peak memory is that of the process, whatever ran before included.
 */
export async function benchBillionSessions(sizes: StudySizes = billion): Promise<BenchLine[]> {
  const queries = decodeOptions('synthetic queries', syntheticOptions, { trainQueries: sizes.queries });
  const splits = syntheticQueries(queries, createRng('billion-queries'));
  const models = [
    clickModels['position-based'].create({ examination: 'eye-tracking', eta: 1 }, sizes.positions),
    clickModels.cascade.create({}, sizes.positions),
  ];
  const lines = models.flatMap((clickModel) => {
    const name = `${sizes.sessions.toExponential(0)} sessions, ${clickModel.name}`;
    const start = performance.now();
    const { rows, ndcg } = study(splits, clickModel, sizes);
    const seconds = (performance.now() - start) / 1000;
    return [
      { name: `${name}: simulate, compact, dual learning, evaluate`, value: seconds, unit: 's' },
      { name: `${name}: distinct rows`, value: rows, unit: 'rows' },
      { name: `${name}: test NDCG@10`, value: ndcg, unit: '' },
    ];
  });
  const gigabytes = (process.resourceUsage().maxRSS * 1024) / 1e9;
  return [...lines, { name: 'peak memory of the process', value: gigabytes, unit: 'GB' }];
}

/**
 * Dual learning of a linear ranker (300 Adam steps) and a fit of the position-based model to convergence, from ever more sessions of the same 1,000 lists: seconds, and the
 * distinct rows that cost follows. Once every pattern of clicks that users have has come, more sessions are larger counts.
 */
export async function benchSessionCost(sessions = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9], queries = billion.queries): Promise<BenchLine[]> {
  const { positions } = billion;
  const splits = syntheticQueries(
    decodeOptions('synthetic queries', syntheticOptions, { trainQueries: queries }),
    createRng('billion-queries'),
  );
  const clickModel = clickModels['position-based'].create({ examination: 'eye-tracking', eta: 1 }, positions);
  return sessions.flatMap((count) => {
    const { rows, learning, log } = study(splits, clickModel, { sessions: count, queries, positions });
    const start = performance.now();
    fitClickModel(clickModel, { log, documents: splits.train.docIds.length }, decodeOptions('fit', fitOptions, {}) as FitOptions);
    const fitting = (performance.now() - start) / 1000;
    const name = `${count.toExponential(0)} sessions`;
    return [
      { name: `${name}: distinct rows`, value: rows, unit: 'rows' },
      { name: `${name}: dual learning`, value: learning, unit: 's' },
      { name: `${name}: position-based model fitted`, value: fitting, unit: 's' },
    ];
  });
}

/** One click model's way from sessions to NDCG. */
function study({ train, test }: DataSplits, clickModel: ClickModel, { sessions, positions }: StudySizes) {
  const rng = createRng('billion');
  const scores = productionRanker(train, { share: 0.01, highestGrade }, rng.fork('production'))(train);
  const attraction = attractionFromLabels(train.labels, { noise: 0.1, highestGrade });
  const drawn = simulateClickLog({ querySet: train, scores, attraction, clickModel, sessions, positions }, rng.fork('clicks'));
  const log = compact(drawn.log);
  const input: LearningInput = {
    train: { querySet: train, log, knownBias: null },
    heldOut: null,
    randomised: null,
    production: null,
    highestGrade,
    loss: listwiseSoftmax,
    training,
    rng: rng.fork('learner'),
    newScorer: () => linear(train.featureCount),
    newOptimiser: (count, relativeRate = 1) =>
      adam.create({ ...adamOptions, learningRate: adamOptions.learningRate * relativeRate }, count),
  };
  const start = performance.now();
  const { rank } = dualLearning.create(decodeOptions('dual-learning', dualLearning.options, {}))(input);
  const learning = (performance.now() - start) / 1000;
  const { 'ndcg@10': perQuery } = evaluateRanking(rank(test), test, ['ndcg@10'], { highestGrade });
  return { log, rows: log.list.length, learning, ndcg: summarise(perQuery).mean };
}
