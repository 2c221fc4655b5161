import { findRunFolders } from './find-run-folders.ts';
import { checkFound, readStoredRun, type StoredRun } from './stored-run.ts';

/**
 * Every finished run at or below the folders (run folders, sweep folders, or any folder above them).
 * @throws UsageError where there is none or a folder cannot be read, DataError for a damaged one
 */
export async function collectRecords(folders: readonly string[]): Promise<StoredRun[]> {
  const runs: StoredRun[] = [];
  for (const folder of await findRunFolders(folders)) {
    const run = await readStoredRun(folder);
    await checkFound(run);
    runs.push(run);
  }
  return withDistinctIds(runs);
}

/** Runs of one name (two sweeps hold the same run, say) go by the paths of their folders instead. */
function withDistinctIds(runs: readonly StoredRun[]): StoredRun[] {
  const count = new Map<string, number>();
  for (const { id } of runs) count.set(id, (count.get(id) ?? 0) + 1);
  return runs.map((run) => (count.get(run.id) === 1 ? run : { ...run, id: run.folder }));
}
