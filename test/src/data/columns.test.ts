import { readFileSync, writeFileSync } from 'node:fs';
import { checkColumns } from '../../../src/data/check-columns.ts';
import { openDuckDB, sqlText } from '../../../src/data/duckdb.ts';
import { interactionReaders } from '../../../src/data/interactions/interaction-readers.ts';
import { readInteractions } from '../../../src/data/interactions/read-interactions.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { readSearchSessions } from '../../../src/data/read-search-sessions.ts';
import { writeParquet } from '../../../src/data/write-parquet.ts';
import { DataError } from '../../../src/errors.ts';
import { qref, ssFsd } from './session-logs/small-logs.ts';
import { putExample, smallSet, textReaders } from './small-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const faultOf = async (reading: Promise<unknown>): Promise<string> => {
  const error: unknown = await reading.catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  return (error as DataError).message;
};

test.each([
  ['Click', 'click'],
  ['CLICK', 'click'],
  ['clik', 'click'],
  ['clicks', 'click'],
  ['clicked', 'click'],
  ['cilck', 'click'],
  ['Rating', 'rating'],
  ['raitng', 'rating'],
  ['propensities', 'propensity'],
  ['pro_pensity', 'propensity'],
  ['time stamp', 'timestamp'],
  ['convertion', 'conversion'],
  ['Rank', 'rank'],
  ['ranks', 'rank'],
  ['rnak', 'rank'],
  ['User', 'user'],
])('an interaction column %s is nearly %s, and a fault', async (name, near) => {
  const message = await faultOf(readInteractions(folder.put('near.csv', `user,item,${name}\nu,i,0\n`)));
  expect(message).toContain(`near.csv:1: column "${name}" is unknown; did you mean "${near}"?`);
  expect(message).toContain('known: user, item, click, rating, conversion, propensity, timestamp, rank');
});

test('other columns are left alone, also such as are somewhat like one that is there', async () => {
  const names = ['clicks_before', 'link', 'lang', 'date', 'title', 'price', 'items', 'users'];
  const { clicks } = await readInteractions(folder.put('others.csv', `user,item,click,rank,${names}\nu,i,0,1,${names}\n`));
  expect([...clicks]).toEqual([0]);
});

test.each([
  ['user,item,user,click', 'user'],
  ['user,item,click,click', 'click'],
  ['user,item, item,click', 'item'],
  ['user,item,note,note', 'note'],
])('the header %s has a column twice', async (header, name) => {
  expect(await faultOf(readInteractions(folder.put('twice.csv', `${header}\nu,i,0,1\n`)))).toContain(
    `twice.csv:1: column "${name}" is there twice`,
  );
});

test('cells have no blanks around them, as names have not; within quotes blanks are part of the text', async () => {
  const log = await readInteractions(folder.put('blanks.csv', 'user, item , click\nu , i, 0 \n u,"  i",\t1\n  \n'));
  expect([log.userIds, log.itemIds, [...log.clicks]]).toEqual([['u'], ['i', '  i'], [0, 1]]);
  const clicks = await readClickLog(folder.put('blanks2.csv', ' query , clicks, docs,count\n q2 , 1 , é , 3 \n'), smallSet);
  expect([[...clicks.queries], [...clicks.clicks], [...clicks.count]]).toEqual([[1], [1], [3]]);
});

test.each([
  ['Query,docs,clicks', ':1: column "Query" is unknown; did you mean "query"?'],
  ['query,docs,clicks,cuont', ':1: column "cuont" is unknown; did you mean "count"?'],
  ['query,docs,clicks,clicks', ':1: column "clicks" is there twice'],
  ['query,docs,clicks,note', ':1: column "note" is unknown; known: query, docs, clicks, count'],
  ['query,docs', ':1: no column "clicks"'],
])('a click log with the header %s', async (header, message) => {
  expect(await faultOf(readClickLog(folder.put('clicks.csv', `${header}\nq2,é,1,1\n`), smallSet))).toContain(`clicks.csv${message}`);
});

test('a key of a JSON click log that is nearly known', async () => {
  const path = folder.put('clicks.jsonl', '{"query":"q2","docs":["é"],"clicks":[1],"Count":3}\n');
  expect(await faultOf(readClickLog(path, smallSet))).toContain(':1: unknown key "Count"; did you mean "count"?');
});

test('columns of Parquet that are nearly known', async () => {
  const path = folder.in('near.parquet');
  const column = (name: string, type: 'text' | 'number' | 'texts' | 'bytes') => ({ name, type });
  await writeParquet(path, [column('user', 'text'), column('item', 'text'), column('Click', 'number')], [['u', 'i', 0]]);
  expect(await faultOf(readInteractions(path))).toContain('near.parquet: column "Click" is unknown; did you mean "click"?');
  await writeParquet(
    path,
    [column('query', 'text'), column('docs', 'texts'), column('clicks', 'bytes'), column('Count', 'number')],
    [['q2', ['é'], Uint8Array.of(1), 3]],
  );
  expect(await faultOf(readClickLog(path, smallSet))).toContain('did you mean "count"?');
});

test('whole numbers of Parquet beyond 2^53 stay apart', async () => {
  const path = folder.in('large.parquet');
  const { connection, close } = await openDuckDB();
  await connection.run(
    `COPY (SELECT unnest([9007199254740993, 9007199254740992, 7]) AS "user", 'i' AS item) TO ${sqlText(path)} (FORMAT parquet)`,
  );
  close();
  expect((await readInteractions(path)).userIds).toEqual(['9007199254740993', '9007199254740992', '7']);
});

test('a text of Parquet that is not UTF-8 is refused', async () => {
  const path = folder.in('latin.parquet');
  const { connection, close } = await openDuckDB();
  await connection.run(`COPY (SELECT 'caf\u00e9' AS "user", 'i' AS item) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION uncompressed)`);
  close();
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf('\u00e9'); at >= 0; at = bytes.indexOf('\u00e9')) bytes.set([0xe8, 0x78], at);
  writeFileSync(path, bytes);
  expect(await faultOf(readInteractions(path))).toMatch(/latin\.parquet: not a Parquet file that can be read: .*(UTF|encoding)/i);
});

test.each([
  ['kuairec', 'watch_ratio', 'Watch_Ratio'],
  ['kuairec', 'user_id', 'user id'],
  ['kuairand', 'long_view', 'longview'],
  ['kuairand', 'time_ms', 'time_ms '],
  ['open-bandit', 'user_feature_1', 'User_feature_1'],
  ['open-bandit', 'propensity_score', 'propensity_scor'],
] as const)('%s with its column %s named %s', async (reader, name, other) => {
  const example = textReaders.find((one) => one.name.startsWith(reader));
  if (example === undefined) throw new Error(`no example of ${reader}`);
  const at = folder.in(`${reader} ${other}`);
  const path = putExample(at, example, String(example.content).replace(name, other));
  if (other.trim() === name) return expect(await interactionReaders[reader].read(at)).toBeDefined();
  expect(await faultOf(interactionReaders[reader].read(at))).toMatch(
    new RegExp(`^${path}:1: column "${other}" is unknown; |^${path}:1: unknown column "${other}"`),
  );
});

test.each([
  ['query_string', 'queryString', ssFsd()],
  ['satisfaction', 'Satisfaction', ssFsd()],
  ['user_id', 'userid', ssFsd()],
  ['click_timestamp', 'click_timestmp', ssFsd()],
  ['timestamp', 'time_stamp', qref()],
])('a session log with its key %s named %s', async (name, other, text) => {
  const path = folder.put('keys.json', text.replaceAll(`"${name}"`, `"${other}"`));
  expect(await faultOf(readSearchSessions(path))).toContain(`unknown key "${other}"; did you mean "${name}"?`);
});

test('a header of very many, or very long, names is checked in one pass', () => {
  const header = ['user', 'item', ...Array.from({ length: 200_000 }, (_, i) => `column-${i}`), 'x'.repeat(1e6)];
  checkColumns(header, { required: ['user', 'item'], optional: ['click'] }, { file: 'wide.csv', line: 1 });
  expect(() => checkColumns([...header, 'column-7'], { required: ['user'] }, { file: 'wide.csv' })).toThrow(
    'wide.csv: column "column-7" is there twice',
  );
});
