import { createRng } from '../../../src/random/rng.ts';
import { gradedSession, letterSession, score } from './letter-sessions.ts';

const session = gradedSession('a0 b4 | c1 a0');

test.each([
  // reach query 2: (.8 − .4)/(1 − .4) = 2/3; within a list each step .4
  ['sRBP(p=0.8,b=0.5,H=4)', 0.2 * (0.4 + (2 / 3) * (1 / 4))],
  ['sRBP(p=0.8,b=0.5,H=4,gain=exponential)', 0.2 * (0.4 * (15 / 16) + (2 / 3) * (1 / 16))],
  ['sRBP(p=0.8,b=1,H=4)', 0.2 * 0.8], // RBP of the first query
  ['sRBP(p=0.8,b=0,H=4)', 0.2 * 0.8 * (1 / 4)], // the first results only
  ['sRBP(p=0,H=4)', 0],
  ['RS-RBP(lambda=1,p=0.8,b=0.5,H=4)', 0.2 * (Math.exp(-1) * 0.4 + (2 / 3) * (1 / 4))],
])('%s of a small search session', (metric, expected) => {
  expect(score(metric, session)).toBeCloseTo(expected, 14);
});

test('clicks gain 1, again for a repeat unless repeats are ignored', () => {
  expect(score('sRBP(p=0.8,b=0.5)', letterSession('Ab A'))).toBeCloseTo(0.2 * (1 + 2 / 3), 14);
  expect(score('sRBP(p=0.8,b=0.5,repeats=ignore)', letterSession('Ab A'))).toBeCloseTo(0.2, 14);
});

test('is the rate of gain of the user that it describes, walked step by step', () => {
  const [p, b, users] = [0.9, 0.75, 200_000];
  const lists = [
    [0, 1, 1, 0, 1],
    [1, 0, 1],
    [0, 0, 1, 1],
  ];
  const rng = createRng('srbp-walk');
  let [gain, squares] = [0, 0];
  for (let u = 0; u < users; u++) {
    let found = 0;
    for (let [j, i] = [0, 0]; j < lists.length; ) {
      found += lists[j][i] ?? 0; // a user may go on below the end of a list, where nothing is
      if (rng.next() >= p) break;
      if (rng.next() < b) i++;
      else [j, i] = [j + 1, 0];
    }
    gain += found;
    squares += found * found;
  }
  const mean = gain / users;
  const error = Math.sqrt((squares / users - mean ** 2) / users);
  const text = lists.map((list, j) => list.map((grade, i) => `${String.fromCharCode(97 + 8 * j + i)}${grade}`).join(' ')).join('|');
  expect(Math.abs(score('sRBP(p=0.9,b=0.75)', gradedSession(text)) - (1 - p) * mean)).toBeLessThan(4 * (1 - p) * error);
});

test.each(['sRBP(p=1)', 'sRBP(b=1.1)', 'RS-RBP(lambda=-1)'])('%s is refused', (metric) => {
  expect(() => score(metric, session)).toThrow(/persistence|balance|recency/);
});

test('no relevant document: 0', () => {
  expect(score('sRBP', letterSession('ab c'))).toBe(0);
});
