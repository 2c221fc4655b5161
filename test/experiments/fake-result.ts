import { builtIn } from '../../experiments/catalogue/catalogue.ts';
import { methodsOf } from '../../experiments/engine/task.ts';
import { summariseRun } from '../../experiments/summary/summarise-run.ts';
import type { RunResult } from '../../experiments/tables/run-result.ts';
import type { Row, TidyRow } from '../../experiments/tables/table.ts';
import type { RankingConfig } from '../../experiments/tasks/ranking/ranking-config.ts';
import type { Summary } from '../../src/stats/compare-methods.ts';

const methods = ['production', 'naive', 'ips', 'clipped-ips', 'dual-learning', 'skyline'];
const gain = [0, 0.1, 0.16, 0.15, 0.155, 0.17];
const seeds = ['1', '2', '3', '4', '5'];
const metrics = [
  { label: 'ndcg@1', description: 'gain of the first document', unit: 'query', lowerIsBetter: false },
  { label: 'ndcg@10', description: 'gain of the first ten documents', unit: 'query', lowerIsBetter: false },
  { label: 'NUM', description: 'normalised U-measure', unit: 'search-session', lowerIsBetter: false },
];
const truth = [1, 0.5, 1 / 3, 1 / 4, 0.2, 1 / 6, 1 / 7, 1 / 8, 1 / 9, 0.1];

/** Values without chance: base + gain of the method + a wobble that differs by seed, method and query. */
const value = (s: number, m: number, metric: number, q: number) =>
  0.5 + 0.1 * metric + gain[m] + 0.01 * Math.sin(7 * s + 3 * m + 11 * metric) + 0.05 * Math.cos(q);

const trained = (m: number) => m > 0;
/** What `of` gives for every method of every seed, seed by seed. */
const rowsBy = (of: (s: number, m: number) => readonly Row[]): TidyRow[] =>
  seeds.flatMap((seed, s) => methods.flatMap((method, m) => of(s, m).map((row) => ({ seed, method, ...row }))));

const propensities = rowsBy((s, m) =>
  truth.flatMap((theta, k) => {
    if (m < 2 || m === 5) return [];
    return [
      {
        rank: k + 1,
        estimated: m === 4 ? theta * (1 + 0.03 * k * Math.sin(s + 1)) : theta,
        true: theta,
        source: m === 4 ? 'learnt' : 'oracle',
      },
    ];
  }),
);
const curves = rowsBy((s, m) =>
  trained(m)
    ? Array.from({ length: 50 }, (_, i) => ({
        step: 20 * (i + 1),
        training_loss: 2 + gain[m] + Math.exp(-i / 8) + 0.01 * s,
        held_out_loss: 2.1 + gain[m] + Math.exp(-i / 9) + 0.02 * s,
      }))
    : [],
);
const weights = rowsBy((s, m) => (m === 2 ? [{ clipped_share: 0 }] : m === 3 ? [{ clipped_share: 0.2 + 0.01 * s }] : []));
const training = rowsBy((s, m) => {
  const drifted = m === 4 && s === 4;
  if (!trained(m)) return [];
  return [
    {
      state: drifted ? 'propensities-drifted' : 'early-stopped',
      steps: 500 + 20 * s,
      best_step: m === 3 && s < 2 ? 0 : 300 + 20 * s,
      message: drifted ? 'propensity of rank 10 over that of rank 1 reached 1e+6 at step 600' : 'no lower held-out loss for 10 evaluations',
    },
  ];
});

/** A small result of five seeds; dual learning drifted in the last one, and clipped IPS kept what it started from in two. */
export const fakeResult: RunResult = {
  seeds,
  methods,
  metrics,
  values: seeds.map((_, s) =>
    methods.map((_, m) => metrics.map((_, k) => Float64Array.from({ length: k === 2 ? 4 : 3 }, (_, q) => value(s, m, k, q)))),
  ),
  units: seeds.map(() => ({ query: ['q1', 'q2', 'q3'] })),
  tables: { propensities, 'trust-bias': [], curves, weights, 'click-model-fits': [], training, 'search-sessions': [], safety: [] },
  warnings: [],
};

/** As much of a config as the shell around the engine reads. */
export const fakeConfig = {
  name: 'fake',
  seeds,
  baseline: 'naive',
  backend: 'cpu',
  data: { path: null },
  simulation: { sessions: 1_000_000, clickModel: { name: 'position-based' } },
  ranker: { name: 'linear' },
  training: { loss: { name: 'listwise-softmax' } },
  estimators: methods.map((name) => ({ name, label: name })),
  evaluation: { metrics: ['ndcg@1', 'ndcg@10'] },
} as unknown as RankingConfig;

export const fakeTask = builtIn().tasks.ranking;

/** As a run of {@link fakeConfig} is summarised. */
export const summariseFake = (result = fakeResult): Summary =>
  summariseRun(result, { baseline: fakeConfig.baseline, methods: methodsOf(fakeTask, fakeConfig), notes: fakeTask.notes });
