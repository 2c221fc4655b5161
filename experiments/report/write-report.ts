import { join } from 'node:path';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { writeFolder } from '../records/new-folder.ts';
import { comparisonPage } from './comparison-page.ts';
import type { RunsReport } from './gather-report.ts';
import { type TextLayout, textOf } from './report-formats.ts';

const files = { markdown: 'report.md', csv: 'report.csv', latex: 'report.tex', typst: 'report.typ', json: 'report.json' } as const;

/**
 * A folder with the report as report.html, .md, .csv, .tex, .typ and .json, as a whole or not at all.
 * @throws UsageError when the folder exists or cannot be written
 */
export function writeReport(folder: string, report: RunsReport, layout: TextLayout = {}): Promise<string> {
  return writeFolder(folder, async (partial) => {
    await writeAtomic(join(partial, 'report.html'), await comparisonPage(report));
    for (const [format, name] of Object.entries(files) as [keyof typeof files, string][])
      await writeAtomic(join(partial, name), `${textOf(format, report, layout)}\n`);
  });
}
