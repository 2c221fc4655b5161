/** @jest-environment ./test/memory-files-environment.js */
import { mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { type Accounting, accountingLines, Ledger } from '../../../src/data/accounting.ts';
import { readSearchSessions } from '../../../src/data/read-search-sessions.ts';
import { DataError } from '../../../src/errors.ts';
import { parquetReaders, putExample, type ReaderExample, textReaders } from './small-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let folders = 0;
const fresh = () => {
  const path = folder.in(String(folders++));
  mkdirSync(path);
  return path;
};

/** Changes that many files pass, and some do not. */
const changes: Readonly<Record<string, (lines: string[], at: number, choice: number) => string[]>> = {
  'a blank line': (lines, at) => lines.toSpliced(at, 0, ' '),
  'a comment': (lines, at) => lines.toSpliced(at, 0, '# é'),
  'a line again': (lines, at, choice) => lines.toSpliced(at, 0, lines[choice % lines.length]),
  'a line less': (lines, at) => lines.toSpliced(at, 1),
  'a letter for another': (lines, at, choice) =>
    change(lines, at, (line) => replaceAt(line, choice % (line.length + 1), '7a,;1 "<'[choice % 8])),
  'a word again': (lines, at, choice) => change(lines, at, (line) => wordAgain(line, choice)),
  'another id': (lines, at, choice) => change(lines, at, (line) => line.replace(/\d+(?=\D*$)/, String(choice))),
};
const change = (lines: string[], at: number, by: (line: string) => string) =>
  lines.map((line, i) => (i === at % lines.length ? by(line) : line));
const replaceAt = (line: string, at: number, letter: string) => line.slice(0, at) + letter + line.slice(at + 1);
const wordAgain = (line: string, choice: number) => {
  const words = line.split(/(\s+|,|(?<=>))/);
  return words.toSpliced(choice % words.length, 0, words[choice % words.length], ' ').join('');
};

const sumOf = ({ rejected }: Accounting) => Object.values(rejected).reduce((sum, count) => sum + count, 0);

/** Whether an account adds up, and finds as many records in the file as another count does. */
function checkAccounts(result: unknown, path: string, expected: Readonly<Record<string, number>>): void {
  const { accounting } = result as { accounting: readonly Accounting[] };
  for (const one of accounting) {
    expect(
      [one.read, one.kept, one.merged, ...Object.values(one.rejected)].every((count) => Number.isSafeInteger(count) && count >= 0),
    ).toBe(true);
    expect([one.unit, one.read]).toEqual([one.unit, one.kept + one.merged + sumOf(one)]);
  }
  const units = accounting.map(({ file, unit }) => `${file} ${unit}`);
  expect(units.length).toBe(new Set(units).size);
  for (const [unit, count] of Object.entries(expected)) {
    const found = accounting.find((one) => one.file === path && one.unit === unit)?.read ?? 0;
    expect([unit, found]).toEqual([unit, count]);
  }
}

async function checkReading(example: ReaderExample, content: string | Uint8Array): Promise<boolean> {
  const at = fresh();
  const path = putExample(at, example, content);
  const result = await example.read(path, at).catch((error: unknown) => error);
  if (result instanceof Error) {
    expect(result).toBeInstanceOf(DataError);
    return false;
  }
  checkAccounts(result, path, example.count?.(String(content)) ?? {});
  return true;
}

const examples = [...textReaders, ...(await parquetReaders(folder.path))].filter(({ count }) => count !== undefined);

test.each(examples)('$name: what is read is kept, merged or left out, however the file was changed', async (example) => {
  expect(await checkReading(example, example.content)).toBe(true);
  if (typeof example.content !== 'string') return;
  const lines = example.content.split('\n');
  const one = fc.tuple(fc.constantFrom(...Object.keys(changes)), fc.nat({ max: lines.length }), fc.nat({ max: 999 }));
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 3 }), async (several) => {
      const changed = several.reduce(
        (before, [kind, at, choice]) => (before.length > 0 ? changes[kind](before, at, choice) : before),
        lines,
      );
      await checkReading(example, changed.join('\n'));
    }),
    { numRuns: 60, seed: 6 },
  );
});

test('search sessions that are left out are counted by reason, and nothing of what they are made of', async () => {
  const session = (id: string, results: object[]) => `${JSON.stringify({ id, queries: [{ results }] })}\n`;
  const good = { id: 'd', clicked: true };
  const kinds = { kept: [good], faulty: [{ id: 'd', clicked: 'perhaps' }], again: [good, good] };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...(['kept', 'faulty', 'again'] as const))), async (drawn) => {
      const text = session('first', [good]) + drawn.map((kind, i) => session(kind === 'again' ? 'first' : `s${i}`, kinds[kind])).join('');
      const log = await readSearchSessions(folder.put('skip.jsonl', text), { skipFaulty: true });
      const numberOf = (kind: string) => drawn.filter((one) => one === kind).length;
      const [sessions, ...inner] = log.accounting;
      expect([sessions.read, sessions.kept]).toEqual([1 + drawn.length, 1 + numberOf('kept')]);
      expect(Object.values(sessions.rejected).sort()).toEqual([numberOf('faulty'), numberOf('again')].filter((n) => n > 0).sort());
      for (const { read, kept } of inner) expect([read, kept]).toEqual([sessions.kept, sessions.kept]); // one query, one result
    }),
    { numRuns: 30 },
  );
});

test('a line for each file that was not kept whole says what became of the rest', () => {
  const ledger = new Ledger();
  ledger.keep('clicks', 7);
  ledger.merge('clicks', 2);
  ledger.reject('clicks', 'on results that the log does not list', 3);
  ledger.keep('queries', 4);
  ledger.reject('fields', '"a"', 1);
  ledger.reject('fields', '"b"', 2);
  const accounting = ledger.accounting('log.json');
  expect(accounting.map(({ read }) => read)).toEqual([12, 4, 3]);
  expect(accountingLines([...accounting, ...accounting])).toEqual([
    'log.json: 12 clicks read, 7 kept, 2 merged into others, 3 left out: on results that the log does not list; 3 fields read, 0 kept, 3 left out: 2 "b", 1 "a"',
  ]);
});

test('reasons that the data make up are bounded in number and length', () => {
  const ledger = new Ledger();
  for (let i = 0; i < 10_000; i++) ledger.reject('fields', `${i} ${'x'.repeat(1000)}`);
  const [{ read, rejected }] = ledger.accounting('log.json');
  expect(read).toBe(10_000);
  expect(Object.keys(rejected).length).toBeLessThan(200);
  expect(Math.max(...Object.keys(rejected).map((reason) => reason.length))).toBeLessThan(100);
});
