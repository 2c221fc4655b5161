import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { impressionsOf, separated, someSessions, storedCounts } from '../../src/data/log-store/example-logs.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const folder = temporaryFolder();
const [some] = fc.sample(fc.array(someSessions, { minLength: 6, maxLength: 6 }), { numRuns: 1, seed: 2 });
mkdirSync(folder.in('logs'));
some.forEach((sessions, i) => {
  folder.put(`logs/${i}.csv`, separated(impressionsOf(sessions)));
});
const logs = folder.in('logs');
const rows = (store: string) => readFileSync(folder.in(`${store}/rows/part=0/rows-0.parquet`)).toString('base64');
const sessions = some.flat().length;

test('--dry-run shows what the columns are taken for, and writes nothing', async () => {
  const { code, out } = await counterrank('import', `${logs}/`, '--context', 'device', '--dry-run');
  expect(code).toBe(0);
  expect(out).toMatch(/^.*0\.csv and 5 more: csv with commas between cells; each row is one document shown in a session$/m);
  expect(out).toMatch(/^ {2}session +sid {2}\(guessed by its name\)$/m);
  expect(out).toMatch(/^ {2}context +device$/m);
  expect(out).toMatch(/^ {2}not read +ts$/m);
  expect(readdirSync(folder.path)).toEqual(['logs']);
  expect(await counterrank('import', logs)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^error: --out is missing: name the folder/),
  });
});

test('a folder of files is imported; shards of them, merged, are the same', async () => {
  const whole = await counterrank('import', logs, '--context', 'device', '--out', folder.in('whole'), '--quiet');
  expect(whole).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(new RegExp(`^.*whole: ${sessions} sessions that showed .* from 6 files\\n$`)),
  });
  for (const shard of ['1/2', '2/2'])
    expect(
      await counterrank(
        'count',
        `${logs}/*.csv`,
        '--context',
        'device',
        '--shard',
        shard,
        '--out',
        folder.in(`part-${shard[0]}`),
        '--quiet',
      ),
    ).toMatchObject({ code: 0, err: '' });
  expect(await counterrank('merge', folder.in('part-*'), '--out', folder.in('merged'))).toMatchObject({ code: 0, err: '' });
  expect(rows('merged')).toBe(rows('whole'));
  expect(readdirSync(folder.path).sort()).toEqual(['logs', 'merged', 'part-1', 'part-2', 'whole']);
  expect(await counterrank('count', logs, '--shard', '7/7', '--out', folder.in('none'))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/take at most 6 shards/),
  });
});

test('--json tells what columns are taken for, and what was written, to programs', async () => {
  const one = `${logs}/0.csv`;
  const plan = JSON.parse((await counterrank('import', one, '--context', 'device', '--dry-run', '--json')).out);
  expect(plan.files).toMatchObject([{ path: one, form: 'csv', separator: ',', columns: { session: ['sid'], contexts: ['device'] } }]);
  const done = await counterrank('import', one, '--out', folder.in('told'), '--quiet', '--json');
  expect(JSON.parse(done.out)).toMatchObject({ folder: folder.in('told'), sessions: some[0].length, sources: [{ file: one }] });
  const merged = await counterrank('merge', folder.in('told'), '--out', folder.in('told-again'), '--json');
  expect(JSON.parse(merged.out)).toMatchObject({ folder: folder.in('told-again'), sessions: some[0].length });
});

test('an import that stops keeps the files that it has counted, and goes on from there', async () => {
  const broken = folder.put('logs/9.csv', 'sid,qid,doc,pos,clicked,device,policy,ts\ns,q,a,1,maybe,desk,old,2024-05-01\n');
  const words = ['import', logs, '--context', 'device', '--out', folder.in('resumed'), '--quiet'];
  expect(await counterrank(...words)).toMatchObject({
    code: 3,
    err: expect.stringMatching(/6 of 7 files are counted and kept in .*\n.*9\.csv:2: the click is neither 0 nor 1/),
  });
  const kept = readdirSync(folder.in('resumed.importing'));
  expect(kept).toHaveLength(6);
  folder.put('logs/9.csv', readFileSync(broken, 'utf8').replace('maybe', '1'));
  const { code, out } = await counterrank(...words);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(new RegExp(`${sessions + 1} sessions .* from 7 files`)) });
  expect(readdirSync(folder.path)).not.toContain('resumed.importing');
});

test('what is imported is a log to every command that takes one', async () => {
  const log = folder.in('whole');
  for (const words of [
    ['estimate-bias', log, '--method', 'naive-ctr'],
    ['diagnose', log, '--context', 'device'],
    ['click-model', 'fit', log, '--model', 'rank-ctr', '--out', folder.in('model.json')],
    ['click-model', 'score', folder.in('model.json'), log],
  ])
    expect([words[0], await counterrank(...words)]).toMatchObject([words[0], { code: 0 }]);
});

test.each([
  [['--sesion', 'x'], /unknown option/],
  [['--query', 'qidd'], /--query qidd: ".*" has no such column; did you mean "qid"\?/],
  [['--docs', 'doc', '--rank', 'pos'], /--rank is of rows that show one document each, and --docs of rows that show a whole list/],
  [['--every', 'week'], /every week is for a column of times/],
  [['--memory', 'much'], /--memory much: must be a size/],
  [['--context', 'policy'], /context "policy" is a name of the store's own/],
  [['--log-format', 'yandex'], /unknown format of a log to import "yandex"/],
])('%j is refused with the way out', async (words, message) => {
  const { code, err } = await counterrank('import', `${logs}/0.csv`, ...words, '--out', folder.in('refused'));
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  expect(readdirSync(folder.path)).not.toContain('refused');
});

test('a log of a published form is counted too', async () => {
  const path = folder.put('relpred.tsv', '0\t0\tQ\t7\t1\t10\t11\n0\t3\tC\t11\n1\t0\tQ\t7\t1\t10\t11\n');
  expect(await counterrank('import', path, '--context', 'region', '--out', folder.in('relpred'))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/2 sessions that showed 4 documents, counted as 2 rows of 1 lists/),
  });
});

test('of a published form, too, what is left out is told in rejects.csv', async () => {
  const path = folder.put('faulty.tsv', '0\t0\tQ\t7\t1\t10\t11\n0\t3\tC\t12\nno line\n1\t0\tQ\t7\t1\t10\t11\n');
  const words = ['import', path, '--log-format', 'yandex-relpred', '--out', folder.in('faulty')];
  expect(await counterrank(...words)).toMatchObject({ code: 3, err: expect.stringMatching(/faulty\.tsv:2: /) });
  expect(await counterrank(...words, '--on-error', 'skip')).toMatchObject({
    code: 0,
    err: expect.stringMatching(/rejects\.csv says what was left out/),
  });
  const told = readFileSync(folder.in('faulty/rejects.csv'), 'utf8').trimEnd().split('\n').slice(1);
  expect(told.map((row) => row.slice(path.length + 1).split(',')[0])).toEqual(['2', '3']);
});

test('a folder that is one log is imported as one', async () => {
  mkdirSync(folder.in('ubi'));
  folder.put('ubi/ubi_queries.ndjson', '{"query_id":"1","user_query":"q","query_response_hit_ids":["a","b"]}\n');
  folder.put('ubi/ubi_events.ndjson', '{"action_name":"click","query_id":"1","event_attributes":{"object":{"object_id":"b"}}}\n');
  expect(await counterrank('import', folder.in('ubi'), '--dry-run')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/ubi: opensearch-ubi$/m),
  });
  const words = ['--log-format', 'opensearch-ubi', '--out', folder.in('ubi-log')];
  expect(await counterrank('import', folder.in('ubi'), ...words)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/1 sessions that showed 2 documents, counted as 1 rows of 1 lists, from 1 file/),
  });
});

test('policies of several files keep their names', async () => {
  const line = (item: number, click: number) => `0,2019-11-24 00:00:03.8+00:00,${item},1,${click},0.03\n`;
  const head = ',timestamp,item_id,position,click,propensity_score\n';
  const paths = ['bts', 'random'].map((policy, i) => folder.put(`${policy}-men.csv`, head + line(7, i) + line(7, i)));
  expect(await counterrank('import', ...paths, '--out', folder.in('bandit'), '--quiet')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/4 sessions that showed 12 documents, counted as 2 rows of 2 lists, from 2 files/),
  });
  expect(await storedCounts(folder.in('bandit'), ['policy'])).toEqual({
    '["men",["7","unknown-2","unknown-3"],[0,0,0],"bts"]': 2,
    '["men",["7","unknown-2","unknown-3"],[1,0,0],"random"]': 2,
  });
});

test('a log that only import reads is told so by the commands that take a log', async () => {
  for (const [name, text] of [
    ['rows.csv', 'session,query,doc,rank,click\ns,q,a,1,0\n'],
    ['semicolons.csv', 'session;query;doc;rank;click\ns;q;a;1;0\n'],
    ['rows.tsv', 'session\tquery\tdoc\trank\tclick\ns\tq\ta\t1\t0\n'],
    ['rows.jsonl', '{"session": "s", "query": "q", "doc": "a", "rank": 1, "click": 0}\n'],
  ] as const) {
    const done = await counterrank('diagnose', folder.put(name, text));
    expect([done.code, done.err]).toEqual([
      3,
      expect.stringMatching(/columns have other names, counterrank import counts them into a log\n?$/),
    ]);
  }
  expect((await counterrank('diagnose', logs)).err).toMatch(/counterrank import counts a folder of files into one/);
});

test.each(['plain', 'impressions.log'])('a file called %s: what says its form is told, and does', async (name) => {
  const path = folder.put(name, separated(impressionsOf(some[0])));
  expect(await counterrank('import', path, '--out', folder.in('unnamed'))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/: its name (has no ending|ends in ".log"), .*name it by --log-format \(csv, .* or call the file .csv,/),
  });
  expect(await counterrank('import', path, '--log-format', 'csv', '--dry-run')).toMatchObject({ code: 0 });
  expect(await counterrank('diagnose', path)).toMatchObject({
    code: 3,
    err: expect.stringMatching(/name the form \(--log-format, log.format\)/),
  });
});

test('of several files one may hold no session, as an empty partition does; not all of them', async () => {
  mkdirSync(folder.in('partitions'));
  const header = 'sid,qid,doc,pos,clicked\n';
  folder.put('partitions/part-0.csv', `${header}s1,q,a,1,1\n`);
  folder.put('partitions/part-1.csv', header);
  folder.put('partitions/part-2.csv', `${header}s2,q,a,1,5\n`);
  const out = folder.in('of-partitions');
  expect(await counterrank('import', folder.in('partitions'), '--on-error', 'skip', '--out', out)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/: 1 sessions that showed 1 documents, .* from 3 files\n$/),
  });
  expect(readFileSync(`${out}/rejects.csv`, 'utf8')).toMatch(/part-2\.csv,2,the click/);
  const shards = ['1/3', '2/3', '3/3'].map((shard) => [shard, folder.in(`shard-${shard[0]}`)]);
  for (const [shard, part] of shards)
    expect(await counterrank('count', folder.in('partitions'), '--on-error', 'skip', '--shard', shard, '--out', part)).toMatchObject({
      code: 0,
    });
  expect(await counterrank('merge', ...shards.map(([, part]) => part), '--out', folder.in('of-shards'))).toMatchObject({
    code: 0,
    err: expect.not.stringMatching(/not there|twice/),
  });
  expect(rows('of-shards')).toBe(rows('of-partitions'));
  expect(await counterrank('merge', shards[0][1], `${shards[0][1]}/`, shards[2][1], '--out', folder.in('of-some'))).toMatchObject({
    code: 0,
    err: expect.stringMatching(
      /^note: of 3 shards 2 is not there; what is written lacks what.*\nnote: ".*part-0.csv" was counted in ".*shard-1" and in ".*shard-1\/"; its sessions count twice\n/,
    ),
    out: expect.stringMatching(/: 2 sessions/),
  });
  const none = expect.stringMatching(/no session in it: expected at least one list/);
  expect(await counterrank('merge', ...shards.slice(1).map(([, part]) => part), '--out', folder.in('none-1'))).toMatchObject({
    code: 3,
    err: none,
  });
  expect(await counterrank('diagnose', shards[1][1])).toMatchObject({ code: 3, err: none });
  expect(await counterrank('import', folder.in('partitions/part-1.csv'), '--out', folder.in('none-2'))).toMatchObject({
    code: 3,
    err: none,
  });
  expect(await counterrank('import', folder.in('partitions/part-[12].csv'), '--out', folder.in('none-3'))).toMatchObject({ code: 2 });
});
