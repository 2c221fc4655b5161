import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { UsageError } from '../../src/errors.ts';
import { readPluginFiles } from '../catalogue/plugin-files.ts';
import { writeJson } from '../records/write-json.ts';
import { waitForClaim } from './claim.ts';
import { intoFolder } from './output-error.ts';
import type { SweepPlan } from './plan-sweep.ts';
import { baselineFault } from './sweep-baseline.ts';
import { dataHashesOfAll, extendSweep, readSweepFile, runConfigOf, type SweepFile, sweepFileOf, sweepIn } from './sweep-file.ts';
import { sweepPaths } from './sweep-folder.ts';

/** The folder holds something else than the sweep asked for. */
export class OtherSweep extends UsageError {}

/**
 * The sweep of a folder, begun now or before. Of several processes that begin or extend it at once, each finds what the others have done.
 * @param extend to add the plan's runs to those of another sweep that the folder holds
 * @throws OtherSweep when the folder holds something else, another sweep, or one whose data files or plugins have changed since
 */
export async function beginSweep(folder: string, plan: SweepPlan, extend: boolean): Promise<SweepFile> {
  const planned = await sweepFileOf(plan);
  const before = await otherIn(folder, planned, extend);
  if (before !== null) throw before;
  const lock = await intoFolder(folder, () => waitForClaim(sweepPaths(folder).lock, async () => false));
  try {
    const other = await otherIn(folder, planned, extend);
    if (other !== null) throw other;
    const existing = await readSweepFile(folder);
    if (existing === null) return await writeSweep(folder, planned);
    if (sharedRuns(existing, planned) === planned.runs.length) return existing;
    const extended = extendSweep(existing, planned);
    const problem = baselineFault(extended.runs.map((run) => ({ ...run, config: runConfigOf(extended, run) })));
    if (problem !== null) throw new UsageError(`"${folder}", extended: baseline: ${problem}`);
    return await writeSweep(folder, extended);
  } finally {
    await lock?.release();
  }
}

/** The first of path, path-2, path-3 … that is free, or holds the sweep of the plan. */
export async function nextSweepFolder(path: string, plan: SweepPlan): Promise<string> {
  const planned = await sweepFileOf(plan);
  for (let n = 1; ; n++) {
    const folder = n === 1 ? path : `${path}-${n}`;
    if ((await otherIn(folder, planned, false)) === null) return folder;
  }
}

const sharedRuns = (existing: SweepFile, { runs }: SweepFile): number => {
  const known = new Set(existing.runs.map(({ hash }) => hash));
  return runs.filter(({ hash }) => known.has(hash)).length;
};

/** What a folder holds that is not the planned sweep, and cannot become it; null where there is nothing of the kind. */
async function otherIn(folder: string, planned: SweepFile, extend: boolean): Promise<OtherSweep | null> {
  const names = await readdir(folder).catch(() => []); // before the file: whoever begins the sweep meanwhile puts more beside it
  const existing = await readSweepFile(folder);
  if (existing === null) {
    const { lock, sweep } = sweepPaths(folder);
    if (names.map((name) => join(folder, name)).every((path) => path === lock || path.startsWith(`${sweep}.`))) return null; // being begun, or killed at it
    return new OtherSweep(`"${folder}" holds something that is no sweep; nothing is overwritten: name another folder with --out`);
  }
  const changed = changedPlugin(folder, existing, pluginsOf(planned)) ?? changedData(folder, existing, planned.data);
  if (changed !== null) return changed;
  const shared = sharedRuns(existing, planned);
  if (extend || (shared === planned.runs.length && shared === existing.runs.length)) return null;
  const way =
    shared === planned.runs.length
      ? `counterrank sweep ${folder} goes on with all of them`
      : `--extend adds the ${planned.runs.length - shared} new ones`;
  return new OtherSweep(
    `"${folder}" holds another sweep: of its ${existing.runs.length} runs, ${shared} are among the ${planned.runs.length} asked for; ${way}, --out names another folder`,
  );
}

/** The sweep that was begun in a folder before. @throws UsageError when there is none, or its data files or plugins have changed */
export async function resumeSweep(folder: string): Promise<SweepFile> {
  const sweep = await sweepIn(folder);
  const now = new Map<string, string>();
  for (const path of pluginsOf(sweep).keys()) now.set(path, (await readPluginFiles(path)).sha256);
  const plugin = changedPlugin(folder, sweep, now);
  if (plugin !== null) throw plugin;
  const data = changedData(folder, sweep, await dataHashesOfAll(sweep.runs.map((run) => runConfigOf(sweep, run))));
  if (data !== null) throw data;
  return sweep;
}

async function writeSweep(folder: string, sweep: SweepFile): Promise<SweepFile> {
  await intoFolder(folder, async () => {
    await makeFolder(folder);
    await writeJson(sweepPaths(folder).sweep, sweep);
  });
  return sweep;
}

/** The plugins of a sweep's runs: what each held, by path. */
const pluginsOf = (sweep: SweepFile): Map<string, string> =>
  new Map(sweep.runs.flatMap((run) => (runConfigOf(sweep, run).plugins ?? []).map(({ path, sha256 }) => [path, sha256] as const)));

function changedPlugin(folder: string, sweep: SweepFile, now: ReadonlyMap<string, string>): OtherSweep | null {
  for (const [path, sha256] of pluginsOf(sweep))
    if (now.has(path) && now.get(path) !== sha256) return changedSince(folder, `plugin "${path}"`);
  return null;
}

function changedData(folder: string, { data }: SweepFile, now: SweepFile['data']): OtherSweep | null {
  for (const [path, files] of Object.entries(data))
    for (const [name, hash] of Object.entries(files))
      if (now[path] !== undefined && now[path][name] !== hash) return changedSince(folder, `"${path}/${name}"`);
  return null;
}

const changedSince = (folder: string, what: string) =>
  new OtherSweep(
    `${what} has changed since the sweep in "${folder}" began: its runs could not be compared; begin anew with another --out, or put it back as it was`,
  );
