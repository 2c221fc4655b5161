import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig, meansOf, rowsIn, runTask } from '../../../../experiments/index.ts';

import { safety, safetyRemark } from '../../../../experiments/tasks/ranking/safety.ts';

const { tasks } = builtIn();
const methods = ['production', 'ips', 'exposure-based-crm', 'prpo'];
/** NDCG@10 by method and seed, on queries whose documents are all shown. */
async function ndcgs(sessions: number, seeds: number, steps = 100, estimators: readonly object[] = methods.map((name) => ({ name }))) {
  const config = decodeRankingConfig(
    {
      seeds,
      data: { synthetic: { trainQueries: 60, validationQueries: 30, testQueries: 60, features: 10, documentsPerQuery: [8, 10] } },
      simulation: { sessions, validationSessions: sessions / 2, production: { share: 0.2 }, temperature: 0.3, listsPerQuery: 20 },
      training: { steps, l2: 0 },
      estimators,
      baseline: null,
      evaluation: { metrics: ['ndcg@10'], searchSessions: null },
    },
    'test',
  );
  const means = meansOf((await runTask(tasks.ranking, config)).result);
  return estimators.map((_, m) => means.map((ofSeed) => ofSeed[m][0]));
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('with few sessions safe policies stay at the logging policy, where IPS falls below it', async () => {
  const [production, ips, ...safe] = await ndcgs(100, 10);
  const off = (values: readonly number[]) => values.map((value, seed) => value - production[seed]);
  expect(mean(off(ips))).toBeLessThan(-0.03);
  for (const values of safe) {
    expect(mean(off(values))).toBeGreaterThan(-0.01);
    expect(Math.min(...off(values))).toBeGreaterThan(Math.min(...off(ips)) / 2);
  }
});

test('with many sessions they leave it: by the bound, for what the loss of the policy alone learns', async () => {
  const named = [{ name: 'production' }, { name: 'ips', loss: 'plackett-luce' }, { name: 'exposure-based-crm' }, { name: 'prpo' }];
  const [production, ips, bounded, proximal] = (await ndcgs(1e6, 1, 400, named)).map(mean);
  expect(ips).toBeGreaterThan(production + 0.03);
  expect(Math.abs(bounded - ips)).toBeLessThan(0.01);
  expect(proximal).toBeGreaterThan(production + 0.01);
});

describe('of a study', () => {
  const small = (changes: object) =>
    decodeRankingConfig(
      {
        seeds: 1,
        baseline: null,
        data: { synthetic: { trainQueries: 12, validationQueries: 8, testQueries: 8, features: 4 } },
        simulation: {
          sessions: 4000,
          validationSessions: 1e5,
          temperature: 0.5,
          listsPerQuery: 4,
          ...('simulation' in changes ? (changes.simulation as object) : {}),
        },
        training: { steps: 5, l2: 0 },
        evaluation: { metrics: ['ndcg@5'], searchSessions: null, safety: { delta: 0.1 } },
        estimators: ('estimators' in changes ? changes.estimators : ['naive']) as string[],
      },
      'test',
    );

  test.each(['exposure-based-crm', 'prpo'])('%s learns under trust bias, by a regression too', async (name) => {
    const estimators = [
      { name, label: 'one', weighting: 'intervention-aware' },
      { name, label: 'other', weighting: { name: 'doubly-robust', clip: 0 } },
    ];
    const { result } = await runTask(tasks.ranking, small({ estimators, simulation: { clickModel: 'trust-bias' } }));
    expect(rowsIn(result, safety).map(({ method }) => method)).toEqual(['one', 'other']);
  });

  test('the bound is below the estimate, and the page says who is told to be safe', async () => {
    const { result } = await runTask(tasks.ranking, small({ estimators: ['random', 'skyline'] }));
    const [random, skyline] = rowsIn(result, safety);
    for (const { delta, gain, lower, bound } of [random, skyline]) {
      expect(delta).toBe(0.1);
      expect(bound).toBeLessThan(lower);
      expect(lower).toBeLessThan(gain);
    }
    expect(random.bound).toBeLessThan(0);
    expect(skyline.bound).toBeGreaterThan(0);
    const told = [random, skyline].map((row) => ({ title: row.method, series: [{ seed: '1', rows: [row] }] }));
    expect(safetyRemark.sentence(told as never)).toMatch(
      /^Against the lists of the log, in the order of scores, δ 0\.1: safe: skyline \(at least \+[\d.]+ DCG per session\); not told to be safe: random \(at least −/,
    );
    const twice = [{ title: 'both', series: [random, skyline].map((row, s) => ({ seed: `${s}`, rows: [row] })) }];
    expect(safetyRemark.sentence(twice as never)).toMatch(/: not told to be safe: both \(in 1 of 2 seeds, at worst at least −/);
  });

  test('what cannot be told is refused', async () => {
    expect(() => small({ simulation: { validationSessions: 0 } })).toThrow('evaluation.safety: is told by held-out clicks');
    const cascade = small({ estimators: ['exposure-based-crm'], simulation: { clickModel: 'cascade' } });
    await expect(runTask(tasks.ranking, cascade)).rejects.toThrow('needs a bias that goes by rank alone');
  });
});
