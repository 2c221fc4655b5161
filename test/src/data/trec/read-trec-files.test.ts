import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { createTrecIds } from '../../../../src/data/trec/id-table.ts';
import type { Qrels } from '../../../../src/data/trec/qrels.ts';
import { readQrels } from '../../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../../src/data/trec/read-run.ts';
import type { TrecRun } from '../../../../src/data/trec/trec-run.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const qrels = (text: string | Uint8Array) => readQrels(folder.put('qrels.txt', text));
const run = (text: string | Uint8Array) => readRun(folder.put('run.txt', text));

/** Everything as text: topic → [document, grade or score] in order. */
const told = ({ ids, topics, offsets, documents, ...rest }: Qrels | TrecRun) => {
  const values = 'grades' in rest ? rest.grades : rest.scores;
  return Object.fromEntries(
    Array.from(topics, (topic, q) => [
      ids.topics.text(topic),
      Array.from(documents.subarray(offsets[q], offsets[q + 1]), (document, i) => [
        ids.documentsOf(topic).text(document),
        values[offsets[q] + i],
      ]),
    ]),
  );
};

test('judgments: blanks or tabs, comments, blank lines, any line ends, no end of the last line; the iteration is ignored', async () => {
  const text = '# judged in May\r\n301 0 d1 0\r\n\r\n301\t1\td2\t 2 \n  302  Q0  d#1  -1\n301 0 d3 +1';
  expect(told(await qrels(text))).toEqual({
    301: [
      ['d1', 0],
      ['d2', 2],
      ['d3', 1],
    ], // the lines of a topic need not stand together
    302: [['d#1', -1]],
  });
});

test('a run is ranked by score, ties by document id descending; ranks do not matter; the last tag counts; words behind it do not', async () => {
  const text = 'a Q0 d1 1 0.5 one\nb Q0 x 1 1 one\na Q0 d3 2 7e-1 one\na Q0 d2 3 .5 two\na Q0 d10 4 5.0E-1 two and more words\n';
  const read = await run(text);
  expect(told(read)).toEqual({
    a: [
      ['d3', 0.7],
      ['d2', 0.5],
      ['d10', 0.5],
      ['d1', 0.5],
    ],
    b: [['x', 1]],
  });
  expect(read.tag).toBe('two');
});

describe('ties by the rank column', () => {
  const byRank = (text: string) => readRun(folder.put('run.txt', text), undefined, { ties: 'rank' });

  test.each([0, 1])('a run is ranked by it, from %d, topics apart, lines in any order', async (first) => {
    const text = `a Q0 d1 ${first + 2} 0.5 t\nb Q0 x ${first} 1 t\na Q0 d3 ${first} 1 t\na Q0 d2 ${first + 1} .5 t\n`;
    expect(told(await byRank(text))).toEqual({
      a: [
        ['d3', 1],
        ['d2', 0.5],
        ['d1', 0.5],
      ],
      b: [['x', 1]],
    });
  });

  test.each([
    ['a Q0 d1 - 2 t\n', /run\.txt:1: .*ranks must be whole numbers.*got "-"/],
    ['a Q0 d1 1.5 2 t\n', /run\.txt:1: .*ranks must be whole numbers.*got "1.5"/],
    ['a Q0 d1 1 2 t\na Q0 d2 1 1 t\n', /topic a: documents "d1" and "d2" both have rank 1; --ties id or expected/],
    ['a Q0 d1 1 2 t\na Q0 d2 3 1 t\n', /topic a: no document has rank 2, that of "d2" is 3/],
    ['a Q0 d1 7 2 t\n', /topic a: no document has rank 1, that of "d1" is 7/],
    ['a Q0 d1 1 1 t\na Q0 d2 2 2 t\n', /topic a: document "d2" has rank 2 but a higher score, 2, than "d1" above it, 1/],
  ])('%j is refused', async (text, message) => {
    await expect(byRank(text)).rejects.toThrow(message);
    await expect(byRank(text)).rejects.toThrow(DataError);
    expect(told(await run(text))).toHaveProperty('a'); // by id nothing is wrong with it
  });
});

test('white space is what C takes for it', async () => {
  expect(told(await run('1\fQ0\vd\t1 3  t \r\n'))).toEqual({ 1: [['d', 3]] });
});

test('a pipe is read as a file is, gzip too', async () => {
  const text = '1 Q0 d 1 3 t\n';
  const pipe = folder.in('pipe');
  execFileSync('mkfifo', [pipe]);
  for (const bytes of [Buffer.from(text), gzipSync(text)]) {
    const writing = writeFile(pipe, bytes);
    expect(told(await readRun(pipe))).toEqual({ 1: [['d', 3]] });
    await writing;
  }
});

test('gzip reads as plain text does', async () => {
  const text = '1 Q0 d 1 3 t\n';
  expect(told(await run(gzipSync(text)))).toEqual(told(await run(text)));
});

test('a byte order mark is not part of the first topic', async () => {
  expect(told(await qrels('\ufeff1 0 d 1\n'))).toEqual({ 1: [['d', 1]] });
});

test('files that are read with the same ids name things by the same numbers', async () => {
  const ids = createTrecIds();
  const judged = await readQrels(folder.put('q', '7 0 b 1\n7 0 a 1\n'), ids);
  const found = await readRun(folder.put('r', '7 Q0 a 1 2 t\n7 Q0 c 2 1 t\n'), ids);
  expect([...judged.topics]).toEqual([...found.topics]);
  expect([...judged.documents, ...found.documents]).toEqual([0, 1, 1, 2]);
});

test('a file of many blocks, topics interleaved', async () => {
  const topics = 40;
  const depth = 1000;
  let text = '';
  for (let k = 0; k < depth; k++)
    for (let q = 0; q < topics; q++) text += `${q} Q0 document-of-a-long-name-${(k * 7 + q) % depth} ${k} ${-k} t\n`;
  const read = await run(text);
  expect(read.topics).toHaveLength(topics);
  expect(told(read)[39].map(([document]) => document)).toEqual(
    Array.from({ length: depth }, (_, k) => `document-of-a-long-name-${(k * 7 + 39) % depth}`),
  );
});

test.each<[string, string]>([
  ['1 Q0 d 1 2 t\n1 Q0 d 1 t\n', 'run.txt:2: expected 6 columns, "topic Q0 document rank score tag"; got 5'],
  ['1 Q0 d 1 high t\n', 'run.txt:1: a score must be a finite number; got "high"'],
  ['1 Q0 d 1 1.5x t\n', 'run.txt:1: a score must be a finite number; got "1.5x"'],
  ['1 Q0 d 1 nan t\n', 'got "nan"'],
  ['1 Q0 d 1 1e999 t\n', 'got "1e999"'],
  [
    '1 Q0 d 1 3 t\n2 Q0 d 1 3 t\n# no\n1 Q0 e 2 2 t\n1 Q0 d 2 1 t\n',
    'run.txt:5: topic 1 has document d twice, first in line 1; keep one of them',
  ],
  ['1 Q0 d 1 3 t\n1 Q0 d\0e 1 2 t\n', 'run.txt:2:7: a NUL byte; expected plain text in UTF-8 (not UTF-16, nor a binary file)'],
  ['\0\0\0', 'run.txt:1:1: a NUL byte'],
  ['1 Q0 d 1 3 t\r1 Q0 e 2 2 t\r', 'run.txt:1: a carriage return within the line; end lines with "\\n" or "\\r\\n"'],
  ['1 Q0 d\u0007 1 3 t\n', 'run.txt:1: the control character 7'],
  ['', 'run.txt: empty; expected lines of "topic Q0 document rank score tag"'],
  ['\n# nothing\n \n', 'run.txt: empty'],
])('a run of %j is refused with its place', async (text, message) => {
  const error = await run(text).catch((fault: unknown) => fault);
  expect(error).toBeInstanceOf(DataError);
  expect(String(error)).toContain(message);
});

test.each<[string, string]>([
  ['1 0 d 1\n1 0 e\n', 'qrels.txt:2: expected 4 columns, "topic iteration document grade"; got 3'],
  ['1 0 d 1 extra words\n', 'qrels.txt:1: expected 4 columns, "topic iteration document grade"; got more than 4'],
  ['1 0 d 1.5\n', 'qrels.txt:1: a grade must be a whole number; got "1.5"'],
  ['1 0 d 1.0\n', 'got "1.0"'],
  ['1 0 d relevant\n', 'got "relevant"'],
  ['1 0 d -\n', 'got "-"'],
  ['1 0 d 99999999999\n', 'got "99999999999"'],
  ['1 0 d 0\n1 1 d 1\n', 'qrels.txt:2: topic 1 has document d twice, first in line 1'],
  ['', 'qrels.txt: empty; expected lines of "topic iteration document grade"'],
])('judgments of %j are refused with their place', async (text, message) => {
  const error = await qrels(text).catch((fault: unknown) => fault);
  expect(error).toBeInstanceOf(DataError);
  expect(String(error)).toContain(message);
});

test('a file that is not there is a mistake of the caller', async () => {
  await expect(readRun(folder.in('none'))).rejects.toThrow(UsageError);
  await expect(readQrels(folder.in('none'))).rejects.toThrow(/no such file/);
});

test('grades with fractions, where they are asked for', async () => {
  const path = folder.put('fractions.qrels', '1 0 d 0.5\n1 0 e 1.0\n1 0 f -1\n1 0 g 2\n1 0 h 1e-3\n');
  const { grades } = await readQrels(path, createTrecIds(), { fractions: true });
  expect([...grades]).toEqual([0.5, 1, -1, 2, Math.fround(0.001)]);
  for (const grade of ['high', '1.5x', '1e-60', '.', '1e9'])
    await expect(readQrels(folder.put('odd.qrels', `1 0 d ${grade}\n`), createTrecIds(), { fractions: true })).rejects.toThrow(
      /odd\.qrels:1: a grade must be/,
    );
});
