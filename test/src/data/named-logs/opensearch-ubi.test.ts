import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import type { DataError } from '../../../../src/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { rowsOf } from './rows-of.ts';

const folder = temporaryFolder();
let logs = 0;
const lines = (...values: readonly unknown[]) =>
  values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');
const put = (...values: readonly unknown[]) => folder.put(`ubi-${logs++}.ndjson`, lines(...values));

/** As the specification 1.3 has them, with the keys that are not read. */
const query = (id: string, text: string, hits: readonly (string | number)[] | null, more = {}) => ({
  ...{ application: 'shop', query_id: id, client_id: 'c', user_query: text, timestamp: '2024-11-01T12:00:00.000Z' },
  ...{ object_id_field: 'sku', query_attributes: {}, query_response_id: `r${id}`, ...(hits !== null && { query_response_hit_ids: hits }) },
  ...more,
});
const event = (action: string, id: string, object: string | null, ordinal?: number) => ({
  ...{
    application: 'shop',
    action_name: action,
    query_id: id,
    client_id: 'c',
    timestamp: '2024-11-01T12:00:01.000Z',
    message_type: 'INFO',
  },
  event_attributes: {
    ...(object !== null && { object: { object_id: object, object_id_field: 'sku' } }),
    ...(ordinal !== undefined && { position: { ordinal } }),
  },
});

test('queries are sessions of what they found, clicks are events; of the two files of a folder', async () => {
  const path = folder.in('ubi');
  mkdirSync(path);
  folder.put(
    'ubi/ubi_queries.ndjson',
    lines(
      { index: { _index: 'ubi_queries' } }, // of a bulk request
      query('1', ' red shoes ', ['a', 'b', 7]),
      { _index: 'ubi_queries', _id: 'x', _source: query('2', 'red shoes', ['a', 'b', 7], { timestamp: '2024-11-01T11:00:00.000Z' }) },
      query('3', 'nothing found', []),
    ),
  );
  folder.put(
    'ubi/ubi_events.json.gz',
    gzipSync(
      lines(event('click', '1', '7'), event('click', '1', '7'), event('page_view', '1', null), { _source: event('click', '1', 'a') }),
    ),
  );
  const named = await readNamedClickLog(path);
  expect(rowsOf(named)).toEqual(['red shoes a b 7 1', 'red shoes a* b 7* 1']); // in the order of their times
  expect(named.order).toBeDefined();
  expect(Object.fromEntries(named.accounting.map(({ unit, ...account }) => [unit, account]))).toMatchObject({
    sessions: { read: 3, kept: 2, rejected: { 'without results': 1 } },
    clicks: { read: 3, kept: 2, merged: 1 },
    events: { read: 1, rejected: { 'of other actions than click and impression': 1 } },
  });
});

test('without hits a query showed its impressions, in the order of their places', async () => {
  const path = put(
    ...[query('1', 'q', null), event('impression', '1', 'b', 2), event('impression', '1', 'a', 1), event('impression', '1', 'a', 1)],
    event('click', '1', 'b', 2),
  );
  const named = await readNamedClickLog(path);
  expect(rowsOf(named)).toEqual(['q a b* 1']);
  expect(named.accounting.find(({ unit }) => unit === 'impressions')).toMatchObject({ read: 3, kept: 2, merged: 1 });
});

test('the application is a context; without all times no order is told', async () => {
  const path = put(query('1', 'q', ['a']), query('2', 'q', ['a'], { application: 'app', timestamp: 'noon' }));
  const named = await readNamedClickLog(path, { context: 'application' });
  expect(rowsOf(named)).toEqual(['q shop a 1', 'q app a 1']);
  expect(named.order).toBeUndefined();
});

const good = query('good', 'q', ['a']);
test.each([
  ['no JSON', ['{"query_id": '], /not JSON/],
  ['no object', ['[1]'], /expected an object/],
  ['a query without an id', [{ ...query('1', 'q', ['a']), query_id: null }], /no "query_id"/],
  ['a query that is there twice', [query('good', 'q', ['a'])], /query_id "good" is there twice/],
  ['an empty query', [query('1', ' ', ['a'])], /no "user_query"/],
  ['hits that are no ids', [{ ...query('1', 'q', []), query_response_hit_ids: [1.5] }], /must be a list of ids/],
  ['a hit twice', [query('1', 'q', ['a', 'a'])], /document "a" is twice/],
  ['a click of no query', [event('click', '2', 'a')], /query_id "2" is no query of the log/],
  ['a click on nothing', [event('click', 'good', null)], /no "event_attributes.object.object_id"/],
  ['a click on what was not shown', [event('click', 'good', 'b')], /a click on "b", which its query did not show/],
  ['an impression without a place', [event('impression', 'good', 'a')], /no "event_attributes.position.ordinal"/],
  ['two objects at one place', [event('impression', 'good', 'a', 1), event('impression', 'good', 'b', 1)], /at ordinal 1 .* another/],
  [
    'impressions with a gap',
    [query('1', 'r', null), event('impression', '1', 'a', 1), event('impression', '1', 'b', 3)],
    /are not at 1, 2, 3/,
  ],
])('%s is told with its line, or left out and counted', async (_, values, message) => {
  const path = put(good, ...values);
  const fault = await readNamedClickLog(path, { format: 'opensearch-ubi' }).catch((error: unknown) => error as DataError);
  expect((fault as DataError).message).toMatch(message);
  const line = values.length === 2 && !/are not at/.test(message.source) ? 3 : 2;
  expect(fault).toMatchObject({ file: path, line });
  const told: DataError[] = [];
  const named = await readNamedClickLog(path, { format: 'opensearch-ubi', skipFaulty: true, onLeftOut: (left) => void told.push(left) });
  expect(rowsOf(named)).toEqual(['q a 1']);
  expect(told.map((left) => [left.file, left.line])).toEqual([[path, line]]);
});
