import { createTrecIds, type TrecIds } from '../../../src/data/trec/id-table.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../src/data/trec/read-run.ts';
import { UsageError } from '../../../src/errors.ts';
import { evaluateRun } from '../../../src/metrics/evaluate-run.ts';
import { judgedRankings } from '../../../src/metrics/judged-rankings.ts';
import { chooseTopics } from '../../../src/metrics/topic-choice.ts';
import { temporaryFolder } from '../data/temporary-folder.ts';

const folder = temporaryFolder();
const lines = (rows: readonly string[]) => rows.map((row) => `${row}\n`).join('');
const qrels = (ids: TrecIds, ...rows: string[]) => readQrels(folder.put('qrels', lines(rows)), ids);
const run = (ids: TrecIds, ...rows: string[]) => readRun(folder.put('run', lines(rows.map((row) => `${row} tag`))), ids);

async function world() {
  const ids = createTrecIds();
  return {
    ids,
    judgments: await qrels(ids, '10 0 a 1', '9 0 a 1', '9 0 b 0', '9 0 c -1', '8 0 a 2'),
    first: await run(ids, '9 Q0 b 1 2', '9 Q0 a 2 1', '10 Q0 x 1 1', '7 Q0 a 1 1'),
    second: await run(ids, '8 Q0 a 1 1', '9 Q0 c 1 2', '9 Q0 x 2 1'),
  };
}

const texts = ({ topics }: TrecIds, numbers: Uint32Array) => Array.from(numbers, (topic) => topics.text(topic));

test('topics that are judged and in every run, in the order of their ids; what is left out is told run by run', async () => {
  const { ids, judgments, first, second } = await world();
  const choice = chooseTopics(judgments, [first, second]);
  expect(texts(ids, choice.topics)).toEqual(['9']);
  expect(choice.missing.map((of) => texts(ids, of))).toEqual([['8'], ['10']]);
  expect(choice.unjudged.map((of) => texts(ids, of))).toEqual([['7'], []]);
});

test('complete: all that are judged, in the order of their bytes', async () => {
  const { ids, judgments, first, second } = await world();
  expect(texts(ids, chooseTopics(judgments, [first, second], { complete: true }).topics)).toEqual(['10', '8', '9']);
});

test('grades in ranked order, −1 without judgment, −2 below 0, then what was not retrieved', async () => {
  const { ids, judgments, second } = await world();
  const topics = Uint32Array.from(['9', '10', '8'], (topic) => ids.topics.internText(topic));
  const { ranked, offsets, retrieved } = judgedRankings(judgments, second, topics);
  expect([...offsets]).toEqual([0, 4, 5, 6]);
  expect([...retrieved]).toEqual([2, 0, 1]);
  expect([...ranked]).toEqual([-2, -1, 1, 0, /* 10, which the run lacks: */ 1, /* 8: */ 2]);
});

test('measures each topic of the run; a missing one scores 0 only when it is asked for', async () => {
  const { judgments, first } = await world();
  expect(evaluateRun(judgments, first, ['RR', 'P@2'])).toEqual({
    topics: ['10', '9'],
    values: { RR: Float64Array.of(0, 1 / 2), 'P@2': Float64Array.of(0, 1 / 2) },
  });
  const { topics } = chooseTopics(judgments, [first], { complete: true });
  expect(evaluateRun(judgments, first, ['RR'], { topics })).toEqual({
    topics: ['10', '8', '9'],
    values: { RR: Float64Array.of(0, 0, 1 / 2) },
  });
});

test('below the depth nothing counts as retrieved', async () => {
  const { judgments, first } = await world();
  expect(evaluateRun(judgments, first, ['RR', 'R@9'], { depth: 1 }).values).toEqual({
    RR: new Float64Array(2),
    'R@9': new Float64Array(2),
  });
  expect(evaluateRun(judgments, first, ['RR'], { depth: 2 }).values.RR).toEqual(Float64Array.of(0, 1 / 2));
  expect(() => evaluateRun(judgments, first, ['RR'], { depth: 0 })).toThrow('the depth');
});

test('equal scores rank by document id, descending', async () => {
  const ids = createTrecIds();
  const judgments = await qrels(ids, '1 0 b 1');
  expect(evaluateRun(judgments, await run(ids, '1 Q0 b 1 5', '1 Q0 c 2 5', '1 Q0 a 3 5'), ['RR']).values.RR[0]).toBe(1 / 2);
});

test('no topic in common is a mistake, told with the first topic of either side', async () => {
  const { ids, judgments, first } = await world();
  const stray = await run(ids, 'q9 Q0 a 1 1');
  expect(() => chooseTopics(judgments, [first, stray])).toThrow(
    'no topic of the run with the tag "tag" is judged; do the ids match? The judgments start with topic "10", the run with "q9"',
  );
  expect(() => chooseTopics(judgments, [stray], { complete: true })).toThrow(UsageError);
  const [eight, ten] = [await run(ids, '8 Q0 a 1 1'), await run(ids, '10 Q0 a 1 1')];
  expect(() => chooseTopics(judgments, [eight, ten])).toThrow('no judged topic is in every run');
});

test('judgments and run must name things by the same numbers', async () => {
  const { judgments } = await world();
  const other = await run(createTrecIds(), '9 Q0 a 1 1');
  expect(() => evaluateRun(judgments, other, ['AP'])).toThrow('must share their ids');
  expect(() => judgedRankings(judgments, other, judgments.topics)).toThrow(UsageError);
});
