import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { countLog } from '../../../../src/data/log-store/count-log.ts';
import { columnsFor } from '../../../../src/data/log-store/log-columns.ts';
import { openSource } from '../../../../src/data/log-store/log-source.ts';
import { withWorkDatabase } from '../../../../src/data/log-store/work-database.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { impressionsOf, jsonLines, parquetOf, separated, someSessions } from './example-logs.ts';

const folder = temporaryFolder();
const [sessions] = fc.sample(someSessions, { numRuns: 1, seed: 5 });
const rows = impressionsOf(sessions);
await parquetOf(folder.put('whole.jsonl', jsonLines(rows)), folder.in('whole.parquet'));

const examples: Readonly<Record<string, Buffer>> = {
  'a.csv': Buffer.from(separated(rows)),
  'a.tsv': Buffer.from(separated(rows, '\t')),
  'a.csv.gz': gzipSync(separated(rows)),
  'a.jsonl': Buffer.from(jsonLines(rows)),
  'b.jsonl': Buffer.from(jsonLines(sessions.map(({ query, docs, clicks }) => ({ query, docs, clicks })))),
  'b.csv': Buffer.from(
    separated(sessions.map(({ query, clicks }) => ({ query, docs: clicks.map((_, k) => `d${k}`).join(' '), clicks: clicks.join(' ') }))),
  ),
  'a.parquet': readFileSync(folder.in('whole.parquet')),
};

const insert = (bytes: Buffer, at: number, more: Uint8Array) => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
const odd = '"\'[]{},:\t\r\n\0 -;|\u2028\ufeff';
const damages: Readonly<Record<string, (bytes: Buffer, at: number, choice: number) => Buffer>> = {
  'cut short': (bytes, at) => bytes.subarray(0, at),
  'flipped bits': (bytes, at, choice) => Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ (1 << (choice & 7)) : byte))),
  'an odd character': (bytes, at, choice) => insert(bytes, at, Buffer.from(odd[choice % odd.length])),
  'a part twice': (bytes, at, choice) => insert(bytes, at, bytes.subarray(choice % bytes.length)),
};

let n = 0;
test.each(Object.entries(examples))(
  '%s: a damaged file is counted, or refused in our words, and the account adds up',
  async (name, bytes) => {
    const damage = fc.tuple(
      fc.constantFrom(...Object.keys(damages)),
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.nat(1000),
      fc.constantFrom('stop' as const, 'skip' as const),
    );
    await fc.assert(
      fc.asyncProperty(damage, async ([kind, at, choice, onError]) => {
        const path = folder.put(`${n}-${name}`, damages[kind](bytes, at, choice));
        const store = folder.in(`store-${n++}`);
        mkdirSync(store);
        try {
          const source = await openSource(path);
          const info = await countLog(source, columnsFor(source, {}), store, { room: { memory: '200MB', threads: 1 }, onError });
          for (const { read, kept, merged, rejected } of info.accounting)
            expect(read).toBe(Object.values(rejected).reduce((sum, some) => sum + some, kept + merged));
          if (onError === 'stop') for (const { rejected } of info.accounting) expect(rejected).toEqual({});
        } catch (error) {
          if (!(error instanceof DataError || error instanceof UsageError)) throw error;
          expect(error.message).not.toContain('\n');
          expect(error.message).toContain(folder.path);
          expect(readdirSync(store).filter((file) => file !== 'rejects.csv')).toEqual([]);
        }
        rmSync(store, { recursive: true });
      }),
      { numRuns: 25 },
    );
  },
  120_000,
);

test('a file that cannot be written is no fault of what is read', async () => {
  const full = (message: string) =>
    withWorkDatabase(folder.in(`work-${message.length}`), { memory: '100MB', threads: 1 }, 'a.csv', () =>
      Promise.reject(new Error(message)),
    );
  await expect(full('IO Error: Could not write file "x.parquet": File too large')).rejects.toThrow(UsageError);
  await expect(full('IO Error: Could not write file "x.parquet": File too large')).rejects.toThrow(
    'cannot write "x.parquet", of what is counted of "a.csv": File too large',
  );
  await expect(full('IO Error: Could not write file "x": No space left on device')).rejects.toThrow(/the disk is full/);
});
