import fc from 'fast-check';
import { clickThroughEnhancement } from '../../../src/session-metrics/click-through-enhancement.ts';
import { parseSessionMetric } from '../../../src/session-metrics/parse-session-metric.ts';
import { gradedSession, letterSession, score } from './letter-sessions.ts';

test('skipped in one query and clicked in a later one: relevant from its first appearance on', () => {
  const [enhanced] = clickThroughEnhancement([letterSession('abc BdA')]);
  expect(enhanced.queries.map(({ results }) => results.map(({ id, clicked, grade }) => `${id}${clicked ? '*' : ''}${grade}`))).toEqual([
    ['a1', 'b1', 'c0'],
    ['b*1', 'd0', 'a*1'],
  ]);
});

test('any metric can come after it; grades and usefulness work like clicks', () => {
  const session = letterSession('ab B');
  const [enhanced] = clickThroughEnhancement([session]);
  expect(score('sDCG', session)).toBeCloseTo(1 / 1.5, 14);
  expect(score('sDCG', enhanced)).toBeCloseTo(1 / 2 + 1 / 1.5, 14);
  const [graded] = clickThroughEnhancement([gradedSession('a0 b3 | a2 b1')], 'grade');
  expect(graded.queries.map(({ results }) => results.map(({ grade }) => grade))).toEqual([
    [2, 3],
    [2, 3],
  ]);
  const [useful] = clickThroughEnhancement([letterSession('a A', () => ({ usefulness: 4, grade: 1 }))], 'usefulness');
  expect(useful.queries[0].results[0]).toMatchObject({ usefulness: 4, grade: 4 });
});

test('judgments stay beside grades only: they are on no other scale', () => {
  const session = { ...letterSession('aB', () => ({ grade: 3 })), judged: [3, 3] };
  expect(clickThroughEnhancement([session], 'grade')[0].judged).toEqual([3, 3]);
  expect(clickThroughEnhancement([session], 'click')[0]).not.toHaveProperty('judged');
});

test('the sessions that are given stay as they are', () => {
  const session = letterSession('ab B');
  const before = JSON.stringify(session);
  clickThroughEnhancement([session]);
  expect(JSON.stringify(session)).toBe(before);
});

const result = fc.record({ id: fc.constantFrom(...'abcdefgh'), clicked: fc.boolean() });
const searchSession = fc.array(fc.record({ results: fc.array(result, { maxLength: 8 }) }), { minLength: 1, maxLength: 4 });

test('NUM with its own click-through enhancement is NUM without it after this', () => {
  const [own, without] = [parseSessionMetric('NUM'), parseSessionMetric('NUM(clickEnhancement=false)')];
  fc.assert(
    fc.property(searchSession, (queries) => {
      const sessions = [{ id: 's', queries }];
      expect(without.compute(clickThroughEnhancement(sessions))).toEqual(own.compute(sessions));
    }),
    { numRuns: 300 },
  );
});
