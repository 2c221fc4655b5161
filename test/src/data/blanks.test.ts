import { mkdirSync } from 'node:fs';
import { hasBlank, trimBlanks, wordsOf } from '../../../src/data/blanks.ts';
import { interactionReaders } from '../../../src/data/interactions/interaction-readers.ts';
import { readInteractions } from '../../../src/data/interactions/read-interactions.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { readSearchSessions } from '../../../src/data/read-search-sessions.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { readTopicJudgments } from '../../../src/data/session-logs/topic-judgments.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

test('blanks are those of C: space, \\t, \\n, \\v, \\f, \\r', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const [character, isBlank] = [String.fromCharCode(code), [32, 9, 10, 11, 12, 13].includes(code)];
    expect(`${code} ${hasBlank(character)}`).toBe(`${code} ${isBlank}`);
    if (/\s/.test(character)) expect(trimBlanks(`${character}a${character}`)).toBe(isBlank ? 'a' : `${character}a${character}`);
  }
  expect(wordsOf(' a\t\vb \r\n')).toEqual(['a', 'b']);
  expect(wordsOf(' \f ')).toEqual([]);
  expect(wordsOf('a b c', 2)).toEqual(['a', 'b']);
});

describe.each(['\u00a0', '\u2003', '\u0085', '\u3000'])('ids that differ in %j stay apart', (space) => {
  const [plain, around, within] = ['1', `${space}1`, `1${space}`];
  const inFolder = (files: Record<string, string>) => {
    const name = `folder ${space.charCodeAt(0)} ${Object.keys(files)[0]}`;
    mkdirSync(folder.in(name));
    for (const [file, text] of Object.entries(files)) folder.put(`${name}/${file}`, text);
    return folder.in(name);
  };
  const ids = [plain, around, within];
  const prefix = 'ydata-ymusic-rating-study-v1_0';

  test.each([
    ['movielens-100k', { 'u.data': ids.map((id) => `${id}\t7\t3\t1\n`).join('') }],
    ['movielens-1m', { 'ratings.dat': ids.map((id) => `${id}::7::3::1\n`).join('') }],
    ['yahoo-r3', { [`${prefix}-train.txt`]: ids.map((id) => `${id}\t7\t3\n`).join(''), [`${prefix}-test.txt`]: '1\t7\t3\n' }],
  ] as const)('%s', async (reader, files) => {
    const { log } = await interactionReaders[reader].read(inFolder(files));
    expect(log.userIds).toEqual(ids);
  });

  test('CSV, where blanks around cells are left out', async () => {
    const rows = ids.map((id) => ` ${id}\t,"${id}" , 7\n`).join('');
    const { userIds, itemIds } = await readInteractions(folder.put('log.csv', `user,item,rating\n${rows}`.replaceAll(' 7', ' 3')));
    expect([userIds, itemIds]).toEqual([ids, ids]);
  });

  test('lists of a click log, and documents of SVMlight', async () => {
    const set = await readSvmlight(folder.put('set.txt', ids.map((id) => `1 qid:${within} 1:1 # docid = ${id}\n`).join('')), {
      cache: false,
    });
    expect([set.queryIds, set.docIds]).toEqual([[within], ids]);
    const log = await readClickLog(folder.put('clicks.csv', `query,docs,clicks\n${within},${within}  ${plain} ${around},0 0 1\n`), set);
    expect([...log.docs]).toEqual([2, 0, 1]);
  });

  test('judgments', async () => {
    const path = folder.put('qrels', ids.map((id) => `${within} 0 ${id} 1\n`).join(''));
    const { topics } = await readTopicJudgments(path);
    expect([...topics].map(([topic, { grades }]) => [topic, [...grades.keys()]])).toEqual([[within, ids]]);
    const { ids: table, documents } = await readQrels(path);
    expect([table.topics.length, new Set(documents).size]).toEqual([1, 3]);
  });

  test('XML', async () => {
    const results = ids.map((id, i) => `<result rank="${i + 1}"><docno> ${id}\n</docno></result>`).join('');
    const text = `<sessiontrack><session num="1"><interaction><query>q</query><results>${results}</results></interaction></session></sessiontrack>`;
    const { sessions } = await readSearchSessions(folder.put('log.xml', text));
    expect(sessions[0].queries[0].results.map(({ id }) => id)).toEqual(ids);
  });
});
