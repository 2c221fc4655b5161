import { copyFileSync, mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { checkClickLog } from '../../../../src/data/click-log.ts';
import { ListNames } from '../../../../src/data/list-columns.ts';
import type { LogPieces } from '../../../../src/data/log-pieces.ts';
import { countLog } from '../../../../src/data/log-store/count-log.ts';
import { divideStore } from '../../../../src/data/log-store/divide-store.ts';
import { columnsFor, type NamedColumns } from '../../../../src/data/log-store/log-columns.ts';
import { openSource } from '../../../../src/data/log-store/log-source.ts';
import { storeDocuments } from '../../../../src/data/log-store/store-documents.ts';
import { rowsFile } from '../../../../src/data/log-store/store-info.ts';
import type { QuerySet } from '../../../../src/data/query-set.ts';
import { readClickLog } from '../../../../src/data/read-click-log.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { sessionsByText } from '../arbitrary-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { impressionsOf, type ShownSession, separated } from './example-logs.ts';

const folder = temporaryFolder();
let stores = 0;
async function store(sessions: readonly ShownSession[], named: NamedColumns = {}, listsOfPart = 40): Promise<string> {
  const source = await openSource(folder.put(`log-${stores}.csv`, separated(impressionsOf(sessions))));
  const path = folder.in(`store-${stores++}`);
  mkdirSync(path);
  await countLog(source, columnsFor(source, named), path, { room: { memory: '200MB', threads: 1 }, listsOfPart });
  return path;
}

/** Thirty queries of two documents in two orders, with clicks that differ: four rows a query, in parts of forty lists. */
const sessions = Array.from({ length: 300 }, (_, i): ShownSession => {
  const j = Math.floor(i / 30); // of the query
  const docs = j % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
  const clicks = [Number(j % 3 === 0), 0];
  return { name: `s${i}`, query: `q${i % 30}`, docs, clicks, device: i % 4 === 0 ? 'phone' : 'desk', policy: 'old', day: 1 };
});

/** The sessions of a divided log by text, of the sample and of the rest. */
function textsOf(rest: LogPieces | null): Record<string, number> {
  const all: Record<string, number> = {};
  for (let p = 0; rest !== null && p < rest.pieces; p++)
    for (const [text, n] of Object.entries(sessionsByText(rest.read(p)))) all[text] = (all[text] ?? 0) + n;
  return all;
}

test('some queries with all of their sessions are in memory, the others in pieces: together the log as it is read whole', async () => {
  const path = await store(sessions);
  const set = await storeDocuments(path);
  expect([set.queryIds.length, set.docIds.length, set.offsets.at(-1)]).toEqual([30, 60, 60]);
  const whole = sessionsByText(await readClickLog(path, set));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 40, max: 70 }),
      fc.string(),
      fc.constantFrom(1, 7, 1000),
      async (rowsInMemory, seed, listsOfPiece) => {
        const { sample, rest, info, sampleRows } = await divideStore(path, set, { rowsInMemory, rng: createRng(seed), listsOfPiece });
        checkClickLog(sample, { queries: 30, documents: 60 });
        const [inMemory, onDisk] = [sessionsByText(sample), textsOf(rest)];
        const queries = (texts: object) => new Set(Object.keys(texts).map((text) => text.split(':')[0]));
        for (const query of queries(inMemory)) expect(queries(onDisk).has(query)).toBe(false);
        expect({ ...inMemory, ...onDisk }).toEqual(whole);
        expect(sample.list.length).toBe(sampleRows);
        expect(sampleRows).toBeLessThanOrEqual(rowsInMemory);
        expect(sampleRows).toBeGreaterThan(rowsInMemory - 4); // one query more would not fit
        expect(info.rows).toBe(Object.keys(whole).length);
      },
    ),
    { numRuns: 5 },
  );
});

test('contexts and policies go with the lists; without the rest nothing of it is kept', async () => {
  const path = await store(sessions, { contexts: ['device'] });
  const set = await storeDocuments(path);
  const names = new ListNames();
  const { sample, rest } = await divideStore(path, set, { rowsInMemory: 80, rng: createRng('s'), context: 'device', names });
  const kinds = new Map([...names.context].map(([name, number]) => [number, name]));
  const phones = (log: typeof sample) =>
    log.list.reduce((sum, l, r) => sum + (kinds.get(log.contexts?.[l] as number) === 'phone' ? log.count[r] : 0), 0);
  const pieces = rest as LogPieces;
  const inPieces = Array.from({ length: pieces.pieces }, (_, p) => phones(pieces.read(p))).reduce((sum, n) => sum + n, 0);
  expect(phones(sample) + inPieces).toBe(sessions.filter(({ device }) => device === 'phone').length);
  expect(sample.policies?.length).toBe(sample.queries.length);
  expect((await divideStore(path, set, { rowsInMemory: 80, rng: createRng('s'), keepRest: false })).rest).toBeNull();
  await expect(divideStore(path, set, { rowsInMemory: 80, rng: createRng('s'), context: 'devise' })).rejects.toThrow(/no context "devise"/);
});

test('queries that are too large, documents that are not there, and a part of another store are told', async () => {
  const path = await store(sessions);
  const set = await storeDocuments(path);
  const rng = createRng('s');
  await expect(divideStore(path, set, { rowsInMemory: 9, rng })).rejects.toThrow(/more than a tenth of the 9 rows .* 40 at the least/);
  const lacking: QuerySet = { ...set, docIds: set.docIds.map((id, d) => (d === 1 ? 'c' : id)) };
  await expect(divideStore(path, lacking, { rowsInMemory: 60, rng })).rejects.toThrow(/document ".*" is not among those of query/);
  copyFileSync(rowsFile(path, 1), rowsFile(path, 0));
  await expect(divideStore(path, set, { rowsInMemory: 60, rng })).rejects.toThrow(/import the log again/);
});
