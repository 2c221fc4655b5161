import { decimalOf, type Grammar } from '../../../src/data/decimal.ts';
import { interactionReaders } from '../../../src/data/interactions/interaction-readers.ts';
import { readInteractions } from '../../../src/data/interactions/read-interactions.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { readSearchSessions } from '../../../src/data/read-search-sessions.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { readTopicJudgments } from '../../../src/data/session-logs/topic-judgments.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { writeClickLog } from '../../../src/data/write-click-log.ts';
import { DataError } from '../../../src/errors.ts';
import { putExample, smallSet, textReaders } from './small-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const faultOf = async (reading: Promise<unknown>): Promise<string> => {
  const error: unknown = await reading.catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  return (error as DataError).message;
};
/** What `Number` takes, or nearly, and no text file should have. */
const slips = ['0x10', '1_0', '0b1', '0o7', 'Infinity', '-Infinity', 'NaN', '1e', '.', '', '1,0', '١', '1 0', '1e999', '+-1', '1.2.3'];

test('grammars', () => {
  const takes = (grammar: Grammar) =>
    ['1', '12', '012', '+1', '-1', '1.0', '1.', '.5', '1.5', '1e2', '1e-2'].filter((text) => decimalOf(text, grammar) === Number(text));
  expect(takes('whole')).toEqual(['1', '12', '012']);
  expect(takes('whole or .0')).toEqual(['1', '12', '012', '-1', '1.0', '1.']);
  expect(takes('plain')).toEqual(['1', '12', '012', '1.0', '1.', '.5', '1.5']);
  expect(takes('decimal')).toHaveLength(11);
  for (const text of [...slips, ' 1 ', '1\n'])
    for (const grammar of ['whole', 'whole or .0', 'plain', 'decimal'] as const) expect(decimalOf(text, grammar)).toBeNaN();
});

test.each([...slips, '1e2', '+1', '-1'].filter((text) => !text.includes(',')))('a count or click %j of a CSV click log', async (text) => {
  const path = folder.put('counts.csv', `query,docs,clicks,count\ncafé,1 2,0 1,2\nq2,é,1,${text}\n`);
  expect(await faultOf(readClickLog(path, smallSet))).toContain(
    `counts.csv:3: count must be a number above 0, in digits, perhaps with a point; got ${JSON.stringify(text)}`,
  );
  if (/\s|^$/.test(text)) return;
  const clicks = folder.put('clicks.csv', `query,docs,clicks\nq2,é,${text}\n`);
  expect(await faultOf(readClickLog(clicks, smallSet))).toContain(`clicks.csv:2: a click must be 0 or 1; got ${JSON.stringify(text)}`);
});

test('counts are written so that they are read back', async () => {
  const path = folder.in('large.csv');
  const log = await readClickLog(folder.put('one.csv', 'query,docs,clicks,count\nq2,é,1,2.5\n'), smallSet);
  for (const count of [2.5, 1e15, 3e-7, 2 ** 53 - 1, 1234567890.125]) {
    await writeClickLog(path, { ...log, count: Float64Array.of(count) }, smallSet);
    expect([...(await readClickLog(path, smallSet)).count]).toEqual([count]);
  }
});

test.each(['click', 'conversion', 'rank', 'rating', 'propensity', 'timestamp'])('a %s of interactions that is no number', async (name) => {
  for (const text of slips) {
    const path = folder.put('log.csv', `user,item,${name}\nu,i,"${text}"\n`);
    expect(await faultOf(readInteractions(path))).toMatch(new RegExp(`^${path}:2: a ${name} must be (a .*number.*|0 or 1); got `));
  }
});

test('a rating, a weight and a feature of users that 32 bits do not hold', async () => {
  expect(await faultOf(readInteractions(folder.put('high.csv', 'user,item,rating\nu,i,-1e39\n')))).toContain(
    'high.csv:2: a rating must be a number, got -1e+39; 32 bits hold numbers from',
  );
  folder.put('set.txt.weight', '1\n1e39\n');
  expect(await faultOf(readSvmlight(folder.put('set.txt', '1 qid:1 1:1\n0 qid:1 1:2\n'), { cache: false }))).toContain(
    'set.txt.weight:2: a weight must be a finite number of at least 0; got "1e39"',
  );
  const example = textReaders.find(({ file }) => file.endsWith('user_features.ascii'));
  if (example === undefined) throw new Error('no example of features');
  putExample(folder.in('coat'), example, '1 0\n0 1e39\n');
  expect(await faultOf(interactionReaders.coat.read(folder.in('coat')))).toContain(
    'user_features.ascii:2: "1e39" is not a number that 32 bits hold',
  );
  putExample(folder.in('coat'), example, '1 0\n1e-50 0\n');
  expect(await faultOf(interactionReaders.coat.read(folder.in('coat')))).toContain(
    'user_features.ascii:2: "1e-50" is not a number that 32 bits hold',
  );
});

/** The nearest 32-bit floats of these mean something else: 2^24 + 1 is no such float, the least above 0 is 2^-149. */
const changed = ['16777217', '1e-50', '1e-400', '1e39'];

test.each<[string, (text: string) => Promise<unknown>]>([
  ['label', (text) => readSvmlight(folder.put('big.txt', `${text} qid:1 1:1\n`), { cache: false, gains: 'linear' })],
  ['grade', (text) => readQrels(folder.put('big.qrels', `1 0 d ${text}\n`))],
  ['rating', (text) => readInteractions(folder.put('big.csv', `user,item,rating\nu,i,${text}\n`))],
  [
    'weight',
    (text) => {
      folder.put('weighted.txt.weight', text);
      return readSvmlight(folder.put('weighted.txt', '1 qid:1 1:1\n'), { cache: false });
    },
  ],
])('a %s that would be another number in 32 bits is refused', async (what, read) => {
  for (const text of changed) expect(await faultOf(read(text))).toMatch(new RegExp(`:[12](:1)?: (a )?${what} must be `));
  await read('16777216');
});

test.each(['-1', '0.5'])('the label %s is no click, and no lack of one', async (label) => {
  folder.put('clicked.txt.position', '1\n2\n');
  const path = folder.put('clicked.txt', `${label} qid:q2 1:1 # docid = é\n1 qid:q2 1:1 # docid = f\n`);
  expect(await faultOf(readClickLog(path, smallSet))).toBe(
    `${path}: query "q2": a label must be a whole number, 0 where there was no click; got ${label}`,
  );
});

test.each(['.weight', '.position', '.query'])("numbers in SVMlight's %s", async (ending) => {
  for (const text of slips.filter((one) => one.trim() !== '')) {
    folder.put(`side${ending}.txt${ending}`, `${text}\n1\n`);
    const path = folder.put(`side${ending}.txt`, ending === '.query' ? '1 1:1\n0 1:2\n' : '1 qid:1 1:1\n0 qid:1 1:2\n');
    expect(await faultOf(readSvmlight(path, { cache: false }))).toMatch(new RegExp(`${ending}:1(:\\d+)?: a .* must be `));
  }
});

test.each(['movielens-100k', 'movielens-1m', 'yahoo-r3', 'coat', 'kuairec', 'kuairand', 'open-bandit'] as const)(
  'a number of %s that Number alone would take',
  async (reader) => {
    const example = textReaders.find(({ name }) => name.startsWith(reader));
    if (example === undefined) throw new Error(`no example of ${reader}`);
    const bad = {
      'movielens-100k': ['\t4', '\t0x4'],
      'movielens-1m': ['::5', '::0x5'],
      'yahoo-r3': ['\t5', '\t0x5'],
      coat: ['3', '0x3'],
      kuairec: ['2.5', '0x2'],
      kuairand: [',1,0', ',0x1,0'],
      'open-bandit': [',3,0', ',0x3,0'],
    }[reader];
    putExample(folder.in(reader), example, String(example.content).replace(bad[0], bad[1]));
    expect(await faultOf(interactionReaders[reader].read(folder.in(reader)))).toMatch(/:[12]: .*0x/);
  },
);

test('a document judged twice for a subtopic is refused in the qrels of a session log as in others, the same grade or not', async () => {
  for (const grade of [1, 2]) {
    const path = folder.put('twice.qrels', `4 1 a 1\n4 2 a 1\n4 1 b 0\n4 1 a ${grade}\n`);
    for (const read of [() => readTopicJudgments(path), () => readQrels(path, undefined, { subtopics: true })])
      expect(await faultOf(read())).toMatch(/twice\.qrels:4: topic 4 has document a twice for .*subtopic.*, first in line 1; keep one/);
  }
});

test.each(['0x2', '1e0', '1.0', '2.5', '', '99999999999'])('a grade %j in the qrels of a session log', async (grade) => {
  expect(await faultOf(readTopicJudgments(folder.put('grades.qrels', `4 0 a 1\n4 0 b ${grade}\n`)))).toMatch(
    /grades\.qrels:2: (a grade must be a whole number|expected topic)/,
  );
});

test.each(['9007199254740993', '1.10', '1.5e-3', '1e300'])('an id %s of a session log would be read as others are', async (id) => {
  const session = (own: string, result: string) =>
    folder.put('ids.jsonl', `{"id":${own},"queries":[{"results":[{"id":${result},"clicked":true}]}]}\n`);
  const message = '"id" is a number that is not whole or beyond 2^53, where several are read as one; write it as a text';
  expect(await faultOf(readSearchSessions(session(id, '7')))).toContain(message);
  expect(await faultOf(readSearchSessions(session('7', id)))).toContain(message);
});

test.each([
  ['""', '"id" is empty'],
  ['" "', '"id" is empty'],
  ['"\\ud800"', '"id" has half of a character in it, which no text file can hold; got "\\ud800"'],
  ['"a\\u0000"', '"id" has a NUL in it, which no text file can hold; got "a\\u0000"'],
])('an id %s of a session log is refused: of the session, and of a result', async (id, message) => {
  const session = (own: string, result: string) =>
    folder.put('odd-ids.jsonl', `{"id":${own},"queries":[{"results":[{"id":${result},"clicked":true}]}]}\n`);
  expect(await faultOf(readSearchSessions(session(id, '"d"')))).toContain(message);
  expect(await faultOf(readSearchSessions(session('"s"', id)))).toContain(message);
  await readSearchSessions(session('"😀"', '"😀"'));
});
