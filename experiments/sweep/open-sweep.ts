import { readdir } from 'node:fs/promises';
import { makeFolder } from '../../src/data/make-folder.ts';
import { UsageError } from '../../src/errors.ts';
import { writeJson } from '../records/write-json.ts';
import { intoFolder } from './output-error.ts';
import type { SweepPlan } from './plan-sweep.ts';
import { baselineFault } from './sweep-baseline.ts';
import { dataHashesOfAll, extendSweep, readSweepFile, runConfigOf, type SweepFile, sweepFileOf, sweepIn } from './sweep-file.ts';
import { sweepPaths } from './sweep-folder.ts';

/**
 * The sweep of a folder, begun now or before.
 * @param extend to add the plan's runs to those of another sweep that the folder holds
 * @throws UsageError when the folder holds something else, another sweep, or one whose data files have changed since
 */
export async function beginSweep(folder: string, plan: SweepPlan, extend: boolean): Promise<SweepFile> {
  const planned = await sweepFileOf(plan);
  const existing = await readSweepFile(folder);
  if (existing === null) {
    if ((await readdir(folder).catch(() => [])).length > 0)
      throw new UsageError(`"${folder}" holds something that is no sweep; nothing is overwritten: name another folder with --out`);
    return writeSweep(folder, planned);
  }
  checkData(folder, existing, planned.data);
  const known = new Set(existing.runs.map(({ hash }) => hash));
  const shared = planned.runs.filter(({ hash }) => known.has(hash)).length;
  if (shared === planned.runs.length && shared === existing.runs.length) return existing;
  if (extend) {
    if (shared === planned.runs.length) return existing;
    const extended = extendSweep(existing, planned);
    const problem = baselineFault(extended.runs.map((run) => ({ ...run, config: runConfigOf(extended, run) })));
    if (problem !== null) throw new UsageError(`"${folder}", extended: baseline: ${problem}`);
    return writeSweep(folder, extended);
  }
  const way =
    shared === planned.runs.length
      ? `counterrank sweep ${folder} goes on with all of them`
      : `--extend adds the ${planned.runs.length - shared} new ones`;
  throw new UsageError(
    `"${folder}" holds another sweep: of its ${existing.runs.length} runs, ${shared} are among the ${planned.runs.length} asked for; ${way}, --out names another folder`,
  );
}

/** The sweep that was begun in a folder before. @throws UsageError when there is none, or its data files have changed */
export async function resumeSweep(folder: string): Promise<SweepFile> {
  const sweep = await sweepIn(folder);
  checkData(folder, sweep, await dataHashesOfAll(sweep.runs.map((run) => runConfigOf(sweep, run))));
  return sweep;
}

async function writeSweep(folder: string, sweep: SweepFile): Promise<SweepFile> {
  await intoFolder(folder, async () => {
    await makeFolder(folder);
    await writeJson(sweepPaths(folder).sweep, sweep);
  });
  return sweep;
}

function checkData(folder: string, { data }: SweepFile, now: SweepFile['data']): void {
  for (const [path, files] of Object.entries(data))
    for (const [name, hash] of Object.entries(files))
      if (now[path] !== undefined && now[path][name] !== hash)
        throw new UsageError(
          `"${path}/${name}" has changed since the sweep in "${folder}" began: its runs could not be compared; begin anew with another --out`,
        );
}
