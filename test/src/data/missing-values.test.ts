import { mkdirSync, readFileSync } from 'node:fs';
import { readAnyDocuments, readDocuments } from '../../../src/data/documents/read-documents.ts';
import { readUltraDocuments } from '../../../src/data/documents/read-ultra-documents.ts';
import { openDuckDB, sqlText } from '../../../src/data/duckdb.ts';
import { filledFeatures, missingValues, missingWordEnd, presentMeans, saidMissing } from '../../../src/data/missing-values.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readSplits } from '../../../src/data/read-splits.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { writeLightgbmLog } from '../../../src/data/write-lightgbm-log.ts';
import { writeSvmlight } from '../../../src/data/write-svmlight.ts';
import { DataError } from '../../../src/errors.ts';
import { dataOf } from './data-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
process.env.COUNTERRANK_CACHE = folder.in('cache');
const none = Number.NaN;
let files = 0;
const put = (ending: string, text: string) => folder.put(`file-${files++}${ending}`, text);

async function parquet(sql: string): Promise<string> {
  const path = folder.in(`table-${files++}.parquet`);
  const { connection, close } = await openDuckDB();
  await connection.run(`COPY (${sql}) TO ${sqlText(path)} (FORMAT parquet)`);
  close();
  return path;
}

const table = `SELECT 'q' AS query, unnest(['a', 'b', 'c']) AS doc`;
const ltr = (value: unknown) => ({
  query: 'q',
  hits: { hits: ['a', 'b'].map((id, d) => ({ _id: id, fields: { _ltrlog: [{ log: [{ name: 'x', value: d === 0 ? 1 : value }] }] } })) },
});
const solr = (text: string) => ({
  ...{ query: 'q' },
  response: {
    docs: [
      { id: 'a', '[features]': 'x=1' },
      { id: 'b', '[features]': `x=${text}` },
    ],
  },
});

/** Files whose last document lacks feature 1, and that has a value in the first. */
const forms: Record<string, () => string | Promise<string>> = {
  'SVMlight nan': () => put('.txt', '1 qid:q 1:1 2:5 # docid = a\n0 qid:q 1:nan # docid = b\n'),
  'SVMlight NaN at the end of the line': () => put('.txt', '1 qid:q 2:5 1:1 # docid = a\n0 qid:q 1:NaN\n'),
  'SVMlight NA': () => put('.txt', '1 qid:q 1:1\n0 qid:q 1:NA\t2:3\n'),
  'SVMlight null': () => put('.txt', '1 qid:q 1:1\n0 qid:q 1:null\r\n'),
  'an empty CSV cell': () => put('.csv', 'query,doc,x,y\nq,a,1,2\nq,b,,3\n'),
  'nan in CSV': () => put('.csv', 'query,doc,x\nq,a,1\nq,b, NaN\n'),
  'NA in TSV': () => put('.tsv', 'query\tdoc\tx\nq\ta\t1\nq\tb\tNA\n'),
  'NULL in Parquet': () => parquet(`${table}, unnest([1, 2, NULL]) AS x`),
  'NaN in Parquet': () => parquet(`${table}, unnest([1, 2, 'nan'::FLOAT]) AS x`),
  'NULL in a list of Parquet': () => parquet(`${table}, unnest([[1.5, 1], [2, 3], [NULL, 4]]) AS x`),
  'null of Elasticsearch': () => put('.jsonl', JSON.stringify(ltr(null))),
  'NaN of Solr': () => put('.jsonl', JSON.stringify(solr('NaN'))),
};

test.each(Object.keys(forms))('%s is missing where that is asked for, and refused with its place where not', async (name) => {
  const path = await forms[name]();
  const set = await readDocuments(path, { missing: 'keep' });
  const { featureCount: F, docIds, features } = set;
  const lacking = docIds.length - 1;
  expect(Array.from(features.keys()).filter((i) => Number.isNaN(features[i]))).toEqual([lacking * F]);
  expect(features[0]).toBeGreaterThanOrEqual(1);
  const refused = readDocuments(path);
  await expect(refused).rejects.toThrow(DataError);
  await expect(refused).rejects.toThrow(`1 feature value is missing, of feature 1, first of document "${docIds[lacking]}" of query "q"`);
});

test('features that a line leaves out are 0 all the same', async () => {
  const path = put('.txt', '1 qid:q 1:nan 3:2\n0 qid:q 2:1\n');
  expect([...(await readSvmlight(path, { missing: 'keep' })).features]).toEqual([none, 0, 2, 0, 1, 0]);
});

test('of two values of one feature the last counts, missing or not', async () => {
  const path = put('.txt', '1 qid:q 1:nan 1:2\n0 qid:q 1:2 1:nan\n');
  const set = await readSvmlight(path, { missing: 'keep' });
  expect([...set.features]).toEqual([2, none]);
  expect(set.accounting).toMatchObject([{ unit: 'documents' }, { unit: 'feature values', read: 4, kept: 2 }]);
});

test.each(['nano', 'n', 'na n', 'nul', 'nulls', '-nan', '', 'inf', 'nan:1', '?', 'n/a'])('1:%s is no value', async (word) => {
  await expect(readSvmlight(put('.txt', `1 qid:q 1:${word}\n`), { missing: 'keep' })).rejects.toThrow(DataError);
});

test.each(['x', 'inf', '1,0'])('%j is no cell of a feature', async (cell) => {
  await expect(readDocuments(put('.tsv', `query\tdoc\tx\nq\ta\t${cell}\n`), { missing: 'keep' })).rejects.toThrow(/must be a number/);
});

test('labels must be there', async () => {
  for (const text of ['nan qid:q 1:1\n', 'NA qid:q 1:1\n'])
    await expect(readSvmlight(put('.txt', text), { missing: 'keep' })).rejects.toThrow(/label must be/);
  const csv = put('.csv', 'query,doc,x,label\nq,a,1,\n');
  await expect(readDocuments(csv, { missing: 'keep' })).rejects.toThrow(/a label must be a number/);
});

test('words end where they should', () => {
  const bytes = Buffer.from('nan NA null naan nil 1');
  expect([0, 4, 7, 12, 17, 21].map((at) => missingWordEnd(bytes, at))).toEqual([3, 6, 11, 14, -1, -1]);
});

test('a document that is there again with the same missing values is merged, and differs from one that has them', async () => {
  const same = put('.csv', 'query,doc,x,y\nq,a,,1\nq,a,NaN,1\n');
  expect((await readAnyDocuments(same, { missing: 'keep' })).accounting).toMatchObject([{ read: 2, kept: 1, merged: 1 }]);
  const other = put('.csv', 'query,doc,x,y\nq,a,,1\nq,a,0,1\n');
  await expect(readAnyDocuments(other, { missing: 'keep' })).rejects.toThrow(/:3: document "a" of query "q" has other features/);
});

test('ULTRA', async () => {
  const home = folder.in('ultra');
  mkdirSync(folder.in('ultra/train'), { recursive: true });
  const text = { feature: 'd1 0:1 1:nan\nd2 0:NA\n', init_list: 'q 0 1\n', labels: 'q 1 0\n' };
  for (const [ending, content] of Object.entries(text)) folder.put(`ultra/train/train.${ending}`, content);
  expect([...(await readUltraDocuments(home, 'train', { missing: 'keep' })).features]).toEqual([1, none, none, 0]);
  await expect(readUltraDocuments(home, 'train')).rejects.toThrow(/2 feature values are missing, of features 1, 2/);
});

test('the three parts of a folder', async () => {
  mkdirSync(folder.in('parts'));
  for (const part of ['train', 'vali', 'test']) folder.put(`parts/${part}.txt`, `1 qid:q 1:1 2:${part === 'test' ? 'nan' : 2}\n`);
  await expect(readSplits(folder.in('parts'))).rejects.toThrow(/test\.txt: 1 feature value is missing, of feature 2/);
  expect([...(await readSplits(folder.in('parts'), {}, { missing: 'keep' })).test.features]).toEqual([1, none]);
});

const lacking: QuerySet = {
  ...{ queryIds: ['q1', 'q2'], docIds: ['1', '2', 'c'], offsets: Uint32Array.of(0, 2, 3) },
  ...{ features: Float32Array.of(none, 1, none, 0, -0, 2.5, 3, none, none), featureCount: 3, labels: Float32Array.of(0, 1, 2) },
};

test('what is written comes back, from the file, its packed form and the cache', async () => {
  for (const name of ['back.txt', 'back.txt.gz']) {
    await writeSvmlight(folder.in(name), lacking);
    for (let time = 0; time < 2; time++) expect(dataOf(await readSvmlight(folder.in(name), { missing: 'keep' }))).toEqual(lacking);
    await expect(readSvmlight(folder.in(name))).rejects.toThrow(/4 feature values are missing/); // of the cache too
  }
});

test('LightGBM is given nan', async () => {
  const log = {
    ...{ queries: Uint32Array.of(0), offsets: Uint32Array.of(0, 2), docs: Uint32Array.of(0, 1), list: Uint32Array.of(0) },
    ...{ count: Float64Array.of(1), clickOffsets: Uint32Array.of(0, 2), clicks: Uint8Array.of(1, 0) },
  };
  await writeLightgbmLog(folder.in(''), log, lacking);
  expect(readFileSync(folder.in('train.txt'), 'utf8')).toBe('1 1:nan 2:1 3:nan\n0 3:2.5\n');
});

test('what is missing is counted and named', () => {
  expect(missingValues(lacking)).toEqual({ count: 4, features: [1, 2, 3], firstRow: 0 });
  const many = { features: new Float32Array(12).fill(none).fill(0, 0, 6), featureCount: 6 };
  expect(saidMissing(many)).toBe('6 feature values are missing, of features 1, 2, 3 and 3 more, first of document row 2');
  expect(saidMissing({ features: Float32Array.of(0, Infinity), featureCount: 1 })).toBeNull();
});

test('means are of what is there, and fill what is not', () => {
  const means = presentMeans({ ...lacking, features: Float32Array.of(none, 1, none, 4, none, none, 8, 3, none) });
  expect([...means]).toEqual([6, 2, 0]);
  expect([...filledFeatures(lacking, [7, 8, 9])]).toEqual([7, 1, 9, 0, -0, 2.5, 3, 8, 9]);
  const whole = { features: Float32Array.of(1, 2), featureCount: 1 };
  expect(filledFeatures(whole, [9])).toBe(whole.features);
});
