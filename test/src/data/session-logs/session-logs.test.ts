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
const id = fc.string().filter((text) => text.trim() !== '');
const anySession = fc.record(
  {
    user: id,
    satisfaction: fc.integer({ min: 1, max: 5 }),
    judged: fc.array(label),
    queries: fc.array(
      fc.record(
        {
          text: fc.string(),
          results: fc.array(
            fc.record(
              { id, clicked: fc.boolean(), grade: label, dwell: fc.double({ min: 0, noNaN: true, max: 1e6 }) },
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
  [
    'ST entity in a num',
    tiangongSt.replace('num="2"', 'num="&c;"'),
    /:\d+: num of a <\w+>: &c; is no entity of XML; .* or "&amp;c;" for this text/,
  ],
  ['ST entity in a query_id', tiangongSt.replace('q6<', 'q&c;<'), /:13: <query_id>: &c; is no entity of XML/],
  ['ST entity in a docid', tiangongSt.replace('d9<', '&d9.x;<'), /:7: <docid>: &d9\.x; is no entity of XML/],
  ['TREC entity in a userid', trecSession.replace('"u3"', '"&eacute;"'), /:2: userid of a <session>: &eacute; is no entity/],
  ['TREC entity in an url that is the id', trecSession.replace('b.example', 'b.example/&b;'), /:8: <url>: &b; is no entity/],
  [
    'TREC result by a name that differs in case',
    trecSession.replace('<result rank="2"><url>http://b.example</url></result>', '<Result rank="2"><url>http://b.example</url></Result>'),
    /:8: unknown element <Result> in a <results>; did you mean <result>\?/,
  ],
  [
    'TREC session by a name that differs in case',
    trecSession.replace('</sessiontrack2014>', '<SESSION num="2"></SESSION></sessiontrack2014>'),
    /:\d+: unknown element <SESSION>; did you mean <session>\?/,
  ],
  [
    'TREC attribute that differs in case',
    trecSession.replace('starttime="50" type=', 'starttime="50" Type='),
    /:15: unknown attribute Type of a <interaction>; did you mean type\?/,
  ],
  ['TREC element within an id', trecSession.replace('cw-k<', 'cw<b>-k</b><'), /:17: a <b> within a <clueweb12id>, which holds text/],
  ['ST element within a query_id', tiangongSt.replace('q6<', 'q<i>6</i><'), /:13: a <i> within a <query_id>, which holds text/],
  [
    'TREC result with two ids that differ',
    trecSession.replace('<clueweb12id>cw-k', '<clueweb09id>cw-j</clueweb09id><clueweb12id>cw-k'),
    /:17: <clueweb12id> is "cw-k", but <clueweb09id> of the same <result> "cw-j"; keep one/,
  ],
  [
    'TREC click that names another document',
    trecSession.replace('<docno>cw-a', '<docno>cw-b'),
    /:11: a click on rank 1 names "cw-b", but that rank lists "cw-a"/,
  ],
  ...['ISO-8859-1', 'windows-1252', 'GBK', 'UTF-16'].map((encoding): [string, string, RegExp] => [
    `XML declared to be ${encoding}`,
    `<?xml version='1.0' encoding='${encoding}'?>\n${trecSession}`,
    new RegExp(`:1: declared to be "${encoding}", where UTF-8 is read; convert it`),
  ]),
  ['XML that breaks off', tiangongSt.slice(0, 300), /not well-formed XML/],
  ['XML with a stray end', tiangongSt.replace('</clicked>', '</clicks>'), /:10:\d+: not well-formed XML/],
  ['TREC without query', trecSession.replace('<query>roll</query>', ''), /:\d+: an interaction without query/],
  [
    'TREC without an interaction',
    '<sessiontrack2014><session num="1"><currentquery><query>a</query></currentquery></session></sessiontrack2014>',
    /:1: search session 1: it has no query/,
  ],
  ['TREC time that is none', trecSession.replace('"10.5"', '"noon"'), /:4: starttime must be seconds or hh:mm:ss, .*, got "noon"/],
  ['TREC seconds above 59', trecSession.replace('"10.5"', '"25:59:60"'), /:4: starttime .* minutes and seconds below 60, got "25:59:60"/],
  ['TREC minutes above 59', trecSession.replace('"00:01:30.5"', '"00:60:00"'), /starttime must be .* got "00:60:00"/],
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
  [
    'ST with a search session within another',
    tiangongSt.replace('</interaction>', '</interaction><session num="5"/>'),
    /:11: a <session> within a <session>/,
  ],
  [
    'ST with an interaction outside',
    tiangongSt.replace('<root>', '<root><interaction num="1"/>'),
    /:2: a <interaction> outside of a <session>/,
  ],
  [
    'ST with an interaction after all',
    tiangongSt.replace('</root>', '<interaction/></root>'),
    /:\d+: a <interaction> outside of a <session>/,
  ],
  [
    'ST with an interaction within what is passed over',
    tiangongSt.replace('<labels>', '<labels><interaction/>'),
    /:7: a <interaction> within a <result>/,
  ],
  [
    'ST with a result outside its list',
    tiangongSt.replace('<results>', '<result rank="9"/><results>'),
    /a <result> within a <interaction>/,
  ],
  ['ST with two ids', tiangongSt.replace('<docid>d9</docid>', '<docid>d9</docid><docid>d7</docid>'), /:7: a second <docid> in a <result>/],
  [
    'ST with two query_ids',
    tiangongSt.replace('<query_id>q5', '<query_id>q4</query_id><query_id>q5'),
    /a second <query_id> in a <interaction>/,
  ],
  [
    'ST with a slip in a name',
    tiangongSt.replaceAll('clicked>', 'clickd>'),
    /unknown element <clickd> in a <interaction>; did you mean <clicked>\?/,
  ],
  [
    'ST with the same ranks in a second list',
    tiangongSt.replace('<clicked>', '<results><result rank="1"><docid>x</docid></result></results><clicked>'),
    /rank 1 is there twice/,
  ],
  ['TREC with two topics', trecSession.replace('<topic num="4">', '<topic num="3"/><topic num="4">'), /a second <topic> in a <session>/],
  [
    'TREC with a list in the current query',
    trecSession.replace('<query>elvis', '<results/><query>elvis'),
    /a <results> within a <session>/,
  ],
  [
    'XML that lies deep in itself',
    tiangongSt.replace('</docid>', `</docid>${'<a>'.repeat(5000)}`),
    /elements lie in each other more than 1000 deep/,
  ],
  [
    'a key twice in our form',
    '{"id": "s", "queries": [], "queries": [{"results": []}]}',
    /:1: key "queries" is there twice in one object; keep one/,
  ],
  ['a key twice, written otherwise', '{"id": "s", "queries": [{"results": [], "r\\u0065sults": []}]}', /:1: key "results" is there twice/],
  ['SS-FSD with a key twice', ssFsd().replace('"rank":2', '"rank":2,\n"clicked":true'), /:2: key "clicked" is there twice/],
  ['a second list of search sessions', qref().replace(/}$/, ',"sessions":[]}'), /:1: key "sessions" is there twice in one object/],
  [
    'a second list of search sessions, written otherwise',
    qref().replace(/}$/, ',\n"session\\u0073":[]}'),
    /:2: key "sessions" is there twice in one object/,
  ],
  ['text before the object', `sessions = ${qref()}`, /:1: not JSON/],
  ['text before the list', `x ${ssFsd()}`, /:1: not JSON/],
  ['text within the object', qref().replace('{"sessions"', '{x "sessions"'), /:1: not JSON/],
  ['text after the list', `${ssFsd()}\nx`, /:2: not JSON/],
  ['text after the list in the object', qref().replace(/}$/, '\nx}'), /:2: not JSON/],
  ['a comma too many', ssFsd().replace(/]$/, ',]'), /:1: a comma without an element behind it/],
  ['a broken search session in JSON', ssFsd().replace('"session_id":1', '\n"session_id":'), /:2: not JSON.*; expected a search session$/],
])('%s is one line with file and place', async (_name, text, message) => {
  const path = file(text);
  const failure = await readSearchSessions(path).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DataError);
  expect((failure as Error).message).toMatch(message);
  expect((failure as Error).message.startsWith(`${path}:`)).toBe(true);
  expect((failure as Error).message).not.toContain('\n');
});

const countsOf = async (text: string, options = {}) => {
  const { accounting, sessions } = await readSearchSessions(file(text), options);
  return {
    sessions,
    counts: Object.fromEntries(accounting.map(({ unit, read, kept, merged, rejected }) => [unit, { read, kept, merged, ...rejected }])),
  };
};

test('a second list of results goes on with the first, a second list of clicks too', async () => {
  const more =
    '<results><result rank="3"><docid>x</docid></result></results><clicked><click><rank>3</rank></click></clicked></interaction>';
  const { sessions, counts } = await countsOf(tiangongSt.replace('</interaction>', more));
  expect(sessions[0].queries[0].results).toEqual([
    { id: 'd8', clicked: false },
    { id: 'd9', clicked: true },
    { id: 'x', clicked: true },
  ]);
  expect(counts).toMatchObject({ results: { read: 5, kept: 5 }, clicks: { read: 3, kept: 2, [unlisted]: 1 } });
});

test('further pages of JSON logs go on with the list', async () => {
  const page = {
    results: [
      { rank: 1, usefulness: 2, clicked: true },
      { rank: 2, usefulness: 0, clicked: false },
    ],
  };
  const fsd = await countsOf(ssFsd(([{ queries }]) => queries[1].SERPs.push(page as never)));
  expect(fsd.sessions[0].queries[1].results.map(({ id, usefulness, clicked }) => [id, usefulness, clicked])).toEqual([
    ['2/1', 4, true],
    ['2/2/1', 2, true],
    ['2/2/2', 0, false],
  ]);
  expect(fsd.counts.results).toEqual({ read: 5, kept: 5, merged: 0 });
  const two = await countsOf(
    qref(([{ queries }]) => queries[0].SERPs.push({ top10_usefulness: [1, 3], clicked_results: [{ id: 2, timestamp: 1_600_000_050 }] })),
  );
  expect(two.sessions[0].queries[0].results.slice(3)).toEqual([
    { id: '1/2/1', clicked: false, usefulness: 1 },
    { id: '1/2/2', clicked: true, usefulness: 3, clickTime: 1_600_000_050 },
  ]);
  expect(two.counts.clicks).toEqual({ read: 5, kept: 2, merged: 1, [unlisted]: 2 });
  const bare = await countsOf(qref(([{ queries }]) => queries[0].SERPs.push({ clicked_results: [{ id: 1, timestamp: 0 }] } as never)));
  expect(bare.counts).toMatchObject({ clicks: { read: 5, kept: 1, [unlisted]: 3 }, 'further result pages': { 'without usefulness': 1 } });
});

test('a click of a TREC log that ends before it starts has no dwell time, which is counted', async () => {
  expect((await countsOf(trecSession)).counts['dwell times']).toEqual({ read: 2, kept: 2, merged: 0 });
  const { sessions, counts } = await countsOf(trecSession.replace('endtime="45"', 'endtime="39"'));
  expect(sessions[0].queries[0].results[0]).toMatchObject({ clickTime: 20, dwell: 35.5 - 20 });
  expect(counts).toMatchObject({
    clicks: { read: 2, kept: 1, merged: 1 },
    'dwell times': { read: 2, kept: 1, 'of clicks that end before they start': 1 },
  });
});

test('XML in ASCII or UTF-8, one id by two names, and a click on a result that only has an url, are read', async () => {
  const { sessions } = await readSearchSessions(file(trecSession));
  for (const encoding of ['UTF-8', 'utf-8', 'US-ASCII'])
    expect((await readSearchSessions(file(`<?xml version="1.0" encoding="${encoding}"?>${trecSession}`))).sessions).toEqual(sessions);
  const twoNames = trecSession.replace('<clueweb12id>cw-k', '<clueweb09id>cw-k</clueweb09id><clueweb12id>cw-k');
  expect((await readSearchSessions(file(twoNames))).sessions).toEqual(sessions);
  const onUrl = trecSession.replace('<rank>1</rank><docno>cw-a', '<rank>2</rank><docno>cw-b');
  expect((await readSearchSessions(file(onUrl))).sessions[0].queries[0].results[1].clicked).toBe(true);
});

test('ranks without a result are counted, from the first one on, or of a further page from its own first', async () => {
  const missing = async (text: string) => {
    const { accounting } = await readSearchSessions(file(text));
    return accounting.find(({ unit }) => unit === 'ranks')?.rejected ?? {};
  };
  const reason = 'without a result, so that those below move up';
  expect(await missing(trecSession)).toEqual({}); // whose further page begins at rank 11
  expect(await missing(trecSession.replace('rank="2"', 'rank="5"'))).toEqual({ [reason]: 3 });
  expect(await missing(trecSession.replace('<result rank="1"><clueweb09id>', '<result rank="3"><clueweb09id>'))).toEqual({ [reason]: 2 });
  expect(await missing(ssFsd())).toEqual({});
  expect(await missing(ssFsd(([{ queries }]) => Object.assign(queries[0].SERPs[0].results[0], { rank: 4 })))).toEqual({ [reason]: 2 });
  expect(await missing(tiangongSt.replace('rank="2"', 'rank="3"'))).toEqual({ [reason]: 1 });
});

test('a value that lies too deep to be shown is told of with its line, and a long one clipped', async () => {
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  const long = JSON.stringify('x'.repeat(1000));
  const of = (aspects: string, judged: string) =>
    file(`\n{"id":"s","judged":${judged},"queries":[{"results":[{"id":"d","aspects":${aspects}}]}]}\n`);
  const shown = /^[^\n]*log-\d+:2: .{1,160}$/;
  for (const value of [deep, long]) {
    await expect(readSearchSessions(of(`{"a":${value}}`, '[1]'))).rejects.toThrow(shown);
    await expect(readSearchSessions(of('{"a":1}', `[${value}]`))).rejects.toThrow(shown);
  }
  const pages = (usefulness: unknown) => qref((log) => log[0].queries[0].SERPs[0].top10_usefulness.splice(0, 1, usefulness));
  await expect(readSearchSessions(file(pages('DEEP').replace('"DEEP"', deep)))).rejects.toThrow(
    /usefulness of result 1 must be a number, got a list$/,
  );
  await expect(readSearchSessions(file(pages('x'.repeat(1000))))).rejects.toThrow(/got "x{39}…$/);
});

test('hours of a clock time have no bound', async () => {
  const { sessions } = await readSearchSessions(file(trecSession.replace('"00:01:30.5"', '"100:59:59.5"')));
  expect(sessions[0].queries[1].time).toBe(100 * 3600 + 59 * 60 + 59.5);
});

test('a further page of a TREC log is merged into its query; one of another query stays on its own', async () => {
  const paged = await countsOf(trecSession);
  expect(paged.counts.queries).toEqual({ read: 3, kept: 2, merged: 1 });
  const other = await countsOf(trecSession.replace('type="page">\n      <query>rock', 'type="page">\n      <query>folk'));
  expect(other.sessions[0].queries.map(({ text }) => text)).toEqual(['rock & roll', 'folk & roll', 'roll']);
  expect(other.counts.queries).toEqual({ read: 3, kept: 3, merged: 0 });
});

test('what a form does not know is counted by name', async () => {
  const xml = tiangongSt
    .replace('<session num="1">', '<head><a/></head><session num="1">stray<mouse/>')
    .replace('</root>', 'x<tail/></root>');
  const { counts } = await countsOf(xml);
  expect(counts.elements).toMatchObject({ '<head>': 1, '<mouse>': 1, '<tail>': 1, '<labels>': 1 });
  expect(counts.texts).toEqual({ read: 2, kept: 0, merged: 0, 'in a <session>': 1, 'outside of a <session>': 1 });
  const json = qref().replace('{"sessions"', '{"about":{"sessions":1},"sessions"').replace('"query_id"', '"mood":3,"query_id"');
  expect((await countsOf(json)).counts.fields).toMatchObject({ '"about"': 1, '"mood"': 1 });
});

test('ids of judgments or of a topic map that match nothing in the log are refused, with some of both', async () => {
  const others = topicQrels.replaceAll('cw-', 'CW-');
  await expect(readSearchSessions(file(trecSession), { qrels: file(others) })).rejects.toThrow(
    /no judgment is of a document that .* lists for its topic; they have "CW-a", "CW-k", "CW-z", the log "cw-a", "http:\/\/b\.example", "cw-k", …; do the ids match\?$/,
  );
  await expect(readSearchSessions(file(trecSession), { qrels: file(topicQrels), topicMap: file('s1 4\n') })).rejects.toThrow(
    /no search session of .* is in it; it has "s1", the log "1"; do the ids match\?$/,
  );
  const map = 'session topic\n1 4 1\n1 4 2\n';
  const { accounting } = await readSearchSessions(file(trecSession), { qrels: file(topicQrels), topicMap: file(map) });
  expect(accounting).toContainEqual(expect.objectContaining({ unit: 'lines', read: 3, kept: 1, merged: 1 }));
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
