import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cachePath } from '../../../src/data/cache-folder.ts';
import { featureRoom, noRoom } from '../../../src/data/feature-room.ts';
import { FeatureRows } from '../../../src/data/feature-rows.ts';
import { cacheKey, loadCache } from '../../../src/data/query-set-cache.ts';
import { readSplits } from '../../../src/data/read-splits.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const rows = (count: number, odd: number, index: number) =>
  Array.from({ length: count }, (_, i) => `1 qid:1 1:1 2:${i}${i === odd ? ` ${index}:1` : ''}\n`).join('');

test('one index far above all others is refused with its line, before there is a matrix of that width', async () => {
  for (const odd of [0, 7, 4999]) {
    const path = folder.put(`odd-${odd}.txt`, rows(5000, odd, 999_999));
    const before = process.memoryUsage().arrayBuffers;
    const error: unknown = await readSvmlight(path).catch((reason) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toMatch(
      new RegExp(
        `odd-${odd}\\.txt:${odd + 1}:\\d+: \\d+ documents × 999999 features, kept dense, need .* above the bound of .*is in this line`,
      ),
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 29);
  }
});

test('narrow rows behind a wide one take room of their own width, and come out right', () => {
  const all = new FeatureRows();
  const wide = new Float32Array(50_000).fill(1);
  all.add(wide, wide.length);
  for (let i = 0; i < 300; i++) all.add(Float32Array.of(i, 2 * i, 3), 1 + (i % 3));
  const features = all.assemble(wide.length);
  expect(features.subarray(0, 50_000).every((value) => value === 1)).toBe(true);
  for (let i = 0; i < 300; i++) {
    const row = features.subarray((i + 1) * 50_000, (i + 2) * 50_000);
    expect([...row.subarray(0, 4)]).toEqual([i, i % 3 > 0 ? 2 * i : 0, i % 3 > 1 ? 3 : 0, 0]);
  }
});

test('the bound is on rows times the widest, whichever comes first', () => {
  const small = new FeatureRows(4 * 10 * 4); // ten rows of four features
  const row = Float32Array.of(1, 2, 3, 4);
  expect(small.noRoomFor(41)).not.toBeNull();
  for (let i = 0; i < 10; i++) {
    expect(small.noRoomFor(4)).toBeNull();
    small.add(row, 4);
  }
  expect(small.noRoomFor(1)).toBe('11 documents × 4 features, kept dense, need 0.0 GiB, above the bound of 0.0 GiB');
  expect(featureRoom()).toBeLessThanOrEqual(8 * 2 ** 30);
  expect(noRoom(5000, 999_999)).toMatch(/need 18\.6 GiB, above the bound of [0-9.]+ GiB/);
});

test('so is a cache that would have such features, and a request to widen to them, alone or for the splits of a folder', async () => {
  const path = folder.put('set.txt', rows(5000, -1, 0));
  await expect(readSvmlight(path, { cache: false, featureCount: 999_999 })).rejects.toThrow(UsageError);
  const head = Buffer.from(
    JSON.stringify({ key: await cacheKey([path]), queries: 1, documents: 1e6, featureCount: 1e6, queryIds: '1', docIds: null }),
  );
  const copy = cachePath(path) ?? '';
  mkdirSync(dirname(copy), { recursive: true });
  writeFileSync(copy, Buffer.concat([Buffer.from(Uint32Array.of(0x51535243, head.length, 0).buffer), head]));
  expect(await loadCache(path, await cacheKey([path]))).toBeNull();
  folder.put('train.txt', rows(5000, -1, 0));
  folder.put('vali.txt', rows(5, -1, 0));
  folder.put('test.txt', rows(5, 2, 999_999));
  const error: unknown = await readSplits(folder.path).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toMatch(
    /test\.txt: 5010 documents × 999999 features.*all parts together; if feature index 999999 is no slip/,
  );
});
