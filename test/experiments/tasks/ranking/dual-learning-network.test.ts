import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { readStudy } from '../../../../experiments/catalogue/read-study.ts';
import { runTask } from '../../../../experiments/engine/run-task.ts';
import { rowsIn } from '../../../../experiments/tables/run-result.ts';
import { ranking } from '../../../../experiments/tasks/ranking/index.ts';
import type { RankingConfig } from '../../../../experiments/tasks/ranking/ranking-config.ts';
import { propensities } from '../../../../experiments/tasks/ranking/ranking-tables.ts';
import { training as trainings } from '../../../../experiments/tasks/shared/training.ts';
import { openBackend } from '../../../../src/tensor/backend.ts';

test('dual learning with a network on the quickstart: with a penalty chosen by held-out clicks every propensity is within 25 % of the truth', async () => {
  await openBackend('wasm');
  const { config } = await readStudy('experiments/configs/quickstart.yaml', [
    ...['ranker=mlp', 'estimators=[dual-learning]', 'baseline=null', 'seeds=1', 'training.l2=[0.01, 0.003, 0]'],
    ...['data.synthetic.testQueries=2', 'evaluation.metrics=[ndcg@10]', 'evaluation.searchSessions=null'],
  ]);
  const { result } = await runTask(ranking(builtIn().parts), config as RankingConfig, { onProgress: () => {} });
  const rows = rowsIn(result, propensities);
  expect(rows).toHaveLength(10);
  for (const { estimated, true: truth } of rows) {
    expect(Number(estimated) / Number(truth)).toBeGreaterThan(0.75);
    expect(Number(estimated) / Number(truth)).toBeLessThan(1.25);
  }
  for (const { message } of rowsIn(result, trainings)) expect(message).toMatch(/^l2 0\.003, one of 3 tried, had the lowest held-out loss/);
});
