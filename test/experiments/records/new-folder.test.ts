import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import {
  checkAddable,
  checkWritable,
  nextFree,
  type WriteFolderOptions,
  writeFolder,
  writeNewText,
} from '../../../experiments/records/new-folder.ts';
import { UsageError } from '../../../src/errors.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'counterrank-'));
});
const fill = async (partial: string) => writeFileSync(join(partial, 'a.txt'), 'a');

test('appears complete, with the folders above it', async () => {
  await writeFolder(join(home, 'runs', 'one'), fill);
  expect(readFileSync(join(home, 'runs', 'one', 'a.txt'), 'utf8')).toBe('a');
  expect(readdirSync(join(home, 'runs'))).toEqual(['one']);
});

test('a failure leaves nothing, and is passed on', async () => {
  const failing = async (partial: string) => {
    await fill(partial);
    throw new RangeError('broken');
  };
  await expect(writeFolder(join(home, 'one'), failing)).rejects.toThrow(RangeError);
  expect(readdirSync(home)).toEqual([]);
});

test('what is there is refused and stays as it was', async () => {
  mkdirSync(join(home, 'one'));
  writeFileSync(join(home, 'one', 'mine.txt'), 'mine');
  await expect(checkWritable(join(home, 'one'))).rejects.toThrow(UsageError);
  await expect(writeFolder(join(home, 'one'), fill)).rejects.toThrow(/one" exists; nothing is overwritten/);
  expect(readdirSync(home)).toEqual(['one']);
  expect(readdirSync(join(home, 'one'))).toEqual(['mine.txt']);
});

test('a place that cannot be written is one clear line', async () => {
  writeFileSync(join(home, 'file'), '');
  await expect(writeFolder(join(home, 'file', 'one'), fill)).rejects.toThrow(/^cannot write ".*one": .*not a folder|exists/);
});

test('the next free name counts from 2', async () => {
  expect(await nextFree(join(home, 'run'))).toBe(join(home, 'run'));
  mkdirSync(join(home, 'run'));
  expect(await nextFree(join(home, 'run'))).toBe(join(home, 'run-2'));
  mkdirSync(join(home, 'run-2'));
  expect(await nextFree(join(home, 'run'))).toBe(join(home, 'run-3'));
});

test('a place that cannot be written is told before the work; one that can is left as it was', async () => {
  writeFileSync(join(home, 'file'), '');
  await expect(checkWritable(join(home, 'file', 'a', 'one'))).rejects.toThrow(/^cannot write ".*one": a part of its path is a file/);
  await expect(checkWritable(join(home, 'file'))).rejects.toThrow(/exists; nothing is overwritten/);
  await expect(checkWritable(join(home, 'x'.repeat(250), 'one'))).rejects.toThrow(/^cannot write ".*": a name in its path is too long/);
  await checkWritable(join(home, 'deep', 'er', 'one'));
  symlinkSync(join(home, 'nowhere'), join(home, 'link'));
  await expect(checkWritable(join(home, 'link'))).rejects.toThrow(/exists; nothing is overwritten/);
  expect(readdirSync(home)).toEqual(['file', 'link']);
});

test('a folder that is added to may be there', async () => {
  mkdirSync(join(home, 'store'));
  await checkAddable(join(home, 'store'));
  await checkAddable(join(home, 'deep', 'store'));
  writeFileSync(join(home, 'file'), '');
  for (const place of ['file', 'file/store'])
    await expect(checkAddable(join(home, place))).rejects.toThrow(/^cannot write ".*": a part of its path is a file/);
  expect(readdirSync(home)).toEqual(['file', 'store']);
});

test('of many that write one file at once a single one does, with the folders above it; the others leave it', async () => {
  const path = join(home, 'deep', 'page.html');
  const all = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => writeNewText(path, `page ${n}`)));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of all) if (one.status === 'rejected') expect((one.reason as Error).message).toMatch(/exists; nothing is overwritten/);
  expect(readFileSync(path, 'utf8')).toBe(`page ${all.findIndex(({ status }) => status === 'fulfilled')}`);
  expect(readdirSync(join(home, 'deep'))).toEqual(['page.html']);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s while the folder fills leaves nothing, and still ends the process',
  async (signal) => {
    const ended: unknown[] = [];
    const kill = jest.spyOn(process, 'kill').mockImplementation((_, name) => {
      ended.push(name);
      return true;
    });
    const exit = jest.spyOn(process, 'exit').mockImplementation(((code: number) => ended.push(code)) as never);
    const before = process.listenerCount(signal);
    await writeFolder(join(home, 'one'), async (partial) => {
      await fill(partial);
      process.emit(signal, signal);
      expect(readdirSync(home)).toEqual([]);
    }).catch(() => undefined);
    kill.mockRestore();
    exit.mockRestore();
    expect(ended).toEqual([signal, 128 + constants.signals[signal]]);
    expect(process.listenerCount(signal)).toBe(before);
    expect(readdirSync(home)).toEqual([]);
  },
);

test('a signal that others listen to is theirs', async () => {
  const heard: string[] = [];
  const listener = () => void heard.push('SIGTERM');
  process.on('SIGTERM', listener);
  await writeFolder(join(home, 'one'), async (partial) => {
    process.emit('SIGTERM', 'SIGTERM');
    await fill(partial);
  });
  process.off('SIGTERM', listener);
  expect([heard, readdirSync(join(home, 'one'))]).toEqual([['SIGTERM'], ['a.txt']]);
});

test('of many that write under one name at once each gets its own number, as a whole; without numbers all but one are refused', async () => {
  const writeAll = (options: WriteFolderOptions) =>
    Promise.allSettled(Array.from({ length: 8 }, () => writeFolder(join(home, 'run'), fill, options)));
  const numbered = (await writeAll({ numbered: true })).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(numbered.sort()).toEqual(['run', ...[2, 3, 4, 5, 6, 7, 8].map((n) => `run-${n}`)].map((name) => join(home, name)));
  for (const path of numbered) {
    expect(readdirSync(path)).toEqual(['a.txt']);
    rmSync(path, { recursive: true });
  }
  const plain = await writeAll({});
  expect(plain.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of plain) if (one.status === 'rejected') expect((one.reason as Error).message).toMatch(/nothing is overwritten/);
  expect(readdirSync(home)).toEqual(['run']);
});
