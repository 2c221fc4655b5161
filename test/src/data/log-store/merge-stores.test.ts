import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { countLog } from '../../../../src/data/log-store/count-log.ts';
import { columnsFor } from '../../../../src/data/log-store/log-columns.ts';
import { openSource } from '../../../../src/data/log-store/log-source.ts';
import { mergeStores } from '../../../../src/data/log-store/merge-stores.ts';
import { type StoreInfo, storeFiles } from '../../../../src/data/log-store/store-info.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { impressionsOf, type ShownSession, separated, someSessions, storedCounts } from './example-logs.ts';

const folder = temporaryFolder();
let stores = 0;
const newStore = () => {
  const store = folder.in(`store-${stores++}`);
  mkdirSync(store);
  return store;
};
const room = { memory: '200MB', threads: 2 };
const listsOfPart = 4; // so that few lists are of several parts

async function count(sessions: readonly ShownSession[], contexts: readonly string[] = ['device']): Promise<string> {
  const source = await openSource(folder.put(`log-${stores}.csv`, separated(impressionsOf(sessions))));
  const store = newStore();
  await countLog(source, columnsFor(source, { contexts }), store, { room, listsOfPart });
  return store;
}

async function merge(paths: readonly string[]): Promise<string> {
  const store = newStore();
  await mergeStores(
    paths.map((path) => ({ path })),
    store,
    { room, listsOfPart },
  );
  return store;
}

/** Bytes of all tables. */
const tables = (store: string) => {
  const { parts } = JSON.parse(readFileSync(`${store}/log.json`, 'utf8')) as { parts: number };
  return storeFiles(store, { parts })
    .slice(1)
    .map((file) => [file.slice(store.length), readFileSync(file).toString('base64')]);
};

test('what was counted in parts is, added up in any order, byte for byte what is counted at once', async () => {
  await fc.assert(
    fc.asyncProperty(someSessions, fc.nat(29), async (sessions, cut) => {
      const at = 1 + (cut % sessions.length);
      const parts = [sessions.slice(0, at), sessions.slice(at)].filter(({ length }) => length > 0);
      const stores: string[] = [];
      for (const part of parts) stores.push(await count(part));
      const whole = tables(await count(sessions));
      expect(tables(await merge(stores))).toEqual(whole);
      expect(tables(await merge([await merge(stores.slice(1).concat(stores[0])), ...[]]))).toEqual(whole);
    }),
    { numRuns: 6 },
  );
});

test('parts of a store are stores, and add up to it', async () => {
  const [sessions] = fc.sample(fc.array(someSessions, { minLength: 3, maxLength: 3 }), { numRuns: 1, seed: 3 });
  const all = sessions.flat().map((session, i) => ({ ...session, name: `s${i}` }));
  const store = await count(all);
  const { parts } = JSON.parse(readFileSync(`${store}/log.json`, 'utf8')) as { parts: number };
  expect(parts).toBeGreaterThan(2);
  writeFileSync(`${store}/rejects.csv`, 'file,line,reason\nlog.csv,7,the click is neither 0 nor 1\n');
  const shards: string[] = [];
  for (let shard = 0; shard < 2; shard++) {
    const own = newStore();
    const chosen = Array.from({ length: parts }, (_, part) => part).filter((part) => part % 2 === shard);
    await mergeStores([{ path: store, parts: chosen }], own, { room, listsOfPart, shard: { index: shard + 1, of: 2 } });
    shards.push(own);
  }
  const merged = await merge(shards);
  expect(tables(merged)).toEqual(tables(store));
  const told = (path: string) => JSON.parse(readFileSync(`${path}/log.json`, 'utf8')) as StoreInfo;
  expect(told(merged)).toEqual(told(store)); // files and what was left out once, not by the share
  expect(readFileSync(`${merged}/rejects.csv`, 'utf8')).toBe(readFileSync(`${store}/rejects.csv`, 'utf8'));
});

test('stores of the same log twice have twice the counts; stores of other columns do not add up', async () => {
  const [sessions] = fc.sample(someSessions, { numRuns: 1, seed: 1 });
  const store = await count(sessions);
  const twice = Object.fromEntries(Object.entries(await storedCounts(store, ['device'])).map(([key, n]) => [key, 2 * n]));
  expect(await storedCounts(await merge([store, store]), ['device'])).toEqual(twice);
  await expect(merge([store, await count(sessions, [])])).rejects.toThrow(/have different columns beside.*device, policy, and policy/);
});
