import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { type ClickLog, checkClickLog, positionsOf, sessionsOf } from '../../../src/data/click-log.ts';
import { joinPieces, type LogPieces, piecesFor, piecesOfLog } from '../../../src/data/log-pieces.ts';
import { PieceWriter } from '../../../src/data/piece-writer.ts';
import { createRng } from '../../../src/random/rng.ts';
import { arbitraryLog, sessionsByText } from './arbitrary-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const none = { contexts: false, policies: false };

/** The lists of a log with their rows, as a reader of a file would give them. */
function written(log: ClickLog, pieces: number, seed = 's'): LogPieces | null {
  const writer = new PieceWriter(pieces, createRng(seed), none, folder.path);
  for (let l = 0; l < log.queries.length; l++) {
    const rows = [...log.list.keys()]
      .filter((r) => log.list[r] === l)
      .map((r) => ({ clicks: log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1]), count: log.count[r] }));
    if (rows.length > 0)
      writer.add({ query: log.queries[l], docs: log.docs.subarray(log.offsets[l], log.offsets[l + 1]), context: 0, policy: 0, rows });
  }
  return writer.finish();
}

/** All pieces together: sessions by text, and how many lists there are. */
function together(pieces: LogPieces) {
  const sessions: Record<string, number> = {};
  let lists = 0;
  for (let p = 0; p < pieces.pieces; p++) {
    const piece = pieces.read(p);
    checkClickLog(piece, { queries: 3, documents: 4 });
    lists += piece.queries.length;
    for (const [text, n] of Object.entries(sessionsByText(piece))) sessions[text] = (sessions[text] ?? 0) + n;
  }
  return { sessions, lists };
}

test('pieces on the disk and in memory hold every session of the log, each list once', () => {
  fc.assert(
    fc.property(arbitraryLog, fc.integer({ min: 1, max: 5 }), (log, count) => {
      const seen = new Set(log.list).size;
      fc.pre(seen > 0);
      for (const pieces of [written(log, count) as LogPieces, piecesOfLog(log, createRng('m'), 2)]) {
        expect(together(pieces)).toEqual({ sessions: sessionsByText(log), lists: seen });
        expect([pieces.lists, pieces.sessions]).toEqual([seen, sessionsOf(log)]);
        expect(pieces.positions).toBeLessThanOrEqual(positionsOf(log));
      }
    }),
    { numRuns: 60 },
  );
});

test('what does not fit the buffers is written and read back: long lists, many rows, counts beyond 32 bits, contexts and policies', () => {
  const writer = new PieceWriter(1, createRng('s'), { contexts: true, policies: true }, folder.path);
  const docs = Uint32Array.from({ length: 40_003 }, (_, k) => k);
  const clicks = docs.map((k) => Number(k % 3 === 0));
  writer.add({ query: 7, docs, context: 5, policy: 2, rows: [{ clicks, count: 2 ** 40 + 1 }] });
  for (let i = 0; i < 3000; i++) writer.add({ query: i, docs: [i], context: 1, policy: 0, rows: [{ clicks: [i % 2], count: i + 1 }] });
  const pieces = writer.finish() as LogPieces;
  const log = pieces.read(0);
  expect([log.queries[0], log.contexts?.[0], log.policies?.[0], log.count[0]]).toEqual([7, 5, 2, 2 ** 40 + 1]);
  expect(log.docs.subarray(0, docs.length)).toEqual(docs);
  expect(Array.from(log.clicks.subarray(0, docs.length))).toEqual(Array.from(clicks));
  expect(log.queries.subarray(1)).toEqual(Uint32Array.from({ length: 3000 }, (_, i) => i));
  expect(Array.from(log.count.subarray(1))).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
  expect(Array.from(log.clicks.subarray(docs.length))).toEqual(Array.from({ length: 3000 }, (_, i) => i % 2));
});

test('lists are dealt evenly and anew with another seed: every piece has 1000 ± 5 standard deviations of 10,000 lists', () => {
  const deal = (seed: string) => {
    const writer = new PieceWriter(10, createRng(seed), none, folder.path);
    for (let i = 0; i < 10_000; i++) writer.add({ query: i, docs: [0], context: 0, policy: 0, rows: [{ clicks: [0], count: 1 }] });
    const pieces = writer.finish() as LogPieces;
    return Array.from({ length: 10 }, (_, p) => Array.from(pieces.read(p).queries));
  };
  const dealt = deal('a');
  for (const { length } of dealt) expect(Math.abs(length - 1000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.1 * 0.9));
  expect(deal('a')).toEqual(dealt);
  expect(deal('b')).not.toEqual(dealt);
});

test('the file has no name while it is used, and a folder that is not there is told', () => {
  const own = folder.in('own');
  mkdirSync(own);
  const writer = new PieceWriter(2, createRng('s'), none, own);
  expect(readdirSync(own)).toEqual([]);
  expect(writer.finish()).toBeNull();
  expect(existsSync(folder.in('missing'))).toBe(false);
  expect(() => new PieceWriter(2, createRng('s'), none, folder.in('missing'))).toThrow(/cannot write to ".*missing", .*TMPDIR/);
});

test('logs are joined piece by piece, and a log without a session has none', () => {
  const log = (query: number): ClickLog => ({
    ...{ queries: Uint32Array.of(query), offsets: Uint32Array.of(0, 1), docs: Uint32Array.of(0), list: Uint32Array.of(0) },
    ...{ clickOffsets: Uint32Array.of(0, 1), clicks: Uint8Array.of(1), count: Float64Array.of(3) },
  });
  const [a, b] = [1, 2].map((query) => piecesOfLog(log(query), createRng('s')));
  const both = joinPieces(a, b);
  expect([both.pieces, both.lists, both.sessions, both.positions]).toEqual([2, 2, 6, 1]);
  expect([both.read(0).queries[0], both.read(1).queries[0]]).toEqual([1, 2]);
  expect(() => piecesOfLog({ ...log(1), list: new Uint32Array(0), count: new Float64Array(0) }, createRng('s'))).toThrow(/has no pieces/);
  expect([piecesFor(1), piecesFor(4097), piecesFor(10, 3)]).toEqual([1, 2, 4]);
});
