import { join } from 'node:path';
import { writeAtomic, writeAtomicStream } from '../../src/data/write-atomic.ts';
import { defaults } from '../config/read-config.ts';
import { checksumsOf } from '../records/checksums.ts';
import { csvLines } from '../records/csv.ts';
import { type WriteFolderOptions, writeFolder } from '../records/new-folder.ts';
import { writeTable } from '../records/table-files.ts';
import { writeJson } from '../records/write-json.ts';
import { relabelled } from '../report/renaming.ts';
import { type PageSections, reportPage } from '../report/report-page.ts';
import { markdownTable } from '../report/result-table.ts';
import { metricRows, metricsHead, perQueryHead, perQueryRows } from '../tables/run-result.ts';
import type { StudyDescription } from '../tables/study-description.ts';
import type { RunRecord, RunRequest } from './make-record.ts';
import { methodsOf, seedsVaryOf } from './task.ts';

/** How a run folder is written. */
export interface WriteRunOptions extends WriteFolderOptions {
  readonly sections?: PageSections; // of the page, beside those of every run
  readonly page?: boolean; // with report.html, which takes longer to draw than all else to write; default true
}

export interface WrittenRun {
  readonly folder: string;
  readonly lost: readonly string[]; // a sentence for each that was learnt and could not be kept
  readonly pageFault: unknown; // what was thrown as report.html was drawn, which is then missing; null where nothing was
}

/** What one method alone is compared with, of other runs: the baseline that is said, else the usual one of the task. Several have that of the config. */
function comparedWith({ task, config, baseline = defaults(task).baseline }: RunRequest): { readonly baseline?: string | null } {
  return config.baseline === null && config.estimators.length === 1 ? { baseline } : {};
}

/**
 * Writes a run folder as a whole or not at all. Every file but status.json depends on the config and the seeds only, byte for byte;
 * that one, written last, has the checksums of the others. A page that cannot be drawn costs no numbers: all else is written.
 * @throws UsageError when the folder exists or cannot be written
 */
export async function writeRun(
  folder: string,
  record: RunRecord,
  { page = true, sections, ...options }: WriteRunOptions = {},
): Promise<WrittenRun> {
  const { task, config, overrides, command, result, save, draw, summary, provenance } = record;
  const description: StudyDescription = {
    task: task.name,
    ...comparedWith(record),
    ...seedsVaryOf(task, config),
    metrics: result.metrics,
    methods: methodsOf(task, config),
    tables: task.tables,
  };
  let pageFault: unknown = null;
  const drawPage = () =>
    reportPage(task, config, command, { ...result, warnings: [...result.warnings, ...lost] }, summary, draw, sections).catch((error) => {
      pageFault = error;
      return null;
    });
  let lost: readonly string[] = [];
  const fill = async (partial: string) => {
    lost = await save(partial);
    const drawn = page ? drawPage() : null; // while files are written
    await writeJson(join(partial, 'config.json'), config);
    await writeJson(join(partial, 'overrides.json'), overrides);
    await writeJson(join(partial, 'study.json'), description);
    await writeAtomicStream(join(partial, 'metrics.csv'), csvLines(metricsHead, metricRows(result)));
    await writeAtomicStream(join(partial, 'per-query.csv'), csvLines(perQueryHead, perQueryRows(result)));
    for (const declared of task.tables) await writeTable(partial, declared, result.tables[declared.name]);
    await writeJson(join(partial, 'results.json'), { ...summary, seeds: result.seeds, warnings: [...result.warnings, ...lost] });
    await writeAtomic(join(partial, 'table.md'), markdownTable(relabelled(summary, config.labels ?? {})));
    const html = await drawn;
    if (html !== null) await writeAtomic(join(partial, 'report.html'), html);
    await writeJson(join(partial, 'status.json'), { state: 'finished', ...provenance, files: await checksumsOf(partial) });
  };
  const written = await writeFolder(folder, fill, options);
  return { folder: written, lost, pageFault };
}
