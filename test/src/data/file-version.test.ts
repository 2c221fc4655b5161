import { renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { fileVersion } from '../../../src/data/file-version.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const then = new Date('2020-01-01T00:00:00Z'); // which every file system keeps exactly
const put = (name: string, text: string) => {
  const path = folder.put(name, text);
  utimesSync(path, then, then);
  return path;
};

test.each<[string, (path: string) => void]>([
  ['that is written again', (path) => writeFileSync(path, 'b')],
  ['that another is renamed to', (path) => renameSync(put('other', 'b'), path)],
])('a file %s, of the same size and made to look as old, is another version', async (_, change) => {
  const path = put('file', 'a');
  const before = await fileVersion(path);
  expect(await fileVersion(path)).toBe(before);
  change(path);
  utimesSync(path, then, then);
  expect(statSync(path)).toMatchObject({ size: 1, mtimeMs: then.getTime() });
  expect(await fileVersion(path)).not.toBe(before);
});
