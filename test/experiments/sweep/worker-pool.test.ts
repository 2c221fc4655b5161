import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { WorkerDeath } from '../../../experiments/engine/worker-process.ts';
import { OutputError } from '../../../experiments/sweep/output-error.ts';
import type { SweepWorker } from '../../../experiments/sweep/start-worker.ts';
import type { RunAnswer, RunOrder } from '../../../experiments/sweep/worker-messages.ts';
import { type PoolOptions, runPool } from '../../../experiments/sweep/worker-pool.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
beforeAll(() => mkdirSync(folder.in('sweep')));
const orders = (ids: string, name: string): RunOrder[] =>
  [...ids].map((id) => ({ folder: folder.in(name), id: `${id}-0000000000`, config: {} as never, overrides: [], command: '' }));
const ids = (settled: readonly { id: string }[]) =>
  settled
    .map(({ id }) => id[0])
    .sort()
    .join('');

/** Workers that answer as told: the n-th letter of a run's script is what its n-th attempt comes to; after its end it is finished. */
function pool(scripts: Record<string, string>, options: Partial<PoolOptions> = {}) {
  const attempts: string[] = [];
  let [busy, mostBusy, started] = [0, 0, 0];
  const answerOf = (id: string): RunAnswer | WorkerDeath => {
    const outcome = scripts[id[0]]?.[attempts.filter((other) => other === id[0]).length - 1];
    if (outcome === 'f') return { kind: 'failed', id, error: 'error: no', exitCode: 2 };
    if (outcome === 'd') return { kind: 'died', how: 'signal SIGKILL', output: 'last words' };
    if (outcome === 'b') return { kind: 'busy', id };
    if (outcome === 'o') return { kind: 'no-output', id, error: 'cannot write "x": the disk is full' };
    return { kind: 'finished', id, seconds: 1 };
  };
  const start = (): SweepWorker => {
    started++;
    let living = true;
    return {
      async perform({ id }) {
        attempts.push(id[0]);
        busy++;
        mostBusy = Math.max(mostBusy, busy);
        await new Promise((later) => setTimeout(later, 1));
        busy--;
        const answer = answerOf(id);
        living = answer.kind !== 'died';
        return answer;
      },
      alive: () => living,
      end: () => {},
    };
  };
  const chosen = { jobs: 2, retries: 0, failFast: false, start, onSettled: () => {}, signal: new AbortController().signal, ...options };
  return {
    seen: () => ({ attempts: attempts.join(''), mostBusy, started }),
    run: (list: string, name = 'sweep') => runPool(orders(list, name), chosen),
  };
}

test('every run is done once, by no more workers than asked for or needed', async () => {
  for (const [jobs, workers] of [
    [1, 1],
    [3, 3],
    [9, 5],
  ]) {
    const { run, seen } = pool({}, { jobs });
    expect(ids(await run('abcde'))).toBe('abcde');
    expect(seen()).toEqual({ attempts: 'abcde', mostBusy: workers, started: workers });
  }
});

test('a failure stops nothing else, and is tried again as often as asked for', async () => {
  const { run, seen } = pool({ a: 'fff', b: 'f' }, { jobs: 1, retries: 1 });
  const settled = await run('abc');
  expect(seen().attempts).toBe('abcab');
  expect(settled.find(({ id }) => id.startsWith('a'))).toMatchObject({ error: 'error: no', exitCode: 2 });
  expect(ids(settled.filter(({ error }) => error === null))).toBe('bc');
});

test('with fail-fast no run is begun after the first that failed for good', async () => {
  const { run, seen } = pool({ b: 'ff' }, { jobs: 1, retries: 1, failFast: true });
  expect(ids(await run('bacd'))).toBe('abcd');
  expect(seen().attempts).toBe('bacdb');
  const strict = pool({ b: 'f' }, { jobs: 1, failFast: true });
  expect(ids(await strict.run('abcd'))).toBe('ab');
});

test('a worker that dies takes its run with it, which says how and keeps its last words; another worker goes on', async () => {
  const { run, seen } = pool({ a: 'd' }, { jobs: 1 });
  const settled = await run('ab');
  expect(settled.map(({ error }) => error)).toEqual([
    expect.stringMatching(/the worker process ended before the run did: signal SIGKILL/),
    null,
  ]);
  expect(seen().started).toBe(2);
  expect(readFileSync(folder.in('sweep/failed/a-0000000000/log.txt'), 'utf8')).toBe('last words');
  expect(readFileSync(folder.in('sweep/failed/a-0000000000/error.txt'), 'utf8')).toMatch(/SIGKILL/);
  expect(existsSync(folder.in('sweep/failed/b-0000000000'))).toBe(false);
});

test('a run that another process is at is looked at again after the others', async () => {
  const { run, seen } = pool({ a: 'bb' }, { jobs: 1 });
  expect(ids(await run('abc'))).toBe('abc');
  expect(seen().attempts).toBe('abcaa');
});

test('a folder that cannot be written stops all, with one error', async () => {
  const { run, seen } = pool({ b: 'o' }, { jobs: 1 });
  await expect(run('abcd')).rejects.toThrow(OutputError);
  expect(seen().attempts).toBe('ab');
});

test('where what killed a worker removed the folder too, that is the one error', async () => {
  const { run } = pool({ a: 'd' }, { jobs: 1 });
  await expect(run('a', 'gone')).rejects.toThrow(OutputError);
  expect(existsSync(folder.in('gone'))).toBe(false);
});

test('when told to stop it begins nothing more', async () => {
  const stop = new AbortController();
  const { run, seen } = pool({}, { jobs: 1, signal: stop.signal, onSettled: ({ id }) => id.startsWith('b') && stop.abort() });
  expect(ids(await run('abcd'))).toBe('ab');
  expect(seen().attempts).toBe('ab');
});
