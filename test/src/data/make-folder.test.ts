import { existsSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { makeFolder } from '../../../src/data/make-folder.ts';
import { unfinished } from '../../../src/data/unfinished.ts';
import { temporaryFolder } from './temporary-folder.ts';

const home = temporaryFolder();
const isFolder = (path: string) => statSync(path).isDirectory();

test('makes what is missing above too, and leaves what is there', async () => {
  await makeFolder(home.in('a/b/c'));
  writeFileSync(home.in('a/b/c/file'), 'kept');
  await makeFolder(home.in('a/b/c'));
  await makeFolder(home.in('a/b'));
  expect([isFolder(home.in('a/b/c')), existsSync(home.in('a/b/c/file'))]).toEqual([true, true]);
  await expect(makeFolder('/')).resolves.toBeUndefined();
});

test('a folder that must be there is never made', async () => {
  const within = home.in('sweep');
  for (const path of [within, `${within}/runs/one`]) await expect(makeFolder(path, within)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(within)).toBe(false);
  await makeFolder(within);
  await makeFolder(`${within}/runs/one`, within);
  expect(isFolder(`${within}/runs/one`)).toBe(true);
});

test('a folder that is being written as a whole is not made anew where somebody removed it', async () => {
  const partial = home.in('gone/run.partial');
  await makeFolder(partial);
  const done = unfinished(partial);
  await makeFolder(`${partial}/models/1`);
  await rm(home.in('gone'), { recursive: true });
  await expect(makeFolder(`${partial}/models/2`)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(home.in('gone'))).toBe(false);
  done();
  await makeFolder(`${partial}/models/2`);
  expect(isFolder(`${partial}/models/2`)).toBe(true);
});

test('a file in its place, or above it, is the error that the system tells', async () => {
  writeFileSync(home.in('file'), '');
  await expect(makeFolder(home.in('file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(home.in('file/a/b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

if (process.platform === 'linux')
  test('a folder that takes none is an error, not a wait without end', async () => {
    await expect(makeFolder('/proc/counterrank/a/b')).rejects.toMatchObject({ code: 'ENOENT' });
  });

test('many who make and remove the same place all get it in the end', async () => {
  const place = home.in('busy/x/y');
  await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      await makeFolder(place);
      if (i % 3 === 0) await rm(place, { recursive: true, force: true });
    }),
  );
  await makeFolder(place);
  expect(isFolder(place)).toBe(true);
});
