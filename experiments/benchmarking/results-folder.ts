import { join } from 'node:path';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { csvOf } from '../records/csv.ts';
import { writeFolder } from '../records/new-folder.ts';
import { writeJson } from '../records/write-json.ts';
import { comparisonPage } from '../report/comparison-page.ts';
import { comparisonRows } from '../report/comparison-rows.ts';
import type { RunsReport } from '../report/gather-report.ts';
import type { SweepFile } from '../sweep/sweep-file.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { benchmarkReadme } from './readme.ts';

/**
 * The results of a benchmark as a folder, as a whole or not at all: README.md with what was measured, how and by what, who won and every mean; results.csv with a row for each
 * configuration tried, the values of its seeds in the last column; config.yaml; environment.json; report.html.
 * @param sizes of the parts of real data, in words
 * @param command that makes it again
 * @throws UsageError when the folder exists or cannot be written
 */
export function writeBenchmark(
  folder: string,
  sweep: SweepFile,
  sizes: readonly string[],
  report: RunsReport,
  command: string,
): Promise<string> {
  return writeFolder(folder, async (partial) => {
    const put = (name: string, text: string) => writeAtomic(join(partial, name), text.endsWith('\n') ? text : `${text}\n`);
    await put('README.md', benchmarkReadme(sweep, sizes, report, command));
    await put('results.csv', resultsCsv(report));
    await put('config.yaml', sweep.asked.map(configText).join('\n---\n'));
    await writeJson(join(partial, 'environment.json'), environmentOf(report));
    await put('report.html', await comparisonPage(report));
  });
}

/** The file of a config, below what else was asked for. */
function configText({ text, overrides, zip, skip }: SweepFile['asked'][number]): string {
  const words = [...overrides, ...zip.flatMap((one) => ['--zip', one]), ...skip.flatMap((one) => ['--skip', one])];
  return words.length === 0 ? text : `# to be run with: ${commandLine(words)}\n${text}`;
}

function resultsCsv({ summary }: RunsReport): string {
  const { head, rows } = comparisonRows(summary);
  const values = summary.rows.flatMap((_, r) =>
    summary.columns.flatMap((_, c) => {
      const { samples, values: own } = summary.methods[r].cells[c];
      return own.length === 0 ? [] : [samples.map((seed, s) => `${seed}:${own[s]}`).join(' ')];
    }),
  );
  return csvOf(
    [...head, 'by_seed'],
    rows.map((row, i) => [...row, values[i]]),
  );
}

/** What ran it: versions, machines, commits of the code, and what it cost. */
export function environmentOf({ runs }: RunsReport) {
  const distinct = (of: (run: (typeof runs)[number]) => unknown) =>
    [...new Set(runs.map((run) => JSON.stringify(of(run) ?? null)))].map((text) => JSON.parse(text) as unknown);
  const seconds = runs.reduce((sum, { status }) => sum + (status.wallSeconds?.total ?? 0), 0);
  return {
    versions: distinct(({ status }) => status.versions),
    machines: distinct(({ status }) => status.machine),
    code: distinct(({ status }) => status.code),
    workingDirectory: distinct(({ status }) => status.git),
    backends: distinct(({ status }) => status.backend?.name),
    data: distinct(({ status }) => status.dataSha256),
    runs: runs.length,
    secondsOfAllRuns: Math.round(seconds),
    peakMemoryBytes: Math.max(...runs.map(({ status }) => status.peakMemoryBytes ?? 0)),
  };
}
