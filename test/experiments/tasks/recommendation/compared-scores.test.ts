import { parseRecommendationMetric } from '../../../../estimators/recommendation/recommendation-metrics.ts';
import { rowsIn } from '../../../../experiments/tables/run-result.ts';
import { comparedScores, rankingMetric, scoreSpread } from '../../../../experiments/tasks/recommendation/compared-scores.ts';
import type { RecommendationProblem } from '../../../../experiments/tasks/recommendation/problem.ts';
import { collapseFinding, popularityFinding, scoresTable } from '../../../../experiments/tasks/recommendation/scores-table.ts';
import { usualL2 } from '../../../../experiments/tasks/recommendation/usual-l2.ts';
import type { InteractionLog } from '../../../../src/data/interactions/interaction-log.ts';
import { metrics } from '../../../../src/metrics/index.ts';
import { run } from './decode-and-run.ts';

const log = { userIds: ['a', 'b'], itemIds: ['x', 'y', 'z'] } as unknown as InteractionLog;

test("the spread is the standard deviation of a user's scores over items, whatever differs between users", () => {
  const scores = (users: ArrayLike<number>, items: ArrayLike<number>, count: number, out: Float32Array) => {
    for (let b = 0; b < count; b++) out[b] = 100 * users[b] + (users[b] === 0 ? items[b] : 0);
  };
  expect(scoreSpread({ scores }, log)).toBeCloseTo(Math.sqrt((2 / 3 + 0) / 2), 6); // 0, 1, 2 of the one, constant of the other
});

test('rankings are compared over the users of both; the metric is the first that is of each ranking', () => {
  const of = (...labels: string[]) =>
    rankingMetric(
      labels.map((label) => parseRecommendationMetric(label)),
      metrics,
    ).label;
  expect([of('auc', 'dcg@5:rare', 'recall@3', 'dcg@5'), of('auc', 'log-loss')]).toEqual(['recall@3', 'ndcg']);
  const [row] = comparedScores(1, 'dcg@5', Float64Array.of(1, Number.NaN, 3), Float64Array.of(2, 2, 1)).rows;
  expect(row).toEqual({ spread: 1, metric: 'dcg@5', value: 2, popularity: 1.5, difference: 0.5, standard_error: expect.closeTo(1.5, 12) });
});

const series = (...rows: object[]) => rows.map((row, s) => ({ seed: `${s}`, rows: [row] })) as never;
test('told: scores that are nearly constant, and a ranking below popularity by more than two standard errors', () => {
  const row = (spread: number, difference: number, standard_error = 0.01) => ({
    ...{ spread, metric: 'dcg@5', value: 0.4 + difference, popularity: 0.4, difference, standard_error },
  });
  expect(collapseFinding.fault(series(row(0.001, 0), row(0.003, 0)))).toBe('standard deviation 0.0020');
  expect(collapseFinding.fault(series(row(0.001, 0), row(0.03, 0)))).toBeNull();
  expect(popularityFinding.fault(series(row(1, -0.05), row(1, -0.03)))).toBe('dcg@5 0.3600 against 0.4000');
  expect(popularityFinding.fault(series(row(1, -0.015)))).toBeNull();
  expect(popularityFinding.fault(series(row(1, 0.05)))).toBeNull();
  expect(
    popularityFinding.fault(series({ ...row(1, -1), value: null, popularity: null, difference: null, standard_error: null })),
  ).toBeNull();
});

test('too much l2 makes factors collapse, and what is left ranks below popularity: both are seen in a run', async () => {
  const result = await run({
    task: 'implicit-feedback',
    seeds: 1,
    world: { name: 'synthetic', users: 200, items: 60 },
    model: { name: 'matrix-factorisation', dimension: 8, biases: false },
    training: { steps: 400, batch: 1024, heldOutShare: 0, patience: null },
    estimators: ['popularity', 'naive', { name: 'naive', label: 'collapsed', training: { l2: 1 } }],
    evaluation: { metrics: ['auc', 'dcg@10'] },
  });
  const of = (method: string) => rowsIn(result, scoresTable).filter((row) => row.method === method);
  const faults = (method: string) =>
    [collapseFinding, popularityFinding].map(({ fault }) => fault([{ seed: '1', rows: of(method) }]) !== null);
  expect(faults('popularity')[1]).toBe(false);
  expect(of('popularity')[0].difference).toBe(0);
  expect(faults('naive')[0]).toBe(false);
  expect(faults('collapsed')).toEqual([true, true]);
});

test('l2 where nobody says it: 7 over the number of recorded ratings, 1e-5 elsewhere', () => {
  const of = (exposureUnits: 'rows' | 'pairs', known: object | null, ratings: Float32Array | null) =>
    usualL2({ exposureUnits }, { known, log: { ratings, items: new Uint32Array(7000) } } as unknown as RecommendationProblem);
  const ratings = new Float32Array(7000);
  expect(of('rows', null, ratings)).toBeCloseTo(1e-3, 12);
  expect([of('rows', {}, ratings), of('rows', null, null), of('pairs', null, ratings)]).toEqual([1e-5, 1e-5, 1e-5]);
});
