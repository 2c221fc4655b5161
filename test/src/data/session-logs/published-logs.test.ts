import { gzipSync } from 'node:zlib';
import { Ledger } from '../../../../src/data/accounting.ts';
import { readSearchSessions } from '../../../../src/data/read-search-sessions.ts';
import { jsonElements } from '../../../../src/data/session-logs/json-elements.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  publishedSsFsd,
  publishedSt,
  trec2011,
  trec2011Map,
  trec2011Qrels,
  trec2012,
  trec2012Map,
  trec2012Qrels,
} from './published-logs.ts';
import { qref, ssFsd, tiangongSt, trecSession } from './small-logs.ts';

const folder = temporaryFolder();
let files = 0;
const file = (text: string | Uint8Array): string => folder.put(`log-${files++}`, text);
const gradesOf = async (log: string, options: Parameters<typeof readSearchSessions>[1]) =>
  (await readSearchSessions(file(log), options)).sessions.map(({ queries }) =>
    queries.map(({ results }) => results.map(({ grade }) => grade)),
  );

test('TREC Session 2011: topics by the map, clock times, the highest grade over subtopics', async () => {
  const log = await readSearchSessions(file(trec2011), { qrels: file(trec2011Qrels), topicMap: file(trec2011Map) });
  expect(log).toMatchObject({ format: 'trec-session', repeatedResults: 0 });
  const morning = 10 * 3600 + 51 * 60;
  expect(log.sessions).toEqual([
    {
      id: '1',
      topic: '5',
      judged: [3],
      aspectCount: 2,
      queries: [
        {
          text: 'peace corps',
          time: morning + 45.5,
          results: [
            { id: 'clueweb09-en0000-00-00001', clicked: false, grade: 0 },
            { id: 'clueweb09-en0000-00-00002', clicked: true, clickTime: morning + 50, dwell: 30, grade: 3, aspects: { 1: 1, 2: 3 } },
          ],
        },
      ],
    },
  ]);
  await expect(readSearchSessions(file(trec2011), { qrels: file(trec2011Qrels) })).rejects.toThrow(
    /:3: session 1 has no topic to look its judgments up by; --topic-map gives topics/,
  );
});

test('TREC Session 2012: a bare "&", a query without text, the topic map before the log, grades as that year evaluates them', async () => {
  const { sessions } = await readSearchSessions(file(trec2012));
  expect(sessions[0].topic).toBe('9');
  expect(sessions[0].queries.map(({ text, results }) => [text, results.length])).toEqual([
    ['merck & co <drugs> R&D', 3],
    ['', 0],
  ]);
  const places = { qrels: file(trec2012Qrels), topicMap: file(trec2012Map) };
  expect(await gradesOf(trec2012, places)).toEqual([[[4, 2, 3], []]]);
  const regrade = new Map([
    [4, 2],
    [2, 3],
    [3, 4],
  ]);
  expect(await gradesOf(trec2012, { ...places, regrade })).toEqual([[[2, 3, 4], []]]);
  const some = new Map([...regrade, [7, 1]]);
  expect(await gradesOf(trec2012, { ...places, regrade: some })).toEqual([[[2, 3, 4], []]]);
  const grades = [
    ...new Set(
      trec2012Qrels
        .trim()
        .split('\n')
        .map((line) => Number(line.split(/\s+/)[3])),
    ),
  ].sort((a, b) => a - b);
  await expect(
    gradesOf(trec2012, {
      ...places,
      regrade: new Map([
        [7, 1],
        [8, 2],
      ]),
    }),
  ).rejects.toThrow(`${places.qrels}: no grade to be regraded, 7, 8, is in it; it has ${grades.join(', ')}`);
});

test('TianGong-ST: urls and titles with "&" are passed over; a document twice in a list stays, and is counted', async () => {
  const log = await readSearchSessions(file(publishedSt));
  expect(log).toMatchObject({ format: 'tiangong-st', repeatedResults: 1 });
  expect(log.sessions).toEqual([
    {
      id: '46500',
      queries: [
        {
          id: 'q1',
          text: '\u4e2d\u56fd &nbsp; AT&T',
          results: [
            { id: 'd1', clicked: true },
            { id: 'd1', clicked: false },
          ],
        },
      ],
    },
  ]);
});

test('TianGong-SS-FSD: mouse moves and what else is there are passed over', async () => {
  const { sessions, format } = await readSearchSessions(file(publishedSsFsd));
  expect(format).toBe('tiangong-ss-fsd');
  expect(sessions).toEqual([
    {
      id: '3/8',
      user: '3',
      queries: [
        {
          id: '2',
          text: 'a "b" \\ [c',
          time: 1_500_000_000.123,
          satisfaction: 4,
          results: [
            { id: '1/1', clicked: true, usefulness: 4, clickTime: 1_500_000_003 },
            { id: '1/2', clicked: false, usefulness: 0 },
          ],
        },
      ],
    },
  ]);
});

const own = '{"id": "s", "queries": [{"results": [{"id": "d", "clicked": true}]}]}\n{"id": "t", "queries": [{"results": []}]}\n';
test.each([
  ['jsonl', own],
  ['tiangong-ss-fsd', ssFsd()],
  ['tiangong-ss-fsd', publishedSsFsd],
  ['tiangong-qref', qref()],
  ['tiangong-st', tiangongSt],
  ['tiangong-st', publishedSt],
  ['trec-session', trecSession],
  ['trec-session', trec2012],
])('%s is the same with a byte order mark, with CRLF, and compressed', async (format, text) => {
  const read = async (content: string | Uint8Array) => {
    const log = await readSearchSessions(file(content));
    return { ...log, accounting: log.accounting.map(({ file: _, ...counts }) => counts) };
  };
  const plain = await read(text);
  expect(plain.format).toBe(format);
  for (const other of [`\uFEFF${text}`, text.replaceAll('\n', '\r\n'), gzipSync(`\uFEFF${text.replaceAll('\n', '\r\n')}`)])
    expect(await read(other)).toEqual(plain);
});

test('a list of any size is read in one pass, whatever its texts hold and wherever a piece of the file ends', async () => {
  const hard = ['"', '\\', '\\"', '[', ']}', '{"a":', ',', 'ü中🙂', '\n', ''];
  const values = Array.from({ length: 30_000 }, (_, i) => ({
    [`${hard[i % 10]}${i}`]: [hard[(i * 7) % 10].repeat(i % 9), i, null, { x: [] }],
  }));
  const text = JSON.stringify(values, null, 1);
  expect(Buffer.byteLength(text)).toBeGreaterThan(2 << 20); // several pieces
  for (const written of [text, `{"before": {"sessions": [1]}, "sessions": ${text}, "after": [2]}`]) {
    const [read, lines]: [unknown[], number[]] = [[], []];
    for await (const element of jsonElements(file(written), 'sessions', new Ledger())) {
      read.push(JSON.parse(element.text));
      lines.push(element.line);
    }
    expect(read).toEqual(values);
    expect(lines.slice(0, 2)).toEqual([2, 2 + JSON.stringify(values[0], null, 1).split('\n').length]);
  }
});

test('comments are counted; elements within CDATA and entities of a DOCTYPE are refused, with the line', async () => {
  const within = (text: string) => trecSession.replace(/(?=<interaction)/, text);
  const { sessions } = await readSearchSessions(file(trecSession));
  const inside = '<interaction num="0"><query>x</query></interaction>';
  const commented = await readSearchSessions(file(within(`<!-- ${inside} -->`)));
  expect(commented.sessions).toEqual(sessions);
  expect(commented.accounting).toContainEqual(expect.objectContaining({ unit: 'comments', read: 1, rejected: { 'in a <session>': 1 } }));
  const text = await readSearchSessions(file(trecSession.replace(/<query>[^<]*/, '<query><![CDATA[a <interaction>]]>')));
  expect(text.sessions[0].queries[0].text).toBe('a <interaction>');
  const line = trecSession.slice(0, trecSession.indexOf('<interaction')).split('\n').length;
  await expect(readSearchSessions(file(within(`<![CDATA[${inside}]]>`)))).rejects.toThrow(
    `:${line}: a <interaction> within <![CDATA[…]]>, where it is no element but text; take it out of there`,
  );
  await expect(readSearchSessions(file(trecSession.replace(/(?=<session )/, '<![CDATA[<session num="7">]]>')))).rejects.toThrow(
    'a <session> within <![CDATA[…]]>',
  );
  await expect(readSearchSessions(file(`<!DOCTYPE s [\n<!ENTITY foo "x">]>\n${trecSession.replace(/^<\?.*\?>\s*/, '')}`))).rejects.toThrow(
    ':2: a DOCTYPE with entities of its own, which are not read; write out what they stand for (xmllint --noent)',
  );
});

test('a bare "&" is read wherever a piece of the file ends', async () => {
  const body = trec2012.split('\n').slice(1, -2).join('\n');
  const many = `<sessiontrack2012>\n${Array.from({ length: 4000 }, (_, s) => body.replace('num="9"', `num="${s}"`)).join('\n')}</sessiontrack2012>`;
  expect(Buffer.byteLength(many)).toBeGreaterThan(2 << 20);
  const { sessions } = await readSearchSessions(file(many));
  expect(sessions).toHaveLength(4000);
  expect(new Set(sessions.map(({ queries }) => queries[0].text))).toEqual(new Set(['merck & co <drugs> R&D']));
});

test.each([
  ['a topic map without qrels', { topicMap: 'map' }, /a topic map serves to look judgments up: give the qrels too/],
  ['a regrading without qrels', { regrade: new Map([[1, 2]]) }, /a regrading serves to look judgments up/],
])('%s is refused', async (_name, options, message) => {
  await expect(readSearchSessions(file(trec2012), options)).rejects.toThrow(message);
});

test.each([
  ['9\n', /:1: expected search session and topic, got one column/],
  ['9 1\n9 2\n', /:2: search session 9 has topic 2, but topic 1 above/],
])('topic map %j is refused', async (text, message) => {
  await expect(readSearchSessions(file(trec2012), { qrels: file(trec2012Qrels), topicMap: file(text) })).rejects.toThrow(message);
});

test('an entity that XML does not know is kept where it makes no id: in queries, urls beside ids, CDATA, and with its "&" written out', async () => {
  const text = (
    entity: string,
  ) => `<root><session num="1&amp;c;"><interaction><query_id><![CDATA[q${entity}]]></query_id><query>a${entity}</query>
    <results><result rank="1"><url>u${entity}</url><docid>d&amp;c;&d</docid></result></results></interaction></session></root>`;
  const { sessions } = await readSearchSessions(file(text('&c;')), { format: 'tiangong-st' });
  expect(sessions).toEqual([{ id: '1&c;', queries: [{ id: 'q&c;', text: 'a&c;', results: [{ id: 'd&c;&d', clicked: false }] }] }]);
});
