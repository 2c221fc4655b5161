import { readFile } from 'node:fs/promises';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import { array, integer, literal, looseObject, optional, record, safeParse, strictObject, string } from '../../src/schema.ts';
import { firstFault } from '../../src/schema-faults.ts';
import { openCatalogue } from '../catalogue/open-catalogue.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { findShipped } from '../config/shipped-files.ts';
import { fileName, line } from '../config/text-rules.ts';
import { fileHashes } from '../records/provenance.ts';
import { configHash } from './config-hash.ts';
import type { SweepPlan } from './plan-sweep.ts';
import { isIdOf } from './run-id.ts';
import { sweepPaths } from './sweep-folder.ts';

/** sweep.json: what a sweep is. It depends on what was asked only, so a sweep begun twice has the same file. */
export interface SweepFile {
  readonly format: 1;
  readonly name: string;
  readonly asked: readonly Asked[]; // one, and one more for each time it was extended
  readonly data: Readonly<Record<string, Readonly<Record<string, string>>>>; // data.path, or world → file → SHA-256
  readonly base: StudyConfig; //         of the first run
  readonly runs: readonly SweepRun[];
}

interface Asked {
  readonly config: string; //          the file, as typed
  readonly text: string; //            its content
  readonly overrides: readonly string[]; // as typed, and so on
  readonly zip: readonly string[];
  readonly skip: readonly string[];
  readonly plugins?: readonly string[];
  readonly dimensions: readonly (readonly { readonly key: string; readonly overrides: readonly string[] }[])[]; // groups of zipped axes
}

/** A run as `sweep.json` has it. */
export interface SweepRun {
  readonly id: string;
  readonly hash: string;
  readonly asked: number; //           index
  readonly overrides: readonly string[];
  readonly changes: Partial<StudyConfig>; // sections of the decoded config that differ from the base
  readonly baseline?: string | null; //      as said, of its own methods or those of other runs
}

export const runConfigOf = ({ base }: SweepFile, { changes }: SweepRun): StudyConfig => ({ ...base, ...changes }) as StudyConfig; // all runs are of one task

/** SHA-256 of the data files of configs, by what each says of its data; every file is read once. @throws UsageError for a plugin that has changed */
export async function dataHashesOfAll(configs: Iterable<StudyConfig>): Promise<SweepFile['data']> {
  const all: Record<string, Record<string, string>> = {};
  for (const config of configs) {
    const task = (await openCatalogue(config.plugins ?? [])).taskOf(config, 'sweep');
    const data = task.data?.(config) ?? null;
    if (data === null || all[data.place] !== undefined) continue;
    const hashes = await fileHashes(await data.files());
    if (Object.keys(hashes).length > 0) all[data.place] = hashes;
  }
  return all;
}

/** The file of a plan. @param asked how often the sweep had been asked for before */
export async function sweepFileOf({ file, words, space, runs }: SweepPlan): Promise<SweepFile> {
  const base = runs[0].config;
  const data = await dataHashesOfAll(runs.map(({ config }) => config));
  const dimensions = space.groups.map((group) => group.map(({ key, overrides }) => ({ key, overrides })));
  return {
    format: 1,
    name: base.name,
    asked: [{ config: file, text: await readFile(await findShipped('configs', file), 'utf8'), ...words, dimensions }],
    data,
    base,
    runs: runs.map(({ config, ...run }) => ({ ...run, asked: 0, changes: changesFrom(base, config) })),
  };
}

/** A sweep with the runs that another one asks for beyond its own. */
export function extendSweep(sweep: SweepFile, more: SweepFile): SweepFile {
  const known = new Set(sweep.runs.map(({ hash }) => hash));
  const added = more.runs
    .filter(({ hash }) => !known.has(hash))
    .map((run) => ({ ...run, asked: sweep.asked.length, changes: changesFrom(sweep.base, runConfigOf(more, run)) }));
  return { ...sweep, asked: [...sweep.asked, ...more.asked], data: { ...more.data, ...sweep.data }, runs: [...sweep.runs, ...added] };
}

function changesFrom(base: StudyConfig, config: StudyConfig): Partial<StudyConfig> {
  const keys = Object.keys(config) as (keyof StudyConfig)[];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(base[key]) !== JSON.stringify(config[key])).map((key) => [key, config[key]]),
  );
}

/** The sweep of a folder that must hold one. @throws UsageError where it does not, and as {@link readSweepFile} */
export async function sweepIn(folder: string): Promise<SweepFile> {
  const sweep = await readSweepFile(folder);
  if (sweep !== null) return sweep;
  throw new UsageError(`no sweep in "${folder}": there is no sweep.json; begin one with counterrank sweep CONFIG key=a,b --out ${folder}`);
}

/** null when the folder holds no sweep. @throws UsageError when it cannot be read, DataError when it is no sweep of this version */
export async function readSweepFile(folder: string): Promise<SweepFile | null> {
  const { sweep: file } = sweepPaths(folder);
  let content: SweepFile;
  try {
    content = JSON.parse(await readFile(file, 'utf8')) as SweepFile;
  } catch (error) {
    if (isSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code ?? '')) return null;
    if (isSystemError(error)) throw new UsageError(`cannot read "${file}": ${systemReason(error)}`);
    throw new DataError('not JSON; name another folder with --out', { file });
  }
  const parsed = safeParse(schema, content);
  const fault = parsed.success ? runFault(content) : firstFault(parsed.issues);
  if (fault === null) return content;
  throw new DataError(`not the sweep.json of this version of counterrank: ${fault}; name another folder with --out`, { file });
}

const schema = looseObject({
  format: literal(1),
  name: fileName(),
  asked: array(looseObject({ config: string(), overrides: array(line(10_000)) })),
  data: record(string(), record(string(), string())),
  base: looseObject({ name: fileName(), plugins: optional(array(strictObject({ path: string(), sha256: string() }))) }),
  runs: array(looseObject({ id: fileName(), hash: string(), asked: integer(), overrides: array(line(10_000)), changes: looseObject({}) })),
});

/** A run goes by its hash, so its config cannot be another's; null where every run is what it says. */
function runFault(sweep: SweepFile): string | null {
  if (sweep.runs.length === 0) return 'it has no runs';
  const hashes = new Set<string>();
  for (const [r, run] of sweep.runs.entries()) {
    if (configHash(runConfigOf(sweep, run)) !== run.hash || !isIdOf(run.id, run.hash)) return `runs.${r} is not the run that its hash says`;
    if (run.asked >= sweep.asked.length) return `runs.${r}: asked must be below ${sweep.asked.length}, got ${run.asked}`;
    hashes.add(run.hash);
  }
  return hashes.size === sweep.runs.length ? null : 'it has a run twice';
}
