import { gradedSession, letterSession, score } from './letter-sessions.ts';

const small = 'L=10000,documentLength=5000'; // s = 200, F·len = 1000

test.each([
  [`U-measure(${small})`, 'abC', (1 - 0.16) / 2],
  [`U-measure(${small})`, 'abC dE', (1 - 0.16 + (1 - 0.3)) / 2], // no cost of reformulating
  [`U-measure(${small},C=500)`, 'abC dE', (1 - 0.16 + (1 - 0.35)) / 2],
  [`U-measure(${small})`, 'abc BdA', (1 - 0.18 + (1 - 0.32)) / 2], // a skipped query is looked through; no click enhancement
  [`U-measure(${small})`, 'A A', (1 - 0.12) / 2], // a repeat gains nothing
  ['U-measure', 'ab', 0],
])('%s of %s', (metric, words, expected) => {
  expect(score(metric, letterSession(words))).toBeCloseTo(expected, 14);
});

const session = gradedSession('a0 b2 | c1 a0 b2');

test.each([
  ['time-U-measure(H=2)', ((3 / 4) * (1 - 9.8 / 99) + (1 / 4) * 1 + (3 / 4) * (1 - (23 + 9.8) / 99)) / 2],
  ['time-U-measure(H=2,over=session)', (3 / 4) * (1 - 9.8 / 99) + (1 / 4) * (1 - 47.4 / 99) + (3 / 4) * (1 - 80.2 / 99)],
  ['time-U-measure(H=2,T=60,seconds=10/20,over=session)', (3 / 4) * (1 - 10 / 60) + (1 / 4) * (1 - 30 / 60) + 0],
  ['time-U-measure(H=2,T=100,seconds=10,over=session,reformulationTime=30)', (3 / 4) * 0.9 + (1 / 4) * 0.5 + (3 / 4) * 0.3],
])('%s: gain at the time a result is reached', (metric, expected) => {
  expect(score(metric, session)).toBeCloseTo(expected, 14);
});

test.each([
  // 500 words: 16.8 s a document; a0: 4.4 + 16.8·.39, b2: 4.4 + 16.8·.64
  ['TBG', [10.952, 10.952 + 15.152]],
  ['TBG(documentWords=1000)', [4.4 + 25.8 * 0.39, 4.4 * 2 + 25.8 * (0.39 + 0.64)]],
  ['TBG(reformulationTime=20)', [10.952, 10.952 + 15.152 + 20]],
  ['TBG(relevantFrom=2)', [10.952]],
  ['TBG(repeats=count)', [10.952, 26.104, 26.104 + 15.152 + 10.952]],
])('%s: gains that halve every 224 s', (metric, times) => {
  expect(score(metric, session)).toBeCloseTo(0.64 * 0.77 * times.reduce((sum, time) => sum + 2 ** (-time / 224), 0), 14);
});

test('TBG reads no words of a document that was shown before', () => {
  const again = gradedSession('b2 | b2 c1');
  const toC = 15.152 + 4.4 + 7.8 * 0.64;
  expect(score('TBG', again)).toBeCloseTo(0.64 * 0.77 * (1 + 2 ** (-toC / 224)), 14);
});

test('TBG as a mean over queries starts each at 0, and reads real lengths', () => {
  const gain = 0.64 * 0.77;
  expect(score('TBG(over=mean-of-queries)', session)).toBeCloseTo((gain * (2 ** (-10.952 / 224) + 1)) / 2, 14);
  const long = letterSession('aB', () => ({ length: 6000 }));
  expect(score('TBG', long)).toBeCloseTo(gain * 2 ** (-(4.4 + 25.8 * 0.39) / 224), 14);
  expect(() =>
    score(
      'TBG',
      letterSession('A', () => ({ length: -1 })),
    ),
  ).toThrow('length -1 of a must be above 0');
});

test('without a query they are undefined', () => {
  const none = { id: 'none', queries: [] };
  for (const metric of ['TBG', 'time-U-measure', 'CT', 'sDCG/q']) expect(score(metric, none)).toBeNaN();
});
