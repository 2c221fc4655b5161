import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { Presentations } from '../report/presentation.ts';
import type { ReportSummary } from '../report/report-summary.ts';
import { usualReport } from '../report/report-summary.ts';
import { summariseRuns } from '../report/summarise-runs.ts';
import { numberOption } from '../terminal/number-options.ts';
import { progressReader, type SweepProgress } from '../watch/sweep-progress.ts';
import { redraw, statusLine, watchLines } from '../watch/watch-lines.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface WatchOptions extends PluginOption {
  readonly once?: boolean;
  readonly interval: number;
}

export const watchCommand = () =>
  new Command('watch')
    .argument('<folder>', 'of a sweep')
    .option('--once', 'show it once and end')
    .option('--interval <seconds>', 'between two looks', seconds, 2)
    .addOption(pluginOption())
    .addHelpText('after', helpText)
    .action(watch);

const helpText = `
On a terminal the screen is redrawn; elsewhere a line is written whenever something has changed. Ends when every run has ended.

Examples:
  counterrank watch runs/quickstart-sweep
  counterrank watch runs/quickstart-sweep --once`;

async function watch(folder: string, { once, interval, ...options }: WatchOptions): Promise<void> {
  const { presentations } = await catalogueOf(options);
  const read = progressReader(folder);
  const { stdout } = process;
  const terminal = stdout.isTTY === true && once !== true;
  let drawn = 0;
  let last = '';
  for (;;) {
    const progress = await read();
    const ended = once === true || progress.counts.running + progress.counts.waiting === 0;
    const screen = { columns: stdout.columns || 80, terminal: stdout.isTTY === true };
    if (terminal) {
      const next = redraw(watchLines(progress, await meansSoFar(progress, presentations), screen), drawn, {
        columns: ended ? Infinity : screen.columns,
        rows: ended ? Infinity : stdout.rows || 24,
      });
      stdout.write(next.text);
      drawn = next.drawn;
    } else if (ended) console.log(watchLines(progress, await meansSoFar(progress, presentations), screen).join('\n'));
    else if (statusLine(progress) !== last) console.log(statusLine(progress));
    if (ended) return;
    last = statusLine(progress);
    await sleep(1000 * interval);
  }
}

/** The table that counterrank report would show. */
const meansSoFar = async ({ finished }: SweepProgress, presentations: Presentations): Promise<ReportSummary | null> =>
  finished.length === 0 ? null : summariseRuns(finished, usualReport, presentations);

const seconds = numberOption('a number of seconds above 0', (value) => value > 0 && Number.isFinite(value));
