/** @jest-environment ./test/memory-files-environment.js */
import { mkdirSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Ledger } from '../../../src/data/accounting.ts';
import { xmlElements } from '../../../src/data/session-logs/xml-elements.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { documentReaders, documentTables, parquetReaders, putExample, type ReaderExample, textReaders } from './small-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let folders = 0;

/** Ways to damage a file: each of its bytes, a place in it, and a number to choose by. */
const damages: Readonly<Record<string, (bytes: Buffer, at: number, choice: number) => Buffer>> = {
  'cut short': (bytes, at) => bytes.subarray(0, at),
  'flipped bits': (bytes, at, choice) => bytes.map((byte, i) => (i === at ? byte ^ (1 << (choice & 7)) : byte)) as Buffer,
  'an odd character': (bytes, at, choice) => insert(bytes, at, Buffer.from(oddOnes[choice % oddOnes.length])),
  'a NUL': (bytes, at) => insert(bytes, at, Buffer.of(0)),
  'a huge line': (bytes, at, choice) => insert(bytes, at, Buffer.alloc(300_000, '0"[{<,\t:-9'[choice % 10])),
  'a part twice': (bytes, at, choice) => insert(bytes, at, bytes.subarray(choice % bytes.length)),
  'gzip cut short': (bytes, at) => gzipSync(bytes).subarray(0, 2 + at),
  'gzip with flipped bits': (bytes, at, choice) => {
    const packed = gzipSync(bytes);
    packed[2 + (at % (packed.length - 2))] ^= 1 << (choice & 7);
    return packed;
  },
};
const oddOnes = '"\'<>&[]{}\\,:#\t\r\n -\u2028\ufeff';
const insert = (bytes: Buffer, at: number, more: Uint8Array) => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);

/** What reading the example ends with: null, or an error. */
async function read(example: ReaderExample, content: Uint8Array | null): Promise<unknown> {
  const at = folder.in(String(folders++));
  mkdirSync(at);
  const path = putExample(at, example, content ?? '');
  if (content === null) {
    rmSync(path);
    mkdirSync(path); // a folder where the file should be
  }
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise((resolve) => {
    timer = setTimeout(resolve, 60_000, new Error('reading hangs')); // far beyond what the slowest takes on a busy machine
  });
  const outcome = await Promise.race([
    example.read(path, at).then(
      () => null,
      (error: unknown) => error,
    ),
    tooLong,
  ]);
  clearTimeout(timer);
  rmSync(at, { recursive: true });
  return outcome;
}

/** Whether a reader may end so: well, or with an error of ours, of one line that names a file. */
function checkOutcome(outcome: unknown): void {
  if (outcome === null) return;
  if (!(outcome instanceof DataError || outcome instanceof UsageError)) throw outcome;
  expect(outcome.message).not.toContain('\n');
  expect(outcome.message).toContain(folder.path);
  expect(outcome.message.length).toBeLessThan(2000);
}

const examples = [...textReaders, ...documentReaders, ...(await parquetReaders(folder.path)), ...(await documentTables(folder.path))];

test.each(examples)('$name: a damaged file is read, or refused in our words', async (example) => {
  const bytes = Buffer.from(example.content);
  expect(await read(example, bytes)).toBeNull();
  for (const content of [Buffer.alloc(0), Buffer.of(0x1f, 0x8b), null]) checkOutcome(await read(example, content));
  const damage = fc.tuple(fc.constantFrom(...Object.keys(damages)), fc.integer({ min: 0, max: bytes.length }), fc.nat({ max: 1000 }));
  await fc.assert(
    fc.asyncProperty(damage, async ([kind, at, choice]) => checkOutcome(await read(example, damages[kind](bytes, at, choice)))),
    { numRuns: 40 },
  );
});

test.each(['\n', ' ', '<', 'a', '&', '\0'])('a packed XML file of %j without end is refused before it fills the memory', async (letter) => {
  const bomb = gzipSync(Buffer.concat([Buffer.from('<log><session num="1">'), Buffer.alloc(1 << 26, letter)]));
  const elements = xmlElements(folder.put('bomb.xml', bomb), 'session', { session: { query: 'one' } }, new Ledger());
  await expect(elements.next()).rejects.toThrow(DataError);
});
