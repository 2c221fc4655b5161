import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig, runTask } from '../../../../experiments/index.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const { tasks } = builtIn();
const folder = temporaryFolder();

/** Queries with these labels in the order of the file, all features equal. */
function constant(name: string, labels: readonly number[]): string {
  mkdirSync(folder.in(name));
  const part = (queries: number) =>
    Array.from({ length: queries }, (_, q) => labels.map((label) => `${label} qid:${q} 1:1 2:3\n`).join('')).join('');
  for (const [file, queries] of [
    ['train.txt', 20],
    ['vali.txt', 5],
    ['test.txt', 10],
  ] as const)
    folder.put(join(name, file), part(queries));
  return folder.in(name);
}

async function values(path: string) {
  const config = decodeRankingConfig(
    {
      seeds: 2,
      estimators: ['production', 'naive', 'ips', 'dual-learning', 'skyline'],
      training: { steps: 20 },
      data: { path },
      simulation: { sessions: 2000, validationSessions: 500, listsPerQuery: 2 },
      evaluation: { metrics: ['ndcg@3', 'reciprocal-rank', 'Bpref'], searchSessions: null },
    },
    'test',
  );
  return (await runTask(tasks.ranking, config)).result.values;
}

test('with all features equal every method scores as random order does, whatever the order of the labels in the file', async () => {
  const labels = [4, 3, 1, 1, 0, 0, 0, 0];
  const [descending, ascending] = [await values(constant('down', labels)), await values(constant('up', [...labels].reverse()))];
  expect(ascending).toEqual(descending);
  const discounts = [1, 2, 3].map((rank) => 1 / Math.log2(rank + 1));
  const mean = (15 + 7 + 1 + 1) / 8;
  const ndcg = discounts.reduce((sum, one) => sum + mean * one, 0) / discounts.reduce((sum, one, i) => sum + [15, 7, 1][i] * one, 0);
  const rank = [4 / 8, (4 / 8) * (4 / 7), (4 / 8) * (3 / 7) * (4 / 6), (4 / 8) * (3 / 7) * (2 / 6) * (4 / 5), (24 / (8 * 7 * 6 * 5)) * 1];
  const reciprocal = rank.reduce((sum, p, i) => sum + p / (i + 1), 0);
  for (const ofSeed of descending)
    for (const [ndcgs, reciprocals] of ofSeed) {
      expect([...ndcgs]).toEqual(new Array(10).fill(expect.closeTo(ndcg, 12)));
      expect([...reciprocals]).toEqual(new Array(10).fill(expect.closeTo(reciprocal, 12)));
    }
});
