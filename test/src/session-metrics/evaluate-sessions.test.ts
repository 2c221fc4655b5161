import type { SearchSession } from '../../../src/data/search-session.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import { evaluateSessions, type SessionEvaluationRequest } from '../../../src/session-metrics/evaluate-sessions.ts';
import { parseSessionMetric } from '../../../src/session-metrics/index.ts';
import { numSensitivity } from '../../../src/session-metrics/num-sensitivity.ts';
import { holmCorrection, meanInterval, pairedTTest, signFlipTest } from '../../../src/stats/index.ts';
import { letterSession } from './letter-sessions.ts';

const named = (id: string, words: string): SearchSession => ({ ...letterSession(words), id });
/** Scores by reciprocal-like sDCG: easy to write down. */
const request = (systems: Record<string, SearchSession[]>, more: Partial<SessionEvaluationRequest> = {}): SessionEvaluationRequest => ({
  systems: Object.entries(systems).map(([label, sessions]) => ({ label, sessions })),
  metrics: ['sDCG', 'NUM'].map((name) => parseSessionMetric(name)),
  labels: { labels: 'grade', highestGrade: 1 },
  clickEnhancement: false,
  undefinedRule: 'skip',
  test: 'paired-t',
  ...more,
});
const sessions = [named('1', 'Ab'), named('2', 'aB'), named('3', 'ab'), named('4', 'AB')];
const sdcg = [1, 1 / 2, 0, 3 / 2];

test('means, counts of what is undefined, and no difference for one system', () => {
  const { values, scores } = evaluateSessions(request({ one: sessions }));
  expect([...values[0][0]]).toEqual(sdcg);
  expect(scores[0][0]).toEqual({ mean: meanInterval(sdcg), undefinedCount: 0, difference: null });
  expect(scores[0][1]).toMatchObject({ mean: { n: 3 }, undefinedCount: 1 });
});

test('undefined counts 0 by rule', () => {
  const { scores } = evaluateSessions(request({ one: sessions }, { undefinedRule: 'zero' }));
  expect(scores[0][1]).toMatchObject({ mean: { n: 4 }, undefinedCount: 0 });
});

test('systems are paired by id, whatever their order, on what both have a value on; Holm over the systems', () => {
  const other = [named('4', 'aB'), named('9', 'AB'), named('3', 'Ab'), named('1', 'Ab')];
  const third = [named('1', 'ab'), named('2', 'ab'), named('3', 'ab'), named('4', 'ab')];
  const { scores, notes } = evaluateSessions(request({ one: sessions, other, third }));
  expect(scores[0].map(({ difference }) => difference)).toEqual([null, null]);
  const against = [pairedTTest([1, 1, 1 / 2], [1, 0, 3 / 2]), pairedTTest([0, 0, 0, 0], sdcg)];
  const adjusted = holmCorrection(against.map(({ p }) => p));
  against.forEach(({ difference, p }, s) => {
    expect(scores[s + 1][0].difference).toEqual({
      mean: { ...difference, value: expect.closeTo(difference.value, 14) },
      p: expect.closeTo(p, 14),
      adjustedP: expect.closeTo(adjusted[s], 14),
    });
  });
  expect(scores[1][1].difference?.mean.n).toBe(2); // NUM of 3 is undefined for the first
  expect(scores[2][1]).toMatchObject({ mean: null, difference: null });
  expect(notes).toEqual(['other is compared with one on the 3 search sessions that both have']);
});

test('the sign-flip test is there, and the same every time', () => {
  const systems = { one: sessions, other: [named('1', 'ab'), named('2', 'ab'), named('3', 'Ab'), named('4', 'ab')] };
  const p = () => evaluateSessions(request(systems, { test: 'sign-flip' })).scores[1][0].difference?.p;
  expect(p()).toBe(signFlipTest([0, 0, 1, 0], sdcg, createRng('any')).p); // so few pairs are counted out
  expect(p()).toBe(p());
});

test('click-through enhancement reaches every metric', () => {
  const one = [named('1', 'ab B')];
  expect(evaluateSessions(request({ one })).values[0][0][0]).toBeCloseTo(1 / 1.5, 14);
  expect(evaluateSessions(request({ one }, { clickEnhancement: true })).values[0][0][0]).toBeCloseTo(1 / 2 + 1 / 1.5, 14);
});

test('clamped NUM is told of', () => {
  const lengths: SearchSession = letterSession('AB', (id) => ({ grade: id === 'a' ? 1 : 2, length: id === 'a' ? 100 : 40_000 }));
  const metrics = [parseSessionMetric('NUM(useLengths=true,idealOrder=grade,H=2,L=12000)')];
  const { notes, scores } = evaluateSessions(request({ one: [lengths, named('2', 'A')] }, { metrics }));
  expect(notes).toEqual([expect.stringMatching(/^NUM\(.*\) of one: 1 scores above 1 were set to 1$/)]);
  expect(scores[0][0].mean?.value).toBe(1);
});

test('no shared search session, and a metric twice, are refused', () => {
  expect(() => evaluateSessions(request({ one: sessions, other: [named('x', 'A')] }))).toThrow(UsageError);
  expect(() => evaluateSessions(request({ one: sessions, other: [named('x', 'A')] }))).toThrow('other and one share no search session');
  const metrics = ['NUM', 'NUM(L=132000)'].map((name) => parseSessionMetric(name));
  expect(() => evaluateSessions(request({ one: sessions }, { metrics }))).toThrow('metric "NUM" is named twice');
});

test('sensitivity: NUM over a grid of L and C, higher C never higher, C of no matter to one query', () => {
  const points = numSensitivity([named('1', 'ab C'), named('2', 'aB')], {});
  expect(points).toHaveLength(30);
  const at = (L: number, C: number) => points.find((point) => point.trailtextLength === L && point.reformulationCost === C)?.mean;
  const num = (L: number, C: number) => parseSessionMetric(`NUM(L=${L},C=${C})`).compute([named('1', 'ab C'), named('2', 'aB')]);
  for (const [L, C] of [
    [5000, 0],
    [132_000, 1000],
    [500_000, 5000],
  ])
    expect(at(L, C)).toBeCloseTo((num(L, C)[0] + num(L, C)[1]) / 2, 14);
  expect(at(132_000, 5000)).toBeLessThan(at(132_000, 0) as number);
  const single = numSensitivity([named('2', 'aB')], {}).filter(({ trailtextLength }) => trailtextLength === 20_000);
  expect(new Set(single.map(({ mean }) => mean)).size).toBe(1);
  expect(numSensitivity([named('3', 'ab')], {}).every(({ mean }) => Number.isNaN(mean))).toBe(true);
});
