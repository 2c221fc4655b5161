import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { openBytes } from '../../../src/data/open-bytes.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const textOf = async (path: string) => Buffer.concat(await (await openBytes(path)).toArray()).toString();

test('a pipe that nobody writes into is waited for, and this is said; one that is written to, or a file, is read without a word', async () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const said = () => write.mock.calls.flatMap(([text]) => (typeof text === 'string' ? [text] : []));
  const pipe = folder.in('pipe');
  execFileSync('mkfifo', [pipe]);
  expect(await textOf(folder.put('file', 'a'))).toBe('a');
  const early = textOf(pipe);
  await writeFile(pipe, 'b');
  expect(await early).toBe('b');
  expect(said()).toEqual([]);
  const late = textOf(pipe);
  await setTimeout(4000);
  expect(said()).toEqual([`note: waiting for something to write into the pipe "${pipe}"\n`]);
  await writeFile(pipe, 'c');
  expect(await late).toBe('c');
  write.mockRestore();
});
