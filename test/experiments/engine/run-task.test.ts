import { jest } from '@jest/globals';
import { drawSvg, smallPicture } from '../../../experiments/charts/draw-svg.ts';
import type { SeedOutcome } from '../../../experiments/engine/run-seed.ts';
import { runTask } from '../../../experiments/engine/run-task.ts';
import { ProcessDied, type SeedWorker, type Spent } from '../../../experiments/engine/seed-worker.ts';
import type { Task } from '../../../experiments/engine/task.ts';

const seeds = ['1', '2', '3', '4'];
const config = { seeds, estimators: [{ name: 'a', label: 'a' }] } as never;
const spent: Spent = { wallSeconds: {}, methodSeconds: {}, peakMemoryBytes: 1 };
const outcomeOf = (seed: string): SeedOutcome => ({
  values: [[Float64Array.of(Number(seed))]],
  units: {},
  tables: {},
  warnings: [],
  leftOut: [],
});

/** A task whose metric is the seed; `own` gets the seeds that this process does. */
function task(own: string[]): Task {
  const seed = async (name: string) => {
    own.push(name);
    return { units: {}, learn: () => ({ evaluate: () => [Float64Array.of(Number(name))] }) };
  };
  const metrics = () => [{ label: 'seed', unit: 'all' }];
  const shown = { tables: [], findings: [], progressWords: () => ({ data: '', world: '' }) };
  return { name: 'seeds', ...shown, metrics, prepare: async () => ({ seed }) } as unknown as Task;
}

/** Runs it beside one other process. */
async function runBeside(worker: Partial<SeedWorker>) {
  const own: string[] = [];
  const end = jest.fn();
  const start = () => ({
    ...{ ready: Promise.resolve(), save: async () => [], draw: async () => 'elsewhere', spent: () => spent, end },
    ...{ run: async (s: number) => outcomeOf(seeds[s]), ...worker },
  });
  const finished = await runTask(task(own), config, { helpers: { count: 1, start } });
  return { own, end, finished, means: finished.result.values.map(([[value]]) => value[0]) };
}
const never = () => new Promise<never>(() => {});

test('another process does seeds, and the result is in the order of the seeds', async () => {
  const { own, means } = await runBeside({});
  expect(own.length).toBeLessThan(4);
  expect(means).toEqual([1, 2, 3, 4]);
});

test('one that is not ready when all others are done is not waited for', async () => {
  const { own, means, end } = await runBeside({ ready: never(), run: never, spent: () => null });
  expect(own).toEqual(['1', '3', '4', '2']);
  expect(means).toEqual([1, 2, 3, 4]);
  expect(end).toHaveBeenCalled();
});

test('one that fails ends the run, with what it says', async () => {
  await expect(runBeside({ run: () => Promise.reject(new Error('no more memory')) })).rejects.toThrow('no more memory');
});

test('pictures are drawn by both in turn, and here where the other cannot', async () => {
  const here = await drawSvg(smallPicture);
  const pictures = [smallPicture, smallPicture, smallPicture, smallPicture];
  const drawn = async (worker: Partial<SeedWorker>) => Promise.all(pictures.map((await runBeside(worker)).finished.draw));
  expect(await drawn({})).toEqual([here, 'elsewhere', here, 'elsewhere']);
  expect(await drawn({ draw: () => Promise.reject(new Error('no')) })).toEqual([here, here, here, here]);
});

test('where the other dies, all that it did is done here: what it learnt went with it', async () => {
  let runs = 0;
  const run = async (s: number) => {
    if (++runs === 2) throw new ProcessDied('signal SIGKILL');
    return outcomeOf(seeds[s]);
  };
  const { own, means, finished } = await runBeside({ run, save: async () => ['saved elsewhere'] });
  expect([...own].sort()).toEqual(seeds);
  expect(means).toEqual([1, 2, 3, 4]);
  expect(await finished.save('/nowhere')).toEqual([]);
});
