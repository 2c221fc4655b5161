import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { collectRecords } from '../records/collect-records.ts';
import { tidyTable } from '../records/tidy-table.ts';
import { writeTidyTable } from '../records/write-tidy-table.ts';
import { gatherReport } from '../report/gather-report.ts';
import type { Presentations } from '../report/presentation.ts';
import { usualReport } from '../report/report-summary.ts';
import { writeReport } from '../report/write-report.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { intoFolder } from './output-error.ts';
import { sweepPaths } from './sweep-folder.ts';

/**
 * Writes records.csv and records.parquet of all finished runs into the sweep's folder.
 * @returns what to tell beside: why there is no Parquet file
 */
export async function collectSweep(folder: string): Promise<string | null> {
  const table = tidyTable(await collectRecords([sweepPaths(folder).runs]));
  return intoFolder(folder, () => writeTidyTable(folder, table));
}

/** Writes the report of all finished runs as report/ in the sweep's folder, instead of an older one. @returns its page */
export async function reportSweep(folder: string, presentations: Presentations): Promise<string> {
  const place = join(folder, 'report');
  const command = commandLine(['counterrank', 'report', folder]);
  const gathered = await gatherReport([sweepPaths(folder).runs], usualReport, command, presentations);
  return intoFolder(place, async () => {
    await rm(place, { recursive: true, force: true });
    await writeReport(place, gathered);
    return join(place, 'report.html');
  });
}
