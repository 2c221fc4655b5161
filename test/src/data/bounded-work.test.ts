import { growingUint32 } from '../../../src/data/growing-array.ts';
import { readInteractions } from '../../../src/data/interactions/read-interactions.ts';
import { CodeTable } from '../../../src/data/named-logs/code-table.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { readSearchSessions } from '../../../src/data/read-search-sessions.ts';
import { SequenceTable } from '../../../src/data/sequence-table.ts';
import { readTopicJudgments } from '../../../src/data/session-logs/topic-judgments.ts';
import { IdTable } from '../../../src/data/trec/id-table.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../src/data/trec/read-run.ts';
import { DataError } from '../../../src/errors.ts';
import { nearName } from '../../../src/registry.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Four times the input takes about four times as long, not sixteen times. Other work on the machine may make a try look worse than it
 * is, and
 * seldom better: one good try of some is enough, and sizes are such that what is quadratic fills nearly all of the time.
 */
async function expectAboutLinear(size: number, make: (size: number) => () => unknown): Promise<void> {
  const [once, fourTimes] = [make(size), make(4 * size)];
  await once(); // warm
  let least = Infinity;
  for (let tries = 0; tries < 6 && least >= 9; tries++) least = Math.min(least, (await timeOf(fourTimes)) / (await timeOf(once)));
  expect(least).toBeLessThan(9);
}

const numbers = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i));

test('a long list of a click log', async () => {
  await expectAboutLinear(15_000, (size) => {
    const docIds = numbers(size, String);
    const set = {
      queryIds: ['q'],
      docIds,
      offsets: Uint32Array.of(0, size),
      features: new Float32Array(size),
      featureCount: 1,
      labels: new Float32Array(size),
    };
    const path = folder.put(`long-${size}.jsonl`, JSON.stringify({ query: 'q', docs: docIds, clicks: docIds.map(() => 0) }));
    return () => readClickLog(path, set);
  });
});

test('a name that is very long, or among very long ones, is near none', async () => {
  const known = numbers(20_000, (i) => `${'a'.repeat(60)}${i}`);
  await expectAboutLinear(100_000, (size) => () => nearName('a'.repeat(size), known));
  await expectAboutLinear(100_000, (size) => () => nearName('clik', ['a'.repeat(size), 'click']));
  expect(nearName('b'.repeat(201), ['b'.repeat(202)])).toBe('');
  expect(nearName('b'.repeat(199), ['b'.repeat(200)])).not.toBe('');
});

test('an unknown query id of any length makes a short message', async () => {
  const set = {
    queryIds: ['q'],
    docIds: ['1'],
    offsets: Uint32Array.of(0, 1),
    features: Float32Array.of(1),
    featureCount: 1,
    labels: Float32Array.of(1),
  };
  const path = folder.put('unknown.jsonl', JSON.stringify({ query: 'x'.repeat(200_000), docs: ['1'], clicks: [0] }));
  const error: unknown = await readClickLog(path, set).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message.length).toBeLessThan(300);
});

test.each([
  ['open lists', (size: number) => '['.repeat(size)],
  ['open objects', (size: number) => '{"a":'.repeat(size / 5)],
  ['a fault at the end', (size: number) => `{"id":"${'a'.repeat(size)}"`],
  ['a list deep in a field', (size: number) => `{"id":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}`],
])('a JSON log of %s', async (_name, text) => {
  await expectAboutLinear(250_000, (size) => {
    const path = folder.put(`deep-${size}.jsonl`, `${text(size)}\n`);
    return async () => expect(await readSearchSessions(path, { format: 'jsonl' }).catch((reason) => reason)).toBeInstanceOf(DataError);
  });
});

test('very many values in one line of JSON are refused before they are made', async () => {
  const path = folder.put('values.jsonl', `{"id":"s","queries":[${'{},'.repeat(2_200_000)}{}]}\n`);
  const fault: unknown = await readSearchSessions(path, { format: 'jsonl' }).catch((reason) => reason);
  expect((fault as Error).message).toBe(`${path}:1: more than four million values in one line or element; is this such a log?`);
});

test('a run, or ratings, of one row again and again are told where it begins again', async () => {
  const run = folder.put('again.run', '1 Q0 d 1 2 t\n'.repeat(50_000));
  await expect(readRun(run)).rejects.toThrow(`${run}:2: topic 1 has document d twice, first in line 1`);
  const ratings = folder.put('again.csv', `user,item\n${'u,i\n'.repeat(50_000)}1,2,3\n`);
  await expect(readInteractions(ratings)).rejects.toThrow('user "u" and item "i" were there before, in line 2'); // not the last line
});

test('many subtopics of one document, in qrels and in those of a session log', async () => {
  const put = (size: number) => folder.put(`subtopics-${size}`, numbers(size, (i) => `1 s${i} d 1\n`).join(''));
  await expectAboutLinear(6_000, (size) => {
    const path = put(size);
    return () => readQrels(path, undefined, { subtopics: true });
  });
  await expectAboutLinear(3_000, (size) => {
    const path = put(size);
    return () => readTopicJudgments(path);
  });
});

/** A view that counts how often words are read. */
function countingView(length: number) {
  const view = new DataView(new ArrayBuffer(length));
  const counter = { view, reads: 0 };
  view.getInt32 = (at, littleEndian) => {
    counter.reads++;
    return DataView.prototype.getInt32.call(view, at, littleEndian);
  };
  return counter;
}

test('ids made for one hash are told apart with a bounded number of looks at each', () => {
  // the hash of a word and the next is the same where the highest bit of the one and the fifth of the other are flipped: 2^n ids of n pairs
  const pairs = 12;
  const counter = countingView(8 * pairs + 4);
  const { view } = counter;
  const table = new IdTable();
  const number = (i: number) => {
    for (let p = 0; p < pairs; p++) {
      const flip = (i >> p) & 1;
      view.setInt32(8 * p, flip << 31, true);
      view.setInt32(8 * p + 4, flip << 4, true);
    }
    return table.intern(view, 0, 8 * pairs);
  };
  for (let round = 0; round < 2; round++) for (let i = 0; i < 1 << pairs; i++) if (number(i) !== i) throw new Error(`id ${i} is another`);
  expect(table.length).toBe(1 << pairs);
  // of 2^12 ids in two rounds, each with all before it would be 2^24 comparisons of some words
  expect(counter.reads).toBeLessThan(2 ** 23);
  expect(table.compare(1, 2)).toBeGreaterThan(0); // what is in the table stays there: the first pair of 1 and the second of 2 are flipped
});

test('lists made for one hash are told apart with a bounded number of looks at each', () => {
  const length = 26;
  let reads = 0;
  const items = (i: number) => {
    const values = Array.from({ length }, (_, k) => ((i >> (k >> 1)) & 1) * 2 ** 31);
    const shuffled = [...values.filter((_, k) => k % 2 === 0).flatMap((value) => [value, 0, value, 0])]; // twice in one lane
    return new Proxy(shuffled, {
      get(target, key) {
        reads++;
        return Reflect.get(target, key);
      },
    });
  };
  const table = new SequenceTable(growingUint32());
  const count = 1 << 12;
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < count; i++) if (table.intern(7, items(i)) !== i) throw new Error(`list ${i} is another`);
  expect(table.length).toBe(count);
  expect(reads).toBeLessThan(count ** 2 / 2);
});

test('documents made for one hash are told apart with a bounded number of looks at each', async () => {
  await expectAboutLinear(20_000, (size) => () => {
    const table = new CodeTable();
    const code = (i: number) => i * 2 ** 32 + (Math.imul(i, 0x9e3779b1) >>> 0);
    for (let round = 0; round < 2; round++)
      for (let i = 0; i < size; i++) if (table.intern(0, code(i)) !== i) throw new Error(`document ${i} is another`);
    if (table.intern(1, code(0)) !== size) throw new Error('a document of another query is the same');
  });
});
