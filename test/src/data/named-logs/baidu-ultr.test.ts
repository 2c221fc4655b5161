import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type ReadNamedClickLogOptions, readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import { writeParquet } from '../../../../src/data/write-parquet.ts';
import type { DataError } from '../../../../src/errors.ts';
import { sharedData, testWithData } from '../../metrics/read-trec.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { rowsOf } from './rows-of.ts';

const folder = temporaryFolder();
let files = 0;
const put = (content: string | Uint8Array, ending: string) => folder.put(`part-${files++}${ending}`, content);
const read = (content: string | Uint8Array, options?: ReadNamedClickLogOptions) => readNamedClickLog(put(content, ''), options);

describe('as published', () => {
  const query = (id: string, ...tokens: string[]) => `${id}\t${tokens.join('\x01')}\t\n`;
  const document = (rank: number | string, url: string, click: number | string, title = 'a title') =>
    `${[rank, url, title, 'abstract', '-', click, ...Array.from({ length: 26 }, () => '0')].join('\t')}\n`;
  const others = '3742\x0111492\x0112169\x015061\x0116905';

  test('a session a query, named by its text; the block "others searched" is no document', async () => {
    const text = [
      query('1', '44', '7'),
      ...[document(1, 'a', 0), document(2, 'x', 1, others), document(3, 'b', 1), document(4, 'c', 0, '21429')],
      ...[query('1', '9'), document(1, 'a', 1)], // an id that stands for two queries
    ].join('');
    for (const content of [text, gzipSync(text)]) {
      const named = await read(content);
      expect(rowsOf(named)).toEqual(['44-7 a b* c 1', '9 a* 1']);
      expect(named.accounting).toMatchObject([
        { unit: 'documents', read: 1, rejected: { 'that are the block "others searched"': 1 } },
        { unit: 'sessions', read: 2, kept: 2 },
      ]);
    }
  });

  test.each([
    ['a rank that is left out', [document(1, 'a', 0), document(3, 'b', 0)], 3, /expected position 2.*got "3"/],
    ['a click that is none', [document(1, 'a', 2)], 2, /the click is neither 0 nor 1; got "2"/],
    ['a field too few', [document(1, 'a', 0).replace('\t0\n', '\n')], 2, /expected 3 fields of a query, or 32 of a document.*got 31/],
    ['a document twice', [document(1, 'a', 0), document(2, 'a', 0)], 1, /document "a" is twice/],
    ['no document', [], 1, /a list without documents/],
  ])('%s stops the reader with its line, or its session is left out', async (_, lines, line, message) => {
    const text = `${query('1', 'q')}${lines.join('')}${query('2', 'r')}${document(1, 'a', 1)}`;
    const format = 'baidu-ultr';
    await expect(read(text, { format })).rejects.toThrow(message);
    const faults: DataError[] = [];
    const named = await read(text, { format, skipFaulty: true, onLeftOut: (fault) => void faults.push(fault) });
    expect(rowsOf(named)).toEqual(['r a* 1']);
    expect(faults.map((fault) => fault.line)).toEqual([line]);
    expect(named.accounting.find(({ unit }) => unit === 'sessions')).toMatchObject({ read: 2, kept: 1 });
  });

  test('a document before any query', async () => {
    await expect(read(document(1, 'a', 0), { format: 'baidu-ultr' })).rejects.toThrow(/:1: expected the 3 fields of a query/);
  });

  testWithData('the invented part: sessions of five and three documents, one of them the block', async () => {
    const { log } = await readNamedClickLog(fileURLToPath(sharedData('feedback/baidu-ultr/synthetic-part.tsv')));
    expect([...log.offsets]).toEqual([0, 4, 7]);
    expect([...log.clicks]).toEqual([0, 0, 1, 0, 1, 0, 0]);
  });
});

describe('with features', () => {
  const names = ['query_no', 'query_md5', 'url_md5', 'position', 'click'];
  const types = ['number', 'text', 'text', 'number', 'boolean'] as const;
  const parquet = async (rows: readonly (readonly (string | number | boolean | null)[])[], more: readonly string[] = []) => {
    const path = folder.in(`part-${files++}.parquet`);
    const columns = [...names, ...more].map((name, i) => ({ name, type: types[i] ?? ('number' as const) }));
    await writeParquet(
      path,
      columns,
      rows.map((row) => [...row, ...more.map(() => 0)]),
    );
    return path;
  };

  test('documents that the files lack stand at their ranks, named by them', async () => {
    const named = await readNamedClickLog(
      await parquet(
        [
          [0, 'q', 'a', 1, true],
          [0, 'q', 'c', 4, false],
          [1, 'q', 'c', 1, false],
        ],
        ['bm25'],
      ),
    );
    expect(rowsOf(named)).toEqual(['q a* missing-2 missing-3 c 1', 'q c 1']);
    expect(named.accounting[1]).toMatchObject({
      unit: 'documents',
      kept: 3,
      rejected: { 'that the file lacks: missing-RANK stands for each': 2 },
    });
  });

  test('Feather, as pyarrow writes it, is told from its columns', async () => {
    const path = fileURLToPath(new URL('files/baidu-ultr-uva.feather', import.meta.url)); // make-files.py says what it holds
    expect(rowsOf(await readNamedClickLog(path))).toEqual(['q0 a b* missing-3 d 1', 'q1 a* 2']);
  });

  test.each([
    ['a position that is none', [[0, 'q', 'a', 0, true]], 1, /the position is no whole number/],
    [
      'a position twice',
      [
        [0, 'q', 'a', 1, true],
        [0, 'q', 'b', 1, true],
      ],
      2,
      /position 1 is twice/,
    ],
    ['no click', [[0, 'q', 'a', 1, null]], 1, /the click is neither 0 nor 1/],
    ['no query', [[0, '', 'a', 1, true]], 1, /the id of the query is empty/],
  ])('%s is told with its row, or its session is left out', async (_, rows, row, message) => {
    const path = await parquet([...(rows as [number, string, string, number, boolean | null][]), [7, 'r', 'a', 1, false]]);
    await expect(readNamedClickLog(path)).rejects.toThrow(message);
    await expect(readNamedClickLog(path)).rejects.toThrow(new RegExp(`parquet:${row}: `));
    expect(rowsOf(await readNamedClickLog(path, { skipFaulty: true }))).toEqual(['r a 1']);
  });

  test('judgments are no clicks', async () => {
    const path = folder.in('judgments.parquet');
    await writeParquet(
      path,
      [...names.slice(0, 4), 'label'].map((name) => ({ name, type: 'text' })),
      [['0', 'q', 'a', '1', '3']],
    );
    await expect(readNamedClickLog(path, { format: 'baidu-ultr-uva' })).rejects.toThrow(/no column "click": these are judgments/);
  });
});
