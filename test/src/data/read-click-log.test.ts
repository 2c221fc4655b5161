import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sessionsOf } from '../../../src/data/click-log.ts';
import { compact } from '../../../src/data/compact.ts';
import { ListNames } from '../../../src/data/list-columns.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { writeClickLog } from '../../../src/data/write-click-log.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { arbitraryLog, sessionsByText } from './arbitrary-log.ts';
import { dataOf } from './data-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
/** Two queries; the ids of the first need quoting in CSV, and ids of documents repeat over queries. */
const set: QuerySet = {
  queryIds: ['q,"1"', 'q2'],
  docIds: ['1', 'b"2', 'c,3', '1', '2'],
  offsets: Uint32Array.of(0, 3, 5),
  features: new Float32Array(5),
  featureCount: 1,
  labels: new Float32Array(5),
};
const expected = {
  queries: Uint32Array.of(1, 0),
  offsets: Uint32Array.of(0, 2, 5),
  docs: Uint32Array.of(4, 3, 2, 0, 1),
  list: Uint32Array.of(0, 1, 0),
  clickOffsets: Uint32Array.of(0, 2, 5, 7),
  clicks: Uint8Array.of(0, 1, 1, 0, 0, 0, 0),
  count: Float64Array.of(12, 1, 0.5),
};
const json = [
  '{"query":"q2","docs":["2","1"],"clicks":[0,1],"count":12}',
  '{"query":"q,\\"1\\"","docs":["c,3","1","b\\"2"],"clicks":[1,0,0],"count":1}',
  '{"query":"q2","docs":["2","1"],"clicks":[0,0],"count":0.5}',
  '',
].join('\n');
const csv = ['query,docs,clicks,count', 'q2,2 1,0 1,12', '"q,""1""","c,3 1 b""2",1 0 0,1', 'q2,2 1,0 0,0.5', ''].join('\n');

test.each([
  ['log.jsonl', json],
  ['log.json', json],
  ['log.csv', csv],
  ['log.jsonl.gz', gzipSync(json)],
  ['log.csv.gz', gzipSync(csv)],
])('reads %s', async (name, content) => {
  expect(dataOf(await readClickLog(folder.put(name, content), set))).toEqual(expected);
});

test.each([
  ['written.jsonl', json],
  ['written.csv', csv],
])('writes %s as it stands above, and packed under .gz', async (name, content) => {
  await writeClickLog(folder.in(name), expected, set);
  expect(readFileSync(folder.in(name), 'utf8')).toBe(content);
  await writeClickLog(folder.in(`${name}.gz`), expected, set);
  expect(gunzipSync(readFileSync(folder.in(`${name}.gz`))).toString()).toBe(content);
});

test('count may be left out; line ends, blanks, blank lines and the order of columns are free', async () => {
  const lines =
    '\ufeff{"clicks": [0, 1], "query": "q2", "docs": ["2", "1"]}\r\n\r\n  \n{"query":"q2","docs":["2","1"],"clicks":[0,1],"count":2}';
  const cells = '\ufeffclicks,docs,query\r\n0  1, 2 1,q2\r\n\r\n0 1,2 1,q2';
  expect([...(await readClickLog(folder.put('free.jsonl', lines), set)).count]).toEqual([1, 2]);
  const log = await readClickLog(folder.put('free.csv', cells), set);
  expect([...log.count]).toEqual([1, 1]);
  expect([...log.docs]).toEqual([4, 3]);
});

test('round-trips what logs say, with many equal lists and rows', async () => {
  const small: QuerySet = { ...set, queryIds: ['a', 'b', 'c'], docIds: ['0', '1', '2', '3'], offsets: Uint32Array.of(0, 4, 4, 4) };
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryLog, async (log) => {
      // one query that owns all documents, and no empty lists: those have no ids to write
      const plain = compact({ ...log, queries: log.queries.map(() => 0) });
      fc.pre(plain.list.length > 0 && plain.offsets.every((offset, l) => l === 0 || offset > plain.offsets[l - 1]));
      const path = folder.in(`round-${runs++ % 2}.${['jsonl', 'csv', 'jsonl', 'parquet'][runs % 4]}`);
      await writeClickLog(path, plain, small);
      const back = await readClickLog(path, small);
      expect(sessionsByText(back)).toEqual(sessionsByText(plain));
      expect([...back.count]).toEqual([...plain.count]);
      expect(sessionsOf(back)).toBe(sessionsOf(plain));
    }),
  );
});

const good = '{"query":"q2","docs":["2","1"],"clicks":[0,1]}\n';
test.each([
  ['an unknown query', '{"query":"q3","docs":["2"],"clicks":[0]}', ':2: query "q3" is not in the query set; did you mean "q2"?'],
  ['a document of no query', '{"query":"q2","docs":["99999"],"clicks":[0]}', ':2: document "99999" is not among those of query "q2"'],
  ['a document of another query', '{"query":"q2","docs":["c,3"],"clicks":[0]}', ':2: document "c,3" is not among those of query "q2"'],
  ['too few clicks', '{"query":"q2","docs":["2","1"],"clicks":[0]}', ':2: 1 clicks for 2 documents'],
  ['a click of 2', '{"query":"q2","docs":["2"],"clicks":[2]}', ':2: a click must be 0 or 1; got 2'],
  ['a count of 0', '{"query":"q2","docs":["2"],"clicks":[0],"count":0}', ':2: count must be a number above 0; got 0'],
  [
    'an infinite count',
    '{"query":"q2","docs":["2"],"clicks":[0],"count":1e999}',
    ':2: count must be at most 2^53 − 1, as more cannot be told apart; got Infinity',
  ],
  ['a document twice', '{"query":"q2","docs":["2","1","2"],"clicks":[0,0,0]}', ':2: document "2" is twice in the list'],
  ['an empty list', '{"query":"q2","docs":[],"clicks":[]}', ':2: a list without documents'],
  ['no JSON', '{"query":"q2",', ':2: not JSON'],
  ['no object', '[1]', ':2: expected an object'],
  ['an unknown key', '{"query":"q2","docs":["2"],"click":[0]}', ':2: unknown key "click"'],
  [
    'a document that is no id',
    '{"query":"q2","docs":[2.5],"clicks":[0]}',
    ':2: "docs" must be a list of texts or whole numbers; got "2.5"',
  ],
  [
    'a number that loses digits',
    '{"query":12345678901234567890,"docs":["2"],"clicks":[0]}',
    ':2: "query" must be a text or a whole number; above 2^53 − 1 put it in quotes',
  ],
  ['a count that is a text', '{"query":"q2","docs":["2"],"clicks":[0],"count":"1"}', ':2: "count" must be a number'],
  ['no query', '{"docs":["2"],"clicks":[0]}', ':2: no key "query"; there are "docs", "clicks"'],
  ['clicks that are no list', '{"query":"q2","docs":["2"],"clicks":"0"}', ':2: "clicks" must be a list, a 0 or 1 for each document'],
])('%s in JSON Lines is one clear line', async (_, line, message) => {
  const path = folder.put('bad.jsonl', `${good}${line}\n`);
  const error: unknown = await readClickLog(path, set).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toContain(path + message);
});

test.each([
  ['a missing column', 'query,docs\nq2,2\n', ':1: no column "clicks"'],
  ['an unknown column', 'query,docs,clicks,user\n', ':1: column "user" is unknown'],
  ['a column twice', 'query,docs,clicks,docs\n', ':1: column "docs" is there twice'],
  ['too few cells', 'query,docs,clicks\nq2,2 1\n', ':2: expected 3 cells, got 2'],
  ['an odd click', 'query,docs,clicks\nq2,2 1,0 x\n', ':2: a click must be 0 or 1; got "x"'],
  ['an empty count', 'query,docs,clicks,count\nq2,2 1,0 1,\n', ':2: count must be a number above 0'],
  ['an unknown document after a cell of two lines', 'query,docs,clicks\n"q2","2\n1",0 1\nq2,7,0\n', ':4: document "7"'],
  ['an open quote', 'query,docs,clicks\n"q2,2 1,0 1\n', ''],
  ['only a header', 'query,docs,clicks,count\n', ': no rows'],
  ['an empty file', '', ': no rows'],
])('%s in CSV is one clear line', async (_, content, message) => {
  const path = folder.put('bad.csv', content);
  const error: unknown = await readClickLog(path, set).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toContain(path + message);
  expect((error as DataError).message).not.toContain('\n');
});

test('an empty JSON Lines file and a truncated gzip are data errors', async () => {
  await expect(readClickLog(folder.put('empty.jsonl', '\n'), set)).rejects.toThrow(DataError);
  for (const [name, content] of Object.entries({ 'cut.csv': csv, 'cut.jsonl': json })) {
    const path = folder.put(name, gzipSync(content).subarray(0, -9));
    await expect(readClickLog(path, set)).rejects.toThrow(/: truncated gzip/);
  }
});

test('a missing file, another ending and ids that CSV cannot hold are usage errors', async () => {
  await expect(readClickLog(folder.in('none.csv'), set)).rejects.toThrow(UsageError);
  await expect(readClickLog(folder.in('log.tsv'), set)).rejects.toThrow(
    /unknown ending of a click log file ".tsv".*\.csv, \.json, \.jsonl/,
  );
  await expect(writeClickLog(folder.in('log'), expected, set)).rejects.toThrow(UsageError);
  const blanks = { ...set, docIds: ['1', 'b 2', 'c', '1', '2'] };
  await expect(writeClickLog(folder.in('blank.csv'), expected, blanks)).rejects.toThrow(/"b 2" is empty or has a blank/);
  await writeClickLog(folder.in('blank.jsonl'), expected, blanks);
  expect(dataOf(await readClickLog(folder.in('blank.jsonl'), blanks))).toEqual(expected);
});

describe('contexts and policies', () => {
  const withBoth = { ...expected, contexts: Uint32Array.of(1, 0), policies: Uint32Array.of(3, 2) };

  test.each(['both.jsonl', 'both.csv', 'both.csv.gz', 'both.parquet'])(
    '%s: written and read back, equal lists of two policies apart',
    async (name) => {
      await writeClickLog(folder.in(name), withBoth, set);
      expect(dataOf(await readClickLog(folder.in(name), set))).toEqual(withBoth);
      const apart = { ...expected, queries: Uint32Array.of(1, 1), offsets: Uint32Array.of(0, 2, 4), docs: Uint32Array.of(4, 3, 4, 3) };
      const rows = {
        list: Uint32Array.of(0, 1),
        clickOffsets: Uint32Array.of(0, 2, 4),
        clicks: Uint8Array.of(0, 1, 1, 0),
        count: Float64Array.of(1, 2),
      };
      const twoPolicies = { ...apart, ...rows, policies: Uint32Array.of(0, 2) };
      await writeClickLog(folder.in(name), twoPolicies, set);
      expect(dataOf(await readClickLog(folder.in(name), set))).toEqual(twoPolicies);
    },
  );

  test('names are numbered as they come, alike in logs that share them; whole numbers are their own', async () => {
    const names = new ListNames();
    const csv = (...rows: string[]) =>
      folder.put('named.csv', ['query,docs,clicks,context,policy', ...rows.map((row) => `q2,2 1,0 1,${row}`)].join('\n'));
    const first = await readClickLog(csv('phone,7', 'desktop,0', 'phone,7'), set, names);
    expect([...(first.contexts ?? [])]).toEqual([0, 1]);
    expect([...(first.policies ?? [])]).toEqual([7, 0]);
    expect([...first.list]).toEqual([0, 1, 0]);
    const second = await readClickLog(csv('tablet,1', 'desktop,7'), set, names);
    expect([...(second.contexts ?? [])]).toEqual([2, 1]);
    expect([...names.context.keys()]).toEqual(['phone', 'desktop', 'tablet']);
  });

  test.each([
    [
      'a.csv',
      'query,docs,clicks,policy\nq2,2,0,1\nq2,2,0,new\n',
      ':3: policy "new" beside "1": give whole numbers of at most four digits, or names alone',
    ],
    ['b.csv', 'query,docs,clicks,context\nq2,2,0,\n', ':2: the context is empty; name it'],
    ['c.jsonl', '{"query":"q2","docs":["2"],"clicks":[0],"policy":1.5}\n', ':1: "policy" must be a text or a whole number'],
    [
      'd.jsonl',
      '{"query":"q2","docs":["2"],"clicks":[0],"policy":"1"}\n{"query":"q2","docs":["2"],"clicks":[0]}\n',
      ':2: "policy" must be on every line or on none; this one lacks it',
    ],
    [
      'e.jsonl',
      '{"query":"q2","docs":["2"],"clicks":[0]}\n{"query":"q2","docs":["2"],"clicks":[0],"context":"a"}\n',
      ':2: "context" must be on every line or on none; this one has it',
    ],
  ])('%s is refused', async (name, content, message) => {
    await expect(readClickLog(folder.put(name, content), set)).rejects.toThrow(message);
  });

  test('a column of another name, where it is asked for', async () => {
    const path = folder.put('devices.csv', 'query,docs,clicks,device\nq2,2,0,phone\nq2,2,0,desktop\n');
    expect((await readClickLog(path, set, new ListNames(), 'device')).contexts).toEqual(Uint32Array.of(0, 1));
    const browsers = readClickLog(path, set, new ListNames(), 'browser');
    await expect(browsers).rejects.toThrow(
      'no column "browser"; expected query,docs,clicks,browser; there are "query", "docs", "clicks", "device"',
    );
    await expect(readClickLog(path, set, new ListNames(), 'docs')).rejects.toThrow('context "docs" is a column of every click log');
    await expect(readClickLog('log.txt', set, new ListNames(), 'device')).rejects.toThrow('a svmlight log has no contexts');
    const lines = folder.put('devices.jsonl', '{"query":"q2","docs":["2"],"clicks":[0],"context":"phone"}\n');
    await expect(readClickLog(lines, set, new ListNames(), 'device')).rejects.toThrow(
      ':1: no key "device"; there are "query", "docs", "clicks", "context"',
    );
  });

  test('numbers that no key can hold', async () => {
    const queryIds = Array.from({ length: 100 }, (_, q) => `q${q}`);
    const many = { ...set, queryIds, docIds: queryIds, offsets: Uint32Array.from({ length: 101 }, (_, q) => q) };
    const path = folder.put('many.csv', 'query,docs,clicks,context,policy\nq2,q2,0,9999,9999\n');
    await expect(readClickLog(path, many)).rejects.toThrow(
      '100 queries with contexts up to 9999 and policies up to 9999 are more than can be told apart',
    );
  });
});
