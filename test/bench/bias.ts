import { clickModels } from '../../click-models/index.ts';
import { biasEstimators, type EstimateBias, type LearningInput } from '../../estimators/index.ts';
import { type InterventionChoice, makeIntervention, simulateClickLog } from '../../simulators/index.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';

const [positions, queries, documents] = [10, 1000, 50];
const theta = Array.from({ length: positions }, (_, k) => (k + 1) ** -0.8);
const clickModel = clickModels['position-based'].create({ examination: theta, eta: 1 }, positions);

type Name = keyof typeof biasEstimators;

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
 * in 20 lists a query drawn by Plackett–Luce at temperature 0.1.
 */
function draw(intervention: InterventionChoice | null, sessions: number, seed: string): ClickLog {
  const rng = createRng(`bench-bias/${seed}`);
  const size = queries * documents;
  const attraction = Float64Array.from({ length: size }, () => 0.05 + 0.9 * rng.next() ** 3);
  const querySet = {
    queryIds: Array.from({ length: queries }, String),
    docIds: Array.from({ length: size }, String),
    offsets: Uint32Array.from({ length: queries + 1 }, (_, q) => q * documents),
    features: new Float32Array(0),
    featureCount: 0,
    labels: new Float32Array(size),
  };
  const scores = Float32Array.from(attraction, (gamma) => gamma + 0.2 * (rng.next() - 0.5));
  const policy =
    intervention === null
      ? { temperature: 0.1, listsPerQuery: 20 }
      : {
          shuffled: true,
          listsPerQuery: intervention.name === 'shuffle' ? 100 : 1,
          intervention: makeIntervention(intervention, positions),
        };
  return simulateClickLog({ querySet, scores, attraction, clickModel, sessions, positions, ...policy }, rng.fork('log')).log;
}

function estimate(name: Name, log: ClickLog) {
  const { create }: { readonly create: unknown } = biasEstimators[name];
  return (create as (options: object) => EstimateBias)({ by: null })({
    train: { log, knownBias: null },
    randomised: log,
  } as unknown as LearningInput);
}

/** √ mean over ranks 2 … 10 of ((found − truth) / truth)², truth = θ_k / θ_1. */
function relativeError(found: Float64Array): number {
  const squares = theta.map((truth, k) => (found[k] / truth - 1) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b) / (positions - 1));
}

/** The table of position-bias estimators, root mean square over seeds, and seconds of each on a counted log of 10⁹ sessions. */
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
  const times = studies.flatMap(({ intervention, estimators }) => {
    const log = draw(intervention, 1e9, 'billion');
    return estimators.map((name): BenchLine => {
      const start = performance.now();
      estimate(name, log);
      const value = (performance.now() - start) / 1000;
      return { name: `10⁹ sessions, ${log.list.length.toLocaleString('en')} rows, ${name}`, value, unit: 's' };
    });
  });
  return [...table, ...times];
}
