import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { dataOf } from './data-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let files = 0;
/** A file of its own for each text. */
const put = (content: string | Uint8Array) => folder.put(`data-${files++}.txt`, content);
const read = (content: string | Uint8Array, featureCount?: number) => readSvmlight(put(content), { cache: false, featureCount });

const rowsOf = ({ features, featureCount, labels }: QuerySet) =>
  Array.from(labels, (_, d) => [...features.subarray(d * featureCount, (d + 1) * featureCount)]);

test('reads labels, queries and features, sparse or dense', async () => {
  expect(dataOf(await read('2 qid:a 1:0.5 2:-1e2\n0 qid:a 3:7\n1 qid:b 1:1 2:2 3:3\n'))).toEqual({
    queryIds: ['a', 'b'],
    docIds: ['1', '2', '1'],
    offsets: Uint32Array.of(0, 2, 3),
    features: Float32Array.of(0.5, -100, 0, 0, 0, 7, 1, 2, 3),
    featureCount: 3,
    labels: Float32Array.of(2, 0, 1),
  });
});

test.each(['docid', 'DocId', 'doc_id', 'doc-id', 'docno', 'DOCNO'])('the id of a document may be called %s', async (name) => {
  expect((await read(`1 qid:7 1:1 # ${name} = A\n0 qid:7 1:2 #${name}:B\n`)).docIds).toEqual(['A', 'B']);
});

test('keeps the docid of a LETOR comment, for those documents that have one', async () => {
  const text =
    '1 qid:7 1:1 #docid = GX001-02-1234567 inc = 1 prob = 0.08\n0 qid:7 1:2\n0 qid:7 1:3 # a comment, no id\n0 qid:7 1:3# docid:é\n';
  expect((await read(text)).docIds).toEqual(['GX001-02-1234567', '2', '3', 'é']);
});

test('a comment may follow a label, a query id behind a blank, or a value', async () => {
  expect(rowsOf(await read('1 qid:a #1 1:2\n1 qid:a 1:3#2:1\n'))).toEqual([[0], [3]]);
  folder.put('bare.txt.query', '2');
  expect(rowsOf(await readSvmlight(folder.put('bare.txt', '1# 1:2\n1 1:3\n'), { cache: false }))).toEqual([[0], [3]]);
});

test('takes CRLF, tabs, trailing and leading blanks, blank and comment lines, a byte order mark, no last line end', async () => {
  const plain = '1 qid:1 1:0.5 2:3\n0 qid:1 2:1\n';
  const odd = '\ufeff# made by hand\r\n\r\n  1\tqid:1  1:0.5 2:3 \t\r\n \r\n#\r\n0 qid:1 2:1';
  expect(dataOf(await read(odd))).toEqual(dataOf(await read(plain)));
});

test('unsorted feature ids are in their places; of a repeated one the last value counts', async () => {
  expect(rowsOf(await read('1 qid:1 3:3 1:1 3:4 2:2 1:-1\n'))).toEqual([[-1, 2, 4]]);
});

test('takes fractional and negative labels, documents without features, single-document queries', async () => {
  const set = await read('0.5 qid:1 1:1\n-1 qid:2\n3 qid:3 2:1\n');
  expect([...set.labels]).toEqual([0.5, -1, 3]);
  expect([...set.offsets]).toEqual([0, 1, 2, 3]);
  expect(rowsOf(set)).toEqual([
    [1, 0],
    [0, 0],
    [0, 1],
  ]);
});

test('the largest 64-bit numbers become the largest 32-bit ones, as Istella marks missing values', async () => {
  const largest = (2 - 2 ** -23) * 2 ** 127; // IEEE 754
  expect(rowsOf(await read('1 qid:1 1:1.79769313486232e+308 2:-1.79769313486232e+308 3:3.4e38 4:3.40282356e38\n'))).toEqual([
    [largest, -largest, Math.fround(3.4e38), largest],
  ]);
});

test('reads gzip by its content, also of several members', async () => {
  const [first, second] = ['1 qid:1 1:1\n', '0 qid:1 1:2\n'];
  const plain = dataOf(await read(first + second));
  expect(dataOf(await read(gzipSync(first + second)))).toEqual(plain);
  expect(dataOf(await read(Buffer.concat([gzipSync(first), gzipSync(second)])))).toEqual(plain);
});

test('a file of many blocks is read as one of a single block is', async () => {
  const row = (q: number, d: number) => `${(q + d) % 5} qid:${q} ${1 + (d % 40)}:${q / 8} 41:${d}.5 # docid = D${q}-${d}\n`;
  let text = '';
  const expected: number[] = [];
  for (let q = 0; q < 1500; q++)
    for (let d = 0; d < 40; d++) {
      text += row(q, d);
      expected.push(q / 8);
    }
  const set = await read(text); // above 2 MiB, in pieces of 1 MiB
  expect(set.queryIds).toEqual(Array.from({ length: 1500 }, (_, q) => String(q)));
  expect(Array.from(set.labels, (_, d) => set.features[d * 41 + (d % 40)])).toEqual(expected);
  expect(Array.from(set.labels, (_, d) => set.features[d * 41 + 40])).toEqual(expected.map((_, d) => (d % 40) + 0.5));
  expect(set.docIds[1500 * 40 - 1]).toBe('D1499-39');
});

test('without qids takes the group sizes beside the file', async () => {
  const text = '1 1:1\n0 1:2\n2 1:3\n';
  for (const [name, group, content] of [
    ['lgb.txt', 'lgb.txt.query', text],
    ['xgb.txt', 'xgb.txt.group', text],
    ['packed.txt.gz', 'packed.txt.query', gzipSync(text)],
  ] as const) {
    folder.put(group, '2\n1\n');
    const set = await readSvmlight(folder.put(name, content), { cache: false });
    expect([set.queryIds, set.docIds, [...set.offsets]]).toEqual([
      ['1', '2'],
      ['1', '2', '1'],
      [0, 2, 3],
    ]);
  }
});

test('group sizes beside lines with qids must say the same', async () => {
  const two = '1 qid:x 1:1\n0 qid:x 1:2\n1 qid:y 1:1\n';
  const read = (sizes: string) => {
    folder.put('both.txt.query', sizes);
    return readSvmlight(folder.put('both.txt', two), { cache: false });
  };
  expect((await read('2 1')).queryIds).toEqual(['x', 'y']);
  await expect(read('1 2')).rejects.toThrow('both.txt.query: group size 1 is 1, but query "x" has 2 documents by its qid');
  await expect(read('3')).rejects.toThrow('group size 1 is 3, but query "x" has 2');
  await expect(read('2')).rejects.toThrow('1 group sizes for 2 queries by their qid');
  await expect(read('2 1 1')).rejects.toThrow('3 group sizes for 2 queries by their qid');
});

test('group sizes in two files are refused, as nobody knows which are meant', async () => {
  const files = ['pair.txt.query', 'pair.txt.group'].map((name) => folder.put(name, '1'));
  const reading = readSvmlight(folder.put('pair.txt', '1 1:1\n'), { cache: false });
  await expect(reading).rejects.toThrow(`both "${files[0]}" and "${files[1]}" are there; keep one of them`);
});

test('featureCount widens, and refuses a higher index', async () => {
  expect(rowsOf(await read('1 qid:1 2:5\n', 4))).toEqual([[0, 5, 0, 0]]);
  await expect(read('1 qid:1 2:5 5:1\n', 4)).rejects.toThrow(':1:13: feature index above 4; got "5:1"');
  await expect(read('1 qid:1 2:5\n', 0)).rejects.toThrow(UsageError);
});

test('rows that are wide and nearly empty are refused at the first one, by the rows that follow', async () => {
  const text = Array.from({ length: 5000 }, (_, i) => `1 qid:${Math.floor(i / 10)} 1:1 999999:1\n`).join('');
  await expect(read(text)).rejects.toThrow(/:1.*: \d+ documents × 999999 features, kept dense, need [\d.]+ GiB, above the bound of/);
});

test.each([
  [
    'a feature index of 0',
    '1 qid:1 1:1\n1 qid:1 0:1\n',
    ':2:9: feature indexes start at 1; firstIndex 0 reads those that start at 0; got "0:1"',
  ],
  ['a label that is no number', 'good qid:1 1:1\n', ':1:1: label must be a finite number; got "good"'],
  ['a label that is NaN', ' nan qid:1 1:1\n', ':1:2: label must be'],
  ['an infinite label', '1e99 qid:1 1:1\n', ':1:1: label must be'],
  ['half a label', '1x qid:1 1:1\n', ':1:1: label must be'],
  ['a value that 32 bits do not hold', '1 qid:1 1:1 2:-1e39\n', ':1:13: a feature value must be a number as it can be kept: 32 bits'],
  ['a value that 64 bits do not hold', '1 qid:1 1:1e999\n', ':1:9: a feature value must be a number as it can be kept'],
  ['a value that is 0 in 32 bits', '1 qid:1 1:0 2:-1e-50\n', ':1:13: a feature value must be a number as it can be kept'],
  ['a value that is 0 in 64 bits', '1 qid:1 1:0e-999 2:1e-400\n', ':1:18: a feature value must be a number as it can be kept'],
  ['a label whose gain is no number', '1 qid:1 1:1\n1023 qid:1 1:1\n', ':2:1: label must be at most 400'],
  ['a value that is no number', '1 qid:1 1:1 2:x\n', ':1:13: a feature value must be a finite number'],
  ['a missing value', '1 qid:1 1: 2:1\n', ':1:9: a feature value must be'],
  ['an infinite value', '1 qid:1 1:inf\n', ':1:9: a feature value must be'],
  ['a value with a tail', '1 qid:1 1:1.5.2\n', ':1:9: a feature value must be'],
  ['a token that is no feature', '1 qid:1 1:1 cost:2\n', ':1:13: expected index:value'],
  ['a negative index', '1 qid:1 -1:1\n', ':1:9: expected index:value'],
  ['an absurd index', '1 qid:1 4000000000:1\n', ':1:9: feature index above 1000000'],
  ['an empty query id', '1 qid: 1:1\n', ':1:3: the query id is empty'],
  [
    'a query id that "#" cuts',
    '1 qid:a#1 1:1\n',
    ':1:3: "#" begins a comment; rename the query id or put a blank before the "#"; got "qid:a#1"',
  ],
  ['no qid and no group file', '# c\n1 1:1\n', ':2:3: no qid after the label, and no file of group sizes'],
  ['a qid on some lines only', '1 qid:1 1:1\n1 1:1\n', ':2:3: this line has no qid, lines before one'],
  ['a query in two places', '1 qid:1 1:1\n1 qid:2 1:1\n1 qid:1 1:1\n', ':3:3: query "1" began at line 1'],
  ['a docid of several words', '1 qid:1 1:1 # docid = "a b"\n', ':1:13: a document id begins with no quotation mark'],
  ['a docid with a comma behind', '1 qid:1 1:1 # docno: 7, x\n', ':1:13: a document id begins with no'],
  ['a docid that is empty', '1 qid:1 1:1 # docid =\n', ':1:13: a document id must not be empty or have a blank; got ""'],
  ...['doc = 7', 'document: 7', 'document_id = 7', 'doc id = 7', '{"docid": 7}', 'doc.name=7'].map((comment): [string, string, string] => [
    `a docid by another name: ${comment}`,
    `1 qid:1 1:1\n1 qid:1 1:1 # ${comment}\n`,
    ':2:13: a document is named by "# docid = ID"; got "doc',
  ]),
  ['a document twice', '1 qid:1 1:1 #docid=A\n1 qid:1 1:1 #docid=A\n', ':2:3: document "A" is in query "1" already'],
  ['a docid that is the place of another', '1 qid:1 1:1 #docid=2\n1 qid:1 1:1\n', ':2:3: document "2" is in query "1" already'],
  [
    'a line end of "\\r" alone',
    '1 qid:1 1:1 # a\r0 qid:1 1:2\n',
    ':1: a carriage return within the line; end lines with "\\n" or "\\r\\n"',
  ],
  ['a "\\r" within a line', '1 qid:1 1:1\r\n1 qid:1 1:1\r2:1\r\n', ':2: a carriage return within the line'],
  ['a "\\r" within a comment', '# a\r1 qid:1 1:1\n1 qid:1 1:1\n', ':1: a carriage return within the line'],
  ['an empty file', '', ': no documents'],
  ['only comments', '# nothing\n\n', ': no documents'],
  ['no features at all', '1 qid:1\n', ': no document has a feature'],
])('%s is one clear line', async (_, text, message) => {
  const path = put(text);
  const error: unknown = await readSvmlight(path, { cache: false }).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toContain(path + message);
  expect((error as DataError).message).not.toContain('\n');
});

test.each([
  ['1\n1\n', 'sizes.txt.query: group sizes sum to 2, but'],
  ['2\n2\n', 'sizes.txt.query: group sizes sum to 4, but'],
  ['3 x\n', 'sizes.txt.query:1:3: a group size must be a whole number of at least 1; got "x"'],
  ['3\n0\n', 'sizes.txt.query:2:1: a group size must be'],
])('group sizes %j that do not fit three documents', async (sizes, message) => {
  folder.put('sizes.txt.query', sizes);
  const path = folder.put('sizes.txt', '1 1:1\n1 1:1\n1 1:1\n');
  const error: unknown = await readSvmlight(path, { cache: false }).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  if (sizes === '1\n1\n') expect((error as DataError).message).toContain('sizes.txt:3:3: more documents than the 2');
  else expect((error as DataError).message).toContain(message);
});

test('truncated and damaged gzip are data errors; a missing file or a folder are usage errors', async () => {
  const packed = gzipSync('1 qid:1 1:1\n'.repeat(1000));
  await expect(read(packed.subarray(0, packed.length - 9))).rejects.toThrow(/: truncated gzip/);
  await expect(read(packed.subarray(0, 2))).rejects.toThrow(DataError);
  packed[packed.length - 6] ^= 1; // in the checksum
  await expect(read(packed)).rejects.toThrow(/: damaged gzip/);
  await expect(readSvmlight(folder.in('none.txt'))).rejects.toThrow(
    new UsageError(`cannot read "${folder.in('none.txt')}": no such file or folder; check the path`),
  );
  await expect(readSvmlight(folder.path, { cache: false })).rejects.toThrow(UsageError);
  expect(existsSync(folder.in('none.txt.counterrank'))).toBe(false);
});

describe('lines of another form', () => {
  const text = '1 qid:b 0:0.5 2:1 # docid = x\n0 qid:a 1:7\n2 qid:b 1:3\n0 qid:a 0:9\n';
  const options = { firstIndex: 0, queries: 'anywhere', cache: false } as const;

  test('indexes from 0, and queries anywhere, are read where that is said', async () => {
    const set = await readSvmlight(folder.put('other-form.txt', text), options);
    expect(set).toMatchObject({ queryIds: ['b', 'a'], docIds: ['x', '2', '1', '2'], featureCount: 3 });
    expect([...set.offsets]).toEqual([0, 2, 4]);
    expect([...set.labels]).toEqual([1, 2, 0, 0]);
    expect([...set.features]).toEqual([0.5, 0, 1, 0, 3, 0, 0, 7, 0, 9, 0, 0]);
    expect(set.accounting.find(({ unit }) => unit === 'stretches of lines of one query')).toMatchObject({ read: 4, kept: 2, merged: 2 });
  });

  test('a copy in the cache is of one form', async () => {
    const path = folder.put('cached-form.txt', '1 qid:a 1:5\n0 qid:a 2:7\n');
    expect((await readSvmlight(path, { firstIndex: 0 })).featureCount).toBe(3);
    expect((await readSvmlight(path)).featureCount).toBe(2);
    expect((await readSvmlight(path, { firstIndex: 0 })).featureCount).toBe(3);
  });

  test('else they are refused, with the way out', async () => {
    const path = folder.put('refused-form.txt', text);
    await expect(readSvmlight(path)).rejects.toThrow(
      /:1:9: feature indexes start at 1; firstIndex 0 reads those that start at 0; got "0:0.5"/,
    );
    await expect(readSvmlight(path, { firstIndex: 0 })).rejects.toThrow(/:3:\d+: query "b" began at line 1.*queries anywhere/);
    await expect(readSvmlight(folder.put('twice.txt', `${text}1 qid:b 1:1 # docid = x\n`), options)).rejects.toThrow(
      /:5:\d+: document "x" is in query "b" already/,
    );
    folder.put('beside.txt.weight', '1\n1\n1\n1\n');
    await expect(readSvmlight(folder.put('beside.txt', text), options)).rejects.toThrow(
      /beside\.txt\.weight" is for lines in the order of the file/,
    );
  });
});
