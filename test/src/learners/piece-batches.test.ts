import { clickSums } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { piecesOfLog } from '../../../src/data/log-pieces.ts';
import type { ClickLog } from '../../../src/index.ts';
import type { RankingLists } from '../../../src/learners/batches.ts';
import { pieceBatches } from '../../../src/learners/piece-batches.ts';
import { createRng } from '../../../src/random/rng.ts';

const L = 23;
const set = {
  ...{ queryIds: Array.from({ length: L }, (_, q) => `q${q}`), docIds: Array.from({ length: L }, () => 'd') },
  ...{ offsets: Uint32Array.from({ length: L + 1 }, (_, q) => q), features: Float32Array.from({ length: L }, (_, d) => d) },
  ...{ featureCount: 1, labels: new Float32Array(L) },
};
const builder = new ClickLogBuilder();
for (let q = 0; q < L; q++) {
  const list = builder.addList(q, [q]);
  builder.addRow(list, [1], q + 1);
  builder.addRow(list, [0], 2);
}
const log = builder.build();
const listsOf = (of: ClickLog): RankingLists => {
  const { clicks, sessions } = clickSums(of);
  return { offsets: of.offsets, docs: of.docs, weights: clicks, sessions };
};

/** The documents of some batches; a document is a list here, and its feature is its number. */
function drawn(size: number | 'all', count: number, seed = 's') {
  const batches = pieceBatches(set, piecesOfLog(log, createRng('p'), 5), listsOf, size, createRng(seed));
  return Array.from({ length: count }, () => {
    const { rows, features, weights, sessions } = batches.next().value;
    return Array.from(rows, (row, i) => {
      const doc = features[row];
      expect([weights[i], sessions[i]]).toEqual([doc + 1, doc + 3]); // of this list, all of its rows
      return doc;
    });
  });
}

test.each([
  ['all' as const, 5],
  [2, 15], // pieces of 4 and 5 lists: two batches of 4, three of 5
  [100, 5],
])('batches of %s: an epoch has each list once, and the next one in another order', (size, batches) => {
  const pieces = piecesOfLog(log, createRng('p'), 5);
  const perPiece = Array.from({ length: pieces.pieces }, (_, p) => pieces.read(p).queries.length);
  const expected = perPiece.reduce((sum, lists) => sum + (size === 'all' ? 1 : Math.ceil(lists / size)), 0);
  expect(expected).toBeLessThanOrEqual(batches);
  const both = drawn(size, 2 * expected);
  const epochs = [both.slice(0, expected), both.slice(expected)].map((epoch) => epoch.flat());
  for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual(Array.from({ length: L }, (_, q) => q));
  expect(epochs[0]).not.toEqual(epochs[1]);
  if (typeof size === 'number') for (const batch of both) expect(batch.length).toBeLessThanOrEqual(size);
});

test('the same seed draws the same, another one does not', () => {
  expect(drawn(3, 20)).toEqual(drawn(3, 20));
  expect(drawn(3, 20)).not.toEqual(drawn(3, 20, 't'));
});

test('pieces of which no list is left are passed over, and a log of such alone is told', () => {
  const empty = { offsets: new Uint32Array(1), docs: new Uint32Array(0), weights: new Float64Array(0), sessions: new Float64Array(0) };
  const batches = pieceBatches(set, piecesOfLog(log, createRng('p'), 5), () => empty, 'all', createRng('s'));
  expect(() => batches.next()).toThrow(/no piece of the log has a list/);
});
