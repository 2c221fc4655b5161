import fc from 'fast-check';
import { type NamedMeasure, parseMeasure } from '../../../src/metrics/parse-measure.ts';

/** Grades of one topic: retrieved in ranked order, then judged only. */
interface Topic {
  readonly retrieved: readonly number[];
  readonly others: readonly number[];
}

const parsed = new Map<string, NamedMeasure>();

function value(name: string, { retrieved, others }: Topic, emptyQueries: 'zero' | 'skip' = 'zero'): number {
  const measure = parsed.get(name) ?? parseMeasure(name);
  parsed.set(name, measure);
  const offsets = Uint32Array.of(0, retrieved.length + others.length);
  return measure.compute(Float32Array.from([...retrieved, ...others]), offsets, {
    retrieved: Uint32Array.of(retrieved.length),
    emptyQueries,
  })[0];
}

const grade = fc.constantFrom(-2, -1, -1, 0, 0, 0, 1, 1, 2, 3);
const topic = fc.record({
  retrieved: fc.array(grade, { minLength: 1, maxLength: 12 }),
  others: fc.array(fc.constantFrom(0, 1, 2, 3), { maxLength: 6 }),
});
const check = (property: (one: Topic) => void, numRuns = 200) =>
  fc.assert(
    fc.property(topic, (one) => property(one)),
    { numRuns, seed: 4 },
  );

const ofRanking = [
  'AP',
  'AP@5',
  'RR',
  'RR@3',
  'nDCG',
  'nDCG@5',
  "nDCG(dcg='exp-log2')",
  'nDCG(base=4)',
  'ERR',
  'nERR',
  'nERR@3',
  'Bpref',
  'Rprec',
  'Rprec(multiple=0.6)',
  'binG',
  'G',
];
const ofSteps = ['ndcg_rel', 'Rndcg']; // looked at where documents of a grade end: moving one up can move such a rank
const ofPrefix = [
  'P@3',
  'P(relative=True)@3',
  'R@3',
  'Success@3',
  'RBP',
  'RBP(p=0.95)@4',
  'SDCG(max_rel=3)@5',
  'INSQ(max_rel=3)',
  'IPrec@0.3',
  'IPrec@1',
];
const ofOverlap = ['Compat', 'Compat(p=0.7,normalize=False)'];
const ofPairs = ['Accuracy', 'Accuracy@5'];
const ofSet = ['SetP', 'SetR', 'SetF', 'SetAP', 'SetP(relative=True)'];
const adaptive = [
  'INST(max_rel=3)',
  'BPM(T=2,max_rel=3)@4',
  'NERR8(max_rel=3)@5',
  'NERR9(max_rel=3)@5',
  'NERR10(max_rel=3)',
  'NERR11(max_rel=3)',
];
const ofJudging = ['Judged@5', 'Unjudged@5', 'RBPresidual'];
const all = [...ofRanking, ...ofPairs, ...ofSteps, ...ofPrefix, ...ofSet, ...adaptive, ...ofJudging, ...ofOverlap, 'infAP'];

test.each(all)('%s lies in [0, 1]', (name) =>
  check((one) => {
    const result = value(name, one);
    expect(result).toBeGreaterThanOrEqual(0);
    expect(result).toBeLessThanOrEqual(1 + (name === 'infAP' ? 1e-4 : 1e-12)); // infAP smooths by ε
  }),
);

test.each([
  'AP',
  'RR',
  'nDCG',
  'nDCG@5',
  "nDCG(dcg='exp-log2')@2",
  'nDCG(base=4)',
  'nERR',
  'nERR@3',
  'Bpref',
  'Rprec',
  'Rprec(multiple=0.6)',
  'binG',
  'G',
  'ndcg_rel',
  'Rndcg',
  'Accuracy',
  'P(relative=True)@3',
  'SetR',
  'IPrec@1',
  'Success@1',
  'Compat(p=0.8)',
])('%s of the perfect ranking is 1', (name) =>
  check(({ retrieved, others }) => {
    const best = value(name, { retrieved: [...retrieved, ...others].sort((a, b) => b - a), others: [] }, 'skip');
    if (!Number.isNaN(best)) expect(best).toBeCloseTo(1, 12);
  }),
);

test.each([...ofRanking, ...ofPrefix, ...ofSet, 'Accuracy'])('%s never falls when a document moves up past one of lower grade', (name) =>
  check(({ retrieved, others }) => {
    const grades = retrieved.map((one) => Math.max(one, 0)); // unjudged ones are neither better nor worse to bpref
    const before = value(name, { retrieved: grades, others });
    for (let i = 0; i + 1 < grades.length; i++) {
      if (grades[i + 1] <= grades[i]) continue;
      const swapped = grades.with(i, grades[i + 1]).with(i + 1, grades[i]);
      expect(value(name, { retrieved: swapped, others })).toBeGreaterThanOrEqual(before - 1e-12);
    }
  }),
);

test.each([...ofRanking, ...ofPrefix.filter((name) => !name.startsWith('P@')), ...adaptive, 'infAP'])(
  '%s does not change with documents without judgment at the end',
  (name) =>
    check(({ retrieved, others }) =>
      expect(value(name, { retrieved: [...retrieved, -1, -1], others })).toBeCloseTo(value(name, { retrieved, others }), 12),
    ),
);

test.each([...ofRanking, ...ofPrefix, ...ofSet, ...adaptive, 'infAP'])('%s does not depend on the order of what is not retrieved', (name) =>
  check(({ retrieved, others }) =>
    expect(value(name, { retrieved, others: others.toReversed() })).toBeCloseTo(value(name, { retrieved, others }), 12),
  ),
);

test('Bpref does not see documents without judgment', () =>
  check(({ retrieved, others }) => {
    const judged = retrieved.filter((one) => one >= 0);
    expect(value('Bpref', { retrieved, others })).toBe(value('Bpref', { retrieved: judged, others }));
  }));

test('RBP and its residual make the RBP of a world in which all that is not judged is relevant', () =>
  check(({ retrieved, others }) => {
    const hopeful = [...retrieved.map((one) => (one < 0 ? 1 : one)), ...new Array<number>(400).fill(1)];
    const residual = value('RBPresidual(p=0.7)', { retrieved, others });
    expect(value('RBP(p=0.7)', { retrieved, others }) + residual).toBeCloseTo(value('RBP(p=0.7)', { retrieved: hopeful, others }), 12);
  }));

test('known identities: R at R is Rprec, SetAP is SetP·SetR, F with β → 0 is precision, nDCG of DCG over the ideal', () =>
  check((one) => {
    const relevant = [...one.retrieved, ...one.others].filter((grade) => grade >= 1).length;
    if (relevant === 0) return;
    expect(value(`R@${relevant}`, one)).toBeCloseTo(value('Rprec', one), 12);
    expect(value('SetAP', one)).toBeCloseTo(value('SetP', one) * value('SetR', one), 12);
    expect(value('SetF(beta=1e-9)', one)).toBeCloseTo(value('SetP', one), 6);
    const ideal = [...one.retrieved, ...one.others].filter((grade) => grade > 0).sort((a, b) => b - a);
    expect(value('nDCG', one) * value('DCG', { retrieved: ideal, others: [] })).toBeCloseTo(value('DCG', one), 12);
  }));

test('with everything judged infAP is AP, but for its ε', () =>
  check(({ retrieved, others }) => {
    const judged = { retrieved: retrieved.map((one) => Math.max(one, 0)), others };
    expect(Math.abs(value('infAP', judged) - value('AP', judged))).toBeLessThan(1e-4);
  }));

test.each(['AP', 'nDCG@5', 'P@3', 'RR', 'Success@2', 'Rprec'])(
  '%s of judged documents only is that of the list without the others',
  (name) => {
    const condensed = name.replace(/^(\w+)/, '$1(judged_only=True)');
    check((one) => expect(value(condensed, one)).toBe(value(name, { ...one, retrieved: one.retrieved.filter((grade) => grade >= 0) })));
  },
);

test('G of grades 0 and 1 is binG', () =>
  check(({ retrieved, others }) => {
    const flat = (grades: readonly number[]) => grades.map((grade) => Math.min(grade, 1));
    const one = { retrieved: flat(retrieved), others: flat(others) };
    if ([...one.retrieved, ...one.others].filter((grade) => grade === 1).length < one.retrieved.length) return;
    expect(value('G', one)).toBeCloseTo(value('binG', one), 12); // while the ideal has a document for every rank
  }));

test('Accuracy counts the pairs in the right order; turned around it is its complement', () =>
  check(({ retrieved }) => {
    const relevant = retrieved.filter((grade) => grade >= 1).length;
    if (relevant === 0 || relevant === retrieved.length) return;
    const there = value('Accuracy', { retrieved, others: [] });
    expect(there + value('Accuracy', { retrieved: retrieved.toReversed(), others: [] })).toBeCloseTo(1, 12);
    const pairs = retrieved.flatMap((one, i) => retrieved.map((other, j) => (one >= 1 && other < 1 ? Number(i < j) : Number.NaN)));
    const counted = pairs.filter((pair) => !Number.isNaN(pair));
    expect(there).toBeCloseTo(counted.reduce((sum, pair) => sum + pair, 0) / counted.length, 12);
  }));

test('utility is linear in what documents are worth', () =>
  check((one) => {
    const [found, others, missed] = ['a=1,b=0,c=0', 'a=0,b=1,c=0', 'a=0,b=0,c=1'].map((worth) => value(`utility(${worth})`, one));
    expect(value('utility(a=3,b=-2,c=0.5)', one)).toBeCloseTo(3 * found - 2 * others + 0.5 * missed, 12);
    expect(found + others).toBe(one.retrieved.length);
  }));
