import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeAtomic, writeAtomicStream } from '../../../src/data/write-atomic.ts';
import { UsageError } from '../../../src/errors.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterrank-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('writes texts and bytes, replaces, leaves nothing else behind', async () => {
  const path = join(folder, 'a.txt');
  await writeAtomic(path, 'old');
  await writeAtomic(path, Uint8Array.of(0x6e, 0x65, 0x77));
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test('an empty text makes an empty file', async () => {
  await writeAtomic(join(folder, 'empty'), '');
  expect(await readFile(join(folder, 'empty'), 'utf8')).toBe('');
});

test('streams pieces, and compresses where the name ends in .gz', async () => {
  async function* pieces() {
    yield 'one ';
    yield Buffer.from('two');
  }
  await writeAtomicStream(join(folder, 'plain'), pieces());
  await writeAtomicStream(join(folder, 'packed.gz'), pieces());
  expect(await readFile(join(folder, 'plain'), 'utf8')).toBe('one two');
  expect(gunzipSync(await readFile(join(folder, 'packed.gz'))).toString()).toBe('one two');
});

test('a source that fails leaves the old file and no temporary one, and its error comes through', async () => {
  const path = join(folder, 'kept');
  await writeFile(path, 'old');
  function* failing() {
    yield 'half';
    throw new RangeError('no more');
  }
  await expect(writeAtomicStream(path, failing())).rejects.toThrow(RangeError);
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['kept']);
});

test('a place that cannot be written is a usage error with its reason', async () => {
  const missing = join(folder, 'no', 'file');
  await expect(writeAtomic(missing, 'x')).rejects.toThrow(
    new UsageError(`cannot write "${missing}": no such file or folder; check the path`),
  );
  await writeFile(join(folder, 'file'), '');
  await expect(writeAtomic(join(folder, 'file', 'child'), 'x')).rejects.toThrow(/a part of its path is a file/);
  await mkdir(join(folder, 'taken'));
  await expect(writeAtomic(join(folder, 'taken'), 'x')).rejects.toThrow(UsageError);
  expect(await readdir(folder)).toEqual(['file', 'taken']);
});

test('what a link leads to is written, and the link stays; a pipe or a device is refused, and stays', async () => {
  await writeFile(join(folder, 'target'), 'old');
  await symlink('target', join(folder, 'link'));
  await writeAtomic(join(folder, 'link'), 'new');
  expect(await readFile(join(folder, 'target'), 'utf8')).toBe('new');
  expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(true);
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(writeAtomic(join(folder, 'pipe'), 'new')).rejects.toThrow(/^cannot write ".*pipe": it is a device or a pipe; name a file$/);
  expect((await lstat(join(folder, 'pipe'))).isFIFO()).toBe(true);
});
