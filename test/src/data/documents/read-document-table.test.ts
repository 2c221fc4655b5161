import { readDocumentTable } from '../../../../src/data/documents/read-document-table.ts';
import { readDocuments } from '../../../../src/data/documents/read-documents.ts';
import { openDuckDB, sqlText } from '../../../../src/data/duckdb.ts';
import { readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import { readSplits } from '../../../../src/data/read-splits.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
let files = 0;
async function parquet(sql: string): Promise<string> {
  const path = folder.in(`table-${files++}.parquet`);
  const { connection, close } = await openDuckDB();
  await connection.run(`COPY (${sql}) TO ${sqlText(path)} (FORMAT parquet)`);
  close();
  return path;
}
const csv = (text: string, ending = 'csv') => folder.put(`table-${files++}.${ending}`, text);

const same = {
  'a list': `SELECT * FROM (VALUES ('q', 'a', [1, 0.5]), ('r', 'a', [2, -1]), ('q', 'b', [0, 4])) t(query, doc, features)`,
  'a fixed-size list': `SELECT query, doc, v::FLOAT[2] AS embedding FROM (VALUES ('q', 'a', [1, 0.5]), ('r', 'a', [2, -1]), ('q', 'b', [0, 4])) t(query, doc, v)`,
  'columns of numbers': `SELECT * FROM (VALUES ('q', 'a', 1::UTINYINT, 0.5::DECIMAL(4, 2)), ('r', 'a', 2, -1), ('q', 'b', 0, 4)) t(query, doc, x, y)`,
};

test.each(Object.entries(same))('Parquet, %s: queries anywhere, documents in the order of the file', async (_, sql) => {
  const set = await readDocumentTable(await parquet(sql));
  expect(set).toMatchObject({ queryIds: ['q', 'r'], docIds: ['a', 'b', 'a'], featureCount: 2, ofQueries: true });
  expect([[...set.offsets], [...set.features], [...set.labels]]).toEqual([
    [0, 2, 3],
    [1, 0.5, 0, 4, 2, -1],
    [0, 0, 0],
  ]);
});

test('CSV and TSV: the same, a label beside; a document that comes again is merged', async () => {
  for (const path of [
    csv('\uFEFFquery,sku,x,grade,y\r\nq,a,1,2,0.5\r\n"q","b",0,0,4\r\nq,a,1,2,5e-1\r\n'),
    csv('query\tsku\tx\tgrade\ty\nq\ta\t1\t2\t0.5\nq\tb\t0\t0\t4\nq\ta\t1\t2\t5e-1\n', 'tsv'),
  ]) {
    const set = await readDocumentTable(path);
    expect(set).toMatchObject({ queryIds: ['q'], docIds: ['a', 'b'], accounting: [{ read: 3, kept: 2, merged: 1 }] });
    expect([[...set.features], [...set.labels]]).toEqual([
      [1, 0.5, 0, 4],
      [2, 0],
    ]);
  }
});

test('named columns: numbers and lists beside each other, in the order of the names', async () => {
  const path = await parquet(`SELECT 7 AS k, 'w' AS item_name, [1, 2] AS v, [3] AS u, 9 AS age, 'text' AS title`);
  const set = await readDocuments(path, { columns: { query: 'k', document: 'item_name', features: ['age', 'u', 'v'] } });
  expect([set.queryIds, set.docIds, [...set.features]]).toEqual([['7'], ['w'], [9, 3, 1, 2]]);
});

test.each([
  ['two columns of lists', 'SELECT 1 AS query, 2 AS doc, [1] AS v, [2] AS w', /columns "v", "w" all hold lists of numbers; name/],
  ['a text among numbers', `SELECT 1 AS query, 2 AS doc, 3 AS x, 'red' AS title`, /column "title" holds VARCHAR, no number; name/],
  ['a column of a log', 'SELECT 1 AS query, 2 AS doc, 3 AS x, 1 AS clicked', /column "clicked" is one of a log, which no ranker knows/],
  ['no feature', 'SELECT 1 AS query, 2 AS doc', /no column is left for features/],
  ['no document', 'SELECT 1 AS query, 2 AS wares, 3 AS x', /no column is called as one of documents usually is/],
  [
    'lists of other lengths',
    'SELECT 1 AS query, unnest([2, 3]) AS doc, unnest([[1], [1, 2]]) AS v',
    /:2: 2 features, where rows before have 1/,
  ],
  [
    'an empty cell',
    'SELECT 1 AS query, unnest([2, 3]) AS doc, unnest([1, NULL]) AS x',
    /1 feature value is missing, of feature 1, first of document "3" of query "1"/,
  ],
  ['infinity in a list', `SELECT 1 AS query, 2 AS doc, [1, 'inf'::DOUBLE] AS v`, /:1: a feature of column "v" must be/],
  ['an empty id', `SELECT unnest(['q', ' ']) AS query, 2 AS doc, 1 AS x`, /:2: a query must have an id/],
  ['other features', 'SELECT 1 AS query, 2 AS doc, unnest([1, 3]) AS x', /:2: document "2" of query "1" has other features/],
  ['no row', 'SELECT 1 AS query, 2 AS doc, 3 AS x WHERE false', /no documents: it has no row/],
])('%s: one line that says what and where', async (_, sql, message) => {
  await expect(parquet(sql).then((path) => readDocumentTable(path))).rejects.toThrow(message);
});

test.each([
  ['query,doc,x\nq,a,1\nq,b,red\n', /:3: a feature of column "x" .*; got "red"/],
  ['query,doc,x\nq,a,1\nq,b\n', /:3: expected 3 cells, got 2/],
  ['query,doc,x,label\nq,a,1,500\n', /:2: label must be at most 400/],
  ['', /empty; expected a header/],
])('CSV %j', async (text, message) => {
  await expect(readDocumentTable(csv(text))).rejects.toThrow(message);
});

test('Baidu-ULTR with features is the documents of its own log, those it lacks among them', async () => {
  const path = new URL('../named-logs/files/baidu-ultr-uva.feather', import.meta.url).pathname;
  const [log, set] = [await readNamedClickLog(path), await readDocuments(path)];
  const pairs = (queryIds: readonly string[], of: (d: number) => number, ids: readonly string[]) =>
    ids.map((id, d) => `${queryIds[of(d)]} ${id}`).sort();
  const queryOf = (d: number) => set.offsets.findIndex((start) => start > d) - 1;
  expect(pairs(set.queryIds, queryOf, set.docIds)).toEqual(pairs(log.queryIds, (d) => log.documentQuery[d], log.docIds));
  expect(set.featureCount).toBe(2);
  expect([...set.features.subarray(2 * set.docIds.indexOf('missing-3'))].slice(0, 2)).toEqual([0, 0]);
  expect((await readDocuments(path, { columns: { features: ['bm25'] } })).features[0]).toBe(0.5);
});

test('a folder of tables is three parts; documents of no query are none of judged queries', async () => {
  const path = await parquet(same['a list']);
  const name = path.slice(folder.path.length + 1);
  const { test: held } = await readSplits(folder.path, { train: name, validation: name, test: name });
  expect([...held.features]).toEqual([1, 0.5, 0, 4, 2, -1]);
  const items = await parquet(`SELECT 'a' AS doc, [1, 2] AS v`);
  expect(await readDocumentTable(items)).toMatchObject({ docIds: ['a'], ofQueries: false });
  await expect(readDocuments(items)).rejects.toThrow(/no column is called as one of queries usually is/);
});
