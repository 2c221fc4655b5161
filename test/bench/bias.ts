import { clickModels } from '../../click-models/index.ts';
import { biasEstimators, type EstimateBias, type LearningInput, type LoggedClicks } from '../../estimators/index.ts';
import { type InterventionChoice, makeIntervention, simulateClickLog } from '../../simulators/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { optimisers } from '../../src/learners/optimisers.ts';
import { trainingOptions } from '../../src/learners/training-options.ts';
import { listwiseSoftmax } from '../../src/losses/index.ts';
import { logit } from '../../src/losses/pair-loss.ts';
import { linear } from '../../src/models/linear.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';

const [positions, documents] = [10, 50];
export const theta = Array.from({ length: positions }, (_, k) => (k + 1) ** -0.8);
const clickModel = clickModels['position-based'].create({ examination: theta, eta: 1 }, positions);

const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export type Name = keyof typeof biasEstimators;

/** The estimators of each kind of log: an ordinary one, and randomised sessions of an intervention. */
const studies: readonly { readonly intervention: InterventionChoice | null; readonly estimators: readonly Name[] }[] = [
  { intervention: null, estimators: ['naive-ctr', 'pivot-one', 'adjacent-chain', 'all-pairs'] },
  { intervention: { name: 'shuffle' }, estimators: ['randomisation'] },
  { intervention: { name: 'rand-pair' }, estimators: ['rand-pair'] },
  { intervention: { name: 'adjacent-swap' }, estimators: ['adjacent-swap'] },
  { intervention: { name: 'fair-pairs' }, estimators: ['fair-pairs'] },
];

/**
 * 1,000 queries of 50 documents, attraction 0.05 + 0.9 u³ with u uniform. A production ranker that scores it with uniform noise of ± 0.1 shows 10 of them,
 * in 20 lists a query, or as many as are allowed, drawn by Plackett–Luce at temperature 0.1. Features are log γ and logit γ: what every model of relevance can say at best.
 */
export function draw(intervention: InterventionChoice | null, sessions: number, seed: string, queries = 1000, most = 100): LoggedClicks {
  const rng = createRng(`bench-bias/${seed}`);
  const size = queries * documents;
  const attraction = Float64Array.from({ length: size }, () => 0.05 + 0.9 * rng.next() ** 3);
  const querySet = {
    queryIds: Array.from({ length: queries }, String),
    docIds: Array.from({ length: size }, String),
    offsets: Uint32Array.from({ length: queries + 1 }, (_, q) => q * documents),
    features: Float32Array.from({ length: 2 * size }, (_, i) => {
      const gamma = attraction[i >> 1];
      return i % 2 === 0 ? Math.log(gamma) : logit(gamma);
    }),
    featureCount: 2,
    labels: new Float32Array(size),
  };
  const scores = Float32Array.from(attraction, (gamma) => gamma + 0.2 * (rng.next() - 0.5));
  const policy =
    intervention === null
      ? { temperature: 0.1, listsPerQuery: Math.min(20, most) }
      : {
          shuffled: true,
          listsPerQuery: intervention.name === 'shuffle' ? most : 1,
          intervention: makeIntervention(intervention, positions),
        };
  const { log } = simulateClickLog({ querySet, scores, attraction, clickModel, sessions, positions, ...policy }, rng.fork('log'));
  return { querySet, log, knownBias: null };
}

/** By an estimator with these options, a linear ranker where it learns one; all sessions are learnt from, and none held out. */
export function estimate(name: Name, train: LoggedClicks, chosen: object = {}) {
  const { options } = biasEstimators[name];
  const input = {
    ...{ train, randomised: train.log, heldOut: null, production: null, highestGrade: 1, loss: listwiseSoftmax },
    training: { ...decodeOptions('training', trainingOptions, { steps: 500 }), l2: 0 },
    rng: createRng('bench-bias'),
    newScorer: () => linear(train.querySet.featureCount),
    newOptimiser: (count: number, rate = 1) => optimisers.adam.create({ ...adam, learningRate: 0.01 * rate }, count),
  } as LearningInput;
  const made = (biasEstimators[name].create as (options: object) => EstimateBias)(decodeOptions(name, options as never, chosen) as object);
  return made(input);
}

/** √ mean over ranks 2 … 10 of ((found − truth) / truth)², truth = θ_k / θ_1. */
function relativeError(found: Float64Array): number {
  const squares = theta.map((truth, k) => (found[k] / truth - 1) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b) / (positions - 1));
}

/** What comes out, and the seconds of the processor that it took, whatever else runs on the machine. */
function costOf<T>(run: () => T): { readonly value: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(start);
  return { value, seconds: (user + system) / 1e6 };
}

/** The table of position-bias estimators, root mean square over seeds, and processor seconds of each on a counted log of 10⁹ sessions over at most 1,000 lists. */
export function benchBias(seeds = 10): BenchLine[] {
  const table = [1e5, 1e6].flatMap((sessions) =>
    studies.flatMap(({ intervention, estimators }) => {
      const squares = new Float64Array(estimators.length);
      for (let seed = 0; seed < seeds; seed++) {
        const log = draw(intervention, sessions, `${seed}`);
        for (const [e, name] of estimators.entries()) squares[e] += relativeError(estimate(name, log).examination as Float64Array) ** 2;
      }
      return estimators.map(
        (name, e): BenchLine => ({
          name: `relative RMSE of θ_k/θ_1, ${sessions.toLocaleString('en')} sessions, ${seeds} seeds, ${name}`,
          value: Math.sqrt(squares[e] / seeds),
          unit: '',
        }),
      );
    }),
  );
  const timed = (name: Name, log: LoggedClicks, chosen: object = {}): BenchLine => ({
    name: `10⁹ sessions, ${log.log.list.length.toLocaleString('en')} rows, ${[name, ...Object.values(chosen)].join(' ')}`,
    value: costOf(() => estimate(name, log, chosen)).seconds,
    unit: 'CPU s',
  });
  const times = studies.flatMap(({ intervention, estimators }) => {
    const log = draw(intervention, 1e9, 'billion', 100, 10);
    return estimators.map((name) => timed(name, log));
  });
  const log = draw(null, 1e9, 'billion', 100, 10);
  const inContexts = { ...log, log: { ...log.log, contexts: log.log.queries.map((_, l) => l % 2) } };
  const ofJoint = joint.slice(2).map(([name, chosen]) => timed(name, log, chosen));
  return [...table, ...times, ...ofJoint, timed('pairwise-debiasing', log), timed('contextual-network', inContexts)];
}

/** Estimators that learn relevance beside the bias, or a click model, and of the slowest the share of the seeds that they are given. */
const joint: readonly (readonly [Name, object, number?])[] = [
  ['naive-ctr', {}],
  ['all-pairs', {}],
  ['click-model', {}],
  ['regression-em', { relevance: 'tabular' }],
  ['regression-em', { relevance: 'features' }],
  ['dual-learning', {}],
  ['two-tower', {}, 0.3],
  ['trust-bias', { relevance: 'tabular' }],
  ['trust-bias', { relevance: 'features' }, 0.3],
];

/** The same table of those, on the same queries. Of trust bias α_k/α_1, which is θ_k/θ_1 of position-based clicks. */
export function benchJointBias(seeds = 10, queries = 1000): BenchLine[] {
  return [1e5, 1e6].flatMap((sessions) => {
    const found = joint.map(() => ({ squares: 0, seconds: 0, seeds: 0 }));
    for (let seed = 0; seed < seeds; seed++) {
      const log = draw(null, sessions, `${seed}`, queries);
      for (const [e, [name, chosen, share = 1]] of joint.entries()) {
        if (seed >= Math.ceil(share * seeds)) continue;
        const { value, seconds } = costOf(() => estimate(name, log, chosen));
        found[e].seconds += seconds;
        const { examination, affine } = value;
        found[e].seeds++;
        found[e].squares += relativeError(examination ?? (affine?.alpha.map((alpha) => alpha / affine.alpha[0]) as Float64Array)) ** 2;
      }
    }
    return joint.map(([name, chosen], e): BenchLine => {
      const words = [name, ...Object.values(chosen)].join(' ');
      const { squares, seconds, seeds: of } = found[e];
      return {
        name: `relative RMSE of θ_k/θ_1, ${sessions.toLocaleString('en')} sessions, ${of} seeds, ${words}, ${(seconds / of).toFixed(1)} CPU seconds a fit`,
        value: Math.sqrt(squares / of),
        unit: '',
      };
    });
  });
}
