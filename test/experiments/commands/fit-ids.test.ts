import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { score } from '../../../src/score.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const home = temporaryFolder();
const json = (name: string) => JSON.parse(readFileSync(home.in(name), 'utf8'));
const row = (docs: string, clicks: number[], count: number) => JSON.stringify({ query: 'q', docs: [...docs], clicks, count });
/** Independent clicks of rates .2 and .6 of a and b, a third of that at rank 2; a is shown first in three of four sessions. */
const hidden = home.put(
  'hidden.jsonl',
  [
    ...[row('ab', [1, 1], 360), row('ab', [1, 0], 1440), row('ab', [0, 1], 1440), row('ab', [0, 0], 5760)],
    ...[row('ba', [1, 1], 120), row('ba', [1, 0], 1680), row('ba', [0, 1], 80), row('ba', [0, 0], 1120)],
  ].join('\n'),
);
const slow = 120_000;

test('from a log of ids to a ranker of them: corrected by the bias that follows, saved, served, the same again', async () => {
  const done = await counterrank('fit', hidden, '--ranker', 'embedding', '--out', home.in('ids'), '--quiet');
  expect([done.code, done.out]).toEqual([0, expect.stringMatching(/^ranker +embedding +asked for/m)]);
  const { estimator, ranker } = json('ids/fit.json');
  expect(estimator).toMatchObject({ bias: { name: 'all-pairs' }, weighting: { name: 'clipped-ips' } });
  expect(readdirSync(home.in(`ids/${ranker}`)).sort()).toEqual(
    ['bias.json', 'ids.json', 'model.json', 'plain-weights.json', 'ranking.run', 'scaling.json', 'weights.bin'].sort(),
  );
  const apart = (file: string) => {
    const scored = (document: string) => score(json(file), [], { query: 'q', document });
    return scored('b') - scored('a');
  };
  const naive = apart('ids/models/1/naive/plain-weights.json');
  expect(Math.abs(apart('ids/plain-weights.json') - Math.log(3))).toBeLessThan(0.15);
  expect(Math.abs(naive - Math.log(3600 / 2000))).toBeLessThan(0.15); // clicks in all lists
  const known = ['a', 'b'].map((document) => score(json('ids/plain-weights.json'), [], { query: 'q', document }));
  expect(score(json('ids/plain-weights.json'), [], { query: 'r', document: 'b' })).toBeCloseTo((known[0] + known[1]) / 2, 6); // that pair nobody saw
  await counterrank('fit', hidden, '--ranker', 'embedding', '--out', home.in('again'), '--quiet');
  expect(json('again/plain-weights.json')).toEqual(json('ids/plain-weights.json'));
  const exported = await counterrank('export', home.in(`ids/${ranker}`), '--plain-weights', home.in('exported.json'));
  expect(exported.out).toMatch(/embedding of 2 ids and 0 features; score\(model, features, \{ query, document \}\)/);
  expect(json('exported.json')).toEqual(json('ids/plain-weights.json'));
  const judged = (query: string) => home.put(`${query}.txt`, `2 qid:${query} 1:1 # docid = b\n0 qid:${query} 1:1 # docid = a\n`);
  const evaluated = await counterrank('evaluate', home.in(`ids/${ranker}`), '--data', judged('q'), '--metric', 'ndcg@10');
  expect(evaluated.out).toMatch(/1\.0000/);
  const unknown = await counterrank('evaluate', home.in(`ids/${ranker}`), '--data', judged('z'), '--metric', 'ndcg@10');
  expect([unknown.code, unknown.err]).toEqual([
    3,
    expect.stringMatching(/no document that the model knows by its id; it knows documents of query "q" "a", "b", the file has "b", "a"/),
  ]);
});

test('with features too: the score is that of both together', async () => {
  const features = home.put('features.txt', '0 qid:q 1:3 2:1 # docid = a\n0 qid:q 1:1 2:5 # docid = b\n');
  const done = await counterrank('fit', hidden, '--features', features, '--ranker', 'embedding', '--out', home.in('both'), '--quiet');
  expect(done.code).toBe(0);
  const { scaling, embedding, layers } = json('both/plain-weights.json');
  const [weights, bias] = [layers[0].weights[0], layers[0].bias[0]];
  const raw = { a: [3, 1], b: [1, 5] };
  for (const document of ['a', 'b'] as const) {
    const x = raw[document].map((value, f) => (value - scaling.offset[f]) * scaling.factor[f]);
    const byHand = weights[0] * x[0] + weights[1] * x[1] + embedding.vectors[embedding.ids.q[document]][0] + bias;
    expect(score(json('both/plain-weights.json'), raw[document], { query: 'q', document })).toBeCloseTo(byHand, 6);
    const ranked = new RegExp(`^q Q0 ${document} \\d (\\S+)`, 'm').exec(readFileSync(home.in('both/ranking.run'), 'utf8'));
    expect(Number(ranked?.[1])).toBeCloseTo(byHand, 4);
  }
});

test(
  'an imported log larger than memory: ids of all its queries are learnt from',
  async () => {
    const many = Array.from({ length: 40 }, (_, q) =>
      [
        [['good', 'bad'], [1, 0], 60],
        [['bad', 'good'], [0, 1], 40],
        [['good', 'bad'], [0, 0], 30],
        [['bad', 'good'], [1, 0], 20],
      ]
        .map(([docs, clicks, count]) => JSON.stringify({ query: `q${q}`, docs, clicks, count }))
        .join('\n'),
    ).join('\n');
    expect((await counterrank('import', home.put('many.jsonl', many), '--out', home.in('log'), '--quiet')).code).toBe(0);
    const study = (of: string) => ({
      ...{
        task: 'own-log',
        log: { path: home.in('log'), rowsInMemory: 60 },
        ranker: { name: 'embedding', of },
        seeds: [1],
        baseline: null,
      },
      ...{
        training: { steps: 60, l2: 0, batchLists: 8 },
        estimators: ['naive'],
        evaluation: { bias: { name: 'given', examination: [1, 1] } },
      },
    });
    for (const kind of ['document', 'query-document']) {
      const done = await counterrank(
        'run',
        home.put('large.json', JSON.stringify(study(kind))),
        '--out',
        home.in(kind),
        '--quiet',
        '-j',
        '1',
      );
      expect([done.code, done.err]).toEqual([0, expect.stringMatching(/naive: learnt from \d+ sessions in \d+ pieces/)]);
      const model = json(`${kind}/models/1/naive/plain-weights.json`);
      const apart = Array.from({ length: 40 }, (_, q) => {
        const scored = (document: string) => score(model, [], { query: `q${q}`, document });
        return scored('good') - scored('bad');
      });
      expect(apart.filter((difference) => difference > 0).length).toBeGreaterThan(35);
    }
  },
  slow,
);

/** Twelve products, the first worth most, of which each query has six; a feature that says nothing. */
const products = (first: number, queries: number) =>
  Array.from({ length: queries }, (_, q) =>
    Array.from({ length: 6 }, (_, d) => {
      const product = (5 * (first + q) + 7 * d) % 12;
      return `${Math.floor((11 - product) / 3)} qid:${first + q} 1:${((first + q + d * 37) % 10) / 10} # docid = sku${product}`;
    }).join('\n'),
  ).join('\n');

test(
  'a comparison of rankers: products that are good whatever the query rank queries that training never saw',
  async () => {
    mkdirSync(home.in('shop'));
    home.put('shop/train.txt', products(0, 40));
    home.put('shop/vali.txt', products(100, 8));
    home.put('shop/test.txt', products(200, 12));
    const study = {
      ...{ data: { path: home.in('shop') }, seeds: [1], simulation: { sessions: 20000, validationSessions: 4000, positions: 6 } },
      ...{
        ranker: { name: 'embedding', of: 'document' },
        training: { steps: 150 },
        evaluation: { searchSessions: null, metrics: ['ndcg@10'] },
      },
      estimators: ['naive', 'ips', { name: 'ips', ranker: 'linear', label: 'features' }],
    };
    const run = (name: string, changed: object) =>
      counterrank('run', home.put(`${name}.json`, JSON.stringify({ ...study, ...changed })), '--out', home.in(name), '--quiet', '-j', '1');
    const done = await run('shop-run', {});
    expect(done.code).toBe(0);
    const values = (label: string) => Number(new RegExp(`^${label} +(\\d\\.\\d+)`, 'm').exec(done.out)?.[1]);
    expect(values('ips')).toBeGreaterThan(0.97);
    expect(values('ips')).toBeGreaterThan(values('features') + 0.05);
    const pairs = await run('pairs', { ranker: 'embedding' });
    expect([pairs.code, pairs.err]).toEqual([
      2,
      expect.stringMatching(/ranker\.of: query-document knows pairs of the training queries.*set of: document/),
    ]);
    const own = await run('own', {
      ranker: 'linear',
      estimators: ['naive', { name: 'ips', ranker: { name: 'embedding', of: 'document', compression: 4 } }],
    });
    expect(own.err).toMatch(/estimators\.1\.ranker\.compression: is of ids that share rows/);
    const places = await run('places', { data: { synthetic: { trainQueries: 8, validationQueries: 2, testQueries: 2, features: 2 } } });
    expect([places.code, places.err]).toEqual([2, expect.stringMatching(/called by their places in their queries/)]);
    expect(['pairs', 'own', 'places'].filter((name) => existsSync(home.in(name)))).toEqual([]);
  },
  slow,
);

test('what learns from features alone says what ids are for', async () => {
  const refused = await counterrank('fit', hidden, '--ranker', 'mlp', '--out', home.in('refused'), '--quiet');
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringMatching(/--ranker mlp learns from features: give --features, or --ranker embedding/),
  ]);
  const study = { task: 'own-log', log: { path: hidden }, estimators: ['ips'], baseline: null };
  const run = await counterrank('run', home.put('linear.json', JSON.stringify(study)), '--out', home.in('refused'), '--quiet');
  expect(run.err).toMatch(/ips learns from features.*use document-relevance, set ranker: embedding, or name the data/);
  expect(existsSync(home.in('refused'))).toBe(false);
});
