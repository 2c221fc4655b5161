import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { openDuckDB, sqlText } from '../../../src/data/duckdb.ts';
import { readInteractions } from '../../../src/data/interactions/read-interactions.ts';
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

/** A file that a query of DuckDB makes. */
async function make(name: string, query: string): Promise<string> {
  const { connection, close } = await openDuckDB();
  await connection.run(`COPY (${query}) TO ${sqlText(folder.in(name))} (FORMAT parquet)`);
  close();
  return folder.in(name);
}

test('an id is text or a whole number: what is none is refused with its row and column', async () => {
  const good = await make('good.parquet', `SELECT 7 AS "user", 'b' AS item, 1.5::DECIMAL(3, 1) AS rating UNION ALL SELECT 8, 'c', 2`);
  const log = await readInteractions(good);
  expect([log.userIds, [...(log.ratings ?? [])]]).toEqual([
    ['7', '8'],
    [1.5, 2],
  ]);
  for (const [value, message] of [
    ["'nan'::DOUBLE", '.parquet:2: a user must be text or a whole number; got "NaN"'],
    ['1.5::DOUBLE', 'a user must be text or a whole number; got "1.5"'],
    ['1e17::DOUBLE', 'a user must be text or a whole number; got "100000000000000000"'],
    ['NULL::BIGINT', '.parquet:2: an empty id'],
  ])
    await expect(readInteractions(await make('odd.parquet', `SELECT 1 AS "user", 1 AS item UNION ALL SELECT ${value}, 2`))).rejects.toThrow(
      message,
    );
  await expect(readInteractions(await make('list.parquet', `SELECT [1, 2] AS "user", 1 AS item`))).rejects.toThrow(
    'list.parquet:1: a user must be text or a whole number; got "1,2"',
  );
  await expect(readInteractions(await make('struct.parquet', `SELECT {'a': 1} AS "user", 1 AS item`))).rejects.toThrow(
    'struct.parquet: column "user" holds STRUCT("a" INTEGER); expected text, numbers or lists of them',
  );
  for (const [query, docs] of [
    ["'nan'::DOUBLE", "['0']"],
    ["'q0'", "['nan'::DOUBLE]"],
    ["'q0'", "[['0']]"],
  ]) {
    const path = await make('clicks.parquet', `SELECT ${query} AS query, ${docs} AS docs, [1] AS clicks`);
    await expect(readClickLog(path, set)).rejects.toThrow(
      'clicks.parquet:1: expected a query, a list of documents and a list of clicks; ids',
    );
  }
});

test.each([
  ['DECIMAL(4, 2)', '1.10'],
  ['TIMESTAMP_NS', '2020-01-01 00:00:00.000000001'],
  ['TIMESTAMP', '2020-01-01'],
  ['BLOB', 'a'],
  ['BOOLEAN', 'true'],
])('ids of type %s, which may differ where their texts do not, are refused', async (type, value) => {
  const log = await make('typed.parquet', `SELECT 'u' AS "user", '${value}'::${type} AS item`);
  await expect(readInteractions(log)).rejects.toThrow(
    `typed.parquet: column "item" holds ${type.replace(' ', '')}; expected ids, which are text or whole numbers: cast it`,
  );
  const clicks = await make('typed.parquet', `SELECT 'q0' AS query, ['${value}'::${type}] AS docs, [1] AS clicks`);
  await expect(readClickLog(clicks, set)).rejects.toThrow(`column "docs" holds ${type.replace(' ', '')}[]; expected ids`);
});

test.each([
  ["'a' || chr(0)", 'the id "a\\u0000" of the user has a NUL in it, which no text file can hold'],
  ["' '", 'the id " " of the user is empty'],
])('an id %s that no text file can hold is refused with its row', async (value, message) => {
  const path = await make('nul.parquet', `SELECT 1::VARCHAR AS "user", 1 AS item UNION ALL SELECT ${value}, 2`);
  await expect(readInteractions(path)).rejects.toThrow(`nul.parquet:2: ${message}`);
});

test('columns keep the names that the file has, whatever DuckDB makes of them, and none comes from the path', async () => {
  const path = await make('twice.parquet', `SELECT {'item': 1} AS s, 'u' AS "user", 'i' AS item, 1 AS click, 0 AS "Clicx"`);
  const twice = folder.put('twice.parquet', Buffer.from(readFileSync(path).toString('latin1').replaceAll('Clicx', 'Click'), 'latin1'));
  expect(await parquetColumns(twice)).toEqual(['s', 'user', 'item', 'click', 'Click']);
  expect(await read(twice, ['Click', 'click'])).toEqual([[0, 1]]);
  await expect(readInteractions(twice)).rejects.toThrow('twice.parquet: column "Click" is unknown; did you mean "click"?');
  mkdirSync(folder.in('rating=5'));
  const inPath = await make('rating=5/log.parquet', `SELECT 'u' AS "user", 'i' AS item`);
  expect((await readInteractions(inPath)).ratings).toBeNull();
  expect(await read(inPath, ['user', 'item'])).toEqual([['u', 'i']]);
});
