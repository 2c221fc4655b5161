import fc from 'fast-check';
import { cascade, clickModels, dependentClick, positionBased } from '../../../click-models/index.ts';
import { redrawClicks } from '../../../simulators/redraw-clicks.ts';
import { type ClickLog, clickSums, sessionsOf } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import {
  clickLogLikelihood,
  clickThroughByRank,
  describeClickLog,
  neighbourClickOdds,
  rankGroups,
} from '../../../src/diagnostics/index.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';

/** Rows of query, documents, clicks and count. */
function logOf(rows: readonly (readonly [number, readonly number[], readonly number[], number])[]): ClickLog {
  const builder = new ClickLogBuilder();
  for (const [query, docs, clicks, count] of rows) builder.addRow(builder.addList(query, docs), clicks, count);
  return builder.build();
}
const small = logOf([
  [0, [0, 1, 2], [1, 0, 0], 6],
  [0, [0, 1, 2], [0, 0, 0], 2],
  [0, [1, 0, 2], [0, 1, 1], 2],
  [1, [3, 4], [0, 1], 10],
]);

test('click-through by rank: over the sessions that show the rank', () => {
  expect([...clickThroughByRank(small)]).toEqual([6 / 20, (2 + 10) / 20, 2 / 10]);
});

test('a description: counts, shares, and which ranks hang together', () => {
  expect(describeClickLog(small)).toEqual({
    sessions: 20,
    queries: 2,
    listsPerQuery: 3 / 2,
    clicksPerSession: (6 + 4 + 10) / 20,
    clickless: 2 / 20,
    severalClicks: 2 / 20,
    atSeveralRanks: 2 / 5,
    rankGroups: 2,
  });
  expect([...rankGroups(small)]).toEqual([0, 0, 1]);
  const alone = rankGroups(small, (l) => l === 0); // one list shows each document once
  expect(new Set(alone).size).toBe(alone.length);
});

const lists = fc.array(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 1, maxLength: 6 }), { maxLength: 8 });

test('rank groups are the connected parts of ranks and documents', () => {
  fc.assert(
    fc.property(lists, (shown) => {
      const log = logOf(shown.map((docs) => [0, docs, docs.map(() => 0), 1]));
      const longest = Math.max(0, ...shown.map((docs) => docs.length));
      // labels spread along lists until nothing changes
      const [ofRank, ofDoc] = [Array.from({ length: longest }, (_, k) => k), new Array<number>(8).fill(Infinity)];
      for (let changed = true; changed; ) {
        changed = false;
        for (const docs of shown)
          for (const [k, doc] of docs.entries()) {
            const least = Math.min(ofRank[k], ofDoc[doc]);
            changed ||= ofRank[k] !== least || ofDoc[doc] !== least;
            [ofRank[k], ofDoc[doc]] = [least, least];
          }
      }
      const numbers = [...new Set(ofRank)].sort((a, b) => a - b);
      expect([...rankGroups(log)]).toEqual(ofRank.map((label) => numbers.indexOf(label)));
    }),
  );
});

test('the likelihood of clicks: a blind guess is −log of the list length; a constant on scores and a factor on θ change nothing', () => {
  expect(clickLogLikelihood(small, new Float64Array(5), [1, 1, 1])).toEqual(Float64Array.of(-Math.log(3), -Math.log(2)));
  const [scores, theta] = [
    [0.3, -1, 2, 0.5, 0],
    [1, 0.4, 0.2],
  ];
  const values = clickLogLikelihood(small, scores, theta);
  const list = (docs: number[]) => docs.map((doc, k) => theta[k] * Math.exp(scores[doc]));
  const share = (docs: number[], k: number) => list(docs)[k] / list(docs).reduce((a, b) => a + b);
  const first = (6 * Math.log(share([0, 1, 2], 0)) + 2 * Math.log(share([1, 0, 2], 1)) + 2 * Math.log(share([1, 0, 2], 2))) / 10;
  expect(values[0]).toBeCloseTo(first, 12);
  expect(values[1]).toBeCloseTo(Math.log(share([3, 4], 1)), 12);
  const moved = clickLogLikelihood(
    small,
    scores.map((score) => score + 7),
    theta.map((value) => 3 * value),
  );
  for (const [q, value] of moved.entries()) expect(value).toBeCloseTo(values[q], 12);
  expect(clickLogLikelihood(logOf([[4, [0, 1], [0, 0], 3]]), [0, 0], [1, 1])).toHaveLength(0); // no click
});

test.each([
  ['no score', [0, 0, 0, 0], [1, 1, 1]],
  ['no examination', [0, 0, 0, 0, 0], [1, 1]],
  ['an examination of 0', [0, 0, 0, 0, 0], [1, 0, 1]],
])('%s is refused', (_name, scores, theta) => {
  expect(() => clickLogLikelihood(small, scores, theta)).toThrow(UsageError);
});

const attraction = Float64Array.from({ length: 40 }, (_, doc) => 0.1 + 0.02 * (doc % 40));
const shown = logOf(
  Array.from({ length: 30 }, (_, l) => [l % 8, [0, 7, 13, 22].map((step) => (5 * (l % 8) + l + step) % 40), [0, 0, 0, 0], 4000] as const),
);
const users = {
  independent: positionBased.create({ examination: [1, 0.7, 0.5, 0.4], eta: 1 }, 4),
  stopping: dependentClick.create({ continuation: 0.3 }, 4),
  cascade: cascade.create({}, 4),
};

test('clicks drawn anew: the same lists and sessions, clicks at the rate of the model, the same for the same seed', () => {
  const drawn = redrawClicks(shown, users.independent, attraction, createRng('redraw'));
  expect([drawn.queries, drawn.offsets, drawn.docs]).toEqual([shown.queries, shown.offsets, shown.docs]);
  const [before, after] = [clickSums(shown), clickSums(drawn)];
  expect(after.sessions).toEqual(before.sessions);
  expect(sessionsOf(drawn)).toBe(120_000);
  let worst = 0;
  for (let i = 0; i < drawn.docs.length; i++) {
    const [rate, n] = [[1, 0.7, 0.5, 0.4][i % 4] * attraction[drawn.docs[i]], after.sessions[Math.floor(i / 4)]];
    worst = Math.max(worst, Math.abs(after.clicks[i] / n - rate) / Math.sqrt((rate * (1 - rate)) / n));
  }
  expect(worst).toBeLessThan(5); // of 120 standard normals
  expect(redrawClicks(shown, users.independent, attraction, createRng('redraw'))).toEqual(drawn);
  expect(redrawClicks(shown, users.independent, attraction, createRng('other'))).not.toEqual(drawn);
});

test('clicks drawn again are those of the context of each list, and equal lists of two contexts stay two', () => {
  const curves = [
    { examination: [1, 1], eta: 1 },
    { examination: [1, 0], eta: 1 },
  ];
  const apart = clickModels['contextual-position-based'].create({ contexts: curves }, 2);
  const two = {
    queries: Uint32Array.of(0, 0),
    offsets: Uint32Array.of(0, 2, 4),
    docs: Uint32Array.of(0, 1, 0, 1),
    list: Uint32Array.of(0, 1),
    clickOffsets: Uint32Array.of(0, 2, 4),
    clicks: new Uint8Array(4),
    count: Float64Array.of(70, 30),
  };
  const drawn = redrawClicks(two, apart, Float64Array.of(1, 1), createRng('contexts'), Uint32Array.of(1, 0));
  expect(clickSums(drawn)).toEqual({ clicks: Float64Array.of(70, 0, 30, 30), sessions: Float64Array.of(70, 30) });
  expect([...drawn.queries]).toEqual([0, 0]);
  expect(() => redrawClicks(two, apart, Float64Array.of(1, 1), createRng('contexts'))).toThrow('give the context of each of 2 lists');
});

test('odds of clicks at neighbouring ranks: 1 for users who examine by rank, far below for users who stop at a click', () => {
  const odds = (kind: keyof typeof users) => neighbourClickOdds(redrawClicks(shown, users[kind], attraction, createRng(kind)));
  const independent = odds('independent');
  expect(independent).toHaveLength(3);
  for (const { ratio, lower, upper } of independent) {
    expect(Math.abs(Math.log(ratio))).toBeLessThan((4.5 * Math.log(upper / lower)) / (2 * 1.96));
    expect(upper / lower).toBeLessThan(1.2);
  }
  expect(odds('stopping')[0].upper).toBeLessThan(0.4); // continuation is 0.3; further down a click also tells that the user came so far
  expect(odds('cascade').map(({ ratio }) => ratio)).toEqual([0, 0, 0]);
  expect(neighbourClickOdds(logOf([]))).toEqual([]);
});
