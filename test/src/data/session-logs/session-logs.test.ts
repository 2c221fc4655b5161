import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readSearchSessions } from '../../../../src/data/read-search-sessions.ts';
import type { SearchSession } from '../../../../src/data/search-session.ts';
import { unlisted } from '../../../../src/data/session-logs/session-log-format.ts';
import { writeSearchSessions } from '../../../../src/data/write-search-sessions.ts';
import { DataError } from '../../../../src/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { qref, ssFsd, tiangongSt, topicQrels, trecSession } from './small-logs.ts';

const folder = temporaryFolder();
let files = 0;
const file = (text: string | Uint8Array): string => folder.put(`log-${files++}`, text);

const line = (session: object) => `${JSON.stringify(session)}\n`;
const small = { id: 's', queries: [{ results: [{ id: 'd', clicked: true }] }] };

test('TianGong-SS-FSD: usefulness by rank, clicks, times in seconds', async () => {
  const log = await readSearchSessions(file(ssFsd()));
  expect(log).toMatchObject({ format: 'tiangong-ss-fsd', labels: 'usefulness', highestGrade: 4, faults: [] });
  expect(log.sessions).toEqual([
    {
      id: '7/1',
      user: '7',
      satisfaction: 4,
      queries: [
        {
          id: '11',
          text: 'jazz',
          time: 1_500_000_000,
          results: [
            { id: '1/1', clicked: true, usefulness: 3, clickTime: 1_500_000_004 },
            { id: '1/2', clicked: false, usefulness: 0 },
          ],
        },
        {
          id: '12',
          text: 'jazz piano',
          time: 1_500_000_060,
          results: [{ id: '2/1', clicked: true, usefulness: 4, clickTime: 1_500_000_061 }],
        },
      ],
    },
  ]);
});

test('TianGong-Qref: usefulness and satisfaction; clicks below the listed results are counted', async () => {
  const log = await readSearchSessions(file(qref()));
  expect(log).toMatchObject({ format: 'tiangong-qref', labels: 'usefulness', highestGrade: 3 });
  expect(log.sessions).toEqual([
    {
      id: 'u1/s1',
      user: 'u1',
      satisfaction: 5,
      queries: [
        {
          id: '0',
          satisfaction: 3,
          results: [
            { id: '1/1', clicked: false, usefulness: 0 },
            { id: '1/2', clicked: false, usefulness: 2 },
            { id: '1/3', clicked: true, usefulness: 3, clickTime: 1_600_000_009 },
          ],
        },
      ],
    },
  ]);
});

test('TianGong-ST: documents by rank, clicks by rank', async () => {
  const log = await readSearchSessions(file(tiangongSt));
  expect(log).toMatchObject({ format: 'tiangong-st', labels: 'click', highestGrade: 1 });
  expect(log.sessions).toEqual([
    {
      id: '1',
      queries: [
        {
          id: 'q5',
          results: [
            { id: 'd8', clicked: false },
            { id: 'd9', clicked: true },
          ],
        },
        { id: 'q6', results: [{ id: 'd9', clicked: false }] },
      ],
    },
    { id: '2', queries: [{ id: 'q5', results: [{ id: 'd8', clicked: false }] }] },
  ]);
});

test('TREC Session: pages belong to their query, clicks have times, grades come from the qrels', async () => {
  const plain = await readSearchSessions(file(trecSession));
  expect(plain).toMatchObject({ format: 'trec-session', labels: 'grade', highestGrade: null });
  const expected = {
    id: '1',
    user: 'u3',
    topic: '4',
    queries: [
      {
        text: 'rock & roll',
        time: 10.5,
        results: [
          { id: 'cw-a', clicked: true, clickTime: 20, dwell: 20.5 },
          { id: 'http://b.example', clicked: false },
          { id: 'cw-k', clicked: false },
        ],
      },
      { text: 'roll', time: 90.5, results: [{ id: 'cw-a', clicked: false }] },
    ],
  };
  expect(plain.sessions).toEqual([expected]);
  const { sessions } = await readSearchSessions(file(trecSession), { qrels: file(topicQrels) });
  expect(sessions[0].judged?.toSorted()).toEqual([2, 3]);
  expect(sessions[0].aspectCount).toBe(2);
  expect(sessions[0].queries.map(({ results }) => results.map(({ grade }) => grade))).toEqual([[2, 0, 0], [2]]);
});

const label = fc.integer({ min: 0, max: 4 });
const anySession = fc.record(
  {
    user: fc.string({ minLength: 1 }),
    satisfaction: fc.integer({ min: 1, max: 5 }),
    judged: fc.array(label),
    queries: fc.array(
      fc.record(
        {
          text: fc.string(),
          results: fc.array(
            fc.record(
              { id: fc.string(), clicked: fc.boolean(), grade: label, dwell: fc.double({ min: 0, noNaN: true, max: 1e6 }) },
              { requiredKeys: ['id', 'clicked'] },
            ),
          ),
        },
        { requiredKeys: ['results'] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: ['queries'] },
);

test('JSON Lines: what is written is read back, plain and gzip', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anySession, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '.gz'), async (drawn, ending) => {
      const sessions = JSON.parse(JSON.stringify(drawn.map((session, s) => ({ id: `s${s}`, ...session })))) as SearchSession[]; // −0 becomes 0
      const path = folder.in(`written.jsonl${ending}`);
      await writeSearchSessions(path, sessions);
      const log = await readSearchSessions(path);
      expect(log.sessions).toEqual(sessions);
      expect(log.format).toBe('jsonl');
    }),
    { numRuns: 40 },
  );
});

test('gzip is read whatever the name, XML in one piece or many', async () => {
  const { sessions } = await readSearchSessions(file(gzipSync(tiangongSt)));
  expect(sessions).toHaveLength(2);
  const [, body] = /(<session num="1">[\s\S]*?<\/session>)/.exec(tiangongSt) ?? [];
  const many = `<root>${Array.from({ length: 4000 }, (_, s) => body.replace('num="1"', `num="${s}"`)).join('\n')}</root>`; // several chunks
  const log = await readSearchSessions(file(many));
  expect(log.sessions).toHaveLength(4000);
  expect(log.sessions[3999]).toEqual({ ...sessions[0], id: '3999' });
  expect(log.accounting).toContainEqual(expect.objectContaining({ unit: 'clicks', rejected: { [unlisted]: 4000 } }));
});

test('clicks need not be recorded; a grade below 0 is 0, as of TREC qrels (spam)', async () => {
  const results = [
    { id: 'a', grade: 2 },
    { id: 'b', grade: -2 },
  ];
  const { sessions } = await readSearchSessions(file(line({ ...small, judged: [2, -2], queries: [{ results }] })));
  const [{ queries, judged }] = sessions;
  expect(queries[0].results).toEqual([
    { id: 'a', grade: 2 },
    { id: 'b', grade: 0 },
  ]);
  expect(judged).toEqual([2, 0]);
});

test.each<[string, string, RegExp]>([
  ['no JSON', `${line(small)}{"id": \n`, /:2: not JSON/],
  ['a misspelt key', line({ ...small, satisfcation: 3 }), /:1: search session: unknown key "satisfcation"; did you mean "satisfaction"\?/],
  ['no id', line({ queries: [] }), /:1: search session: "id" is missing/],
  ['no query', line({ ...small, queries: [] }), /:1: search session s: it has no query/],
  ['a number too large', '{"id": "s", "queries": [], "satisfaction": 1e400}\n', /"satisfaction" must be a number, got Infinity/],
  ['a text for a number', line({ ...small, satisfaction: 'high' }), /"satisfaction" must be a number, got "high"/],
  [
    'times out of order',
    line({
      ...small,
      queries: [
        { time: 5, results: [] },
        { time: 4, results: [] },
      ],
    }),
    /:1: search session s: query 2 starts at 4, before query 1 at 5: timestamps are out of order/,
  ],
  [
    'a click before its query',
    line({ ...small, queries: [{ time: 5, results: [{ id: 'd', clicked: true, clickTime: 1 }] }] }),
    /d is clicked at 1, before query 1 at 5/,
  ],
  ['a search session twice', line(small) + line(small), /:2: search session s is there twice/],
  [
    'dwell below 0',
    line({ ...small, queries: [{ results: [{ id: 'd', clicked: 1, dwell: -1 }] }] }),
    /"dwell" must be a number of at least 0, got -1/,
  ],
  ['a length of 0', line({ ...small, queries: [{ results: [{ id: 'd', clicked: 1, length: 0 }] }] }), /"length" must be above 0/],
  [
    'a rating below 0',
    line({ ...small, queries: [{ results: [{ id: 'd', clicked: 1, aspects: { x: -1 } }] }] }),
    /aspect "x" must have a rating/,
  ],
  ['a grade that is none', line({ ...small, judged: [1, 'a'] }), /"judged" must be a list of grades/],
  [
    'SS-FSD usefulness off its scale',
    ssFsd(([{ queries }]) => {
      queries[0].SERPs[0].results[0].usefulness = 5;
    }),
    /search session 7\/1: usefulness 5 of 1\/2 is not in 0–4/,
  ],
  [
    'SS-FSD rank twice',
    ssFsd(([{ queries }]) => {
      queries[0].SERPs[0].results[0].rank = 1;
    }),
    /search session 7\/1, query 1, SERPs\[0\]: rank 1 is there twice/,
  ],
  [
    'SS-FSD times out of order',
    ssFsd(([{ queries }]) => {
      queries[1].start_timestamp = 1_400_000_000_000;
    }),
    /timestamps are out of order/,
  ],
  [
    'SS-FSD without a time',
    ssFsd(([{ queries }]) => {
      queries[0].start_timestamp = undefined;
    }),
    /query 1: "start_timestamp" is missing/,
  ],
  [
    'SS-FSD satisfaction off its scale',
    ssFsd((sessions) => {
      sessions[0].satisfaction = 6;
    }),
    /satisfaction 6 is not in 1–5/,
  ],
  [
    'SS-FSD without a page',
    ssFsd(([{ queries }]) => {
      queries[0].SERPs = [];
    }),
    /SERPs\[0\]: expected an object/,
  ],
  [
    'Qref usefulness off its scale',
    qref(([{ queries }]) => {
      queries[0].SERPs[0].top10_usefulness[0] = 4;
    }),
    /usefulness 4 of 1\/1 is not in 0–3/,
  ],
  [
    'Qref usefulness that is none',
    qref(([{ queries }]) => {
      queries[0].SERPs[0].top10_usefulness[1] = null;
    }),
    /usefulness of result 2 must be a number, got null/,
  ],
  [
    'Qref query satisfaction off its scale',
    qref(([{ queries }]) => {
      queries[0].satisfaction = 0;
    }),
    /satisfaction 0 with query 1 is not in 1–5/,
  ],
  ['JSON that breaks off', qref().slice(0, -20), /not JSON/],
  ['ST rank twice', tiangongSt.replace('rank="2"', 'rank="1"'), /:\d+: rank 1 is there twice/],
  ['ST rank that is none', tiangongSt.replace('rank="2"', 'rank="0"'), /:7: a result needs a rank from 1 on, got "0"/],
  ['ST without docid', tiangongSt.replace('<docid>d9</docid>', ''), /:7: the result of rank 2 has no docid/],
  ['ST without query_id', tiangongSt.replace('<query_id>q6</query_id>', ''), /:12: an interaction without query_id/],
  ['ST click without rank', tiangongSt.replace('<rank>2</rank>', ''), /:10: a click needs the rank of its result/],
  ['XML that breaks off', tiangongSt.slice(0, 300), /not well-formed XML/],
  ['XML with a stray end', tiangongSt.replace('</clicked>', '</clicks>'), /:10:\d+: not well-formed XML/],
  ['TREC without query', trecSession.replace('<query>roll</query>', ''), /:\d+: an interaction without query/],
  [
    'TREC without an interaction',
    '<sessiontrack2014><session num="1"><currentquery><query>a</query></currentquery></session></sessiontrack2014>',
    /:1: search session 1: it has no query/,
  ],
  ['TREC time that is none', trecSession.replace('"10.5"', '"noon"'), /:4: starttime must be seconds or hh:mm:ss, got "noon"/],
  [
    'TREC times out of order',
    trecSession.replace('"00:01:30.5"', '"3"'),
    /:2: search session 1: query 2 starts at 3, before query 1 at 10.5/,
  ],
  ['an empty file', '', /empty; expected search sessions$/],
  ['another JSON', '{"a": 1}\n', /:1: search session: unknown key "a"; known: id, queries/],
  ['one misspelt line', '{"id": "s", "querys": []}', /:1: search session: unknown key "querys"; did you mean "queries"\?/],
  [
    'one broken line',
    '{"id": "s", "queries": ]}',
    /:1: not JSON.* \(Unexpected token.*\); expected a search session, as an object, on each line$/,
  ],
  ['a JSON list of our sessions', `[${line(small).trim()}]\n`, /:1: a list; JSON Lines has a search session, as an object, on each line/],
  ['neither JSON nor XML', 'session,query\ns1,jazz\n', /no known form of search-session log: jsonl, .*; name the form with --log-format/],
  ['JSON with more behind it', `${qref()}\n{}`, /:2: not JSON: more text after the end of the list/],
  ['a broken search session in JSON', ssFsd().replace('"session_id":1', '\n"session_id":'), /:2: not JSON.*; expected a search session$/],
])('%s is one line with file and place', async (_name, text, message) => {
  const path = file(text);
  const failure = await readSearchSessions(path).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DataError);
  expect((failure as Error).message).toMatch(message);
  expect((failure as Error).message.startsWith(`${path}:`)).toBe(true);
  expect((failure as Error).message).not.toContain('\n');
});

test('faulty search sessions are left out and told of when asked', async () => {
  const path = file(line(small) + line({ ...small, id: 't', queries: [] }) + line(small) + line({ ...small, id: 'u' }));
  const log = await readSearchSessions(path, { skipFaulty: true });
  expect(log.sessions.map(({ id }) => id)).toEqual(['s', 'u']);
  expect(log.faults).toEqual([expect.stringContaining(':2: search session t'), expect.stringContaining('search session s is there twice')]);
  await expect(readSearchSessions(file(line({ ...small, queries: [] })), { skipFaulty: true })).rejects.toThrow(
    /no search session in it that keeps to its form/,
  );
});

test.each([
  ['4 0 cw-a\n', /:1: expected topic, subtopic, document, grade; got 3 columns/],
  ['4 0 cw-a high\n', /:1: a grade must be a whole number, got "high"/],
  ['\n', /no judgment in it/],
])('qrels %j are refused', async (text, message) => {
  await expect(readSearchSessions(file(trecSession), { qrels: file(text) })).rejects.toThrow(message);
});

test('search sessions of topics without judgments are counted; judgments of none of the topics are refused', async () => {
  const [head, body] = [trecSession.slice(0, trecSession.indexOf('<session ')), trecSession.slice(trecSession.indexOf('<session '))];
  const unknown = body.replace('num="1"', 'num="2"').replace('<topic num="4">', '<topic num="9">').replace('</sessiontrack2014>', '');
  const two = head + unknown + body;
  const log = await readSearchSessions(file(two), { qrels: file(topicQrels) });
  expect(log).toMatchObject({ unjudged: 1 });
  expect(log.sessions.map(({ queries }) => queries[0].results[0].grade)).toEqual([undefined, 2]);
  expect((await readSearchSessions(file(two))).unjudged).toBe(0);
  const other = file('77 0 cw-a 1\n');
  await expect(readSearchSessions(file(trecSession), { qrels: other })).rejects.toThrow(`${other}: no judgment of a topic of`);
});

test('unknown forms, files and needless qrels are refused', async () => {
  await expect(readSearchSessions(file(line(small)), { format: 'json' })).rejects.toThrow(
    /unknown search-session log format "json"; did you mean "jsonl"\?/,
  );
  await expect(readSearchSessions('nowhere')).rejects.toThrow('cannot read "nowhere"');
  await expect(readSearchSessions(file(line(small)), { qrels: 'q' })).rejects.toThrow('qrels belong to a TREC Session log');
  await expect(readSearchSessions(file(tiangongSt), { format: 'jsonl' })).rejects.toThrow(/:1: not JSON/);
});
