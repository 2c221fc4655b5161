import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { countLog } from '../../../../src/data/log-store/count-log.ts';
import { columnsFor, type NamedColumns } from '../../../../src/data/log-store/log-columns.ts';
import { openSource } from '../../../../src/data/log-store/log-source.ts';
import { isLogStore } from '../../../../src/data/log-store/store-info.ts';
import type { NamedClickLog } from '../../../../src/data/named-logs/named-click-log.ts';
import { readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import { readClickLog } from '../../../../src/data/read-click-log.ts';
import { splitClickLog } from '../../../../src/data/split-click-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { countsOf, impressionsOf, type ShownSession, separated, someSessions } from './example-logs.ts';

const folder = temporaryFolder();
let stores = 0;
async function store(sessions: readonly ShownSession[], named: NamedColumns = {}): Promise<string> {
  const source = await openSource(folder.put(`log-${stores}.csv`, separated(impressionsOf(sessions))));
  const path = folder.in(`store-${stores++}`);
  mkdirSync(path);
  await countLog(source, columnsFor(source, named), path, { room: { memory: '200MB', threads: 2 } });
  return path;
}

/** Sessions by query, documents and clicks, and by context where there is one. */
function counts({ log, queryIds, docIds, documentQuery, contexts }: NamedClickLog): Record<string, number> {
  const found: Record<string, number> = {};
  log.list.forEach((l, r) => {
    const docs = log.docs.subarray(log.offsets[l], log.offsets[l + 1]);
    for (const doc of docs) expect(documentQuery[doc]).toBe(log.queries[l]);
    const clicks = Array.from(log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1]));
    const shownIn = contexts === null ? [] : [contexts.names[contexts.ofList[l]]];
    const key = JSON.stringify([queryIds[log.queries[l]], Array.from(docs, (doc) => docIds[doc]), clicks, ...shownIn]);
    found[key] = (found[key] ?? 0) + log.count[r];
  });
  return found;
}

test('a store is read as the log that it was counted from, with a context or without', async () => {
  await fc.assert(
    fc.asyncProperty(someSessions, async (sessions) => {
      const path = await store(sessions, { contexts: ['device'] });
      expect(counts(await readNamedClickLog(path))).toEqual(countsOf(sessions));
      expect(counts(await readNamedClickLog(path, { context: 'device' }))).toEqual(countsOf(sessions, ['device']));
    }),
    { numRuns: 10 },
  );
});

const [example] = fc.sample(someSessions, { numRuns: 1, seed: 11 });

test('policies are told apart by their names', async () => {
  const { log } = await readNamedClickLog(await store(example));
  const policies = new Set(log.policies);
  expect(policies.size).toBe(new Set(example.map(({ policy }) => policy)).size);
});

test('a log is split by the times of its store; without times that is refused', async () => {
  const sessions = Array.from(
    { length: 10 },
    (_, i): ShownSession => ({
      ...{ name: `s${i}`, query: 'q', docs: ['a', 'b'], clicks: [Number(i % 3 === 0), 0], device: 'desk', policy: 'old' },
      day: 1 + Number(i >= 6),
    }),
  );
  const timed = await readNamedClickLog(await store(sessions, { time: 'ts' }));
  const [first] = splitClickLog(timed, { by: 'time', share: 0.6, seed: 's' });
  expect(counts({ ...timed, log: first })).toEqual(countsOf(sessions.slice(0, 6)));
  const untimed = await readNamedClickLog(await store(sessions));
  expect(() => splitClickLog(untimed, { by: 'time', share: 0.6, seed: 's' })).toThrow(/imported with --time/);
});

test('a store is a log of the documents of a query set, too', async () => {
  const queryIds = [...new Set(example.map(({ query }) => query))];
  const docsOf = queryIds.map((query) => [...new Set(example.filter((session) => session.query === query).flatMap(({ docs }) => docs))]);
  const offsets = Uint32Array.from([0, ...docsOf.map((_, q) => docsOf.slice(0, q + 1).flat().length)]);
  const docIds = docsOf.flat();
  const set = {
    queryIds,
    docIds,
    offsets,
    features: new Float32Array(docIds.length),
    featureCount: 1,
    labels: new Float32Array(docIds.length),
  };
  const log = await readClickLog(await store(example), set);
  expect(log.count.reduce((sum, n) => sum + n, 0)).toBe(example.length);
});

test('what is no store, or a damaged one, is told as such', async () => {
  expect(await isLogStore(folder.path)).toBe(false);
  const path = await store(example, { contexts: ['device'] });
  await expect(readNamedClickLog(path, { context: 'devise' })).rejects.toThrow(/has no context "devise"; did you mean "device"\?/);
  writeFileSync(`${path}/rows/part=0/rows-0.parquet`, 'PAR1 or so');
  await expect(readNamedClickLog(path)).rejects.toThrow(/rows-0\.parquet: not what counterrank import writes/);
  rmSync(`${path}/rows/part=0/rows-0.parquet`);
  await expect(readNamedClickLog(path)).rejects.toThrow(/rows-0\.parquet: not what counterrank import writes/);
  writeFileSync(`${path}/log.json`, '{"format": "counterrank click log", "version": 2}');
  await expect(readNamedClickLog(path)).rejects.toThrow(/a store of version 2/);
});
