import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cachePath as placeOf } from '../../../src/data/cache-folder.ts';
import { cacheKey, loadCache } from '../../../src/data/query-set-cache.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { writeSvmlight } from '../../../src/data/write-svmlight.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const text = '2 qid:a 1:0.5 3:-1e2 # docid = D1\n0 qid:a 3:7\n1 qid:b 1:1 2:2\n';
process.env.COUNTERRANK_CACHE = folder.in('cache');
const cachePath = (path: string) => placeOf(path) ?? '';
const load = async (path: string) => loadCache(path, await cacheKey([path]));

test.each([
  ['with ids', text],
  ['without', text.replace('# docid = D1', '')],
])('keeps the whole set, %s', async (name, content) => {
  const path = folder.put(`whole ${name}`, content);
  const parsed = await readSvmlight(path);
  expect(await load(path)).toEqual(parsed);
  expect(await readSvmlight(path)).toEqual(parsed);
});

test('is what the second reading takes, until the file changes, however old it is made to look', async () => {
  const path = folder.put('second', text);
  const wholeSecond = new Date('2020-01-01T00:00:00Z'); // which every file system keeps exactly
  utimesSync(path, wholeSecond, wholeSecond);
  const before = await cacheKey([path]);
  await readSvmlight(path);
  expect(await cacheKey([path])).toBe(before);
  expect(await loadCache(path, before)).not.toBeNull();
  writeFileSync(path, text.replace('0.5', '0.6')); // of the same size
  utimesSync(path, wholeSecond, wholeSecond);
  expect((await readSvmlight(path)).features[0]).toBe(Math.fround(0.6));
  renameSync(folder.put('other', text.replace('0.5', '0.7')), path); // in one moment another file
  utimesSync(path, wholeSecond, wholeSecond);
  expect((await readSvmlight(path)).features[0]).toBe(Math.fround(0.7));
});

test('a changed file, or a changed group file, is read again', async () => {
  const path = folder.put('changed', text);
  await readSvmlight(path);
  writeFileSync(path, `${text}1 qid:c 1:1\n`);
  expect((await readSvmlight(path)).queryIds).toEqual(['a', 'b', 'c']);

  const groups = folder.put('grouped.query', '1 2');
  const grouped = folder.put('grouped', '1 1:1\n1 1:1\n1 1:1\n');
  expect([...(await readSvmlight(grouped)).offsets]).toEqual([0, 1, 3]);
  writeFileSync(groups, '2 1\n');
  expect([...(await readSvmlight(grouped)).offsets]).toEqual([0, 2, 3]);
});

test('every changed or missing byte is noticed, and the cache made anew', async () => {
  const path = folder.put('corrupt', text);
  const parsed = await readSvmlight(path);
  const good = readFileSync(cachePath(path));
  for (let at = 0; at < good.length; at++) {
    const bad = Buffer.from(good);
    bad[at] ^= 0x10;
    writeFileSync(cachePath(path), bad);
    if ((await load(path)) !== null) throw new Error(`byte ${at} of ${good.length} may change unseen`);
  }
  for (const length of [0, 5, 12, good.length - 1]) {
    writeFileSync(cachePath(path), good.subarray(0, length));
    expect(await load(path)).toBeNull();
    expect(await readSvmlight(path)).toEqual(parsed);
    expect(readFileSync(cachePath(path))).toEqual(good);
  }
});

test('cache: false neither reads nor writes one; a file with a fault leaves none', async () => {
  const path = folder.put('off', text);
  await readSvmlight(path, { cache: false });
  expect(existsSync(cachePath(path))).toBe(false);
  const faulty = folder.put('faulty', '1 qid:1 0:1\n');
  await expect(readSvmlight(faulty)).rejects.toThrow('feature indexes start at 1');
  expect(existsSync(cachePath(faulty))).toBe(false);
});

test('where the cache cannot be written the data is read all the same', async () => {
  const path = folder.put('blocked', text);
  mkdirSync(cachePath(path)); // a folder of that name: no file can take its place
  expect((await readSvmlight(path)).queryIds).toEqual(['a', 'b']);
});

test('featureCount works on a cached set as on a parsed one', async () => {
  const path = folder.in('counted');
  await writeSvmlight(path, await readSvmlight(folder.put('counted-source', text)));
  const parsed = await readSvmlight(path, { featureCount: 5 });
  expect(await load(path)).toMatchObject({ featureCount: 3 });
  expect(await readSvmlight(path, { featureCount: 5 })).toEqual(parsed);
  await expect(readSvmlight(path, { featureCount: 2 })).rejects.toThrow(/counted:1:\d+: feature index above 2/);
});

test("copies lie in the cache folder that is named, else in the user's, and nowhere beside the data", async () => {
  mkdirSync(folder.in('data'));
  const path = folder.put('data/own.txt', text);
  await readSvmlight(path);
  expect(readdirSync(folder.in('data'))).toEqual(['own.txt']);
  expect(dirname(cachePath(path))).toBe(folder.in('cache'));
  const { COUNTERRANK_CACHE: named, XDG_CACHE_HOME: xdg } = process.env;
  try {
    process.env.COUNTERRANK_CACHE = 'off';
    expect(placeOf(path)).toBeNull();
    expect(await load(path)).toBeNull();
    await readSvmlight(path);
    delete process.env.COUNTERRANK_CACHE;
    process.env.XDG_CACHE_HOME = folder.in('xdg');
    if (process.platform === 'linux') expect(dirname(cachePath(path))).toBe(folder.in('xdg/counterrank'));
    process.env.XDG_CACHE_HOME = 'relative'; // which the specification says to ignore
    if (process.platform === 'linux') expect(dirname(cachePath(path))).toBe(join(homedir(), '.cache/counterrank'));
  } finally {
    process.env.COUNTERRANK_CACHE = named;
    if (xdg === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = xdg;
  }
});

test('copies that nobody read for two months go when another is made; what is read stays', async () => {
  const [old, read, next] = ['old', 'read', 'next'].map((name) => folder.put(`${name}.txt`, text));
  for (const path of [old, read]) {
    await readSvmlight(path);
    const longAgo = new Date(Date.now() - 61 * 24 * 60 * 60 * 1000);
    utimesSync(cachePath(path), longAgo, longAgo);
  }
  await readSvmlight(read);
  await readSvmlight(next);
  expect([old, read, next].map((path) => existsSync(cachePath(path)))).toEqual([false, true, true]);
});
