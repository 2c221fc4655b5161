import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const home = temporaryFolder();
const row = (query: string, docs: string, clicks: readonly number[], count: number) =>
  JSON.stringify({ query, docs: [...docs], clicks, count });
const log = home.put(
  'log.jsonl',
  ['q', 'r']
    .flatMap((query) => [
      row(query, 'ab', [1, 0], 60),
      row(query, 'ab', [0, 1], 30),
      row(query, 'ba', [1, 0], 90),
      row(query, 'ba', [0, 0], 40),
    ])
    .join('\n'),
);
const pairs = home.put('pairs.csv', 'q_text,sku,margin,size\nq,a,0.5,1\nq,b,2,1\nr,a,0.5,0\nr,b,2.5,0\n');

test('a log that import wrote is fitted, with features of a table whose columns are named', async () => {
  expect((await counterrank('import', log, '--out', home.in('store'), '--quiet')).code).toBe(0);
  const columns = ['--document-columns', 'query=q_text,document=sku,features=margin+size'];
  const done = await counterrank('fit', home.in('store'), '--features', pairs, ...columns, '--out', home.in('fitted'), '--quiet');
  expect([done.err, done.code]).toEqual([expect.not.stringMatching(/error/), 0]);
  const weights = JSON.parse(readFileSync(home.in('fitted/plain-weights.json'), 'utf8'));
  expect(weights.featureCount).toBe(2);
  expect(weights.layers[0].weights[0][0]).toBeGreaterThan(0); // b is clicked wherever it stands, and has the larger margin
  const { data } = JSON.parse(readFileSync(home.in('fitted/config.json'), 'utf8'));
  expect(data.columns).toEqual({ query: 'q_text', document: 'sku', label: null, features: ['margin', 'size'] });
});

test('evaluate measures a model on a table, and on SVMlight that counts from 0 and whose queries stand apart, alike', async () => {
  const model = home.in('fitted/models/1/recommended');
  const table = home.put('judged.csv', 'query,doc,label,margin,size\nq,a,0,0.5,1\nq,b,2,2,1\nr,a,1,0.5,0\nr,b,0,2.5,0\n');
  const apart = home.put('judged.txt', '0 qid:q 0:0.5 1:1\n1 qid:r 0:0.5\n2 qid:q 0:2 1:1\n0 qid:r 0:2.5\n');
  const measured = async (...words: string[]) => {
    const done = await counterrank('evaluate', model, '--metric', 'ndcg@10', '--quiet', '--data', ...words);
    return [done.code, /[01]\.\d{3,}/.exec(done.out)?.[0]];
  };
  const expected = ((1 + 1 / Math.log2(3)) / 2).toFixed(4); // b is first in both; in r it is a that is relevant, at rank 2
  expect(await measured(table)).toEqual([0, expected]);
  expect(await measured(apart, '--first-index', '0', '--queries', 'anywhere')).toEqual([0, expected]);
  const wide = await counterrank('evaluate', model, '--data', home.put('wide.csv', 'query,doc,label,x,y,z\nq,a,1,1,2,3\n'), '--quiet');
  expect([wide.code, wide.err]).toEqual([3, expect.stringMatching(/wide\.csv: 3 features, where the model knows 2/)]);
});

test('export --lightgbm: sessions with the features of the file, in files that LightGBM finds by their names', async () => {
  const items = home.put('items.csv', 'doc,x,y\na,0.25,3\nb,-1,0\n');
  const done = await counterrank('export', log, '--features', items, '--lightgbm', home.in('lightgbm'));
  expect(done.code).toBe(0);
  expect(readdirSync(home.in('lightgbm')).sort()).toEqual(['train.txt', 'train.txt.position', 'train.txt.query', 'train.txt.weight']);
  const lines = readFileSync(home.in('lightgbm/train.txt'), 'utf8').split('\n');
  expect(lines.length).toBe(2 * 8 + 1);
  expect(new Set(lines)).toEqual(new Set(['', '1 1:0.25 2:3', '0 1:0.25 2:3', '1 1:-1', '0 1:-1']));
  const again = await counterrank('diagnose', home.in('lightgbm/train.txt'), '--format', 'json');
  expect(JSON.parse(again.out).log).toMatchObject({ sessions: 440 });
});

test('what goes wrong with a table of documents is one line, and nothing is written', async () => {
  const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['--features', pairs], 3, /pairs\.csv:2: a feature of column "q_text" must be a number.*; got "q"/],
    [
      ['--features', pairs, '--document-columns', 'features=margin'],
      3,
      /pairs\.csv:5: document "b" has other features.*where rows are of queries, name their column/,
    ],
    [['--features', pairs, '--document-columns', 'sku=document'], 2, /must be pairs such as query=q,document=sku/],
    [['--document-columns', 'document=sku'], 2, /--document-columns is of a table of documents/],
    [['--features', home.put('empty.csv', '')], 3, /empty\.csv: empty; expected a header/],
    [['--features', home.put('short.csv', 'query,doc,x\nq,a,1\n')], 3, /log\.jsonl:1: document "b" is not among those of query "q"/],
  ];
  for (const [words, code, message] of wrong) {
    const done = await counterrank('fit', log, ...words, '--out', home.in('wrong'), '--quiet');
    expect([done.code, done.err]).toEqual([code, expect.stringMatching(message)]);
    expect(existsSync(home.in('wrong'))).toBe(false);
  }
});
