import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import { num } from '../../../src/session-metrics/num.ts';
import type { NumOptions } from '../../../src/session-metrics/num-options.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';
import { letterSession } from './letter-sessions.ts';

interface Case {
  readonly name: string;
  readonly params: { L: number; snippet: number; F: string; docLen: number; reform: number; H: number; abandonDepth: number };
  readonly session: { queries: { results: { id: string; clicked: boolean; rel?: number; len?: number }[] }[] };
  readonly expected: Record<string, { value: number } | null>;
}

const variants: Record<string, Partial<NumOptions>> = {
  NUM: { idealOrder: 'grade' },
  NUM_no_A2: { idealOrder: 'grade', clickEnhancement: false },
  NUM_no_reformulation_cost: { idealOrder: 'grade', reformulationPenalty: false },
  NUM_smith_ideal: {},
};

testWithData('passes every worked case in every variant', () => {
  const cases: Case[] = JSON.parse(readFileSync(sharedData('session-metrics/num/cases.json'), 'utf8'));
  expect(cases.length).toBeGreaterThan(7);
  for (const { name, params, session, expected } of cases) {
    const queries = session.queries.map(({ results }) => ({
      results: results.map(({ id, clicked, rel, len }) => ({
        id,
        clicked,
        ...(rel === undefined ? {} : { grade: rel }),
        ...(len ? { length: len } : {}),
      })),
    }));
    const [over, under] = params.F.split('/').map(Number);
    const options: Partial<NumOptions> = {
      trailtextLength: params.L,
      snippetLength: params.snippet,
      readFraction: over / under,
      documentLength: params.docLen,
      reformulationCost: params.reform,
      highestGrade: params.H,
      abandonDepth: params.abandonDepth,
      useLengths: true,
    };
    const score = (variant: Partial<NumOptions>) => num([{ id: name, queries }], { ...options, ...variant });
    for (const [variant, settings] of Object.entries(variants)) {
      const value = score(settings).num[0];
      expect({ name, variant, value }).toEqual({
        name,
        variant,
        value: expected[variant] ? expect.closeTo(expected[variant].value, 13) : Number.NaN,
      });
    }
    const plain = score({ idealOrder: 'grade' });
    expect(plain.utility[0]).toBeCloseTo(expected.U_actual?.value ?? Number.NaN, 13);
    expect(plain.idealUtility[0]).toBeCloseTo(expected.U_ideal?.value ?? Number.NaN, 13);
  }
});

const small = { trailtextLength: 10_000, documentLength: 5000, reformulationCost: 500 }; // s = 200, F·len = 1000

test.each([
  ['a click at rank 3', 'abC', {}, (1 - 1600 / 10_000) / (1 - 1200 / 10_000)],
  ['skipped, later clicked: counts at its first appearance', 'abc BdA', {}, 1],
  ['… without click enhancement', 'abc BdA', { clickEnhancement: false }, (1 - 0.23 + (1 - 0.37)) / (1 - 0.12 + (1 - 0.24))],
  ['a reformulation costs', 'abc DeF', {}, (1 - 0.23 + (1 - 0.37)) / (0.88 + 0.76)],
  ['… and does not by option', 'abc DeF', { reformulationPenalty: false }, (1 - 0.18 + (1 - 0.32)) / (0.88 + 0.76)],
  ['an abandoned query is read to abandonDepth', 'abc D', { abandonDepth: 1 }, (1 - 0.19) / 0.88],
  ['a repeat gains nothing and costs a snippet', 'A AB', {}, (0.88 + (1 - 0.31)) / (0.88 + 0.76)],
  ['normalise off: U', 'abC', { normalise: false }, (1 - 0.16) / 2],
])('%s', (_name, words, options, expected) => {
  expect(num([letterSession(words)], { ...small, ...options }).num[0]).toBeCloseTo(expected, 14);
});

test('grades are the labels, or clicks where there is none or grades are off', () => {
  const graded = letterSession('aB', (id) => (id === 'a' ? { grade: 2 } : {}));
  const first = num([graded], { ...small, highestGrade: 2 });
  expect(first.utility[0]).toBeCloseTo((3 / 4) * 0.88 + (1 / 4) * 0.76, 14);
  expect(num([graded], { ...small, labels: 'click' }).num[0]).toBeCloseTo((1 - 0.14) / 0.88, 14);
});

test('undefined search sessions are skipped and counted, or 0', () => {
  expect(num([letterSession('ab'), letterSession('A')])).toMatchObject({ num: Float64Array.of(Number.NaN, 1), undefinedCount: 1 });
  expect([...num([letterSession('ab'), letterSession('A')], { undefinedScore: 'zero' }).num]).toEqual([0, 1]);
  expect(num([]).num).toHaveLength(0);
});

test('with real lengths scores above 1 are clamped and counted', () => {
  const lengths = letterSession('AB', (id) => ({ grade: id === 'a' ? 1 : 2, length: id === 'a' ? 100 : 40_000 }));
  const byGrade = num([lengths], { trailtextLength: 12_000, useLengths: true, highestGrade: 2, idealOrder: 'grade' });
  expect(byGrade.utility[0] / byGrade.idealUtility[0]).toBeGreaterThan(1.1);
  expect(byGrade).toMatchObject({ num: Float64Array.of(1), clampedCount: 1 });
  expect(num([lengths], { trailtextLength: 12_000, useLengths: true, highestGrade: 2 })).toMatchObject({
    num: Float64Array.of(1),
    clampedCount: 0,
  });
});

test.each(['AB', 'BA'])('of documents of one grade the ideal has the shorter first: %s', (words) => {
  const lengths = letterSession(words, (id) => ({ length: id === 'a' ? 9000 : 1000 }));
  const { idealUtility } = num([lengths], { ...small, useLengths: true, idealOrder: 'grade' });
  expect(idealUtility[0]).toBeCloseTo((1 - (200 + 200) / 10_000 + (1 - (400 + 200 + 1800) / 10_000)) / 2, 14);
});

test('search sessions of any size, in any order', () => {
  const results = Array.from({ length: 150 }, (_, i) => ({ id: `${i}`, clicked: i % 50 === 49 }));
  const read = [49, 99, 149].map((i, clicks) => 1 - ((i + 1) * 200 + (clicks + 1) * 2000) / 132_000);
  const ideal = [1, 2, 3].map((clicks) => 1 - (clicks * 2200) / 132_000);
  const sum = (values: number[]) => values.reduce((a, b) => a + b);
  const scores = num([letterSession('A'), { id: 'long', queries: [{ results }] }, letterSession('abC')]);
  expect(scores.num[1]).toBeCloseTo(sum(read) / sum(ideal), 14);
  expect(scores.num[2]).toBeCloseTo((1 - 2600 / 132_000) / (1 - 2200 / 132_000), 14);
});

const result = fc.record({ id: fc.constantFrom(...'abcdefgh'), clicked: fc.boolean(), grade: fc.integer({ min: 0, max: 4 }) });
const searchSession = fc.array(fc.record({ results: fc.array(result, { maxLength: 12 }) }), { minLength: 1, maxLength: 5 });

test('U ≤ U* on any search session, repeats included, when all documents have one length', () => {
  const reads = fc.record({
    trailtextLength: fc.constantFrom(3000, 20_000, 132_000),
    reformulationCost: fc.constantFrom(0, 1000),
    labels: fc.constantFrom('grade' as const, 'click' as const),
    clickEnhancement: fc.boolean(),
  });
  fc.assert(
    fc.property(searchSession, reads, (queries, options) => {
      const { num: score, utility, idealUtility, clampedCount } = num([{ id: 's', queries }], { ...options, highestGrade: 4 });
      expect(utility[0]).toBeLessThanOrEqual(idealUtility[0] * (1 + 1e-12));
      expect(score[0] >= 0 || Number.isNaN(score[0])).toBe(true);
      expect(clampedCount).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

test('NUM ≤ 1 on 100,000 random search sessions, with the defaults', () => {
  const rng = createRng('num-bound');
  const upTo = (n: number) => 1 + Math.floor(n * rng.next());
  const sessions = Array.from({ length: 100_000 }, (_, s) => ({
    id: `${s}`,
    queries: Array.from({ length: upTo(5) }, () => ({
      results: Array.from({ length: upTo(10) }, () => ({ id: `${upTo(20)}`, clicked: rng.next() < 0.3 })),
    })),
  }));
  const { num: scores, undefinedCount, clampedCount } = num(sessions);
  const defined = scores.filter((score) => !Number.isNaN(score));
  expect(defined.length + undefinedCount).toBe(100_000);
  expect(defined.length).toBeGreaterThan(80_000);
  expect(defined.every((score) => score > 0 && score <= 1)).toBe(true);
  expect(clampedCount).toBe(0);
});

test('scores of one search session do not depend on the others', () => {
  const [a, b] = [letterSession('abC dAE'), letterSession('A bcD a')];
  expect([...num([a, b, a]).num]).toEqual([num([a]).num[0], num([b]).num[0], num([a]).num[0]]);
});

test('bad options and data are refused, with a way out', () => {
  expect(() => num([], { trailtextLength: 0 })).toThrow(UsageError);
  expect(() => num([], { trailLength: 5 } as Partial<NumOptions>)).toThrow('trailLength');
  expect(() => num([letterSession('A', () => ({ grade: 3 }))])).toThrow('must be in [0, highestGrade = 1]');
  expect(() => num([letterSession('A', () => ({ grade: -1 }))])).toThrow(UsageError);
  expect(() => num([letterSession('A', () => ({ length: 0 }))], { useLengths: true })).toThrow('length 0 of a must be above 0');
});
