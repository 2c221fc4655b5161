import { mkdirSync } from 'node:fs';
import { clickOf } from '../../../src/data/click-value.ts';
import { countLog } from '../../../src/data/log-store/count-log.ts';
import { columnsFor } from '../../../src/data/log-store/log-columns.ts';
import { openSource } from '../../../src/data/log-store/log-source.ts';
import { readNamedClickLog } from '../../../src/data/named-logs/read-named-click-log.ts';
import { sql, storedCounts } from './log-store/example-logs.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let stores = 0;

/** Words of a file, and the click that each says. */
const words: readonly (readonly [string, 0 | 1 | null])[] = [
  ...['1', '1.0', '1.', '1.000', '1e0', '1E+00', '1.000000000000000000e+00', 'true', 'True', 'TRUE'].map((text) => [text, 1] as const),
  ...['0', '0.0', '0.', '0e0', '0.000000000000000000e+00', 'false', 'False', 'FALSE'].map((text) => [text, 0] as const),
  ...['2', '-1', '0.5', '1.01', '1e1', 'yes', 't', 'y', 'x1', '01', '+1', '1_0', 'null', 'NaN', '١'].map((text) => [text, null] as const),
];
const isJson = (text: string) => /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/.test(text);

/** Files in which list qN has two documents, of which a word says the click on the first. */
const forms: Readonly<Record<string, (words: readonly (readonly [string, number])[]) => string>> = {
  'csv of lists': (words) => folder.put('lists.csv', `query,docs,clicks\n${words.map(([word, n]) => `q${n},a b,${word} 0\n`).join('')}`),
  'csv of documents': (words) =>
    folder.put(
      'documents.csv',
      `session,query,doc,rank,click\n${words.map(([word, n]) => `s${n},q${n},a,1,${word}\ns${n},q${n},b,2,0\n`).join('')}`,
    ),
  'json of lists': (words) =>
    folder.put(
      'lists.jsonl',
      words
        .filter(([word]) => isJson(word))
        .map(([word, n]) => `{"query":"q${n}","docs":["a","b"],"clicks":[${word},0]}\n`)
        .join(''),
    ),
  'json of lists, as texts': (words) =>
    folder.put('texts.jsonl', words.map(([word, n]) => `{"query":"q${n}","docs":["a","b"],"clicks":["${word}","0"]}\n`).join('')),
  'json of documents': (words) =>
    folder.put(
      'documents.jsonl',
      words
        .filter(([word]) => isJson(word))
        .flatMap(([word, n]) => [
          `{"session":"s${n}","query":"q${n}","doc":"a","rank":1,"click":${word}}\n`,
          `{"session":"s${n}","query":"q${n}","doc":"b","rank":2,"click":0}\n`,
        ])
        .join(''),
    ),
};

/** Clicks on the first document by query, of what the file is counted to without what breaks the form. */
async function imported(path: string): Promise<Record<string, number>> {
  const store = folder.in(`store-${stores++}`);
  mkdirSync(store);
  const source = await openSource(path);
  await countLog(source, columnsFor(source, {}), store, { room: { memory: '200MB', threads: 1 }, onError: 'skip' });
  const keys = Object.keys(await storedCounts(store)).map((key) => JSON.parse(key) as [string, string[], number[]]);
  return Object.fromEntries(keys.map(([query, , clicks]) => [query, clicks[0]]));
}

/** The same of what is read without an import. */
async function read(path: string): Promise<Record<string, number>> {
  const { log, queryIds } = await readNamedClickLog(path, { skipFaulty: true });
  return Object.fromEntries(Array.from(log.list, (list, row) => [queryIds[log.queries[list]], log.clicks[log.clickOffsets[row]]]));
}

test.each(Object.entries(forms))('%s: what is a click is one rule, in import and without', async (form, write) => {
  const path = write(words.map(([word], n) => [word, n]));
  const told = words.flatMap(([word, click], n) =>
    click === null || (/^json of (lists|documents)$/.test(form) && !isJson(word)) ? [] : [[`q${n}`, click] as const],
  );
  expect(await imported(path)).toEqual(Object.fromEntries(told));
  if (!form.includes('documents')) expect(await read(path)).toEqual(Object.fromEntries(told));
});

test.each([
  ['BOOLEAN', 'true, false, NULL', [1, 0, null]],
  ['DOUBLE', '1.0, 0, 0.5, NULL', [1, 0, null, null]],
  ['FLOAT', '0, 2', [0, null]],
  ['UTINYINT', '1, 0, 2', [1, 0, null]],
  ['DECIMAL(4,2)', '1, 0.01', [1, null]],
  ['VARCHAR', "'1.0', 'no', 'FALSE'", [1, null, 0]],
])('Parquet of %s %s', async (type, values, clicks) => {
  const [lists, documents] = [folder.in('lists.parquet'), folder.in('documents.parquet')];
  const rows = `(SELECT unnest(range(${clicks.length})) AS n, unnest(CAST([${values}] AS ${type}[])) AS click)`;
  await sql(
    `COPY (SELECT 'q' || n AS query, ['a', 'b'] AS docs, [click, CAST(0 AS ${type})] AS clicks FROM ${rows}) TO '${lists}' (FORMAT parquet)`,
  );
  await sql(`COPY (SELECT 's' || n AS session, 'q' || n AS query, doc, rank, CASE WHEN rank = 1 THEN click ELSE CAST(0 AS ${type}) END AS click
    FROM ${rows}, (VALUES ('a', 1), ('b', 2)) AS t(doc, rank)) TO '${documents}' (FORMAT parquet)`);
  const told = Object.fromEntries(clicks.flatMap((click, n) => (click === null ? [] : [[`q${n}`, click]])));
  for (const found of [await imported(lists), await imported(documents), await read(lists)]) expect(found).toEqual(told);
});

test('values of programs', () => {
  expect([1, true, 1n, '1'].map(clickOf)).toEqual([1, 1, 1, 1]);
  expect([0, -0, false].map(clickOf)).toEqual([0, 0, 0]);
  expect([2, Number.NaN, null, undefined, [], {}, 2n].map(clickOf)).toEqual(Array(7).fill(null));
});
