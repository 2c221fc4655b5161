import { Command, Option } from 'commander';
import { type CorrelationName, correlations } from '../../src/stats/correlations.ts';
import { formatMean, formatSigned, formatTest } from '../summary/format-number.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { createProgress } from '../terminal/progress.ts';
import { type StudyRow, sessionMetricStudy } from './session-metric-study.ts';

interface StudyCommandOptions {
  readonly seeds: number;
  readonly sessions: number;
  readonly correlation: CorrelationName;
  readonly quiet?: boolean;
}

/** Which session metrics agree with simulated satisfaction? */
export const studyCommand = () =>
  new Command('session-metric-study')
    .description('all session metrics, and NUM without each of its parts, against three kinds of simulated satisfaction')
    .option('--seeds <n>', 'worlds of each kind, at least 2', wholeNumber(1, 1e5), 10)
    .option('--sessions <n>', 'search sessions of a world', wholeNumber(1, 1e8), 2000)
    .addOption(new Option('--correlation <name>', 'with satisfaction').choices(Object.keys(correlations)).default('spearman'))
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .exitOverride()
    .action(printStudy);

const helpText = `
Examples:
  node dist/experiments/studies/main.js --seeds 10
  node dist/experiments/studies/main.js --seeds 20 --sessions 5000 --correlation kendall > study.txt`;

async function printStudy({ seeds, sessions, correlation, quiet }: StudyCommandOptions): Promise<void> {
  const progress = createProgress(process.stderr, quiet === true);
  const onProgress = (done: number, total: number) => progress.onProgress({ stage: 'study', done, total, detail: '' });
  const rows = await sessionMetricStudy({ seeds, sessions, correlation, onProgress });
  progress.finish();
  for (const group of new Set(rows.map(title))) {
    const lines = rows.filter((row) => title(row) === group).map((row) => [row.metric, formatMean(row.correlation), differenceText(row)]);
    console.log(`${group}\n${alignColumns([['metric', correlations[correlation].description.split(':')[0], 'Δ from NUM'], ...lines])}\n`);
  }
  console.log(
    `Mean over ${seeds} seeds of ${sessions} search sessions ± half the 95 % t interval; paired t-test over seeds, Holm-corrected; * p < 0.05.`,
  );
}

const title = ({ truth, labels, undefinedRule }: StudyRow) => `satisfaction: ${truth}; labels: ${labels}; undefined: ${undefinedRule}`;

function differenceText({ difference, adjustedP }: StudyRow): string {
  return difference === null ? '' : `${formatSigned(difference.value)} ${formatTest(adjustedP)}`;
}
