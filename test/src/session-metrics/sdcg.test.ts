import { readFileSync } from 'node:fs';
import { parseSessionMetric } from '../../../src/session-metrics/parse-session-metric.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';
import { gradedSession, letterSession, score } from './letter-sessions.ts';

interface Case {
  readonly name: string;
  readonly queries: string[][];
  readonly rels: Record<string, number>;
  readonly b: number;
  readonly bq: number;
  readonly trec_dd: { cutoff: number; sDCG: number; nsDCG: number };
  readonly jiang_allan: { convention: string; sDCG: number; nsDCG: number; sDCG_per_query: number };
}

testWithData('both conventions, normalised and not, as trec-dd-jig and ir_metrics score them', () => {
  const cases: Case[] = JSON.parse(readFileSync(sharedData('session-metrics/sdcg/cases.json'), 'utf8'));
  expect(cases.length).toBeGreaterThan(4);
  for (const { name, queries, rels, b, bq, trec_dd: dd, jiang_allan: kanoulas } of cases) {
    const session = {
      id: name,
      judged: Object.values(rels),
      queries: queries.map((ids) => ({ results: ids.map((id) => ({ id, clicked: false, grade: rels[id] ?? 0 })) })),
    };
    const k = Number(/k=(\d+)/.exec(kanoulas.convention)?.[1]);
    const bases = `b=${b},bq=${bq}`;
    const found = {
      dd: score(`sDCG(convention=jarvelin,${bases},queries=${dd.cutoff})`, session),
      ddNormalised: score(`nsDCG(convention=jarvelin,${bases},k=5,queries=${dd.cutoff})`, session),
      kanoulas: score(`sDCG(convention=kanoulas,${bases},k=${k})`, session),
      kanoulasNormalised: score(`nsDCG(convention=kanoulas,${bases},k=${k})`, session),
      perQuery: score(`sDCG/q(${bases},k=${k})`, session),
    };
    const close = (value: number) => expect.closeTo(value, 12);
    expect({ name, ...found }).toEqual({
      name,
      dd: close(dd.sDCG),
      ddNormalised: close(dd.nsDCG),
      kanoulas: close(kanoulas.sDCG),
      kanoulasNormalised: close(kanoulas.nsDCG),
      perQuery: close(kanoulas.sDCG_per_query),
    });
  }
});

const session = gradedSession('a0 b2 | c1 a0 b2');
const log = (b: number, x: number) => Math.log(x) / Math.log(b);

test.each([
  ['sDCG', 2 / 2 + (1 + 2 / (1 + log(2, 3))) / (1 + 0.5)],
  ['sDCG(convention=jarvelin,gain=exponential)', 3 / 2 + (1 + 3 / (1 + log(2, 3))) / 1.5],
  ['sDCG(convention=kanoulas)', 3 / log(2, 3) + (1 + 3 / 2) / log(4, 5)],
  ['sDCG(convention=kanoulas,b=3,bq=10)', 3 / log(3, 4) + (1 + 3 / log(3, 5)) / log(10, 11)],
  ['sDCG(k=1)', 1 / 1.5],
  ['sDCG(queries=1)', 1],
  ['sDCG(repeats=ignore)', 1 + 1 / 1.5],
  ['sDCG/q', (3 / log(2, 3) + 2.5 / log(4, 5)) / 2],
  ['RS-DCG(lambda=0.5)', Math.exp(-0.5) * 1 + (1 + 2 / (1 + log(2, 3))) / 1.5],
  // of the search session's own documents: b 2, c 1, a 0
  ['nsDCG', (3 / log(2, 3) + 2.5 / log(4, 5)) / ((3 + 1 / log(2, 3)) * (1 + 1 / log(4, 5)))],
  // the two best cells: (1, 1) and then (2, 1); the second b earns nothing
  ['nsDCG(convention=jarvelin)', (1 + 1 / 1.5) / (2 + 1 / 1.5)],
  ['nsDCG(convention=jarvelin,k=1)', 1 / 1.5 / (2 + 1 / 1.5)],
  ['nsDCG(convention=jarvelin,queries=1)', 1 / (2 + 1 / 2)],
])('%s of a small search session', (metric, expected) => {
  expect(score(metric, session)).toBeCloseTo(expected, 14);
});

test('the convention is always part of the name', () => {
  expect(parseSessionMetric('sDCG').name).toBe('sDCG(convention=jarvelin)');
  expect(parseSessionMetric('nsDCG(k=5)').name).toBe('nsDCG(convention=kanoulas,k=5)');
  expect(parseSessionMetric('RS-DCG').name).toBe('RS-DCG(lambda=0.1,convention=jarvelin)');
});

test('an ideal is made of all judgments where there are some, and of the documents shown otherwise', () => {
  const judged = gradedSession('a0 b2 | c1 a0 b2', { judged: [1, 3, 2] });
  const dcg = 3 / log(2, 3) + 2.5 / log(4, 5);
  expect(score('nsDCG', judged)).toBeCloseTo(dcg / ((7 + 3 / log(2, 3) + 1 / 2) * (1 + 1 / log(4, 5))), 14);
  expect(score('nsDCG(ideal=session)', judged)).toBe(score('nsDCG', session));
  expect(score('nsDCG(labels=click)', { ...letterSession('aB'), judged: [3] })).toBeCloseTo(1 / log(2, 3), 14);
});

test('nothing relevant: sDCG is 0, nsDCG undefined', () => {
  expect(score('sDCG', letterSession('ab c'))).toBe(0);
  expect(score('nsDCG', letterSession('ab c'))).toBeNaN();
  expect(score('nsDCG(convention=jarvelin)', letterSession('ab c'))).toBeNaN();
  expect(score('nsDCG', { ...letterSession('ab c'), judged: [1] })).toBe(0);
});
