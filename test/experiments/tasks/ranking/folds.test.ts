import { existsSync, mkdirSync } from 'node:fs';
import { decodeStudy, meansOf, type RunResult, runTask } from '../../../../experiments/index.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { counterrank } from '../../commands/counterrank.ts';

const folder = temporaryFolder();
const rng = createRng('folds');
const queries = (from: number, count: number) =>
  Array.from({ length: count }, (_, q) =>
    Array.from({ length: 5 }, (_, d) => `${(d + q) % 3} qid:q${from + q} 1:${rng.next().toFixed(3)} 2:${((d + q) % 3) + rng.next()}`).join(
      '\n',
    ),
  ).join('\n');
/** @param test the first of the four queries that the fold is tested on */
const writeFold = (name: string, test: number) => {
  mkdirSync(folder.in(name));
  folder.put(`${name}/train.txt`, `${queries(100, 12)}\n`);
  folder.put(`${name}/vali.txt`, `${queries(200, 4)}\n`);
  folder.put(`${name}/test.txt`, `${queries(test, 4)}\n`);
};
writeFold('Fold1', 0);
writeFold('Fold2', 4);
writeFold('Again', 6);

const config = (data: object) => ({
  seeds: 2,
  data: { path: folder.in('.'), ...data },
  simulation: { sessions: 500, validationSessions: 200, positions: 5 },
  training: { steps: 20 },
  estimators: ['naive', 'dual-learning', 'skyline'],
  evaluation: { metrics: ['ndcg@5'], searchSessions: null },
});
async function run(data: object): Promise<RunResult> {
  const { task, config: decoded } = decodeStudy(config(data), 'test');
  return (await runTask(task, decoded)).result;
}

test('test queries of all folds are pooled, each once, and every fold is learnt from alone', async () => {
  const result = await run({ folds: ['Fold1', 'Fold2'] });
  for (const [s] of result.seeds.entries()) {
    expect(result.units[s].query).toEqual(Array.from({ length: 8 }, (_, q) => `q${q}`));
    for (const ofMethod of result.values[s]) expect(ofMethod[0]).toHaveLength(8);
  }
  expect(meansOf(result).flat(2).every(Number.isFinite)).toBe(true);
  const rows = result.tables.propensities.filter((row) => row.method === 'dual-learning' && row.seed === '1');
  expect(rows.map(({ rank, source }) => [rank, source])).toEqual([1, 2, 3, 4, 5].map((rank) => [rank, 'learnt'])); // means over folds, one row a rank
});

test('a query in two test parts is refused, as are folds without a folder', async () => {
  await expect(run({ folds: ['Fold2', 'Again'] })).rejects.toThrow(/query "q6" is in the test parts of Fold2 and Again/);
  expect(() => decodeStudy(config({ path: null, folds: ['Fold1', 'Fold2'] }), 'test')).toThrow(/data\.folds: are folders below data\.path/);
  expect(() => decodeStudy(config({ folds: ['Fold1', 'Fold1'] }), 'test')).toThrow(/"Fold1" is named twice/);
  expect(() => decodeStudy(config({ folds: ['Fold1'] }), 'test')).toThrow(/two folders or more/);
  await expect(run({ folds: ['Fold1', 'Fold9'] })).rejects.toThrow(/no folder ".*Fold9"/);
});

test('commands that take one data set refuse folds before the work, and say how to name one', async () => {
  const file = folder.put('folds.json', JSON.stringify(config({ folds: ['Fold1', 'Fold2'] })));
  const said = {
    code: 2,
    out: '',
    err: expect.stringMatching(/^error: data\.folds are for run and sweep; name one of them: data\.path=FOLDER\/FOLD data\.folds=null/),
  };
  const log = folder.put('log.jsonl', '{"query": "q100", "docs": ["1", "0"], "clicks": [0, 1], "count": 12}\n');
  for (const words of [['simulate'], ['train', '--log', log]]) {
    const [command, ...more] = words;
    expect(await counterrank(command, file, ...more, '--out', folder.in('none'), '--quiet')).toMatchObject(said);
    expect(existsSync(folder.in('none'))).toBe(false);
  }
});
