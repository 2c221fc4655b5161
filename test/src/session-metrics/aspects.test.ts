import type { SearchSession } from '../../../src/data/search-session.ts';
import { gradedSession, letterSession, score } from './letter-sessions.ts';

const aspects: Record<string, Record<string, number>> = { a: { x: 2 }, b: { x: 3, y: 1 }, c: {}, d: { y: 4 } };
const session: SearchSession = letterSession('ab cda', (id) => ({ aspects: aspects[id] }));

/** Expected utility as its authors write it: over the places where a user may stop in each list. */
function expectedUtility(lists: string[], p: number, gamma: number, a: number, words: number): number {
  const times: Record<string, number> = {};
  let read = 0;
  for (const list of lists)
    for (let s = 1; s <= list.length; s++) {
      const stops = s < list.length ? (1 - p) ** (s - 1) * p : (1 - p) ** (s - 1);
      read += stops * s * words;
      for (const id of list.slice(0, s)) for (const aspect of Object.keys(aspects[id])) times[aspect] = (times[aspect] ?? 0) + stops;
    }
  const ratings: Record<string, number> = { x: 3, y: 4 }; // a nugget's rating is the highest that a document gives it
  const gain = Object.entries(times).reduce((sum, [aspect, n]) => sum + (ratings[aspect] * (1 - gamma ** n)) / (1 - gamma), 0);
  return gain - a * read;
}

test.each([
  ['EU', expectedUtility(['ab', 'cda'], 0.5, 0.5, 0.001, 500)],
  ['EU(p=0.2,gamma=0.8,a=0.01,documentWords=30)', expectedUtility(['ab', 'cda'], 0.2, 0.8, 0.01, 30)],
  ['EU(queries=1)', expectedUtility(['ab'], 0.5, 0.5, 0.001, 500)],
])('%s of nuggets', (metric, expected) => {
  expect(score(metric, session)).toBeCloseTo(expected, 13);
});

test('EU takes each document for a nugget where none is named; γ = 1 counts every time', () => {
  const graded = gradedSession('a2 b0 | b0 a2');
  expect(score('EU(a=0)', graded)).toBeCloseTo((2 * (1 - 0.5 ** 1.5)) / 0.5, 14);
  expect(score('EU(a=0,gamma=1)', graded)).toBeCloseTo(2 * 1.5, 14);
  expect(score('EU(a=1,documentWords=1)', letterSession('ab'))).toBeCloseTo(-1.5, 14);
  expect(
    score(
      'EU(a=1)',
      letterSession('a', () => ({ length: 12 })),
    ),
  ).toBeCloseTo(-2, 14);
});

test.each([
  // x: a .5·2, b .25·3, a .125·2; y: b .5·1, d .25·4; two subtopics, height 5, two queries
  ['CT', (1 + 0.75 + 0.25 + (0.5 + 1)) / (2 * 5 * 2)],
  ['CT(queries=1)', (1 + 0.75 + 0.5) / (2 * 5 * 1)],
  ['CT(maxHeight=1.5)', (1 + 0.5 + (0.5 + 1)) / (2 * 1.5 * 2)],
  ['CT(gamma=1)', (2 + 3 + (1 + 4)) / (2 * 5 * 2)], // both cubes are full: the second a gains nothing
])('%s of subtopics', (metric, expected) => {
  expect(score(metric, session)).toBeCloseTo(expected, 14);
});

test('CT divides by the subtopics of the need, and takes it for one subtopic where none is named', () => {
  expect(score('CT', { ...session, aspectCount: 7 })).toBeCloseTo(3.5 / (7 * 5 * 2), 14);
  expect(score('CT', gradedSession('a0 b2 | c4'))).toBeCloseTo((0.5 * 2 + 0.25 * 4) / (5 * 2), 14);
});

test('many aspects, more than the table starts with', () => {
  const many = letterSession('a b', (id) => ({ aspects: Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`${id}${i}`, 1])) }));
  expect(score('CT', many)).toBeCloseTo((180 * 0.5) / (180 * 5 * 2), 14);
  expect(score('EU(a=0)', many)).toBeCloseTo(180, 12);
});

test('a rating below 0 is refused', () => {
  expect(() =>
    score(
      'CT',
      letterSession('a', () => ({ aspects: { x: -1 } })),
    ),
  ).toThrow('rating -1 of aspect "x" of a must be at least 0');
});
