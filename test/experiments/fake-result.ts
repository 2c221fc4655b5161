import type { RunResult } from '../../experiments/engine/run-result.ts';
import type { RunConfig } from '../../experiments/tasks/ranking/run-config.ts';

const methods = ['production', 'naive', 'ips', 'clipped-ips', 'dual-learning', 'skyline'];
const gain = [0, 0.1, 0.16, 0.15, 0.155, 0.17];
const seeds = ['1', '2', '3', '4', '5'];
const metrics = ['ndcg@1', 'ndcg@10', 'NUM'];
const queryIds = ['q1', 'q2', 'q3'];
const truth = Float64Array.of(1, 0.5, 1 / 3, 1 / 4, 0.2, 1 / 6, 1 / 7, 1 / 8, 1 / 9, 0.1);

/** Values without chance: base + gain of the method + a wobble that differs by seed, method and query. */
const value = (s: number, m: number, metric: number, q: number) =>
  0.5 + 0.1 * metric + gain[m] + 0.01 * Math.sin(7 * s + 3 * m + 11 * metric) + 0.05 * Math.cos(q);

const perQuery = seeds.map((_, s) =>
  methods.map((_, m) => metrics.map((_, metric) => Float64Array.from({ length: metric === 2 ? 4 : 3 }, (_, q) => value(s, m, metric, q)))),
);
const trained = (m: number) => m > 0;

/** A small result of five seeds; dual learning drifted in the last one, and clipped IPS kept what it started from in two. */
export const fakeResult: RunResult = {
  seeds,
  methods,
  metrics,
  units: ['query', 'query', 'search-session'],
  queryIds,
  perQuery,
  means: perQuery.map((ofSeed) =>
    ofSeed.map((ofMethod) => ofMethod.map((values) => values.reduce((sum, v) => sum + v, 0) / values.length)),
  ),
  skipped: perQuery.map((ofSeed) => ofSeed.map((ofMethod) => ofMethod.map(() => 0))),
  propensities: seeds.map((_, s) =>
    methods.map((_, m) => ({
      estimated: m === 2 || m === 3 ? truth : m === 4 ? truth.map((theta, k) => theta * (1 + 0.03 * k * Math.sin(s + 1))) : null,
      truth: trained(m) ? truth : null,
    })),
  ),
  curves: seeds.map((_, s) =>
    methods.map((_, m) =>
      trained(m)
        ? Array.from({ length: 50 }, (_, i) => ({
            step: 20 * (i + 1),
            trainingLoss: 2 + gain[m] + Math.exp(-i / 8) + 0.01 * s,
            heldOutLoss: 2.1 + gain[m] + Math.exp(-i / 9) + 0.02 * s,
          }))
        : [],
    ),
  ),
  status: seeds.map((_, s) =>
    methods.map((_, m) =>
      trained(m)
        ? {
            state: m === 4 && s === 4 ? ('propensities-drifted' as const) : ('early-stopped' as const),
            message:
              m === 4 && s === 4
                ? 'propensity of rank 10 over that of rank 1 reached 1e+6 at step 600'
                : 'no lower held-out loss for 10 evaluations',
            steps: 500 + 20 * s,
            bestStep: m === 3 && s < 2 ? 0 : 300 + 20 * s,
          }
        : null,
    ),
  ),
  models: seeds.map(() => methods.map(() => null)),
  clippedShare: seeds.map((_, s) => methods.map((_, m) => (m === 2 ? 0 : m === 3 ? 0.2 + 0.01 * s : null))),
  scaling: { method: 'none', offset: [0], factor: [1] },
  warnings: [],
};

/** As much of a config as the shell around the engine reads. */
export const fakeConfig = {
  name: 'fake',
  seeds: [1, 2, 3, 4, 5],
  baseline: 'naive',
  backend: 'cpu',
  data: { path: null },
  simulation: { sessions: 1_000_000, clickModel: { name: 'position-based' } },
  ranker: { name: 'linear' },
  training: { loss: 'listwise-softmax' },
  estimators: methods.map((name) => ({ name, label: name })),
  evaluation: { metrics: ['ndcg@1', 'ndcg@10'] },
} as unknown as RunConfig;
