import { parseMeasure } from '../../../src/metrics/parse-measure.ts';

/** Two topics: grades in ranked order, then what is judged but was not retrieved. −1: no judgment, −2: in the pool, not judged. */
const ranked = Float32Array.of(0, 2, -1, 1, /* not retrieved: */ 3, 0, /* next topic */ -2, 1, 0);
const offsets = Uint32Array.of(0, 6, 9);
const retrieved = Uint32Array.of(4, 3);
const log2 = Math.log2;
const measure = (name: string, options = {}) => [...parseMeasure(name).compute(ranked, offsets, { retrieved, ...options })];
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 14));
const idealLinear = 3 + 2 / log2(3) + 1 / log2(4);

test.each<[string, [number, number]]>([
  ['AP', [(1 / 2 + 2 / 4) / 3, 1 / 2]],
  ['AP@2', [1 / 2 / 3, 1 / 2]],
  ['AP(rel=2)', [1 / 2 / 2, 0]],
  ['RR', [1 / 2, 1 / 2]],
  ['RR(rel=3)', [0, 0]],
  ['P@3', [1 / 3, 1 / 3]],
  ['P@10', [2 / 10, 1 / 10]],
  ['R@3', [1 / 3, 1]],
  ['Success@1', [0, 0]],
  ['Success@2', [1, 1]],
  ['Rprec', [1 / 3, 0]],
  ['Bpref', [(1 - 1 / 2 + 1 - 1 / 2) / 3, 1]], // R = 3, N = 2: one non-relevant document above both
  ['DCG', [2 / log2(3) + 1 / log2(5), 1 / log2(3)]],
  ['DCG@2', [2 / log2(3), 1 / log2(3)]],
  ["DCG(dcg='exp-log2')", [3 / log2(3) + 1 / log2(5), 1 / log2(3)]],
  ['DCG(base=4)', [(2 * 2) / log2(5) + (1 * 2) / log2(7), 2 / log2(5)]], // 1/log4(x) = 2/log2(x)
  ['nDCG', [(2 / log2(3) + 1 / log2(5)) / idealLinear, 1 / log2(3)]],
  ['DCG(gains={1:5})', [2 / log2(3) + 5 / log2(5), 5 / log2(3)]],
  ['nDCG(gains={0:1,2:9})@1', [1 / 9, 0]], // the best gain is that of grade 2
  ['nDCG@2', [2 / log2(3) / (3 + 2 / log2(3)), 1 / log2(3)]],
  ['ERR(max_rel=3)', [(1 / 2) * (3 / 8) + (1 / 4) * (5 / 8) * (1 / 8), (1 / 2) * (1 / 8)]],
  ['ERR(max_rel=3)@2', [(1 / 2) * (3 / 8), (1 / 2) * (1 / 8)]],
  ['nERR(max_rel=3)@1', [0, 0]],
  ['nERR(max_rel=3)@2', [((1 / 2) * (3 / 8)) / (7 / 8 + (1 / 2) * (1 / 8) * (3 / 8)), 1 / 2]],
  ['RBP(p=0.5)', [0.5 * (0.5 + 0.125), 0.5 * 0.5]],
  ['RBP(p=0.5)@2', [0.5 * 0.5, 0.5 * 0.5]],
  ['RBP(p=0.5,graded=True)', [(0.5 * (0.5 * 2 + 0.125 * 1)) / 3, 0.5 * 0.5]], // of grade 3, the highest that is judged
  ['RBP(p=0.5,graded=True,rel=2)', [(0.5 * 0.5 * 2) / 3, 0]],
  ['RBPresidual(p=0.5)', [0.5 * 0.25 + 0.5 ** 4, 0.5 * 1 + 0.5 ** 3]],
  ['RBPresidual(p=0.5)@1', [0.5, 0.5 * 1 + 0.5]],
  ['Judged@3', [2 / 3, 1]], // a grade below 0 is a judgment too
  ['Judged@10', [3 / 4, 1]], // of the four retrieved
  ['SetP', [2 / 4, 1 / 3]],
  ['SetP(relative=True)', [2 / 3, 1]],
  ['SetR', [2 / 3, 1]],
  ['SetAP', [1 / 3, 1 / 3]],
  ['SetF', [(2 * (1 / 2) * (2 / 3)) / (1 / 2 + 2 / 3), (2 * (1 / 3)) / (1 / 3 + 1)]],
  ['AP(judged_only=True)', [(1 / 2 + 2 / 3) / 3, 1]], // condensed: 0 2 1 and 1 0
  ['RR(judged_only=True)', [1 / 2, 1]],
  ['P(judged_only=True)@3', [2 / 3, 1 / 3]],
  ['nDCG(judged_only=True)', [(2 / log2(3) + 1 / log2(4)) / idealLinear, 1]],
  ['SetAP(judged_only=True)', [(2 / 3) * (2 / 3), 1 / 2]],
  ['IPrec(judged_only=True)@0.5', [2 / 3, 1]],
  ['SetP(judged_only=True)', [2 / 3, 1 / 2]],
  ['SetF(judged_only=True)', [2 / 3, 2 / 3]],
  ['P(relative=True)@2', [1 / 2, 1]],
  ['P(relative=True)@10', [2 / 3, 1]],
  ['Rprec(multiple=1)', [1 / 3, 0]],
  ['Rprec(multiple=0.5)', [1 / 2, 0]], // at ranks ⌊1.5 + 0.9⌋ and ⌊0.5 + 0.9⌋
  ['Rprec(multiple=0.05)', [0, 0]], // rank 0 for the second
  ['Rprec(multiple=2)', [2 / 6, 1 / 2]],
  ['Unjudged@3', [1 / 3, 1 / 3]], // a grade below 0 is no judgment here
  ['Unjudged@10', [1 / 10, 1 / 10]],
  ['NumNonRelJudgedRet', [1, 1]],
  ['NumNonRelJudgedRet(rel=2)', [2, 2]],
  ['utility', [2 - 2, 1 - 2]],
  ['utility(a=2,b=-0.5,c=-3)', [2 * 2 - 0.5 * 2 - 3, 2 - 0.5 * 2]],
  ['Accuracy', [1 / 4, 1 / 2]],
  ['Accuracy@2', [0, 0]],
  ['Accuracy(rel=3)', [0, 0]], // nothing relevant retrieved
  ['IDCG', [idealLinear, 1]],
  ['IDCG@1', [3, 1]],
  ["IDCG(dcg='exp-log2')@2", [7 + 3 / log2(3), 1]],
  ['binG', [(1 / log2(3) + 1 / log2(4)) / 3, 1 / log2(3)]],
  ['G', [(2 / log2(2 + 5 - 2) + 1 / log2(2 + 7 - 3)) / 6, 1 / log2(2 + 2 - 1)]], // the ideal costs 3, 5, 6, and then 1 a rank
  ['G(gains={1:3})', [(2 / log2(2 + 6 - 2) + 3 / log2(2 + 9 - 5)) / 8, 3 / log2(2 + 4 - 3) / 3]],
  ['ndcg_rel', [(2 / log2(3) / (3 + 2 / log2(3)) + (2 * (2 / log2(3) + 1 / log2(5))) / idealLinear) / 3, 1 / log2(3)]],
  ['Rndcg', [(0 + 2 / log2(3) / (3 + 2 / log2(3)) + 2 / log2(3) / idealLinear) / 3, (0 + 1 / log2(3)) / 2]], // two more than R are retrieved
  ['logBpref', [Math.log(1 / 3), 0]],
  ['logBpref(rel=3)', [Math.log(0.00001), Math.log(0.00001)]],
  ['NumQ', [1, 1]],
  ['NumRet', [4, 3]],
  ['NumRet(rel=1)', [2, 1]],
  ['NumRel', [3, 1]],
  ['NumRel(rel=2)', [2, 0]],
  ['logAP', [Math.log((1 / 2 + 2 / 4) / 3), Math.log(1 / 2)]],
  ['logAP(rel=3)', [Math.log(0.00001), Math.log(0.00001)]],
  ['AP11', [(9 * (1 / 2)) / 11, 1 / 2]], // 2 of 3 are found, which recalls 0 … 0.8 round to: 0.8 · 3 is 2.4; 0.9 · 3 is not
  ['IPrec@0', [1 / 2, 1 / 2]],
  ['IPrec@0.6', [1 / 2, 1 / 2]],
  ['IPrec@1', [0, 1 / 2]],
])('%s', (name, values) => expect(measure(name)).toEqual(close(values)));

test('Compat: overlap with the ideal order of grades, at every depth', () => {
  // ideal of the first topic: places 4 (grade 3, not retrieved), 1 (grade 2), 3 (grade 1); ranking: places 0, 1, 2, 3
  const first = 0.5 * (1 / 2) + 0.25 * (1 / 3) + 0.125 * (2 / 4); // d = 1: {4} and {0}; 2: {4, 1} and {0, 1}; 3: 3 is in the ideal only; 4: both
  const best = 1 + 0.5 + 0.25 + 0.125 * (3 / 4);
  const second = 0.5 * (1 / 2) + 0.25 * (1 / 3); // the relevant document has rank 2
  const own = 1 + 0.5 / 2 + 0.25 / 3;
  expect(measure('Compat(p=0.5)')).toEqual(close([first / best, second / own]));
  expect(measure('Compat(p=0.5,normalize=False)')).toEqual(close([first / 1.875, second / 1.75]));
});

test('infAP: what is pooled above is relevant at the rate of what was judged above', () => {
  const epsilon = 1e-5;
  const first = 1 / 2 + (1 / 2) * (1 / 1) * (epsilon / (1 + 2 * epsilon)); // rank 2: one pooled above, judged, not relevant
  const second = 1 / 4 + (3 / 4) * (2 / 3) * ((1 + epsilon) / (2 + 2 * epsilon)); // rank 4: two of three above are pooled and judged
  const other = 1 / 2 + (1 / 2) * (1 / 1) * (epsilon / (2 * epsilon)); // rank 2: one above pooled, none judged: as likely as not
  expect(measure('infAP')).toEqual(close([(first + second) / 3, other]));
});

test('C/W/L: weights in proportion to the products of the probabilities of going on, 1,000 ranks deep', () => {
  const byHand = (gains: readonly number[], goOn: (rank: number, gain: number, total: number) => number) => {
    let [weight, weights, sum, total] = [1, 0, 0, 0];
    for (let rank = 1; rank <= 1000; rank++) {
      const gain = gains[rank - 1] ?? 0;
      [total, sum, weights] = [total + gain, sum + weight * gain, weights + weight];
      weight *= goOn(rank, gain, total);
    }
    return sum / weights;
  };
  const thirds = [
    [0, 2 / 3, 0, 1 / 3],
    [0, 1 / 3, 0],
  ];
  const each = (goOn: (rank: number, gain: number, total: number) => number) => close(thirds.map((gains) => byHand(gains, goOn)));
  expect(measure('INST(T=2,max_rel=3)')).toEqual(each((i, _, total) => ((i + 4 - total - 1) / (i + 4 - total)) ** 2));
  expect(measure('INSQ(T=2,max_rel=3)')).toEqual(each((i) => ((i + 3) / (i + 4)) ** 2));
  expect(measure('SDCG(max_rel=3)@3')).toEqual(each((i) => (i < 3 ? log2(i + 1) / log2(i + 2) : 0)));
  expect(measure('BPM(T=0.5,max_rel=3)@3')).toEqual(close([2 / 3 / 2, 1 / 3 / 3]));
  expect(measure('NERR8(max_rel=3)@2')).toEqual(close([1 / 3, 1 / 6]));
  expect(measure('NERR9(max_rel=3)@2')).toEqual(close([(0.5 * (2 / 3)) / 1.5, (0.5 * (1 / 3)) / 1.5]));
  expect(measure('NERR10(p=0.5,max_rel=3)')).toEqual(each((_, gain) => 0.5 * (1 - gain)));
  expect(measure('NERR11(T=2,max_rel=3)')).toEqual(each((i, gain) => ((i + 3) / (i + 4)) ** 2 * (1 - gain)));
});

test('a topic of which nothing was retrieved', () => {
  const [labels, ends] = [Float32Array.of(1, 0), Uint32Array.of(0, 2)];
  const value = (name: string) => parseMeasure(name).compute(labels, ends, { retrieved: Uint32Array.of(0) })[0];
  for (const name of [
    'AP',
    'nDCG',
    'P@5',
    'SetP',
    'SetF',
    'SetAP',
    'SetP(relative=True)',
    'Judged@5',
    'INST',
    'infAP',
    'Bpref',
    'IPrec@0.5',
  ])
    expect({ name, value: value(name) }).toEqual({ name, value: 0 });
  expect(value('RBPresidual')).toBe(1);
});

test('a topic without a relevant document scores what the caller says; how much is judged is no matter of relevance', () => {
  const [labels, ends] = [Float32Array.of(0, -1), Uint32Array.of(0, 2)];
  const value = (name: string, emptyQueries: 'zero' | 'skip' | 'one') => parseMeasure(name).compute(labels, ends, { emptyQueries })[0];
  for (const name of ['AP', 'nDCG@5', 'infAP', 'Bpref', 'Rprec', 'INST', 'nERR', 'SetP', 'RBP'])
    expect([value(name, 'zero'), value(name, 'skip'), value(name, 'one')]).toEqual([0, Number.NaN, 1]);
  expect(value('Judged@2', 'skip')).toBe(1 / 2);
  expect(value('RBPresidual(p=0.5)', 'skip')).toBe(0.5 * 0.5 + 0.25);
});

test('a grade above the scale of ERR is refused with the way out', () => {
  expect(() => measure('ERR(max_rel=2)')).toThrow(
    'label 3 is above highestGrade 2; pass the highest grade of the label scale (in a name, max_rel)',
  );
});

test('as many numbers of retrieved documents as topics', () => {
  expect(() => measure('AP', { retrieved: Uint32Array.of(1) })).toThrow('expected 2 numbers of retrieved documents');
});
