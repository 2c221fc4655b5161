import { readFeatureLog } from '../../../src/data/read-feature-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let files = 0;
const read = (...lines: readonly unknown[]) =>
  readFeatureLog(
    folder.put(`log-${files++}.jsonl`, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')),
  );

const hit = (id: string, ...entries: readonly (readonly [string, number?])[]) => ({
  ...{ _index: 'shop', _id: id, _score: 1, _source: { title: 'x' } },
  fields: { _ltrlog: [{ log_entry1: entries.map(([name, value]) => ({ name, ...(value !== undefined && { value }) })) }] },
});
const elasticsearch = (query: string, ...hits: readonly unknown[]) => ({ query, took: 3, hits: { total: { value: 2 }, hits } });
const solr = (q: string, ...docs: readonly unknown[]) => ({
  responseHeader: { status: 0, params: { q } },
  response: { numFound: 2, docs },
});

test('Elasticsearch and OpenSearch: features by the order of their names, 0 without a value; equal documents are merged', async () => {
  const a = hit('a', ['title', 1.5], ['body']);
  const set = await read(
    elasticsearch('q', a, hit('b', ['title', 2], ['body', -1])),
    elasticsearch('r', a),
    elasticsearch('q', a, hit('c', ['body', 4])),
  );
  expect(set).toMatchObject({ queryIds: ['q', 'r'], docIds: ['a', 'b', 'c', 'a'], featureCount: 2 });
  expect([...set.offsets]).toEqual([0, 3, 4]);
  expect([...set.features]).toEqual([0, 1.5, -1, 2, 4, 0, 0, 1.5]); // body, title
  expect([...set.labels]).toEqual([0, 0, 0, 0]);
  expect(set.accounting).toMatchObject([{ unit: 'documents', read: 5, kept: 4, merged: 1 }]);
});

test('Solr: dense and sparse features of documents, the query as it is echoed', async () => {
  const set = await read(solr('red shoes', { id: '41', '[features]': 'age=4996.0,title=0.5' }, { id: '80', '[features]': 'title=1e-3' }));
  expect(set).toMatchObject({ queryIds: ['red shoes'], docIds: ['41', '80'] });
  expect([...set.features]).toEqual([4996, 0.5, 0, Math.fround(0.001)]);
});

test.each([
  ['no JSON', '{', /:2: not JSON/],
  ['no response', { query: 'q' }, /:2: expected a response with "hits\.hits", or of Solr/],
  ['no query', { hits: { hits: [hit('a', ['title', 1])] } }, /:2: the response does not say of which query it is; add the key "query"/],
  ['no id', elasticsearch('q', { ...hit('a', ['title', 1]), _id: '' }), /:2: a document without "_id" or "id"/],
  ['no log', elasticsearch('q', { _id: 'a' }), /:2: a document without "fields\._ltrlog"/],
  ['no features of Solr', solr('q', { id: '1' }), /:2: a document without "\[features\]"/],
  ['a feature that is no number', solr('q', { id: '1', '[features]': 'age=old' }), /:2: a feature must be a number/],
  [
    'other features of the same document',
    elasticsearch('q', hit('a', ['title', 2])),
    /:2: document "a" of query "q" was logged with other features before/,
  ],
])('%s is told with its line', async (_, line, message) => {
  await expect(read(elasticsearch('q', hit('a', ['title', 1])), line)).rejects.toThrow(message);
});
