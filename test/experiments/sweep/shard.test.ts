import { parseShard, shardOf } from '../../../experiments/sweep/shard.ts';
import { UsageError } from '../../../src/errors.ts';

test('counts from 1 as typed, from 0 as engines do', () => {
  expect(parseShard('1/8', {})).toEqual({ index: 0, count: 8 });
  expect(parseShard('8/8', {})).toEqual({ index: 7, count: 8 });
  expect(parseShard('auto/8', { JOB_COMPLETION_INDEX: '7' })).toEqual({ index: 7, count: 8 });
  expect(parseShard('auto', { AWS_BATCH_JOB_ARRAY_INDEX: '0', AWS_BATCH_JOB_ARRAY_SIZE: '3' })).toEqual({ index: 0, count: 3 });
  expect(parseShard('auto', { SLURM_ARRAY_TASK_ID: '2', SLURM_ARRAY_TASK_COUNT: '4' })).toEqual({ index: 2, count: 4 });
});

test.each([
  ['0/8', {}, /index must be from 1 to the count/],
  ['9/8', {}, /index must be from 1 to the count/],
  ['3', {}, /must be index\/count/],
  ['a/b', {}, /must be index\/count/],
  ['1/0', {}, /from 1 to the count/],
  ['auto/8', {}, /no job array: none of JOB_COMPLETION_INDEX/],
  ['auto', { JOB_COMPLETION_INDEX: '1' }, /JOB_COMPLETION_INDEX does not say of how many; write auto\/8/],
  ['auto/8', { SLURM_ARRAY_TASK_ID: '8' }, /index is 8, which must be from 0 to 7; number the array from 0/],
])('%s with %j is refused', (text, env, message) => {
  expect(() => parseShard(text, env)).toThrow(UsageError);
  expect(() => parseShard(text, env)).toThrow(message);
});

test('the shards are a partition, no two sizes more than one apart', () => {
  for (const [items, count] of [
    [10, 3],
    [2, 5],
    [12, 4],
  ]) {
    const all = Array.from({ length: items }, (_, i) => i);
    const shards = Array.from({ length: count }, (_, index) => shardOf(all, { index, count }));
    expect(shards.flat().sort((a, b) => a - b)).toEqual(all);
    expect(Math.max(...shards.map((s) => s.length)) - Math.min(...shards.map((s) => s.length))).toBeLessThanOrEqual(1);
  }
});
