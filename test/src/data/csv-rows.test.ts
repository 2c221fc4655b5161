import { csvRows } from '../../../src/data/csv-rows.ts';
import { DataError } from '../../../src/errors.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const read = async (content: string, trim = false) => {
  const rows = [];
  for await (const { cells, line } of csvRows(folder.put('table.csv', content), { trim })) rows.push([line, ...cells]);
  return rows;
};

test('records with the line where each ends; empty lines are passed over, blanks around cells left out where asked for', async () => {
  const text = 'a,b\r\n\r\n1,"x\ny"\r\n 2 ," z "';
  expect(await read(text.replace(' 2 ," z "', '2," z "'))).toEqual([
    [1, 'a', 'b'],
    [4, '1', 'x\ny'],
    [5, '2', ' z '],
  ]);
  expect(await read(text, true)).toEqual([
    [1, 'a', 'b'],
    [4, '1', 'x\ny'],
    [5, '2', ' z '],
  ]);
  expect(await read('')).toEqual([]);
});

test('a line end of two bytes within quotes is one line', async () => {
  expect((await read('a\r\n"x\r\n\r\ny\nz"\r\nb\r\n')).map(([line]) => line)).toEqual([1, 5, 6]);
  await expect(read('a,b\r\n"x\r\ny",1\r\n1,x"y"\r\n')).rejects.toThrow(/table\.csv:4: not CSV/);
});

test('a file may have line ends of several kinds, as when it was put together from others', async () => {
  for (const text of ['a,b\r\n1,2\n3,4\r5,6', 'a,b\n1,2\r\n3,4\n5,6\r', 'a,b\r1,2\r3,4\r\n5,6\n'])
    expect((await read(text)).map(([, ...cells]) => cells.join())).toEqual(['a,b', '1,2', '3,4', '5,6']);
});

test.each([
  ['a quote that is never closed', `a,b\n1,"x\n${'2,3\n'.repeat(10)}`, /table\.csv:1[23]: not CSV: Quote Not Closed/],
  [
    'one before more than a record may have',
    `a,b\n1,"x\n${'2,3\n'.repeat(1.5e6)}`,
    /table\.csv:\d+: a record of more than 4 MiB; is a quote not closed/,
  ],
  ['a line of commas without end', `a,b\n${','.repeat(5e6)}`, /table\.csv:2: a record of more than 4 MiB/],
  ['a quote within a cell', 'a,b\n1,x"y"\n', /table\.csv:2: not CSV: Invalid Opening Quote/],
  ['letters behind a quote', 'a,b\n1,"x"y\n', /table\.csv:2: not CSV: Invalid Closing Quote/],
])('%s is a fault with its line', async (_what, content, message) => {
  const error: unknown = await read(content).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toMatch(message);
});
