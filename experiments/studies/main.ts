import { parseArgs } from 'node:util';
import { createProgress } from '../commands/progress.ts';
import { alignColumns } from '../report/align-columns.ts';
import { formatMean, formatP, formatSigned } from '../report/format-number.ts';
import { type StudyRow, sessionMetricStudy } from './session-metric-study.ts';

/** Which session metrics agree with simulated satisfaction? `node dist/experiments/studies/main.js --seeds 10 --sessions 2000` */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '10' }, sessions: { type: 'string', default: '2000' } },
});
const progress = createProgress(process.stderr, false);
const rows = await sessionMetricStudy({
  seeds: Number(values.seeds),
  sessions: Number(values.sessions),
  correlation: 'spearman',
  onProgress: (done, total) => progress.onProgress({ stage: 'study', done, total, detail: '' }),
});
progress.finish();
const title = ({ truth, labels, undefinedRule }: StudyRow) => `satisfaction: ${truth}; labels: ${labels}; undefined: ${undefinedRule}`;
for (const group of new Set(rows.map(title))) {
  const own = rows.filter((row) => title(row) === group);
  const lines = own.map(({ metric, correlation, difference, adjustedP }) => [
    metric,
    formatMean(correlation),
    difference === null || adjustedP === null
      ? ''
      : `${formatSigned(difference.value)} ${formatP(adjustedP)}${adjustedP < 0.05 ? ' *' : ''}`,
  ]);
  console.log(`${group}\n${alignColumns([['metric', "Spearman's ρ", 'Δ from NUM'], ...lines])}\n`);
}
console.log(
  `Mean over ${values.seeds} seeds of ${values.sessions} search sessions ± half the 95 % t interval; paired t-test over seeds, Holm-corrected.`,
);
