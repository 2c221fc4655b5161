import fc from 'fast-check';
import { UsageError } from '../../../src/errors.ts';
import { fromConfigName } from '../../../src/metrics/config-names.ts';
import { fromTrecName, trecName } from '../../../src/metrics/index.ts';
import type { Measure } from '../../../src/metrics/measure.ts';
import { measures } from '../../../src/metrics/measures.ts';
import { metrics } from '../../../src/metrics/metrics.ts';
import { parseMeasure, parseMeasures } from '../../../src/metrics/parse-measure.ts';
import { parseMetric } from '../../../src/metrics/parse-metric.ts';

test.each([
  ['AP', 'AP'],
  ['AP(rel=1)', 'AP'],
  ['AP(rel=2)', 'AP(rel=2)'],
  ["nDCG(dcg='exp-log2')@10", "nDCG(dcg='exp-log2')@10"],
  ['nDCG( dcg = "exp-log2" )@10', "nDCG(dcg='exp-log2')@10"],
  ['nDCG(dcg=exp-log2)@10', "nDCG(dcg='exp-log2')@10"], // a shell ate the quotes
  ['nDCG(cutoff=10)', 'nDCG@10'],
  ["nDCG(base=4,dcg='log2')@5", 'nDCG(base=4)@5'],
  ['nDCG(gains={2: 9, 1:3.50}, dcg=log2)@5', 'nDCG(gains={1:3.5,2:9})@5'],
  ['RBP(p=0.80)', 'RBP'],
  ['RBP(p=.95)', 'RBP(p=0.95)'],
  ['RBP(rel=2, p=9e-1)', 'RBP(p=0.9,rel=2)'],
  ['INST(T=1)', 'INST'],
  ['INST(T=2.0, max_rel=3)', 'INST(T=2,max_rel=3)'],
  ['IPrec(rel=2)@0.1', 'IPrec(rel=2)@0.1'],
  ['SetP(relative=True)', 'SetP(relative=True)'],
  ['SetRelP(rel=2)', 'SetP(rel=2,relative=True)'],
  [' MAP@10 ', 'AP@10'],
  ['NDCG@3', 'nDCG@3'],
])('%s is printed as %s', (text, name) => expect(parseMeasure(text).name).toBe(name));

test.each([
  ['nDGC@10', 'unknown measure "nDGC"; did you mean "nDCG"? known: AP, AP11, AP_IA, Accuracy'],
  ['constructor', 'unknown measure "constructor"; known: AP'],
  ['mrr@10', 'unknown measure "mrr"; did you mean "MRR"?'],
  ['p@5', 'unknown measure "p"; did you mean "P"?'],
  ['relstring', 'unknown measure "relstring"'],
  ['map_x', 'unknown measure "map_x"'],
  ['utility_1,-1,0,2', 'expected a name, parameters and a cutoff'], // needs the size of the collection
  ['official', 'that is 29 measures, NumQ, NumRet …; name one of them'],
  ['P_5,10', 'that is 2 measures, P@5, P@10 …'],
  ['ndcg@10', "that is its name in run configs; write nDCG(dcg='exp-log2')@10, or, with the linear gain of trec_eval, nDCG@10"],
  ['ndcg', "write nDCG(dcg='exp-log2'), or, with the linear gain of trec_eval, nDCG"],
  ['average-precision@5', 'that is its name in run configs; write AP@5'],
  ['recall', 'that is its name in run configs; write SetR'],
  ['ERR(multiple=2)', 'unknown parameter "multiple"; known: max_rel, cutoff'],
  ['Rprec(multiple=0)', 'multiple: must be above 0, got 0'],
  ['RBP(cutof=5)', 'measure "RBP(cutof=5)": unknown parameter "cutof"; did you mean "cutoff"? known: p, rel, graded, cutoff'],
  ['RBP(gamma=5)', 'unknown parameter "gamma"; known: p, rel, graded, cutoff'],
  ['RBP(p=1)', 'p: must be below 1, got 1'],
  ['RBP(p=0)', 'p: must be above 0, got 0'],
  ['RBP(p=high)', 'p: must be a number, got "high"'],
  ['AP(rel=0)', 'rel: must be at least 1, got 0'],
  ['AP(rel=1.5)', 'rel: must be a whole number, got 1.5'],
  ['P@0', 'cutoff: must be at least 1, got 0'],
  ['P@ten', 'cutoff: must be a number, got "ten"'],
  ['nDCG@', 'cutoff: must be a number, got ""'],
  ['IPrec@1.5', 'recall: must be at most 1, got 1.5'],
  ["nDCG(dcg='log10')@5", 'dcg: unknown name "log10"; did you mean "log2"? known: log2, exp-log2'],
  ['DCG(base=1)', 'base: must be above 1, got 1'],
  ['nDCG(gains={1=3})', 'gains: must be a table of keys and values, got "{1=3}"'],
  ['nDCG(gains={1:-3})', 'gains: must be a table of keys and values, got "{1:-3}"'],
  ['nDCG(gains={1:3,1:9})', 'grade 1 has two gains'],
  ['nDCG(gains={1:3,01:3})', 'grade 1 has two gains'],
  ['nDCG(gains=3)', 'gains: must be a table of keys and values, got 3'],
  ['P', 'P needs a cutoff: P@10'],
  ['IPrec', 'IPrec needs a recall: IPrec@0.1'],
  ['NumQ@5', 'NumQ has no cutoff'],
  ['NumQ(rel=1)', 'NumQ has no parameters'],
  ['Rprec@5', 'Rprec has no cutoff'],
  ['P(cutoff=5)@5', 'cutoff is given twice'],
  ['RBP(p=0.5,p=0.6)', 'p is given twice'],
  ['RBP(0.5)', 'expected parameter=value, got "0.5"'],
  ['RBP(p=0.5', 'expected a name, parameters and a cutoff'],
  ['nDCG@5@5', 'expected a name, parameters and a cutoff'],
  ['', 'expected a name, parameters and a cutoff'],
  ['INST(min_rel=2)', 'min_rel must be below max_rel, got 2 and 1'],
])('%s is refused', (text, message) => {
  expect(() => parseMeasure(text)).toThrow(UsageError);
  expect(() => parseMeasure(text)).toThrow(message);
});

const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  rel: fc.integer({ min: 1, max: 4 }),
  max_rel: fc.integer({ min: 2, max: 6 }),
  min_rel: fc.integer({ min: 0, max: 1 }),
  cutoff: fc.integer({ min: 1, max: 50 }),
  p: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  T: fc.double({ min: 0.5, max: 10, noNaN: true }),
  base: fc.double({ min: 1.1, max: 20, noNaN: true }),
  alpha: fc.double({ min: 0, max: 1, noNaN: true }),
  beta: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  recall: fc.double({ min: 0, max: 1, noNaN: true }),
  dcg: fc.constantFrom('log2', 'exp-log2'),
  gains: fc.integer({ min: 0, max: 20 }).map((gain) => `{2:${gain},1:0.5}`),
  multiple: fc.double({ min: 0.1, max: 5, noNaN: true }),
  a: fc.double({ min: -5, max: 5, noNaN: true }),
  b: fc.integer({ min: -5, max: 5 }),
  c: fc.integer({ min: -5, max: 5 }),
  relative: fc.boolean(),
  graded: fc.boolean(),
  normalize: fc.boolean(),
  judged_only: fc.boolean(),
};

describe.each(Object.entries<Measure>(measures))('%s', (name, measure) => {
  test('says what it is', () => expect(measure.description).toMatch(/^\w.{10,}[^.]$/));
  test('its canonical name reads back as the same measure', () => {
    const parameters = fc.record(Object.fromEntries(measure.parameters.map((one) => [one.name, values[one.name]])));
    fc.assert(
      fc.property(parameters, (given) => {
        const list = Object.entries(given).map(
          ([key, value]) => `${key}=${typeof value === 'boolean' ? (value ? 'True' : 'False') : value}`,
        );
        const first = parseMeasure(list.length === 0 ? name : `${name}(${list.join(', ')})`);
        const again = parseMeasure(first.name);
        expect(again.name).toBe(first.name);
        if (first.computeSubtopic !== null) return;
        const [ranked, offsets] = [Float32Array.of(0, 2, -1, 1, 0, 1, -2, 2), Uint32Array.of(0, 5, 8)];
        expect(again.compute(ranked, offsets)).toEqual(first.compute(ranked, offsets));
      }),
      { numRuns: 20, seed: 3 },
    );
  });
});

test("trec_eval's names go both ways", () => {
  const pairs = {
    map: 'AP',
    map_cut_10: 'AP@10',
    ndcg_cut_5: 'nDCG@5',
    'iprec_at_recall_0.20': 'IPrec@0.2',
    rbp: 'RBP(p=0.9,graded=True)',
    set_F: 'SetF',
    'set_F_0.5': 'SetF(beta=0.5)',
    relative_P_5: 'P(relative=True)@5',
    'Rprec_mult_0.20': 'Rprec(multiple=0.2)',
    gm_bpref: 'logBpref',
    unj_5: 'Unjudged@5',
    'ndcg_1=3,2=9': 'nDCG(gains={1:3,2:9})',
    G: 'G',
    'rbp_p=0.5': 'RBP(p=0.5,graded=True)',
  };
  for (const [theirs, ours] of Object.entries(pairs)) {
    expect(fromTrecName(theirs)).toBe(ours);
    expect(trecName(ours)).toBe(theirs);
    expect(parseMeasure(theirs).name).toBe(parseMeasure(ours).name);
    expect(parseMeasure(theirs.replace(/_([\d=.,p]+)$/, '.$1')).name).toBe(parseMeasure(ours).name); // as after -m
  }
  expect(fromTrecName('P.10')).toBe('P@10');
  for (const unknown of ['ndcg_cut', 'map_x', 'map_5', 'relstring', 'constructor']) expect(fromTrecName(unknown)).toBe(null);
  for (const unknown of ["nDCG(dcg='exp-log2')@10", 'ERR@20', 'AP(rel=2)']) expect(trecName(unknown)).toBe(null);
});

test('one of the names of trec_eval can stand for several measures', () => {
  const names = (text: string) => parseMeasures(text).map(({ name }) => name);
  expect(names('ndcg_cut_5,10')).toEqual(['nDCG@5', 'nDCG@10']);
  expect(names('success')).toEqual(['Success@1', 'Success@5', 'Success@10']);
  expect(names('iprec_at_recall..10,.5')).toEqual(['IPrec@0.1', 'IPrec@0.5']);
  expect(names('utility.2,-1,0,0')).toEqual(['utility(a=2)']);
  expect(names('set')).toEqual(
    ['NumQ', 'NumRet', 'NumRel', 'NumRet(rel=1)', 'utility', 'SetP', 'SetR', 'SetP(relative=True)', 'SetAP'].concat('SetF'),
  );
  expect(names('official')).toHaveLength(9 + 11 + 9);
  const every = names('all_trec');
  expect(every).toEqual(expect.arrayContaining([...names('official'), ...names('set'), 'nDCG', 'ndcg_rel', 'Rndcg', 'G', 'binG']));
  expect(new Set(every).size).toBe(every.length);
  expect(every).toContain('Rprec(multiple=1)');
  expect(names('RBP(p=0.5)@3')).toEqual(['RBP(p=0.5)@3']);
});

test('the measure that the name of a run config is told to be is the same', () => {
  const offsets = Uint32Array.of(0, 4, 6);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }), fc.integer({ min: 1, max: 5 }), (grades, k) => {
      for (const metric of Object.keys(metrics))
        for (const name of [metric, `${metric}@${k}`]) {
          const same = fromConfigName(name);
          expect(same === null).toBe(/^(saito|ee)-/.test(metric)); // no measure of a run file
          if (same === null) continue;
          const [ranked] = [Float32Array.from(grades)];
          expect([...parseMeasure(same).compute(ranked, offsets)]).toEqual([...parseMetric(name).compute(ranked, offsets)]);
        }
    }),
    { numRuns: 50, seed: 6 },
  );
  for (const other of ['nDCG@10', 'constructor', 'ndcg@x', '']) expect(fromConfigName(other)).toBe(null);
});

test('run configs take both notations, each with its own gain', () => {
  const [ranked, offsets] = [Float32Array.of(1, 3), Uint32Array.of(0, 2)];
  const value = (name: string) => parseMetric(name).compute(ranked, offsets)[0];
  const discount = 1 / Math.log2(3);
  expect(value('ndcg@10')).toBeCloseTo((1 + 7 * discount) / (7 + discount), 14);
  expect(value('nDCG@10')).toBeCloseTo((1 + 3 * discount) / (3 + discount), 14);
  expect(value("nDCG(dcg='exp-log2')@10")).toBe(value('ndcg@10'));
  expect(parseMetric('nDCG@10')).toMatchObject({ name: 'nDCG@10', metric: 'nDCG', cutoff: 10 });
  expect(parseMetric('MAP')).toMatchObject({ cutoff: Infinity });
});
