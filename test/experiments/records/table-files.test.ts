import { readFileSync } from 'node:fs';
import { readTable, writeTable } from '../../../experiments/records/table-files.ts';
import { seriesOf } from '../../../experiments/tables/run-result.ts';
import { column, optionalColumn, type TidyRow, table } from '../../../experiments/tables/table.ts';
import { DataError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const columns = {
  count: column('integer', ''),
  share: column('number', ''),
  word: column('text', ''),
  flag: column('boolean', ''),
  maybe_count: optionalColumn('integer', ''),
  maybe_share: optionalColumn('number', ''),
  maybe_word: optionalColumn('text', ''),
  maybe_flag: optionalColumn('boolean', ''),
};
const full = {
  count: -3,
  share: 0.1 + 0.2,
  word: 'a',
  flag: true,
  maybe_count: 2,
  maybe_share: 5e-324,
  maybe_word: 'b',
  maybe_flag: false,
};
const bare = { ...full, maybe_count: null, maybe_share: null, maybe_word: null, maybe_flag: null };
const mixed = table('mixed', '', columns);
/** What is read back of rows that are written. */
const round = async (rows: readonly TidyRow<typeof mixed>[]) => {
  await writeTable(folder.path, mixed, rows);
  return readTable(folder.path, mixed);
};

test('every type of column comes back, null and text that CSV must quote included', async () => {
  const words = ['x,y', 'say "hi"', 'two\nlines', '', 'null', '1e3'].map((word) => ({ ...full, word, maybe_word: word || null }));
  const rows = [full, bare, ...words];
  expect(await round(rows.map((row) => ({ seed: '1', method: 'a, b', ...row })))).toEqual([{ seed: '1', method: 'a, b', rows }]);
});

test('NaN comes back as NaN, but as null where that is allowed', async () => {
  const [{ rows }] = await round([{ seed: '1', method: 'a', ...full, share: Number.NaN, maybe_share: Number.NaN }]);
  expect(rows[0]).toEqual({ ...full, share: Number.NaN, maybe_share: null });
});

test('rows are kept apart by method and seed, as those of a result are', async () => {
  const rows = ['1', '2'].flatMap((seed) => ['a', 'b'].flatMap((method) => [1, 2].map((count) => ({ seed, method, ...full, count }))));
  const read = await round(rows);
  expect(read.map(({ seed, method }) => seed + method)).toEqual(['1a', '1b', '2a', '2b']);
  for (const method of ['a', 'b'])
    expect(seriesOf(rows, method)).toEqual(
      read
        .filter((one) => one.method === method)
        .map(({ seed, rows: own }) => ({ seed, rows: own.map((row) => ({ seed, method, ...row })) })),
    );
});

test('the file has seed and method before the columns', async () => {
  await writeTable(folder.path, mixed, []);
  expect(readFileSync(folder.in('mixed.csv'), 'utf8')).toBe(`seed,method,${Object.keys(columns).join(',')}\n`);
  expect(await readTable(folder.path, mixed)).toEqual([]);
});

test('no file, no rows', async () => {
  expect(await readTable(folder.path, table('none', '', columns))).toEqual([]);
});

test.each([
  ['share', 'x', /damaged\.csv: expected a number, got "x"/],
  ['flag', 'yes', /damaged\.csv: expected true or false, got "yes"/],
  ['count', null, /damaged\.csv:1: no column "count"/],
])('a damaged %s is told with its file', async (name, cell, message) => {
  const only = table('damaged', '', { [name]: columns[name as keyof typeof columns] });
  folder.put('damaged.csv', cell === null ? 'seed,method\n1,a\n' : `seed,method,${name}\n1,a,${cell}\n`);
  await expect(readTable(folder.path, only)).rejects.toThrow(DataError);
  await expect(readTable(folder.path, only)).rejects.toThrow(message);
});
