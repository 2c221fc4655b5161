import { readdirSync, readFileSync } from 'node:fs';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { type ParquetValue, parquetColumns, readParquet } from '../../../src/data/read-parquet.ts';
import { writeClickLog } from '../../../src/data/write-click-log.ts';
import { type ParquetCell, type ParquetColumn, writeParquet } from '../../../src/data/write-parquet.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const columns: ParquetColumn[] = [
  { name: 'a.b "c"', type: 'text' },
  { name: 'number', type: 'number' },
  { name: 'yes', type: 'boolean' },
  { name: 'words', type: 'texts' },
  { name: 'clicks', type: 'bytes' },
];
const names = columns.map(({ name }) => name);
async function read(path: string, of: readonly string[] = names) {
  const rows: (readonly ParquetValue[])[] = [];
  for await (const row of readParquet(path, of)) rows.push(row);
  return rows;
}

test('rows come back as they were, of more than one piece; NaN and infinity are null', async () => {
  const rows: ParquetCell[][] = Array.from({ length: 5000 }, (_, i) => [`é'"${i}`, i / 7, i % 2 === 0, [`x${i}`, ''], [0, 1, 255]]);
  rows[3] = [null, Number.NaN, null, null, []];
  rows[4] = ['', -Infinity, false, [], null];
  const path = folder.in("it's [a] *.parquet");
  await writeParquet(path, columns, rows);
  const back = await read(path);
  expect(back.slice(5)).toEqual(rows.slice(5));
  expect(back.slice(3, 5)).toEqual([
    [null, null, null, null, []],
    ['', null, false, [], null],
  ]);
  expect(await read(path, ['number', 'a.b "c"'])).toHaveLength(5000);
  expect(await parquetColumns(path)).toEqual(names);
});

test('is Parquet by its magic bytes, the same bytes each time, and leaves nothing beside', async () => {
  const rows = [['x', 1, true, ['y'], [1]]];
  for (const name of ['one.parquet', 'two.parquet']) await writeParquet(folder.in(name), columns, rows);
  const [one, two] = ['one.parquet', 'two.parquet'].map((name) => readFileSync(folder.in(name)));
  expect(one.equals(two)).toBe(true);
  expect([one.subarray(0, 4).toString(), one.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('what cannot be read or written is one clear line', async () => {
  await expect(writeParquet(folder.in('none/x.parquet'), columns, [])).rejects.toThrow(
    /^cannot write ".*x\.parquet": no such file or folder/,
  );
  await expect(read(folder.in('none.parquet'))).rejects.toThrow(UsageError);
  await expect(read(folder.path)).rejects.toThrow(/it is a folder/);
  await expect(read(folder.put('text.parquet', 'not Parquet at all'))).rejects.toThrow(DataError);
  await writeParquet(folder.in('small.parquet'), columns.slice(0, 2), []);
  await expect(read(folder.in('small.parquet'), ['number', 'nmuber'])).rejects.toThrow(/no column "nmuber"; there are: a\.b "c", number/);
});

/** One query with two documents. */
const set: QuerySet = {
  queryIds: ['q0'],
  docIds: ['0', '1'],
  offsets: Uint32Array.of(0, 2),
  features: new Float32Array(2),
  featureCount: 1,
  labels: new Float32Array(2),
};

test('a Parquet log that breaks a rule is named with its row', async () => {
  const log: ParquetColumn[] = [
    { name: 'query', type: 'text' },
    { name: 'docs', type: 'texts' },
    { name: 'clicks', type: 'bytes' },
  ];
  const path = folder.in('broken.parquet');
  await writeParquet(path, log, [
    ['q0', ['0', '1'], [0, 1]],
    ['q0', ['0', '7'], [0, 1]],
  ]);
  await expect(readClickLog(path, set)).rejects.toThrow(/broken\.parquet:2: document "7" is not among those of query "q0"/);
  await writeParquet(path, log, [['q0', ['0'], [2]]]);
  await expect(readClickLog(path, set)).rejects.toThrow(/broken\.parquet:1: a click must be 0 or 1; got 2/);
  await writeParquet(path, log, [['q0', ['0', '1'], [0, 1]]]);
  expect([...(await readClickLog(path, set)).count]).toEqual([1]);
  await expect(writeClickLog(`${path}.gz`, await readClickLog(path, set), set)).rejects.toThrow(/Parquet is packed already/);
});
