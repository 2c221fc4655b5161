import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readStoredRun, type StoredRun } from '../records/stored-run.ts';
import { sweepIn } from '../sweep/sweep-file.ts';
import { type RunState, runStates, sweepState } from '../sweep/sweep-state.ts';

/** How far a sweep is. */
export interface SweepProgress {
  readonly name: string;
  readonly counts: Readonly<Record<RunState, number>>;
  readonly secondsPerRun: number | null; // mean of the finished ones; null where none is
  readonly running: readonly { readonly id: string; readonly last: string }[]; // last line of the log
  readonly failed: readonly { readonly id: string; readonly error: string }[];
  readonly finished: readonly StoredRun[];
}

/** Reads the progress of a sweep again and again; a finished run, which never changes, is read once. @throws UsageError where there is none */
export function progressReader(folder: string): () => Promise<SweepProgress> {
  const known = new Map<string, StoredRun>();
  return async () => {
    const sweep = await sweepIn(folder);
    const states = await sweepState(folder, sweep);
    const of = (wanted: RunState) => states.filter(({ state }) => state === wanted);
    for (const { folder: run } of of('finished')) if (run !== null && !known.has(run)) known.set(run, await readStoredRun(run));
    const seconds = [...known.values()].flatMap(({ status }) =>
      status.wallSeconds?.total === undefined ? [] : [status.wallSeconds.total],
    );
    return {
      name: sweep.name,
      counts: Object.fromEntries(runStates.map((state) => [state, of(state).length])) as Record<RunState, number>,
      secondsPerRun: seconds.length === 0 ? null : seconds.reduce((sum, value) => sum + value, 0) / seconds.length,
      running: await Promise.all(of('running').map(async ({ run: { id } }) => ({ id, last: await lastLine(folder, id) }))),
      failed: await Promise.all(
        of('failed').map(async ({ run: { id }, folder: lost }) => ({ id, error: await firstLine(join(lost ?? '', 'error.txt')) })),
      ),
      finished: [...known.values()],
    };
  };
}

async function lastLine(folder: string, id: string): Promise<string> {
  const names = await readdir(join(folder, 'running')).catch((): string[] => []);
  if (!names.includes(`${id}.log`)) return '';
  const text = await readFile(join(folder, 'running', `${id}.log`), 'utf8').catch(() => '');
  return text.trimEnd().split('\n').at(-1) ?? '';
}

const firstLine = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.split('\n')[0],
    () => 'no error was recorded',
  );
