import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { NamedColumns } from '../../src/data/log-store/log-columns.ts';
import { logFiles } from '../../src/data/log-store/log-files.ts';
import { mergeStores } from '../../src/data/log-store/merge-stores.ts';
import { isLogStore, readStoreInfo, type StoreInfo } from '../../src/data/log-store/store-info.ts';
import { usualRoom, type WorkRoom } from '../../src/data/log-store/work-database.ts';
import { rejectsFile } from '../../src/data/log-store/write-store.ts';
import { makeFolder } from '../../src/data/make-folder.ts';
import { cannot } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';
import { checkWritable, writeFolder } from '../records/new-folder.ts';
import { parseShard, shardOf } from '../sweep/shard.ts';
import { createProgress } from '../terminal/progress.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { checkAlike, countUnit, type ImportUnit, isOneLog, joinParts, keyOf, planLines, type UnitOptions, unitsOf } from './import-plan.ts';
import { mergeNotes } from './merge-notes.ts';

export interface RoomOptions {
  readonly memory?: string;
  readonly threads?: number;
}

export interface ImportOptions extends RoomOptions {
  readonly out?: string; // may lack where nothing is written
  readonly named: NamedColumns;
  readonly format?: string;
  readonly separator?: string;
  readonly onError: 'stop' | 'skip';
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly shard?: string;
  readonly json?: boolean;
}

export function roomOf({ memory = usualRoom.memory, threads = availableParallelism() }: RoomOptions): WorkRoom {
  if (!/^\d+(\.\d+)? ?[KMGT]i?B$/i.test(memory)) throw new UsageError(`--memory ${memory}: must be a size such as 800MB or 4GB`);
  return { memory, threads };
}

/** Counts files into a store, or a shard of them. */
export async function runImport(words: readonly string[], options: ImportOptions): Promise<void> {
  const { out, named, onError, dryRun = false, quiet = false, json = false } = options;
  const room = roomOf(options);
  if (!dryRun) await checkWritable(placeOf(out));
  const shard = options.shard === undefined ? null : parseShard(options.shard, process.env);
  const all: ImportUnit[] = [];
  for (const path of await logFiles(words, (folder) => isOneLog(folder, options.format))) all.push(...(await unitsOf(path, options)));
  checkAlike(all);
  const units = joinParts(shard === null ? all : shardOf(all, shard));
  if (units.length === 0)
    throw new UsageError(
      `--shard ${options.shard}: there are ${all.length} files or parts, and so none for this one; take at most ${all.length} shards`,
    );
  const tell = dryRun ? console.log : quiet ? () => {} : console.error;
  if (dryRun && json) return console.log(JSON.stringify({ files: units.map(asData) }, null, 2));
  for (const line of planText(units, named)) tell(line);
  if (dryRun) return;
  const place = placeOf(out);
  const how = { room, onError, mayBeEmpty: shard !== null, ...(shard !== null && { shard: { index: shard.index + 1, of: shard.count } }) };
  const info = units.length === 1 ? await countOne(units[0], place, how) : await countAll(units, place, how, quiet);
  await tellStore(place, info, json);
}

function placeOf(out: string | undefined): string {
  if (out === undefined)
    throw new UsageError('--out is missing: name the folder to write the log into, or look at the columns alone by --dry-run');
  return out;
}

/** What a unit is read as. */
const asData = (unit: ImportUnit) =>
  unit.kind === 'columns' ? { path: unit.path, form: unit.source.form, separator: unit.source.separator, columns: unit.columns } : unit;

/** Units that are read in the same way are told once. */
function planText(units: readonly ImportUnit[], named: NamedColumns): string[] {
  const byPlan = new Map<string, string[]>();
  for (const unit of units) {
    const plan = planLines(unit, named).join('\n');
    const paths = byPlan.get(plan) ?? [];
    if (!paths.includes(unit.path)) paths.push(unit.path);
    byPlan.set(plan, paths);
  }
  return Array.from(byPlan, ([plan, [first, ...more]]) => `${first}${more.length > 0 ? ` and ${more.length} more` : ''}: ${plan}`);
}

async function countOne(unit: ImportUnit, out: string, how: UnitOptions): Promise<StoreInfo> {
  await writeFolder(out, async (partial) => void (await countUnit(unit, partial, how)));
  return readStoreInfo(out);
}

/**
 * Counts unit by unit into a folder beside, and adds up what it holds. Where the work ends before that, what was counted stays there, and the same
 * command goes on with what is not.
 */
async function countAll(
  units: readonly ImportUnit[],
  out: string,
  { room, onError, ...options }: UnitOptions,
  quiet: boolean,
): Promise<StoreInfo> {
  const folder = `${out}.importing`;
  const progress = createProgress(process.stderr, quiet);
  await makeFolder(folder).catch(cannot(`write "${folder}"`));
  const parts: string[] = [];
  try {
    for (const [i, unit] of units.entries()) {
      progress.onProgress({ stage: 'import', done: i, total: units.length, detail: unit.path });
      const part = join(folder, await keyOf(unit, onError));
      if (!(await isLogStore(part)))
        await writeFolder(part, async (partial) => void (await countUnit(unit, partial, { room, onError, mayBeEmpty: true })));
      parts.push(part);
    }
    progress.onProgress({ stage: 'merge', done: 0, total: 1, detail: `${units.length} files` });
    await writeFolder(
      out,
      async (partial) =>
        void (await mergeStores(
          parts.map((path) => ({ path })),
          partial,
          { room, ...options },
        )),
    );
  } catch (error) {
    progress.finish();
    await keepParts(folder, units.length);
    throw error;
  }
  progress.finish();
  await rm(folder, { recursive: true, force: true });
  return readStoreInfo(out);
}

async function keepParts(folder: string, units: number): Promise<void> {
  const parts = await readdir(folder).catch(() => []);
  if (parts.length === 0) return rm(folder, { recursive: true, force: true });
  console.error(
    `note: ${parts.length} of ${units} files are counted and kept in ${folder}: the same command goes on from there; remove it to begin anew`,
  );
}

/** Adds up stores. */
export async function runMerge(
  words: readonly string[],
  { out, json = false, ...options }: RoomOptions & { readonly out: string; readonly json?: boolean },
): Promise<void> {
  await checkWritable(out);
  const room = roomOf(options);
  const stores = await logFiles(words);
  const logs = await Promise.all(stores.map(async (path) => ({ path, info: await readStoreInfo(path) })));
  for (const note of mergeNotes(logs)) console.error(`note: ${note}`);
  await writeFolder(
    out,
    async (partial) =>
      void (await mergeStores(
        stores.map((path) => ({ path })),
        partial,
        { room },
      )),
  );
  await tellStore(out, await readStoreInfo(out), json);
}

const whole = (value: number): string => value.toLocaleString('en-US');

async function tellStore(out: string, info: StoreInfo, json: boolean): Promise<void> {
  const { sessions, impressions, lists, rows, sources, accounting } = info;
  tellAccounting(accounting);
  const left = accounting.some(({ rejected }) => Object.keys(rejected).length > 0) && (await readdir(out)).includes(rejectsFile);
  if (left) console.error(`note: ${join(out, rejectsFile)} says what was left out, by file and line`);
  if (json) return console.log(JSON.stringify({ folder: out, ...info }, null, 2));
  tell(
    `${out}: ${whole(sessions)} sessions that showed ${whole(impressions)} documents, counted as ${whole(rows)} rows of ${whole(lists)} lists, from ${whole(sources.length)} ${sources.length === 1 ? 'file' : 'files'}`,
  );
}
