import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig, runTask } from '../../../../experiments/index.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const queries = (from: number, count: number, name = 'q') =>
  Array.from({ length: count }, (_, i) => `1 qid:${name}${from + i} 1:${from + i} 2:1\n0 qid:${name}${from + i} 1:2 2:${from + i}\n`).join(
    '',
  );

async function warningsOf(test: string): Promise<string[]> {
  folder.put('train.txt', queries(1, 8));
  folder.put('vali.txt', queries(20, 4));
  folder.put('test.txt', test);
  const config = decodeRankingConfig(
    {
      seeds: 1,
      data: { path: folder.path },
      simulation: { sessions: 200, validationSessions: 50 },
      training: { steps: 2, l2: 0 },
      estimators: ['naive'],
      baseline: null,
      evaluation: { metrics: ['ndcg@5'], searchSessions: null },
    },
    'test',
  );
  const { result } = await runTask(builtIn().tasks.ranking, config);
  return result.warnings.filter((warning) => warning.includes('queries too'));
}

test('a run warns of test queries that training or validation has under other names, and of no others', async () => {
  expect(await warningsOf(queries(30, 4))).toEqual([]);
  const told = await warningsOf(queries(30, 3) + queries(21, 1, 'renamed') + queries(2, 2, 'again'));
  expect(told).toEqual([
    expect.stringContaining('1 of 6 test queries are validation queries too: what is chosen by those is then measured on itself'),
    expect.stringContaining('2 of 6 test queries are train queries too: what is learnt from those is then measured on itself'),
  ]);
});
