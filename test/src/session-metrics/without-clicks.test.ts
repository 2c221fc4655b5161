import type { SearchSession } from '../../../src/data/search-session.ts';
import { metaEvaluate } from '../../../src/meta-evaluation/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { num } from '../../../src/session-metrics/num.ts';
import { parseSessionMetric } from '../../../src/session-metrics/parse-session-metric.ts';
import { settleLabels } from '../../../src/session-metrics/settle-labels.ts';
import { told } from '../meta-evaluation/rated-sessions.ts';
import { gradedSession, score } from './letter-sessions.ts';

/** Search session s, rated: documents with grades, and no clicks recorded. */
const unclicked = (s: number, grades: readonly (number | undefined)[]): SearchSession => ({
  id: `s${s}`,
  satisfaction: 1 + (s % 5),
  queries: [{ results: grades.map((grade, i) => ({ id: `d${i}`, ...(grade !== undefined && { grade }) })) }],
});
const log = Array.from({ length: 12 }, (_, s) => unclicked(s, [s % 3, undefined, 1]));

test('graded metrics score a log without clicks as if nothing had been clicked', () => {
  const clicked = log.map((session) => ({
    ...session,
    queries: session.queries.map(({ results }) => ({ results: results.map((one) => ({ ...one, clicked: false })) })),
  }));
  for (const text of ['sDCG', 'nsDCG', 'esNDCG', 'sRBP', 'NUM']) {
    const shared = { labels: 'grade', highestGrade: 2 } as const;
    const { compute } = parseSessionMetric(text, shared);
    expect(compute(log)).toEqual(compute(clicked));
  }
});

test('what needs clicks says so', () => {
  expect(() => num(log, { labels: 'click' })).toThrow('labels are clicks, but it was not recorded whether "d0" was clicked');
  const bare = [unclicked(0, [undefined])];
  const settled = settleLabels([{ sessions: bare, labels: 'grade', highestGrade: null }]);
  expect(() => parseSessionMetric('sDCG', settled).compute(bare)).toThrow('labels are clicks');
  const request = {
    sessions: log,
    metrics: [
      told(
        'm',
        log.map((_, s) => s),
      ),
    ],
    resamples: 20,
  };
  expect(() => metaEvaluate({ ...request, golds: ['early-click'] }, createRng('x'))).toThrow(
    'gold metric "early-click" needs clicks, which were not recorded of search session s0; leave it out',
  );
  expect(() => metaEvaluate(request, createRng('x'))).not.toThrow(); // the usual ones that need none
});

test('nsDCG takes all queries and all ranks, as sDCG does: the ideal has as many queries as the search session', () => {
  const session = gradedSession('a0 b2 c1 | d1'); // jarvelin: gain = grade
  const discount = (base: number, place: number) => 1 / (1 + Math.log(place) / Math.log(base));
  const cells = [1, 2].flatMap((j) => [1, 2, 3, 4].map((i) => discount(4, j) * discount(2, i))).sort((a, b) => b - a);
  const ideal = [2, 1, 1].reduce((sum, gain, place) => sum + gain * cells[place], 0);
  const shown = 2 * discount(2, 2) + discount(2, 3) + discount(4, 2);
  for (const limits of ['queries=all,cutoff=all', 'queries=2,cutoff=all', 'queries=all,cutoff=4', 'queries=2,cutoff=4'])
    expect(score(`nsDCG(convention=jarvelin,${limits})`, session)).toBeCloseTo(shown / ideal, 12);
  expect(score('nsDCG(convention=kanoulas,cutoff=all)', session)).toBeCloseTo(score('nsDCG(convention=kanoulas,cutoff=50)', session), 12);
});
