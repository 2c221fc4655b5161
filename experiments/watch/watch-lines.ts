import type { ReportSummary } from '../report/report-summary.ts';
import { resultTable } from '../report/result-table.ts';
import { duration } from '../terminal/progress.ts';
import type { Screen } from '../terminal/screen.ts';
import type { SweepProgress } from './sweep-progress.ts';

/** Runs in progress and failures that are listed by name. */
const mostListed = 5;

/** `quickstart: 12 of 30 finished · 2 running · 1 failed · 15 waiting · 24.0 runs a minute · 38 s left`. */
export function statusLine({ name, counts, secondsPerRun }: SweepProgress): string {
  const { finished, running, failed, waiting } = counts;
  const parts = [`${name}: ${finished} of ${finished + running + failed + waiting} finished`];
  for (const state of ['running', 'failed', 'waiting'] as const) if (counts[state] > 0) parts.push(`${counts[state]} ${state}`);
  if (secondsPerRun !== null && running > 0) {
    parts.push(
      `${((60 * running) / secondsPerRun).toFixed(1)} runs a minute`,
      `${duration(((running + waiting) * secondsPerRun) / running)} left`,
    );
  } else if (running === 0 && waiting > 0) parts.push('no process is at it: counterrank sweep goes on with the folder');
  return parts.join(' · ');
}

/** The status, what is running, what failed, and the means so far. */
export function watchLines(progress: SweepProgress, summary: ReportSummary | null, screen: Screen): string[] {
  const atWork = progress.running.map(({ id, last }) => (last === '' ? id : `${id}: ${last}`));
  const failures = progress.failed.map(({ id, error }) => `${id}: ${error}`);
  const listed = (mark: string, all: readonly string[]) => [
    ...all.slice(0, mostListed).map((line) => `  ${mark} ${line}`),
    ...(all.length > mostListed ? [`  ${mark} and ${all.length - mostListed} more`] : []),
  ];
  return [
    statusLine(progress),
    ...listed('…', atWork),
    ...listed('✗', failures),
    ...(summary === null ? [] : ['', ...resultTable(summary, screen).split('\n'), ...summary.warnings.map((line) => `note: ${line}`)]),
  ];
}

/** A screen redrawn in place: only what fits is drawn, since what has scrolled away cannot be taken back. */
export function redraw(
  lines: readonly string[],
  before: number,
  { columns, rows }: { columns: number; rows: number },
): { text: string; drawn: number } {
  const cut = lines.length < rows ? lines : [...lines.slice(0, rows - 2), '…'];
  const visible = cut.map((line) => cutTo(line, columns - 1));
  const home = before > 0 ? `\u001b[${before}A` : '';
  return { text: `${home}\r${visible.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`, drawn: visible.length };
}

/** The first `width` characters; marks of bold, which take no place, all stay. */
function cutTo(line: string, width: number): string {
  const [start, ...rest] = line.split('\u001b');
  let text = [...start].slice(0, width).join('');
  let left = width - [...start].length;
  for (const part of rest) {
    const end = part.indexOf('m') + 1;
    text += `\u001b${part.slice(0, end)}${[...part.slice(end)].slice(0, Math.max(0, left)).join('')}`;
    left -= [...part.slice(end)].length;
  }
  return text;
}
