import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readSplits } from '../../../src/data/read-splits.ts';
import { UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const uncached = { cache: false };

test('reads the three parts, plain or gzip, into one feature space', async () => {
  mkdirSync(folder.in('three'));
  folder.put('three/train.txt', '1 qid:1 2:5\n0 qid:1 1:1\n');
  folder.put('three/vali.txt', '1 qid:1 1:2 3:7\n');
  folder.put('three/test.txt.gz', gzipSync('1 qid:1 1:1\n'));
  const { train, validation, test: held } = await readSplits(folder.in('three'), {}, uncached);
  expect([train, validation, held].map((set) => set.featureCount)).toEqual([3, 3, 3]);
  expect([...train.features]).toEqual([0, 5, 0, 1, 0, 0]);
  expect([...validation.features]).toEqual([2, 0, 7]);
  expect([...held.features]).toEqual([1, 0, 0]);
});

test('a part that is there twice is refused', async () => {
  mkdirSync(folder.in('twins'));
  for (const name of ['train.txt', 'vali.txt', 'test.txt', 'vali.txt.gz']) folder.put(`twins/${name}`, '1 qid:1 1:1\n');
  await expect(readSplits(folder.in('twins'), {}, uncached)).rejects.toThrow(/^both "\S+vali.txt" and "\S+vali.txt.gz" are there/);
});

test('takes other names', async () => {
  folder.put('a', '1 qid:1 1:1\n');
  folder.put('b', '2 qid:1 1:1\n');
  folder.put('c', '3 qid:1 1:1\n');
  const { train, validation, test: held } = await readSplits(folder.path, { train: 'a', validation: 'b', test: 'c' }, uncached);
  expect([train, validation, held].map((set) => set.labels[0])).toEqual([1, 2, 3]);
});

test('says what it looked for', async () => {
  const missing = folder.in('nowhere');
  await expect(readSplits(missing)).rejects.toThrow(
    new UsageError(`no folder "${missing}"; expected one with train, validation and test files`),
  );
  await expect(readSplits(folder.put('file', ''))).rejects.toThrow(/^not a folder: /);
  await expect(readSplits(folder.path)).rejects.toThrow(
    new UsageError(`no file "train.txt" or "train.txt.gz" in "${folder.path}"; name the files of the parts if they are called otherwise`),
  );
});

const real = new URL('../../../../shared/data/ltr/', import.meta.url).pathname;
const testWhereReal = existsSync(real) ? test : test.skip;

testWhereReal.each([
  ['yahoo-lightgbm', [161, 40, 50], 3773, 300],
  ['mslr-web10k-sample', [54, 18, 18], 9189, 136],
])(
  '%s has the queries and documents its notes state (skipped where ../shared/data is absent)',
  async (name, queries, documents, features) => {
    const { train, validation, test: held } = await readSplits(real + name, {}, uncached);
    const sets = [train, validation, held];
    expect(sets.map((set) => set.queryIds.length)).toEqual(queries);
    expect(sets.reduce((sum, set) => sum + set.labels.length, 0)).toBe(documents);
    expect(sets.map((set) => set.featureCount)).toEqual([features, features, features]);
    expect(new Set(sets.flatMap((set) => [...set.labels]))).toEqual(new Set([0, 1, 2, 3, 4]));
  },
);

testWhereReal(
  'repeated and unsorted ids: the last value counts, as in the text split by hand (skipped where ../shared/data is absent)',
  async () => {
    const { readFileSync } = await import('node:fs');
    const { train } = await readSplits(`${real}tfr-parser-cases`, {}, uncached);
    const lines = readFileSync(`${real}tfr-parser-cases/train.txt`, 'utf8').trim().split('\n');
    expect(train.labels.length).toBe(lines.length);
    lines.forEach((line, d) => {
      const row = new Float32Array(train.featureCount);
      for (const token of line.trim().split(/\s+/).slice(2)) row[Number(token.split(':')[0]) - 1] = Number(token.split(':')[1]);
      expect(train.features.slice(d * train.featureCount, (d + 1) * train.featureCount)).toEqual(row);
    });
  },
);

test('a folder, or a link to nowhere or to itself, in the place of a file is told as such, beside a file too', async () => {
  mkdirSync(folder.in('odd/train.txt'), { recursive: true });
  await expect(readSplits(folder.in('odd'), {}, uncached)).rejects.toThrow(/^"\S+train\.txt" is a folder, where a file belongs$/);
  rmSync(folder.in('odd/train.txt'), { recursive: true });
  symlinkSync('train.txt', folder.in('odd/train.txt'));
  await expect(readSplits(folder.in('odd'), {}, uncached)).rejects.toThrow(/^cannot read "\S+train\.txt": \S/);
  rmSync(folder.in('odd/train.txt'));
  for (const part of ['train', 'vali', 'test']) folder.put(`odd/${part}.txt`, '1 qid:1 1:1\n');
  mkdirSync(folder.in('odd/train.txt.query'));
  await expect(readSplits(folder.in('odd'), {}, uncached)).rejects.toThrow(/train\.txt\.query" is a folder, where a file belongs$/);
});

test('a part none of whose features is in the training part is refused, with some of both', async () => {
  mkdirSync(folder.in('apart'));
  folder.put('apart/train.txt', '1 qid:1 1:5 3:1\n0 qid:1 3:1\n');
  folder.put('apart/vali.txt', '1 qid:1 3:7\n');
  folder.put('apart/test.txt', '1 qid:1 2:1\n0 qid:1 4:1 3:0\n');
  await expect(readSplits(folder.in('apart'), {}, uncached)).rejects.toThrow(
    /test\.txt: no feature of it is in .*train\.txt: it has "2", "4", .*train\.txt "1", "3"; do the ids match\?$/,
  );
  folder.put('apart/test.txt', '1 qid:1 2:1\n0 qid:1 4:1 3:0.1\n');
  expect((await readSplits(folder.in('apart'), {}, uncached)).accounting.map(({ unit, read }) => [unit, read])).toEqual([
    ['documents', 2],
    ['feature values', 3],
    ['documents', 1],
    ['feature values', 1],
    ['documents', 2],
    ['feature values', 3],
  ]);
});
