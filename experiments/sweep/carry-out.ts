import { appendFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { openCatalogue } from '../catalogue/open-catalogue.ts';
import { explained } from '../catalogue/plugin-error.ts';
import { decodeStudy } from '../catalogue/read-study.ts';
import { makeRecord } from '../engine/make-record.ts';
import type { StageCache } from '../engine/stage-cache.ts';
import { taskBackend } from '../engine/task-backend.ts';
import { writeRun } from '../engine/write-run.ts';
import { errorText, exitCode } from '../terminal/fail.ts';
import { createProgress } from '../terminal/progress.ts';
import { tryClaim } from './claim.ts';
import { damageOf, setAside } from './damaged-runs.ts';
import { intoFolder, intoFolderSync, OutputError } from './output-error.ts';
import { hashPart } from './run-id.ts';
import { clearAttempt, runClaim, runFolders, sweepPaths, writeFailure } from './sweep-folder.ts';
import type { RunAnswer, RunOrder } from './worker-messages.ts';

/**
 * One run of a sweep, from its order to its folder: claimed, so that no other process is at it; not done again when it is finished;
 * its progress in running/<id>.log; then put into runs/ as a whole, or its error into failed/.
 * @param onProgress called whenever the run gets on
 */
export async function carryOut(order: RunOrder, stages: StageCache, onProgress: () => void): Promise<RunAnswer> {
  const { folder, id } = order;
  const start = performance.now();
  const finished = async () => (await runFolders(folder)).finished.has(hashPart(id));
  const done = (): RunAnswer => ({ kind: 'finished', id, seconds: (performance.now() - start) / 1000 });
  try {
    const claim = await intoFolder(folder, () => tryClaim(runClaim(folder, id), folder));
    if (claim === null) return { kind: 'busy', id };
    try {
      if (!(await isWhole(folder, id))) await attempt(order, stages, onProgress);
      return done();
    } catch (thrown) {
      const error = explained(thrown);
      if (!(await claim.held())) return { kind: 'busy', id }; // others took this process for dead while it was stopped, and go on with the run
      if (error instanceof OutputError && (await finished())) return done(); // elsewhere, which a file server may tell late
      if (error instanceof OutputError) throw error;
      const text = errorText(error) ?? String(error);
      await intoFolder(folder, () => writeFailure(folder, id, text, ''));
      return { kind: 'failed', id, error: text, exitCode: exitCode(error) };
    } finally {
      await claim.release();
    }
  } catch (error) {
    if (error instanceof OutputError) return { kind: 'no-output', id, error: error.message };
    throw error;
  }
}

async function attempt(
  { folder, id, config: asked, overrides, command, baseline }: RunOrder,
  stages: StageCache,
  onProgress: () => void,
): Promise<void> {
  const { runs, running, failed } = sweepPaths(folder);
  const log = join(running, `${id}.log`);
  await intoFolder(running, async () => {
    await makeFolder(running, folder);
    await clearAttempt(folder, id);
    await writeFile(log, '');
  });
  const write = (text: string) => {
    onProgress();
    intoFolderSync(log, () => appendFileSync(log, text));
  };
  const catalogue = await openCatalogue(asked.plugins ?? []);
  const { task, config } = decodeStudy(asked, id, { catalogue }); // once more: somebody may have sent the sweep.json
  const request = { task, config, overrides, command, baseline };
  const backend = await taskBackend(task, config);
  const progress = createProgress({ write, secondsBetween: 0 }, false);
  const record = await makeRecord(request, backend, progress, { stages });
  await intoFolder(runs, () => writeRun(join(runs, id), record, { staging: join(running, id), within: folder, page: false }));
  await rm(log, { force: true });
  await rm(join(failed, id), { recursive: true, force: true });
}

/** Whether the run is finished, with every file as it was written; one that is damaged makes way. */
async function isWhole(folder: string, id: string): Promise<boolean> {
  const name = (await runFolders(folder)).finished.get(hashPart(id));
  if (name === undefined) return false;
  if ((await damageOf(join(sweepPaths(folder).runs, name))) === null) return true;
  await intoFolder(folder, () => setAside(folder, name));
  return false;
}
