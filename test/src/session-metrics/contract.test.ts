import fc from 'fast-check';
import type { SearchSession } from '../../../src/data/search-session.ts';
import { parseSessionMetric } from '../../../src/session-metrics/parse-session-metric.ts';
import { sessionMetrics } from '../../../src/session-metrics/session-metrics.ts';

/** Grades belong to documents; a list shows a document once, a search session may show it again. */
const grades: Record<string, number> = { a: 0, b: 0, c: 0, d: 0, e: 0, f: 1, g: 1, h: 2, i: 3, j: 4, x: 0, y: 0, z: 0 };
const list = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 8 });
const lists = fc.array(list, { minLength: 1, maxLength: 5 });
const toSession = (ids: readonly (readonly string[])[]): SearchSession => ({
  id: ids.map((own) => own.join('')).join(' '),
  queries: ids.map((own) => ({ results: own.map((id) => ({ id, clicked: false, grade: grades[id] })) })),
});

const shared = { highestGrade: 4 };
const variants = [
  ...Object.keys(sessionMetrics),
  ...[
    'NUM(L=5000)',
    'NUM(clickEnhancement=false)',
    'NUM(reformulationPenalty=false)',
    'sDCG(convention=kanoulas)',
    'nsDCG(convention=jarvelin)',
  ],
  ...['esNDCG(repeats=ignore)', 'time-U-measure(over=session)', 'TBG(over=mean-of-queries)', 'sDCG(repeats=ignore,k=3)'],
];
const bounded = /^(NUM|nsDCG|sRBP|RS-RBP|CT|esNDCG\(repeats=ignore\))/;
/** Where the user stops in vain early, a path is shorter than the one that goes on in vain: its nDCG may be higher. */
const barrenQueryMayRaise = /^esNDCG/;
const tolerance = 1e-12;

describe.each(variants)('%s', (name) => {
  const metric = parseSessionMetric(name, shared);
  const value = (ids: readonly (readonly string[])[]) => metric.compute([toSession(ids)])[0];
  const check = (property: fc.IRawProperty<unknown>) => fc.assert(property as fc.IProperty<unknown>, { numRuns: 200 });

  test('is printed as it is parsed, with every constant', () => {
    const again = parseSessionMetric(metric.name);
    expect(again.name).toBe(metric.name);
    expect(again.options).toEqual(metric.options);
    expect(Object.keys(metric.options).sort()).toEqual(
      Object.keys(sessionMetrics[metric.metric as keyof typeof sessionMetrics].options.entries).sort(),
    );
  });

  test('is undefined or in its range', () => {
    check(
      fc.property(lists, (ids) => {
        const score = value(ids);
        if (Number.isNaN(score)) return;
        expect(score).toBeLessThan(bounded.test(name) ? 1 + tolerance : Infinity);
        if (metric.metric !== 'EU') expect(score).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('scores a search session as if it were alone', () => {
    check(
      fc.property(fc.array(lists, { maxLength: 4 }), (many) => {
        expect(metric.compute(many.map(toSession))).toEqual(Float64Array.from(many, value));
      }),
    );
  });

  const exceptWhere = (exception: RegExp) => (exception.test(name) ? () => {} : test);
  exceptWhere(barrenQueryMayRaise)('never rises when a query without a relevant document comes in', () => {
    check(
      fc.property(lists, fc.nat(), fc.uniqueArray(fc.constantFrom(...'abcdexyz'), { maxLength: 8 }), (ids, at, barren) => {
        const [before, after] = [value(ids), value(ids.toSpliced(at % (ids.length + 1), 0, barren))];
        if (!Number.isNaN(before)) expect(after).toBeLessThanOrEqual(before + tolerance);
      }),
    );
  });

  test('never falls when a relevant document moves up past one that is not', () => {
    check(
      fc.property(lists, fc.nat(), fc.nat(), (ids, query, place) => {
        const j = query % ids.length;
        const i = 1 + (place % Math.max(1, ids[j].length - 1));
        const [above, below] = [ids[j][i - 1], ids[j][i]];
        fc.pre(below !== undefined && grades[below] > 0 && grades[above] === 0);
        const [before, after] = [value(ids), value(ids.with(j, ids[j].toSpliced(i - 1, 2, below, above)))];
        expect(after).toBeGreaterThanOrEqual(before - tolerance);
      }),
    );
  });
});

test.each([
  ['NUM', 'reformulationCost', 5000],
  ['U-measure', 'reformulationCost', 5000],
  ['TBG', 'reformulationTime', 60],
  ['time-U-measure(over=session)', 'reformulationTime', 60],
])('%s never rises with %s', (name, cost, most) => {
  const amount = fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(lists, amount, amount, (ids, one, other) => {
      const value = (of: number) => parseSessionMetric(name, { ...shared, [cost]: of }).compute([toSession(ids)])[0];
      const [less, more] = [value(Math.min(one, other)), value(Math.max(one, other))];
      if (!Number.isNaN(less)) expect(more).toBeLessThanOrEqual(less + tolerance);
    }),
    { numRuns: 200 },
  );
});

test('recency λ = 0 leaves sDCG and sRBP as they are', () => {
  fc.assert(
    fc.property(lists, (ids) => {
      const value = (name: string) => parseSessionMetric(name, shared).compute([toSession(ids)])[0];
      expect(value('RS-DCG(lambda=0)')).toBe(value('sDCG'));
      expect(value('RS-RBP(lambda=0)')).toBe(value('sRBP'));
    }),
    { numRuns: 100 },
  );
});
