import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkClickLog, sessionsOf } from '../../../../src/data/click-log.ts';
import { ListNames } from '../../../../src/data/list-columns.ts';
import type { NamedClickLog } from '../../../../src/data/named-logs/named-click-log.ts';
import { type ReadNamedClickLogOptions, readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import { writeClickLog } from '../../../../src/data/write-click-log.ts';
import { writeParquet } from '../../../../src/data/write-parquet.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';
import { sharedData, testWithData } from '../../metrics/read-trec.ts';
import { tiangongSt } from '../session-logs/small-logs.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { rowsOf } from './rows-of.ts';

const folder = temporaryFolder();
let files = 0;
const read = (content: string | Uint8Array, options?: ReadNamedClickLogOptions, ending = '.tsv') =>
  readNamedClickLog(folder.put(`log-${files++}${ending}`, content), options);

const tabs = (...lines: string[]) => `${lines.map((line) => line.replaceAll(' ', '\t')).join('\n')}\n`;
const accountOf = ({ accounting }: NamedClickLog, of: string) => accounting.find(({ unit }) => unit === of);

const relpred = tabs(
  '1 0 Q 98435_1 1 232429 688835 50189248',
  '1 1 C 688835',
  '2 0 Q 98435_1 0 232429 688835 50189248',
  '2 3 C 688835',
  '2 4 C 688835',
  '2 5 Q 7 0 688835 http://a/b',
  '2 6 C 232429', // shown by the page before the last only
  '2 7 C 688835', // by both: on the last
  '3 0 Q 98435_1 1 688835',
);

describe('Yandex RelPred', () => {
  test('a session a query, its clicks on the latest page that shows the document', async () => {
    const named = await read(relpred);
    expect(named.queryIds).toEqual(['98435_1', '7']);
    expect(named.docIds).toEqual(['232429', '688835', '50189248', '688835', 'http://a/b']);
    expect([...named.documentQuery]).toEqual([0, 0, 0, 1, 1]);
    expect(rowsOf(named)).toEqual([
      '98435_1 232429 688835* 50189248 1',
      '98435_1 232429* 688835* 50189248 1',
      '7 688835* http://a/b 1',
      '98435_1 688835 1',
    ]);
    expect(named.contexts).toBeNull();
    expect(accountOf(named, 'sessions')).toMatchObject({ read: 4, kept: 4, rejected: {} });
    expect(accountOf(named, 'clicks')).toMatchObject({ read: 5, kept: 4, merged: 1, rejected: {} });
  });

  test('equal sessions are one row, and the order of all is kept', async () => {
    const page = '0 Q q 0 1 2';
    const named = await read(tabs(`1 ${page}`, `2 ${page}`, `3 ${page}`, '3 1 C 2', `4 ${page}`));
    expect(rowsOf(named)).toEqual(['q 1 2 3', 'q 1 2* 1']);
    expect([...(named.order?.rows ?? [])]).toEqual([0, 1, 0]);
    expect([...(named.order?.counts ?? [])]).toEqual([2, 1, 1]);
  });

  test('the region is a context where it is asked for: lists of two regions differ', async () => {
    const named = await read(relpred, { context: 'region' });
    expect(rowsOf(named)).toEqual([
      '98435_1 1 232429 688835* 50189248 1',
      '98435_1 0 232429* 688835* 50189248 1',
      '7 0 688835* http://a/b 1',
      '98435_1 1 688835 1',
    ]);
    expect(named.log.queries.length).toBe(4);
    expect(named.queryIds.length).toBe(2);
    expect(named.docIds.length).toBe(5);
  });

  test('ids stay what they are written as: zeros before a number, numbers beyond 2^53, texts', async () => {
    const ids = [
      '0',
      '00',
      '7',
      '07',
      '4294967303',
      '999999999999999',
      '9007199254740993',
      '9007199254740992',
      '12345678901234567890',
      '4503599627370496',
      'é',
      '7a',
    ];
    const named = await read(tabs(`007 0 Q 010 0 ${ids.join(' ')}`, '007 0 C 07', '7 0 Q 10 0 7'));
    expect(named.docIds).toEqual([...ids, '7']);
    expect(named.queryIds).toEqual(['010', '10']);
    expect(rowsOf(named)[0]).toContain(' 7 07* ');
  });

  test('lists of any length, many queries with many documents each', async () => {
    const lines = Array.from({ length: 300 }, (_, s) => {
      const docs = Array.from({ length: 1 + ((7 * s) % 90) }, (_, k) => (s % 3) * 1000 + ((k * 31 + s) % 500));
      return { q: s % 37, docs };
    });
    const named = await read(tabs(...lines.map(({ q, docs }, s) => `${s} 0 Q ${q} 0 ${docs.join(' ')}`)));
    const counts = new Map<string, number>();
    for (const { q, docs } of lines) counts.set([q, ...docs].join(' '), (counts.get([q, ...docs].join(' ')) ?? 0) + 1);
    expect(rowsOf(named)).toEqual([...counts].map(([list, count]) => `${list} ${count}`));
    expect(named.docIds.length).toBe(new Set(lines.flatMap(({ q, docs }) => docs.map((doc) => `${q} ${doc}`))).size);
  });

  test('many pages that come again in any order, short and long, each with its own clicks', async () => {
    const lists = Array.from({ length: 3000 }, (_, q) => Array.from({ length: 1 + ((q * 7) % 40) }, (_, k) => 1000 * k + (q % 900)));
    const shown = Array.from({ length: 9000 }, (_, s) => (s * 1871) % 3000);
    const text = shown.map((l, s) => [`${s} 0 Q ${l % 900} 0 ${lists[l].join(' ')}`, `${s} 1 C ${lists[l][s % lists[l].length]}`]);
    const counts = new Map<string, number>();
    for (const [s, l] of shown.entries()) {
      const row = `${l % 900} ${lists[l].map((doc, k) => `${doc}${k === s % lists[l].length ? '*' : ''}`).join(' ')}`;
      counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    expect(rowsOf(await read(tabs(...text.flat())))).toEqual([...counts].map(([row, count]) => `${row} ${count}`));
  });

  test('a line whose page came before is looked at all the same: its time, its letter, its session', async () => {
    const page = 'Q q 0 1 2';
    await expect(read(tabs(`1 0 ${page}`, `1 zero ${page}`))).rejects.toThrow('2: expected "session');
    await expect(read(tabs(`1 0 ${page}`, '1 0 Q '))).rejects.toThrow('2: expected "session');
    await expect(read('1\t0\tQ\t\n')).rejects.toThrow('1: expected "session');
    await expect(read(tabs(`1 0 ${page}`, `2 0 ${page}`, '2 1 C 3'))).rejects.toThrow('3: search session 2: a click on document "3"');
  });

  test.each([
    ['Windows line ends', relpred.replaceAll('\n', '\r\n')],
    ['gzip', gzipSync(relpred)],
    ['empty lines, and none at the end', relpred.replaceAll('\n', '\n\n').trimEnd()],
  ])('%s', async (_, content) => {
    expect(rowsOf(await read(content))).toEqual(rowsOf(await read(relpred)));
  });

  test.each([
    ['2: search session 1: a click on document "9", which was not shown', ['1 0 Q q 0 1 2', '1 1 C 9']],
    ['2: search session 2: a click on document "1" before any query', ['1 0 Q q 0 1 2', '2 1 C 1']],
    ['1: search session 5: document "2" is twice in the list', ['5 0 Q q 0 1 2 2']],
    ['1: search session 5: a query without documents', ['5 0 Q q 0']],
    [
      '2: expected "session time Q query region document…" or "session time C document", ids without a comma (with one they are yandex-personalized), with tabs between; got "1\\t0\\tX\\t1"',
      ['1 0 Q q 0 1', '1 0 X 1'],
    ],
    ['2: expected "session', ['1 0 Q q 0 1', '1 0 C 1 2']],
    ['2: expected "session', ['1 0 Q q 0 1', '1 zero C 1']],
    ['2: expected "session', ['1 0 Q q 0 1', '2 0 Q q  1']],
    ['2: expected "session', ['1 0 Q q 0 1', '1']],
    ['1: expected "session', ['1 0 Q 0 q 3,44 59,7 60,7']],
    ['2: expected "session', ['1 0 Q q 0 1', '1 1 C 1,7']],
    ['3: search session 1: a click on document "1" at time 6, before its query at 7', ['1 0 Q q 0 1 2', '1 7 Q r 0 1', '1 6 C 1']],
    ['2: a carriage return within the line', ['1 0 Q q 0 1', '1 0 Q q\r0 0 1']],
  ])('refuses, with the line: %s', async (message, lines) => {
    const path = folder.put('faulty.tsv', tabs(...lines));
    await expect(readNamedClickLog(path)).rejects.toThrow(new RegExp(`^${escaped(`${path}:${message}`)}`));
    await expect(readNamedClickLog(path)).rejects.toThrow(DataError);
  });

  test('or leaves out and counts what breaks the form', async () => {
    const named = await read(tabs('0 1 C 1', '1 0 Q q 0 1 2', '1 1 C 9', '1 0 Q q 0 3 3', '1 2 C 3', '1 0 X', '1 0 Q q 0', '1 3 C 2'), {
      skipFaulty: true,
      format: 'yandex-relpred',
    });
    expect(rowsOf(named)).toEqual(['q 1 2* 1']);
    expect(named.docIds).toEqual(['1', '2']);
    expect(accountOf(named, 'sessions')).toMatchObject({
      read: 3,
      kept: 1,
      rejected: { 'with a document twice': 1, 'without documents': 1 },
    });
    expect(accountOf(named, 'clicks')?.rejected).toEqual({
      'before any query': 1,
      'on documents that were not shown': 1,
      'on sessions with a document twice': 1,
    });
    expect(accountOf(named, 'lines')?.rejected).toEqual({ 'that break the form': 1 });
  });

  testWithData('real clicks of 20 queries', async () => {
    const named = await readNamedClickLog(fileURLToPath(sharedData('click-logs/yandex-relpred/train.tsv')));
    checkClickLog(named.log, { queries: 20, documents: named.docIds.length });
    expect(sessionsOf(named.log)).toBe(35_064); // lines with Q, as ../shared/data/README.md counts
    expect(named.queryIds.length).toBe(20);
    expect(accountOf(named, 'clicks')?.read).toBe(49_904);
    expect(named.order?.counts.reduce((sum, count) => sum + count, 0)).toBe(35_064);
  });
});

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const personalized = tabs(
  '34573630 M 23 5',
  '34573630 0 Q 0 13400128 3,44 59,7 60,7 61,8',
  '34573630 5 C 0 60',
  '34573630 9 Q 1 13400128  60,7 59,7',
  '34573630 11 C 0 61', // back on the first page
  '34573630 12 C 1 60',
  '34573630 20 T 2 8 1 59,7',
  '34573630 21 C 2 59',
  '34573631 M 24 5',
  '34573631 0 Q 0 13400128 3,44 59,7 60,7 61,8',
);

describe('Yandex Personalized', () => {
  test('clicks are on the page that they name; test queries are left out', async () => {
    const named = await read(personalized);
    expect(rowsOf(named)).toEqual(['13400128 59 60* 61* 1', '13400128 60* 59 1', '13400128 59 60 61 1']);
    expect(named.queryIds).toEqual(['13400128']);
    expect(accountOf(named, 'sessions')).toMatchObject({ kept: 3, rejected: { 'of test queries, whose clicks were withheld': 1 } });
    expect(accountOf(named, 'clicks')).toMatchObject({
      kept: 3,
      rejected: { 'on sessions of test queries, whose clicks were withheld': 1 },
    });
  });

  test('a page that comes again is of its own user and page, and one whose clicks were withheld is left out', async () => {
    const page = 'q t 1,1 2,1';
    const lines = ['1 M 1 u', `1 0 Q 0 ${page}`, '2 M 1 v', `2 0 Q 0 ${page}`, `2 1 Q 1 ${page}`, '2 2 C 0 2', `2 3 T 2 ${page}`];
    const named = await read(tabs(...lines), { context: 'user' });
    expect(rowsOf(named)).toEqual(['q u 1 2 1', 'q v 1 2* 1', 'q v 1 2 1']);
    expect(accountOf(named, 'sessions')).toMatchObject({ kept: 3, rejected: { 'of test queries, whose clicks were withheld': 1 } });
  });

  test('a part of a file that begins without a line of its session is read where the form is named, and pages that came before are left out', async () => {
    const part = tabs('1 0 Q 0 q t 1,1', '1 0 Q 0 q t 1,1', '1 1 C 0 1', '2 0 Q 0 q t 1,1');
    const named = await read(part, { format: 'yandex-personalized', skipFaulty: true });
    expect(rowsOf(named)).toEqual(['q 1* 1', 'q 1 1']);
    expect(accountOf(named, 'sessions')).toMatchObject({ kept: 2, rejected: { 'of a page that came before': 1 } });
  });

  test.each([
    ['day', ['23', '24']],
    ['user', ['5']],
  ])('the %s as context', async (context, names) => {
    expect((await read(personalized, { context })).contexts?.names).toEqual(names);
  });

  test.each([
    [':3: search session 1: a click on document "1", which was not shown', ['1 M 1 1', '1 0 Q 0 q t 1,1', '1 1 C 4 1'], {}],
    [':2: search session 2: a query without a line of its day before it', ['1 M 1 1', '2 0 Q 0 q t 1,1'], { context: 'day' }],
    [':2: expected "session M day user"', ['1 M 1 1', '1 0 Q 0 q t ,5'], {}],
    [':2: expected "session M day user"', ['1 M 1 1', '1 0 Q  q t 1,1'], {}],
    [':2: search session 1: a query without documents', ['1 M 1 1', '1 0 Q 0 q t'], {}],
    [':2: expected "session M day user"', ['1 M 1 1', '1 0 Q 0 q t 1,1 2'], {}],
    [':2: expected "session M day user"', ['1 M 1 1', '1 0 Q 0 q t 1,'], {}],
    [':3: search session 1: page "0" is there twice', ['1 M 1 1', '1 0 Q 0 q t 1,1', '1 1 Q 0 q t 2,1'], {}],
    [':3: search session 1: page "0" is there twice', ['1 M 1 1', '1 0 Q 0 q t 1,1', '1 1 Q 0 q t 1,1'], {}],
    [':3: search session 1: page "0" is there twice', ['1 M 1 1', '1 0 Q 0 q t 1,1', '1 1 T 0 q t 2,1'], {}],
    [':3: search session 1: a click on document "1" at time 3, before its query at 4', ['1 M 1 1', '1 4 Q 0 q t 1,1', '1 3 C 0 1'], {}],
  ])('refuses: %s', async (message, lines, options) => {
    await expect(read(tabs(...lines), options)).rejects.toThrow(message);
  });
});

const csv = 'query,docs,clicks,count,device\nq,7 1,0 1,3,phone\nq,7 1,0 1,2,desk\nr,1,1,1,phone\nq,7 1,0 1,0.5,phone\n';
const rows = [
  { query: 'q', docs: ['7', '1'], clicks: [0, 1], count: 3, device: 'phone' },
  { query: 'q', docs: ['7', '1'], clicks: [0, 1], count: 2, device: 'desk' },
  { query: 'r', docs: ['1'], clicks: [1], count: 1, device: 'phone' },
  { query: 'q', docs: ['7', '1'], clicks: [0, 1], count: 0.5, device: 'phone' },
];
const withDevices = ['q phone 7 1* 3.5', 'q desk 7 1* 2', 'r phone 1* 1'];
const json = (of: readonly object[]) => `${of.map((row) => JSON.stringify(row)).join('\n')}\n`;
const without = rows.map(({ device: _, ...row }) => row);

describe('the package’s own columns', () => {
  test('CSV', async () => {
    expect(rowsOf(await read(csv, { context: 'device' }, '.csv'))).toEqual(withDevices);
    expect(rowsOf(await read('query,docs,clicks\nq,7 1,0 1\nq,7 1,0 1\n', {}, '.csv'))).toEqual(['q 7 1* 2']);
    expect(rowsOf(await read(csv, { context: 'device', format: 'csv' }, '.anything'))).toEqual(withDevices);
  });

  test('JSON Lines', async () => {
    const named = await read(json(rows), { context: 'device' }, '.jsonl');
    expect(rowsOf(named)).toEqual(withDevices);
    expect([...(named.order?.counts ?? [])]).toEqual([3, 2, 1, 0.5]);
    expect(rowsOf(await read(gzipSync(json(without)), {}, '.jsonl.gz'))).toEqual(['q 7 1* 5.5', 'r 1* 1']);
  });

  test('Parquet', async () => {
    const path = folder.in('own.parquet');
    const columns = [
      { name: 'device', type: 'text' },
      { name: 'query', type: 'text' },
      { name: 'docs', type: 'texts' },
      { name: 'clicks', type: 'bytes' },
      { name: 'count', type: 'number' },
    ] as const;
    await writeParquet(
      path,
      columns,
      rows.map(({ query, docs, clicks, count, device }) => [device, query, docs, Uint8Array.from(clicks), count]),
    );
    expect(rowsOf(await readNamedClickLog(path, { context: 'device' }))).toEqual(withDevices);
    await expect(readNamedClickLog(path)).rejects.toThrow('column "device" is unknown');
  });

  test.each(['.csv', '.jsonl', '.parquet'] as const)('%s: policies by name, which tell equal lists apart', async (ending) => {
    const path = folder.in(`policies${ending}`);
    const log = await read('query,docs,clicks,policy\nq,7 1,0 1,7\nq,7 1,0 1,0\nq,7 1,1 0,7\n', {}, '.csv');
    expect(log.log).toMatchObject({ queries: Uint32Array.of(0, 0), policies: Uint32Array.of(7, 0), list: Uint32Array.of(0, 1, 0) });
    await writeClickLog(path, log.log, log);
    expect((await readNamedClickLog(path)).log).toEqual(log.log);
    const context = folder.in(`both${ending}`);
    const ofList = ['phone', 'phone'];
    await writeClickLog(context, log.log, { ...log, context: { column: 'device', ofList } });
    const { log: both, contexts } = await readNamedClickLog(context, { context: 'device' });
    expect(both).toEqual(log.log);
    expect(contexts).toEqual({ names: ['phone'], ofList: Uint32Array.of(0, 0) });
  });

  test('policies of logs that are used together have the same numbers', async () => {
    const names = new ListNames();
    const policies = async (...of: string[]) => [
      ...((await read(`query,docs,clicks,policy\n${of.map((name) => `q,7,1,${name}`).join('\n')}\n`, { names }, '.csv')).log.policies ??
        []),
    ];
    expect([await policies('new', 'old'), await policies('old')]).toEqual([[0, 1], [1]]);
  });

  test.each([
    [':2: document "7" is twice in the list', '.csv', 'query,docs,clicks\nq,7 7,0 1\n', {}],
    [':2: a list without documents', '.csv', 'query,docs,clicks\nq,,\n', {}],
    [':2: 1 clicks for 2 documents', '.csv', 'query,docs,clicks\nq,7 1,0\n', {}],
    [':2: the id of the query is empty', '.csv', 'query,docs,clicks\n,7,0\n', {}],
    ['column "device" is unknown', '.csv', csv, {}],
    ['no context "devise"; did you mean "device"? there are', '.csv', csv, { context: 'devise' }],
    [':1: unknown key "device"', '.jsonl', json(rows), {}],
    [':1: no key "device"; there are "query", "docs", "clicks", "count"', '.jsonl', json(without), { context: 'device' }],
    [
      /known: query, docs, clicks, count, policy; a column .* is read where it is named \(log.context, --context\)$/,
      '.jsonl',
      json(rows),
      {},
    ],
    [/known: query, docs, clicks, count, policy; a column .* is read where it is named \(log.context, --context\)$/, '.csv', csv, {}],
    [':1: a list without documents', '.jsonl', json([{ query: 'q', docs: [], clicks: [] }]), {}],
    ['no session in it', '.csv', 'query,docs,clicks\n', {}],
    [':2: "policy" must be on every line', '.jsonl', '{"query":"q","docs":["7"],"clicks":[0],"policy":"1"}\n'.concat(json(without)), {}],
    [':3: policy "new" beside "1"', '.csv', 'query,docs,clicks,policy\nq,7,1,1\nq,7,1,new\n', {}],
  ] as const)('refuses: %s (%s)', async (message, ending, content, options) => {
    await expect(read(content, options, ending)).rejects.toThrow(message);
  });

  test('or leaves out rows that break the form', async () => {
    const named = await read('query,docs,clicks\nq,7 7,0 1\nq,7,1\n', { skipFaulty: true }, '.csv');
    expect(rowsOf(named)).toEqual(['q 7* 1']);
    expect(accountOf(named, 'rows')).toMatchObject({ read: 2, kept: 1, rejected: { 'that break the form': 1 } });
  });

  test.each([
    ['.jsonl', '{"query":"q","docs":["7"],"clicks":[1]}\nno JSON\n{"query":"q"}\n'],
    ['.csv', 'query,docs,clicks\nq,7,1\nq,7\nq,7,yes\n'],
  ])('and lines that are no record: %s', async (ending, content) => {
    const named = await read(content, { skipFaulty: true }, ending);
    expect(rowsOf(named)).toEqual(['q 7* 1']);
    expect(accountOf(named, 'rows')).toMatchObject({ read: 3, kept: 1, rejected: { 'that break the form': 2 } });
    await expect(read(content, {}, ending)).rejects.toThrow(/:2: not JSON|:3: expected 3 cells, got 2/);
  });

  test('SVMlight with positions', async () => {
    folder.put('svm.txt.position', '2\n1\n1\n');
    const path = folder.put('svm.txt', '1 qid:a 1:2 # docid = x\n0 qid:a 1:3 # docid = y\n1 qid:b 1:1 # docid = x\n');
    expect(rowsOf(await readNamedClickLog(path))).toEqual(['a y x* 1', 'b x* 1']);
  });
});

test('TianGong-ST: each interaction is a session; those that show nothing, or a document twice, stop it with their line, or are left out', async () => {
  const skipping = { skipFaulty: true };
  expect(rowsOf(await read(tiangongSt, skipping, '.xml'))).toEqual(['q5 d8 d9* 1', 'q6 d9 1', 'q5 d8 1']);
  const page = (results: string) => `<interaction num="1"><query_id>q9</query_id><results>${results}</results></interaction>`;
  const twice = '<result rank="1"><docid>d</docid></result><result rank="2"><docid>d</docid></result>';
  const faulty = (...pages: string[]) => tiangongSt.replace('</root>', `<session num="3">${pages.join('')}</session></root>`);
  const named = await read(faulty(page(''), page(twice)), skipping, '.xml');
  expect(rowsOf(named).length).toBe(3);
  expect(named.queryIds).toEqual(['q5', 'q6']);
  expect(accountOf(named, 'sessions')).toMatchObject({
    read: 5,
    kept: 3,
    rejected: { 'without documents': 1, 'with a document twice': 1 },
  });
  const one = (results: string, clicks = '') =>
    `<root>\n<session num="3">\n<interaction num="1"><query_id>q9</query_id><results>${results}</results><clicked>${clicks}</clicked></interaction></session></root>`;
  const result = (rank: number, id: string) => `<result rank="${rank}"><docid>${id}</docid></result>`;
  const click = (rank: number, id = '') => `<click>${id && `<docid>${id}</docid>`}<rank>${rank}</rank></click>`;
  for (const [log, message] of [
    [one(''), ':3: search session 3: an interaction without results'],
    [
      one(result(2, 'b') + result(1, 'a')),
      ':3: search session 3: result 2 of an interaction has rank 1; results have the ranks 1, 2, 3 … in their order',
    ],
    [one(result(1, 'a') + result(3, 'c')), ':3: search session 3: result 2 of an interaction has rank 3; results have'],
    [one(twice), ':3: search session 3: an interaction shows document "d" twice'],
    [one(result(1, 'd') + result(2, 'e'), click(3)), ':3: search session 3: a click on rank 3, where no result was shown'],
    [one(result(1, 'd'), click(1, 'e')), 'a click on rank 1 names "e", but that rank lists "d"'],
  ])
    await expect(read(log, {}, '.xml')).rejects.toThrow(message);
  expect(rowsOf(await read(one(result(1, 'd') + result(3, 'e'), click(2) + click(3, 'e')), skipping, '.xml'))).toEqual(['q9 d e* 1']);
});

describe('what is asked for wrongly', () => {
  test.each([
    [{ format: 'yandex' }, 'unknown click log format "yandex"'],
    [{ format: 'tiangong-st', context: 'region' }, 'a tiangong-st log has no contexts'],
    [{ context: 'regoin' }, 'unknown context of a yandex-relpred log "regoin"; did you mean "region"?'],
    [{ format: 'csv', context: 'docs' }, 'context "docs" is a column of every click log'],
  ])('%j', async (options, message) => {
    await expect(read(relpred, options)).rejects.toThrow(message);
    await expect(read(relpred, options)).rejects.toThrow(UsageError);
  });

  test.each([
    ['', 'empty; expected a click log'],
    ['what is this\n', 'no known form of click log'],
  ])('a file of %j', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  test('a file of another form than the one named, or none', async () => {
    await expect(read(personalized, { format: 'yandex-relpred' })).rejects.toThrow(':1: expected "session time Q query region');
    await expect(read(relpred, { format: 'yandex-personalized' })).rejects.toThrow(':1: expected "session M day user"');
    await expect(read('', { format: 'yandex-relpred' })).rejects.toThrow('no session in it');
    await expect(read(tabs('1 M 2 3'), {})).rejects.toThrow('no session in it');
    await expect(readNamedClickLog(folder.in('none.tsv'))).rejects.toThrow(UsageError);
    await expect(read(Buffer.from('1\t0\tQ\tq\t0\t\xe9\n', 'latin1'))).rejects.toThrow(':1:11: not UTF-8');
  });
});
