import fc from 'fast-check';
import { createTrecIds } from '../../../src/data/trec/id-table.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../src/data/trec/read-run.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { evaluateRun } from '../../../src/metrics/evaluate-run.ts';
import { parseMeasure } from '../../../src/metrics/parse-measure.ts';
import { parseMetric } from '../../../src/metrics/parse-metric.ts';
import { temporaryFolder } from '../data/temporary-folder.ts';
import { ordersByScore } from './orders.ts';

const folder = temporaryFolder();

async function evaluate(qrelsText: string, runText: string, measures: readonly string[], subtopics = true) {
  const qrels = await readQrels(folder.put('qrels', qrelsText), createTrecIds(), { subtopics });
  const run = await readRun(folder.put('run', runText), qrels.ids);
  return evaluateRun(qrels, run, measures).values;
}
/** A run of one topic, documents best first. */
const runOf = (...documents: string[]) => documents.map((document, i) => `1 Q0 ${document} ${i} ${-i} t\n`).join('');

test('the example of pyndeval, and of ir_measures, to the digits they print', async () => {
  // pyndeval (ndeval.c behind it), tests/test_pyndeval.py; printed digits are cut off there
  const values = {
    ...{ 'ERR_IA@5': 0.3933, 'ERR_IA@10': 0.3907, 'ERR_IA@20': 0.3907, 'nERR_IA@5': 0.8297, 'nERR_IA@20': 0.8297 },
    ...{ 'alpha_DCG@5': 0.4052, 'alpha_DCG@10': 0.3998, 'alpha_DCG@20': 0.3997, 'alpha_nDCG@5': 0.7868, 'alpha_nDCG@20': 0.7868 },
    ...{ NRBP: 0.3906, nNRBP: 0.862, AP_IA: 0.5, 'P_IA@5': 0.2, 'P_IA@10': 0.1, 'P_IA@20': 0.05, 'StRecall@5': 0.6666 },
  };
  const found = await evaluate('1 a A 1\n1 b B 1\n1 b D 1\n1 c C 1\n', runOf('A', 'D', 'E', 'B'), Object.keys(values));
  for (const [measure, value] of Object.entries(values)) expect(Math.abs(found[measure][0] - value)).toBeLessThan(1e-4);
  // ir_measures, test/test_pyndeval.py
  const qrels = '0 0 D0 0\n0 0 D1 1\n0 0 D2 1\n0 1 D2 1\n0 1 D3 2\n0 0 D4 0\n1 0 D0 1\n1 0 D3 2\n1 1 D5 2\n';
  const run =
    '0 0 D0 1 .8 r\n0 0 D2 2 .7 r\n0 0 D1 3 .3 r\n0 0 D3 4 .4 r\n0 0 D4 5 .1 r\n1 0 D1 1 .8 r\n1 0 D3 2 .7 r\n1 0 D4 3 .3 r\n1 0 D2 4 .4 r\n';
  const { 'ERR_IA@20': err } = await evaluate(qrels, run, ['ERR_IA@20']);
  expect([...err]).toEqual([expect.closeTo(0.4659, 4), expect.closeTo(0.1803, 4)]);
});

const { log2 } = Math;
/** x is about both subtopics, y about a, z about b, v about a with grade 2 and w, judged for b only, about nothing. */
const judgments = '1 a x 1\n1 b x 1\n1 a y 1\n1 b z 1\n1 a v 2\n1 b w -1\n';
const ideal = [2, 1, 1 / 2, 1 / 4]; // x; z (the higher id of z, v, y at 1/2 each is z); v; y: see below

test.each<[string, number]>([
  ['alpha_DCG@1', 1 / 2], // y first, which is about one of two subtopics
  ['alpha_DCG@3', (1 + 1 / log2(3) / 2 + 1 / log2(3) + 0) / (2 + 1 / log2(3) + 1 / 2 / 2)], // y: 1; x: 1/2 + 1; q: 0
  ['alpha_DCG(alpha=0)@2', (1 + 2 / log2(3)) / (2 + 2 / log2(3))],
  ['alpha_DCG(alpha=1)@2', (1 + 1 / log2(3)) / 2],
  ['alpha_nDCG@2', (1 + 1.5 / log2(3)) / (ideal[0] + 0.5 / log2(3))],
  ['ERR_IA@2', (1 + 1.5 / 2) / (2 + 1 / 2)],
  ['nERR_IA@2', (1 + 1.5 / 2) / (2 + 0.5 / 2)],
  ['nERR_IA@4', (1 + 1.5 / 2 + 0.5 / 4) / (2 + 0.5 / 2 + 0.5 / 3 + 0.25 / 4)],
  ['NRBP', ((1 - 0.25) / 2) * (1 + 1.5 / 2 + 0.5 / 8)],
  ['NRBP(alpha=0,beta=0.9)', ((1 - 0.9) / 2) * (1 + 2 * 0.9 + 1 * 0.9 ** 3)],
  ['nNRBP', (1 + 1.5 / 2 + 0.5 / 8) / (2 + 0.5 / 2 + 0.5 / 4 + 0.25 / 8)],
  ['AP_IA', ((1 + 2 / 2) / 3 + (1 / 2 + 2 / 4) / 2) / 2],
  ['P_IA@2', (1 + 2) / (2 * 2)],
  ['P_IA@10', (1 + 2 + 1) / (10 * 2)],
  ['StRecall@1', 1 / 2],
  ['StRecall@2', 1],
  ['StRecall(rel=2)@4', 0], // v is not retrieved
  ['AP_IA(rel=2)', 0],
  ['P_IA(judged_only=True)@3', (1 + 2 + 1) / (3 * 2)], // without q
  ['AP', (1 + 1 + 3 / 4) / 4], // other measures take the highest grade: y x q z, and v
  ['nDCG@1', 1 / 2],
])('%s of y x q z', async (measure, value) => {
  const found = await evaluate(judgments, runOf('y', 'x', 'q', 'z'), [measure]);
  expect(found[measure][0]).toBeCloseTo(value, 12);
});

test('of documents of equal gain the ideal order takes the one of higher id, as ndeval does: what comes later hangs on it', async () => {
  // p is about a and b, q about b and c, r about c and d: after q nothing has two new subtopics, after p or r the other has
  const judged = (p: string, q: string, r: string) => `1 a ${p} 1\n1 b ${p} 1\n1 b ${q} 1\n1 c ${q} 1\n1 c ${r} 1\n1 d ${r} 1\n`;
  const of = async (p: string, q: string, r: string) => (await evaluate(judged(p, q, r), runOf(p, q), ['alpha_nDCG@2']))['alpha_nDCG@2'][0];
  const found = 2 + 1.5 / log2(3);
  expect(await of('x', 'z', 'y')).toBeCloseTo(found / (2 + 1.5 / log2(3)), 12);
  expect(await of('z', 'x', 'y')).toBeCloseTo(found / (2 + 2 / log2(3)), 12);
  expect(await of('y', 'x', 'z')).toBeCloseTo(found / (2 + 2 / log2(3)), 12);
});

const topic = fc.record({
  judged: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 }), fc.constantFrom(-1, 0, 1, 1, 2)), {
    selector: ([document, subtopic]) => `${document}/${subtopic}`,
    minLength: 1,
    maxLength: 25,
  }),
  ranking: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], { minLength: 1 }),
});
const texts = ({ judged, ranking }: { judged: [number, number, number][]; ranking: number[] }) =>
  [
    judged.map(([document, subtopic, grade]) => `1 ${subtopic} d${document} ${grade}\n`).join(''),
    runOf(...ranking.map((d) => `d${d}`)),
  ] as const;

test('in [0, 1], whatever is judged; the order of the judgments does not matter', () =>
  fc.assert(
    fc.asyncProperty(topic, async (one) => {
      const measures = ['alpha_DCG@3', 'ERR_IA@5', 'NRBP', 'AP_IA', 'P_IA@4', 'StRecall@2', 'alpha_nDCG@4', 'nERR_IA@3', 'nNRBP'];
      const found = await evaluate(...texts(one), measures);
      for (const measure of measures.slice(0, 6)) {
        expect(found[measure][0]).toBeGreaterThanOrEqual(0);
        expect(found[measure][0]).toBeLessThanOrEqual(1 + 1e-12);
      }
      expect(await evaluate(...texts({ ...one, judged: one.judged.toReversed() }), measures)).toEqual(found);
    }),
    { numRuns: 40, seed: 8 },
  ));

test('with one subtopic they are the measures they come from', () =>
  fc.assert(
    fc.asyncProperty(topic, async ({ judged, ranking }) => {
      const seen = new Set<number>();
      const single = judged
        .filter(([document]) => !seen.has(document) && seen.add(document))
        .map(([d, , g]) => [d, 0, Math.max(0, Math.min(g, 1))] as [number, number, number]);
      const pairs = {
        AP_IA: 'AP',
        'P_IA@3': 'P@3',
        'StRecall@2': 'Success@2',
        'alpha_nDCG(alpha=0)@4': 'nDCG@4',
        'AP_IA(judged_only=True)': 'AP(judged_only=True)',
      };
      const found = await evaluate(...texts({ judged: single, ranking }), [...Object.keys(pairs), ...Object.values(pairs)]);
      for (const [one, other] of Object.entries(pairs)) expect(found[one][0]).toBeCloseTo(found[other][0], 12);
    }),
    { numRuns: 40, seed: 9 },
  ));

test('moving a document up past one that is about nothing never lowers them', () =>
  fc.assert(
    fc.asyncProperty(topic, async ({ judged, ranking }) => {
      const measures = ['alpha_nDCG@5', 'ERR_IA@5', 'NRBP', 'AP_IA', 'P_IA@5', 'StRecall@5'];
      const about = (d: number) => judged.some(([document, , grade]) => document === d && grade >= 1);
      const place = ranking.findIndex((d, i) => i > 0 && about(d) && !about(ranking[i - 1]));
      if (place < 0) return;
      const better = ranking.with(place, ranking[place - 1]).with(place - 1, ranking[place]);
      const [before, after] = [
        await evaluate(...texts({ judged, ranking }), measures),
        await evaluate(...texts({ judged, ranking: better }), measures),
      ];
      for (const measure of measures) expect(after[measure][0]).toBeGreaterThanOrEqual(before[measure][0] - 1e-12);
    }),
    { numRuns: 40, seed: 10 },
  ));

test('a topic about nothing scores as the rule for empty queries says', async () => {
  const qrels = await readQrels(folder.put('qrels', '1 a x 0\n1 b x -1\n'), createTrecIds(), { subtopics: true });
  const run = await readRun(folder.put('run', runOf('x')), qrels.ids);
  const value = (emptyQueries?: 'one' | 'skip') =>
    evaluateRun(qrels, run, ['alpha_nDCG@5'], emptyQueries ? { emptyQueries } : {}).values['alpha_nDCG@5'][0];
  expect([value(), value('one'), value('skip')]).toEqual([0, 1, Number.NaN]);
});

test('without subtopics they are refused, and so is a document judged twice for a subtopic', async () => {
  const refused = evaluate('1 a x 1\n', runOf('x'), ['NRBP'], false);
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow('need judgments by subtopic: readQrels(path, ids, { subtopics: true })');
  const twice = evaluate('1 a x 1\n1 b x 1\n2 b x 1\n1 b x 0\n', runOf('x'), ['NRBP']);
  await expect(twice).rejects.toThrow(DataError);
  await expect(twice).rejects.toThrow('qrels:4: topic 1 has document x twice for one subtopic, first in line 2; keep one of them');
  expect(() => parseMetric('alpha_nDCG@5')).toThrow('needs judgments by subtopic, which a query set does not have');
  const plain = () => parseMeasure('alpha_nDCG@5').compute(Float32Array.of(1), Uint32Array.of(0, 1));
  expect(plain).toThrow('needs judgments of a TREC run by subtopic');
  expect(() => parseMeasure('alpha_nDCG')).toThrow('alpha_nDCG needs a cutoff: alpha_nDCG@10');
  expect(() => parseMeasure('alpha_nDCG(alpha=2)@5')).toThrow('alpha: must be at most 1, got 2');
});

const diverse = [
  'alpha_DCG@3',
  'alpha_nDCG@2',
  'AP_IA',
  'ERR_IA@2',
  'nERR_IA@4',
  'NRBP',
  'nNRBP',
  'P_IA@2',
  'StRecall@2',
  'P_IA(judged_only=True)@2',
];

test.each(diverse)('%s of ties is the mean over all their orders', async (measure) => {
  const documents = ['q', 'x', 'v', 'w', 'z'];
  const scores = [1, 2, 1, 1, 2]; // two orders of x and z, six of the others
  const qrels = await readQrels(folder.put('qrels', judgments), createTrecIds(), { subtopics: true });
  const measured = async (text: string, expectTies: boolean) =>
    evaluateRun(qrels, await readRun(folder.put('run', text), qrels.ids), [measure], { expectTies, depth: 4 }).values[measure][0];
  const orders = ordersByScore(scores);
  expect(orders).toHaveLength(12);
  let sum = 0;
  for (const order of orders) sum += await measured(runOf(...order.map((i) => documents[i])), false);
  const tied = documents.map((document, i) => `1 Q0 ${document} 1 ${scores[i]} t\n`).join('');
  expect(await measured(tied, true)).toBeCloseTo(sum / orders.length, 12);
});
