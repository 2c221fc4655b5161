import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sqlText } from '../../../../src/data/duckdb.ts';
import { countLog } from '../../../../src/data/log-store/count-log.ts';
import { columnsFor, type NamedColumns } from '../../../../src/data/log-store/log-columns.ts';
import { openSource } from '../../../../src/data/log-store/log-source.ts';
import { mergeStores } from '../../../../src/data/log-store/merge-stores.ts';
import { readStoreInfo } from '../../../../src/data/log-store/store-info.ts';
import { DataError } from '../../../../src/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  countsOf,
  impressionsOf,
  jsonLines,
  parquetOf,
  type ShownSession,
  separated,
  someSessions,
  sql,
  storedCounts,
} from './example-logs.ts';

const folder = temporaryFolder();
let stores = 0;
const newStore = () => {
  const store = folder.in(`store-${stores++}`);
  mkdirSync(store);
  return store;
};
const room = { memory: '200MB', threads: 2 };

async function count(path: string, named: NamedColumns, onError: 'stop' | 'skip' = 'stop') {
  const store = newStore();
  const source = await openSource(path);
  const info = await countLog(source, columnsFor(source, named), store, { room, onError });
  return { store, info };
}

const contexts = { contexts: ['device'], time: 'ts', every: 'day' } as const;
const written: Readonly<Record<string, (sessions: readonly ShownSession[], name: string) => Promise<string>>> = {
  'csv, ranks from 0': async (sessions, name) => folder.put(`${name}.csv`, separated(impressionsOf(sessions, 0))),
  'tsv.gz': async (sessions, name) => folder.put(`${name}.tsv.gz`, gzipSync(separated(impressionsOf(sessions), '\t'))),
  'gzip by its bytes, named csv': async (sessions, name) => folder.put(`${name}.csv`, gzipSync(separated(impressionsOf(sessions)))),
  'named gz, not packed': async (sessions, name) => folder.put(`${name}.jsonl.gz`, jsonLines(impressionsOf(sessions))),
  'csv with semicolons and \\r\\n': async (sessions, name) =>
    folder.put(`${name}.csv`, separated(impressionsOf(sessions), ';').replaceAll('\n', '\r\n')),
  jsonl: async (sessions, name) => folder.put(`${name}.jsonl`, jsonLines(impressionsOf(sessions))),
  'jsonl with a byte order mark and \\r\\n': async (sessions, name) =>
    folder.put(`${name}.jsonl`, `\uFEFF\n${jsonLines(impressionsOf(sessions)).replaceAll('\n', '\r\n')}`),
  parquet: async (sessions, name) => {
    await parquetOf(folder.put(`${name}.jsonl`, jsonLines(impressionsOf(sessions))), folder.in(`${name}.parquet`));
    return folder.in(`${name}.parquet`);
  },
};

test.each(Object.entries(written))(
  '%s: sessions in any order of rows are counted as they are',
  async (form, write) => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(someSessions, async (sessions) => {
        const path = await write(sessions, `${form.replaceAll(/\W/g, '')}-${n++}`);
        const { store, info } = await count(path, contexts);
        expect(await storedCounts(store, ['device', 'policy', 'dayofmonth("time")'])).toEqual(
          countsOf(sessions, ['device', 'policy', 'day']),
        );
        const shown = sessions.reduce((sum, { docs }) => sum + docs.length, 0);
        expect(info).toMatchObject({
          sessions: sessions.length,
          impressions: shown,
          columns: { contexts: ['device'], policy: true, time: true },
        });
        expect(info.accounting).toEqual([
          { file: path, unit: 'impressions', read: shown, kept: shown, merged: 0, rejected: {} },
          { file: path, unit: 'sessions', read: sessions.length, kept: sessions.length, merged: 0, rejected: {} },
        ]);
        expect(readdirSync(store).sort()).toEqual(['lists', 'log.json', 'rows']);
      }),
      { numRuns: 3 },
    );
  },
  60_000,
);

test('the counts are those of the one SQL statement of the docs over the raw file', async () => {
  const [sessions] = fc.sample(someSessions, { numRuns: 1, seed: 7 });
  const path = folder.put('raw.csv', separated(impressionsOf(sessions)));
  const { store } = await count(path, { contexts: [] });
  const [statement] = /^SELECT query, docs, device[^`]*/m.exec(readFileSync('docs/log-store.md', 'utf8')) ?? [''];
  const rows = await sql(`WITH impressions AS (
      SELECT sid AS session, qid AS query, '' AS device, doc, pos AS rank, clicked AS click
      FROM read_csv(${sqlText(path)}, types = {doc: 'VARCHAR', qid: 'VARCHAR'}))
    SELECT to_json([to_json(query), to_json(docs), to_json(clicks)]) AS key, "count" FROM (${statement})`);
  const merged: Record<string, number> = {}; // policies are not in the statement
  for (const { key, count } of rows) merged[JSON.stringify(JSON.parse(String(key)))] = Number(count);
  const stored = await sql(`SELECT to_json([to_json(query), to_json(docs), to_json(clicks)]) AS key, sum("count") AS "count"
    FROM read_parquet(${sqlText(`${store}/rows/*/*.parquet`)}) JOIN read_parquet(${sqlText(`${store}/lists/*/*.parquet`)}) USING (list) GROUP BY query, docs, clicks`);
  expect(Object.fromEntries(stored.map(({ key, count }) => [JSON.stringify(JSON.parse(String(key))), Number(count)]))).toEqual(merged);
});

test('rows of whole lists: CSV, JSON Lines and Parquet of one log are one store, byte for byte', async () => {
  const lines = '{"query":"q","docs":["a","b"],"clicks":[0,1],"count":3}\n{"query":"q","docs":["b","a"],"clicks":[1,0]}\n';
  const json = folder.put(
    'lists.jsonl',
    `${lines}{"query":"q","docs":["a","b"],"clicks":[0,1],"count":4}\n`.replace('[1,0]}', '[1,0],"count":1}'),
  );
  const csv = folder.put('lists.csv', 'query,docs,clicks,count\nq,b a,1 0,1\nq,a  b,0 1,7\n');
  await sql(`COPY (SELECT * FROM read_json(${sqlText(json)})) TO ${sqlText(folder.in('lists.parquet'))} (FORMAT parquet)`);
  const bytes = async (path: string) => {
    const { store } = await count(path, {});
    return ['lists/part=0/lists-0.parquet', 'rows/part=0/rows-0.parquet'].map((file) =>
      readFileSync(`${store}/${file}`).toString('base64'),
    );
  };
  const expected = await bytes(json);
  expect(await bytes(csv)).toEqual(expected);
  expect(await bytes(folder.in('lists.parquet'))).toEqual(expected);
  const { store, info } = await count(csv, {});
  expect(await storedCounts(store)).toEqual({ '["q",["a","b"],[0,1]]': 7, '["q",["b","a"],[1,0]]': 1 });
  expect(info).toMatchObject({ lists: 2, rows: 2, sessions: 8, impressions: 16, longestList: 2 });
  expect(await readStoreInfo(store)).toEqual(info);
});

test('CSV that zstd packed is read; of what breaks the form there the line is not known', async () => {
  const rows = "SELECT 's' || i AS sid, 'q' AS qid, 'a' AS doc, 1 AS pos, i % 2 AS clicked FROM range(4) t(i)";
  const put = (name: string, select: string) =>
    sql(`COPY (${select}) TO ${sqlText(folder.in(name))} (FORMAT csv, COMPRESSION zstd, DELIMITER '\t')`);
  await put('packed.csv.zst', rows);
  expect(await storedCounts((await count(folder.in('packed.csv.zst'), {})).store)).toEqual({ '["q",["a"],[0]]': 2, '["q",["a"],[1]]': 2 });
  await put('broken.csv.zst', rows.replace('i % 2', 'i'));
  await expect(count(folder.in('broken.csv.zst'), {})).rejects.toThrow(/broken\.csv\.zst: the click is neither 0 nor 1/);
});

test('what zstd packed is read with its byte order mark and line ends within quotes, too', async () => {
  const put = (name: string, lines: string, newLine = '') =>
    sql(
      `COPY (SELECT unnest(${lines}) AS line) TO ${sqlText(folder.in(name))} (FORMAT csv, COMPRESSION zstd, HEADER false, QUOTE '', DELIMITER '\x01'${newLine})`,
    );
  await put('marked.jsonl.zst', `[chr(65279) || '{"query":"q","docs":["a"],"clicks":[1]}', '{"query":"q","docs":["b"],"clicks":[0]}']`);
  expect(await storedCounts((await count(folder.in('marked.jsonl.zst'), {})).store)).toEqual({
    '["q",["a"],[1]]': 1,
    '["q",["b"],[0]]': 1,
  });
  await put('quoted.csv.zst', `[chr(65279) || '"query","docs","clicks"' || chr(13), '"q' || chr(10) || 'r","a","1"' || chr(13)]`);
  expect(await storedCounts((await count(folder.in('quoted.csv.zst'), {})).store)).toEqual({ '["q\\nr",["a"],[1]]': 1 });
});

test('a line of JSON behind a byte order mark that breaks the form is told with its number', async () => {
  const good = '{"query":"q","docs":["a"],"clicks":[1]}';
  const path = folder.put('marked.jsonl', `\uFEFF${good}\n\n${good}\nno JSON\n${good.replace('[1]', '[2]')}\n`);
  await expect(count(path, {})).rejects.toThrow(/marked\.jsonl:4: a line that is no JSON.*; 1 more fault/);
  const { store, info } = await count(path, {}, 'skip');
  expect(info.accounting[0]).toMatchObject({ read: 4, kept: 2 });
  expect(readFileSync(`${store}/rejects.csv`, 'utf8')).toMatch(/:?,4,"?a line that is no JSON.*\n.*,5,a click is neither 0 nor 1/);
});

test.each([
  ['\n', '\r\n', /:4: the line ends in "\\r\\n", and those before it in "\\n"; .*sed "s/],
  ['\r\n', '\n', /:4: the line ends in "\\n", and those before it in "\\r\\n"; .*sed "s/],
  ['\n', '\r', /:4: the line ends in "\\r", and those before it in "\\n"; .*tr "/],
])('lines that end in %j, then in %j, are told with the first', async (one, other, message) => {
  const path = folder.put('ends.csv', `query,docs,clicks${one}"q\nr",a,1${one}q,a,1${other}q,b,1${other}`);
  await expect(count(path, {})).rejects.toThrow(message);
});

test.each([
  ['a time of a zone', '2024-05-02T01:30:00+02:00', '2024-05-01'],
  ['seconds', String(Date.UTC(2024, 4, 2, 1) / 1000), '2024-05-02'],
  ['milliseconds', String(Date.UTC(2024, 4, 2, 1)), '2024-05-02'],
  ['a day', '2024-05-02', '2024-05-02'],
])('times: %s', async (name, time, day) => {
  const path = folder.put(`time-${name.replaceAll(' ', '-')}.csv`, `sid,qid,doc,pos,clicked,ts\ns,q,a,1,0,${time}\n`);
  const { store } = await count(path, { time: 'ts' });
  expect(await sql(`SELECT CAST("time" AS VARCHAR) AS day FROM read_parquet(${sqlText(`${store}/rows/*/*.parquet`)})`)).toEqual([
    { day: `${day} 00:00:00` },
  ]);
  const broken = folder.put(`time-${name.replaceAll(' ', '-')}-broken.csv`, 'sid,qid,doc,pos,clicked,ts\ns,q,a,1,0,noon\n');
  await expect(count(broken, { time: 'ts' })).rejects.toThrow(/broken\.csv:2: the time is neither/);
});

test('the statement of the docs gives click-through by rank of a store', async () => {
  const [statement] = /SELECT rank,[^;]*;/.exec(readFileSync('docs/log-store.md', 'utf8')) ?? [''];
  const path = folder.put('rates.csv', 'query,docs,clicks,count\nq,a b,1 0,3\nq,b a,0 0,1\nq,c,1,4\n');
  const { store } = await count(path, {});
  expect(await sql(statement.replaceAll('LOG/', `${store}/`))).toEqual([
    { rank: '1', ctr: 7 / 8 },
    { rank: '2', ctr: 0 },
  ]);
});

test('lists longer than a mask of clicks', async () => {
  const shown = (n: number) =>
    Array.from({ length: n }, (_, k) => ({ sid: `of ${n}`, qid: 'q', doc: `d${k}`, pos: k + 1, clicked: Number(k % 62 === 0) }));
  const { store } = await count(folder.put('long.csv', separated([...shown(64), ...shown(130)])), {});
  const clicks = (n: number) => Array.from({ length: n }, (_, k) => Number(k % 62 === 0));
  const docs = (n: number) => Array.from({ length: n }, (_, k) => `d${k}`);
  expect(await storedCounts(store)).toEqual(Object.fromEntries([64, 130].map((n) => [JSON.stringify(['q', docs(n), clicks(n)]), 1])));
});

const good = ['s1,q,a,1,0', 's1,q,b,2,1', 's2,q,a,1,1'];
const faults: readonly (readonly [string, readonly string[], number, RegExp, number])[] = [
  ['an empty session', [',q,a,1,0'], 5, /the session is empty/, 1],
  ['an empty query', ['s3,,a,1,0'], 5, /the query is empty/, 1],
  ['an empty document', ['s3,q, ,1,0'], 5, /the document is empty/, 1],
  ['a rank in words', ['s3,q,a,first,0'], 5, /the rank is no whole number.*; got "first"$/, 1],
  ['half a rank', ['s3,q,a,1.5,0'], 5, /the rank is no whole number.*; got "1.5"$/, 1],
  ['a negative rank', ['s3,q,a,-1,0'], 5, /the rank is no whole number.*; got "-1"$/, 1],
  ['two clicks', ['s3,q,a,1,2'], 5, /the click is neither 0 nor 1; got "2"$/, 1],
  ['a cell too few', ['s3,q,a,1'], 5, /a line that is no row: missing columns/, 1],
  ['a cell too many', ['s3,q,a,1,0,1'], 5, /a line that is no row: too many columns/, 1],
  ['a missing rank', ['s3,q,a,1,0', 's3,q,b,3,0'], 6, /the ranks of the session are not 1, 2, 3.*; got rank 3 of ranks 1, 3$/, 2],
  ['no first rank', ['s3,q,b,3,0', 's3,q,a,2,0'], 6, /the ranks of the session are not 1, 2, 3.*; got rank 2 of ranks 3, 2$/, 2],
  ['a rank twice', ['s3,q,a,1,0', 's3,q,b,1,0', 's3,q,c,3,0'], 6, /a rank is twice in the session; got rank 1 of ranks 1, 1, 3$/, 3],
  ['a document twice', ['s3,q,a,1,0', 's3,q,a,2,0'], 6, /a document is twice in the session; got "a"$/, 2],
  ['two queries in one session', ['s3,q,a,1,0', 's3,r,b,2,0'], 5, /rows of one session are of several queries.*--session sid,…/, 2],
];

test.each(faults)('%s is told with its line, or left out and counted', async (name, rows, line, message, rejected) => {
  const file = name.replaceAll(/\W/g, '');
  const path = folder.put(`${file}.csv`, `sid,qid,doc,pos,clicked\n${[...good, ...rows].join('\n')}\n`);
  const fault = await count(path, {}).catch((error: unknown) => error as DataError);
  expect(fault).toBeInstanceOf(DataError);
  expect((fault as DataError).message).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')}:${line}: `));
  expect((fault as DataError).message).toMatch(message);
  const { store, info } = await count(path, {}, 'skip');
  expect(await storedCounts(store)).toEqual({ '["q",["a","b"],[0,1]]': 1, '["q",["a"],[1]]': 1 });
  const [impressions] = info.accounting;
  expect(impressions).toMatchObject({ read: 3 + rejected, kept: 3 });
  const told = readFileSync(`${store}/rejects.csv`, 'utf8').trimEnd().split('\n');
  expect(told).toHaveLength(1 + rejected);
  expect(told[0]).toBe('file,line,reason');
  expect(told.slice(1).map((row) => Number(row.slice(path.length + 1).split(',')[0]))).toEqual(rows.map((_, i) => 5 + i));
});

test('lines are those of the file where cells hold line ends, and blank lines stand between', async () => {
  const path = folder.put('lines.csv', 'sid,qid,doc,pos,clicked,note\ns1,q,a,1,0,"two\nlines"\n\ns1,q,b,2,7,\n');
  await expect(count(path, {})).rejects.toThrow(/lines\.csv:5: the click is neither 0 nor 1/);
});

test('every row that is left out is told with the line where it starts, whatever stands within quotes before it', async () => {
  const kinds: Readonly<Record<string, readonly [row: string, isFaulty: boolean]>> = {
    plain: ['SID,q,a,1,0,x', false],
    'line ends in a cell': ['SID,q,a,1,1,"twoEND""lines"",ENDof, three"', false],
    'a quote within a cell': ['SID,q,a"b,1,1,x"', false],
    blank: ['', false],
    'a click of 7': ['SID,q,a,1,7,"twoENDlines"', true],
    'a cell too few': ['SID,q,a,1,0', true],
    'a cell too many': ['SID,q,a,1,0,x,y', true],
    'letters behind a quote': ['SID,q,"a"b,1,0,x', true],
    'a quote that ends three lines on': ['SID,q,"a,1,0,xENDs,q,a,1,0,xENDs,q,"a,1,0,x', true],
  };
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(kinds)), { minLength: 1, maxLength: 25 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\uFEFF'),
      fc.boolean(),
      async (names, end, mark, isPacked) => {
        const faulty: number[] = [];
        let [text, line] = [`${mark}sid,qid,doc,pos,clicked,note${end}first,q,a,1,0,${end}`, 3];
        for (const name of names) {
          const row = kinds[name][0].replace('SID', `s${line}`).replaceAll('END', end);
          if (kinds[name][1]) faulty.push(line);
          text += row + end;
          line += row.split(end).length;
        }
        const path = folder.put(`starts-${n++}.csv${isPacked ? '.gz' : ''}`, isPacked ? gzipSync(text) : text);
        const { store, info } = await count(path, {}, 'skip');
        const rows = names.filter((name) => name !== 'blank').length + 1;
        expect(info.accounting[0]).toMatchObject({ unit: 'impressions', read: rows, kept: rows - faulty.length });
        if (faulty.length === 0) return;
        const told = readFileSync(`${store}/rejects.csv`, 'utf8').trimEnd().split('\n').slice(1);
        expect(told.map((row) => Number(row.slice(path.length + 1).split(',')[0])).sort((a, b) => a - b)).toEqual(faulty);
        await expect(count(path, {})).rejects.toThrow(`${path}:${faulty[0]}: `);
      },
    ),
    { numRuns: 12 },
  );
}, 30_000);

test.each([
  ['s1,q,b,2,7', /neither 0 nor 1; got "7"$/], // and not its session too
  ['s1,q,b,2,7\ns2,q,b,2,7', /neither 0 nor 1; got "7"; 1 more fault; --on-error skip/],
  ['s1,q,b,2,7\ns2,q,b,2,7\ns2,q,b,1,0', /neither 0 nor 1; got "7"; 1 more fault; --on-error skip/],
  ['s1,q,b,2,7\ns2,q,b,2,7\ns3,q,a,1,0\ns3,q,b,1,0', /neither 0 nor 1; got "7"; 2 more faults; --on-error skip/],
])('faults are counted once each: %j', async (rows, message) => {
  const path = folder.put(`faults-${rows.length}.csv`, `sid,qid,doc,pos,clicked\ns1,q,a,1,0\n${rows}\n`);
  await expect(count(path, {})).rejects.toThrow(message);
});

test('a line that is no row is told before its session, which only lacks it', async () => {
  const path = folder.put('short.csv', 'sid,qid,doc,pos,clicked\ns1,q,a,1,0\ns1,q,b\ns1,q,c,3,1\n');
  await expect(count(path, {})).rejects.toThrow(/short\.csv:3: a line that is no row: missing columns/);
});

test('whole lists of JSON Lines: a line that is no JSON is called so', async () => {
  const path = folder.put('lists-cut.jsonl', '{"query": "q", "docs": ["a"], "clicks": [0]}\n{"query": "q", "docs": ["a"\n');
  await expect(count(path, {})).rejects.toThrow(
    /cut\.jsonl:2: a line that is no JSON, or an object without these columns or with a key twice$/,
  );
});

test.each([
  ['not JSON', '{"sid": "s2", ', 'a line that is no JSON'],
  ['no object', '[1, 2]', 'a line that is no JSON, or an object without these columns or with a key twice'],
  [
    'a key twice',
    '{"sid": "s2", "qid": "q", "doc": "a", "pos": 1, "clicked": 0, "clicked": 1}',
    'a line that is no JSON, or an object without these columns or with a key twice',
  ],
  [
    'a key twice, one escaped',
    '{"sid": "s2", "qid": "q", "doc": "a", "pos": 1, "clicked": 0, "cli\\u0063ked": 1}',
    'a line that is no JSON, or an object without these columns or with a key twice',
  ],
  ['no click', '{"sid": "s2", "qid": "q", "doc": "a", "pos": 1}', 'the click is neither 0 nor 1'],
])('JSON Lines: %s is told with its line', async (name, line, message) => {
  const first = '{"sid": "s1", "qid": "q", "doc": "a", "pos": 1, "clicked": false}\n';
  const path = folder.put(`json-${name.replaceAll(' ', '-')}.jsonl`, `${first}${line}\n${first.replace('s1', 's3')}`);
  await expect(count(path, {})).rejects.toThrow(`.jsonl:2: ${message}`);
  const { info } = await count(path, {}, 'skip');
  expect(info).toMatchObject({ sessions: 2 });
});

test('Parquet: a row that breaks a rule is named by its number, a column of another type by its name', async () => {
  const at = (name: string) => folder.in(`${name}.parquet`);
  const put = (name: string, select: string) => sql(`COPY (${select}) TO ${sqlText(at(name))} (FORMAT parquet)`);
  await put('rule', "SELECT i AS sid, 'q' AS qid, 'a' AS doc, 1 AS pos, CASE WHEN i = 4 THEN 2 ELSE 0 END AS clicked FROM range(9) t(i)");
  await expect(count(at('rule'), {})).rejects.toThrow(/rule\.parquet:5: the click is neither 0 nor 1/);
  await put('type', "SELECT i AS sid, 'q' AS qid, 1.5 AS doc, 1 AS pos, 0 AS clicked FROM range(9) t(i)");
  await expect(count(at('type'), {})).rejects.toThrow(/type\.parquet: column "doc" holds DECIMAL\(2,1\); expected ids/);
});

test('Arrow: rows are counted as those of other forms; one that breaks a rule is named by its number', async () => {
  const path = fileURLToPath(new URL('../arrow/files/lz4.feather', import.meta.url)); // make-files.py says what it holds
  await expect(count(path, {})).rejects.toThrow(/lz4\.feather:4: the session is empty/);
  const { store, info } = await count(path, {}, 'skip');
  expect(await storedCounts(store)).toEqual({ '["q",["7","8"],[0,1]]': 1, '["ä",["9"],[1]]': 1 });
  expect(info.accounting[0]).toMatchObject({ read: 4, kept: 3, rejected: { 'the session is empty': 1 } });
  expect(readFileSync(`${store}/rejects.csv`, 'utf8')).toBe(`file,line,reason\n${path},4,the session is empty\n`);
  await expect(count(path, { contexts: ['struct'] })).rejects.toThrow(/column "struct" holds STRUCT; expected ids/);
});

test('folders of partitions are columns: in files of every form, with what cannot stand in a name, and with lines told as ever', async () => {
  const rows = [
    { sid: 's1', qid: 'q', doc: 'a', pos: 1, clicked: 0 },
    { sid: 's1', qid: 'q', doc: 'b', pos: 2, clicked: 1 },
  ];
  mkdirSync(folder.in('device=desk%20top/policy=new'), { recursive: true });
  const at = (name: string) => `device=desk%20top/policy=new/${name}`;
  const paths = [folder.put(at('a.csv'), separated(rows)), folder.put(at('a.jsonl'), jsonLines(rows))];
  const columns = "{sid: 'VARCHAR', qid: 'VARCHAR', doc: 'VARCHAR', pos: 'INTEGER', clicked: 'UTINYINT'}";
  paths.push(folder.in(at('a.parquet')));
  await sql(`COPY (SELECT * FROM read_json(${sqlText(paths[1])}, columns = ${columns})) TO ${sqlText(paths[2])} (FORMAT parquet)`);
  for (const path of paths) {
    const { store, info } = await count(path, { contexts: ['device'] });
    expect(info.columns).toMatchObject({ contexts: ['device'], policy: true });
    expect(await storedCounts(store, ['device', 'policy'])).toEqual({ '["q",["a","b"],[0,1],"desk top","new"]': 1 });
  }
  const own = folder.put(at('own.csv'), separated(rows.map((row) => ({ ...row, device: 'phone' }))));
  expect(await storedCounts((await count(own, { contexts: ['device'] })).store, ['device'])).toEqual({
    '["q",["a","b"],[0,1],"phone"]': 1,
  });
  const faulty = folder.put(at('faulty.csv'), `${separated(rows)}s2,q\ns2,q,a,1,2\n`);
  await expect(count(faulty, {}, 'skip')).resolves.toMatchObject({ info: { sessions: 1 } });
  await expect(count(folder.put(at('click.csv'), `${separated(rows)}\ns2,q,a,1,2\n`), {})).rejects.toThrow(/click\.csv:5: the click/);
  mkdirSync(folder.in('device=__HIVE_DEFAULT_PARTITION__'));
  const empty = folder.put('device=__HIVE_DEFAULT_PARTITION__/a.csv', separated(rows));
  await expect(count(empty, { contexts: ['device'] })).rejects.toThrow(/a\.csv:2: the device is empty/);
});

describe('users, and propensities of several policies', () => {
  const more = { user: 'who', propensity: 'p', policy: 'policy' };
  const session = (sid: string, who: string, policy: string, ps: readonly (number | string)[]) =>
    ps.map((p, k) => ({ sid, qid: 'q', doc: 'ab'[k], pos: k + 1, clicked: k, who, policy, p }));
  const sessions = [
    ...session('s1', 'u', 'new', [0.5, 0.25]),
    ...session('s2', 'u', 'new', [0.5, 0.25]),
    ...session('s3', 'v', 'new', [0.5, 0.25]),
    ...session('s4', 'u', 'new', [0.5, 0.2]),
    ...session('s5', 'u', 'old', [1, 1]),
  ];
  const expected = {
    '["q",["a","b"],[0,1],"u","new",[0.5,0.25]]': 2,
    '["q",["a","b"],[0,1],"v","new",[0.5,0.25]]': 1,
    '["q",["a","b"],[0,1],"u","new",[0.5,0.2]]': 1,
    '["q",["a","b"],[0,1],"u","old",[1,1]]': 1,
  };
  const stored = (store: string) => storedCounts(store, ['"user"', 'policy', 'propensities']);

  test('rows of one document each', async () => {
    const { store, info } = await count(folder.put('policies.csv', separated([...sessions].reverse())), more);
    expect(await stored(store)).toEqual(expected);
    expect(info).toMatchObject({ lists: 3, rows: 4, columns: { policy: true, user: true, propensity: true } });
    const halves = [sessions.slice(0, 4), sessions.slice(4)].map((rows, i) => folder.put(`half-${i}.jsonl`, jsonLines(rows)));
    const parts = await Promise.all(halves.map(async (path) => ({ path: (await count(path, more)).store })));
    const merged = newStore();
    await mergeStores(parts, merged, { room });
    expect(await stored(merged)).toEqual(expected);
  });

  test('rows of whole lists, in text and as lists', async () => {
    const rows = (['u new .5 .25', 'u new .5 .25', 'v new .5 .25', 'u new .5 .2', 'u old 1 1'] as const).map((text) => {
      const [who, policy, ...ps] = text.split(' ');
      return { query: 'q', docs: ['a', 'b'], clicks: [0, 1], who, policy, p: ps.map(Number) };
    });
    const json = await count(folder.put('policy-lists.jsonl', jsonLines(rows)), more);
    expect(await stored(json.store)).toEqual(expected);
    const text = rows.map((row) => ({ ...row, docs: row.docs.join(' '), clicks: row.clicks.join(' '), p: row.p.join(' ') }));
    expect(await stored((await count(folder.put('policy-lists.csv', separated(text)), more)).store)).toEqual(expected);
  });

  test.each([
    ['a propensity of 0', session('x', 'u', 'new', [0]), /:2: the propensity is no number above 0 and up to 1/],
    ['one above 1', session('x', 'u', 'new', [1.5]), /:2: the propensity is no number/],
    ['one that is none', session('x', 'u', 'new', ['often']), /:2: the propensity is no number/],
    ['no user', session('x', '', 'new', [1]), /:2: the user is empty/],
    [
      'two users of a session',
      [...session('x', 'u', 'new', [1]), { ...session('x', 'v', 'new', [1, 1])[1] }],
      /:2: rows of one session are of several users/,
    ],
  ])('%s is told with its line', async (name, rows, message) => {
    await expect(count(folder.put(`${name.replaceAll(' ', '-')}.csv`, separated(rows)), more)).rejects.toThrow(message);
  });

  test('as many propensities as documents', async () => {
    const rows = [{ query: 'q', docs: 'a b', clicks: '0 1', p: '.5' }];
    await expect(count(folder.put('few-p.csv', separated(rows)), { propensity: 'p' })).rejects.toThrow(
      /:2: not as many propensities as documents/,
    );
    rows[0].p = '.5 0';
    await expect(count(folder.put('zero-p.csv', separated(rows)), { propensity: 'p' })).rejects.toThrow(/:2: a propensity is no number/);
  });
});
