import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import type { Summary } from '../../src/stats/compare-methods.ts';
import { type PairedTTest, pairedTTest } from '../../src/stats/paired-t-test.ts';
import type { Picture } from '../charts/draw-svg.ts';
import type { Figure } from '../charts/figure.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { findings } from '../report/findings.ts';
import { resultTableHtml } from '../report/report-table.ts';
import { resultTable } from '../report/result-table.ts';
import type { View } from '../show/view.ts';
import { meansOf, type RunResult, seriesOf } from '../tables/run-result.ts';
import type { RankingConfig } from '../tasks/ranking/ranking-config.ts';
import { propensitiesFigure } from '../tasks/ranking/ranking-tables.ts';
import { curvesFigure } from '../tasks/shared/training.ts';

/** What a study found, with the tables and pictures that reports have. Methods go by their labels. */
export interface StudyResult {
  readonly config: RankingConfig;
  readonly run: RunResult; //       every number, by seed, method and metric
  readonly summary: Summary; //     means, intervals and tests
  /** Means with intervals over seeds, differences from the baseline, Holm-corrected paired tests. */
  table(): View;
  /** The answer in sentences: every method that learns from clicks against the baseline, on ndcg@10 or the first metric. */
  findings(): string[];
  /** A metric by method: seeds, means, intervals. */
  metricPicture(metric: string): Picture;
  /** Estimated and true propensities. @throws UsageError where the method has none */
  propensityPicture(label: string): Picture;
  /** Losses by step. @throws UsageError where the method was not trained step by step */
  curvePicture(label: string): Picture;
  /** One value per seed. */
  values(label: string, metric: string): number[];
  /** Paired t-test over seeds of one method against another: a − b. */
  compare(a: string, b: string, metric: string): PairedTTest;
}

export function studyResult(config: RankingConfig, run: RunResult, summary: Summary): StudyResult {
  const indexOf = (kind: string, names: readonly string[], name: string): number =>
    lookup(kind, Object.fromEntries(names.map((one, i) => [one, i])), name);
  const method = (label: string) => indexOf('method', run.methods, label);
  const labels = run.metrics.map(({ label }) => label);
  const metric = (name: string) => indexOf('metric', labels, name);
  const means = meansOf(run);
  const drawn = (label: string, { table, draw }: Figure, what: string): Picture => {
    const picture = draw(label, seriesOf(run.tables[table.name], run.methods[method(label)]));
    if (picture === null) throw new UsageError(`${label} has no ${what} to draw`);
    return picture;
  };
  const values = (label: string, name: string) => means.map((ofSeed) => ofSeed[method(label)][metric(name)]);
  return {
    config,
    run,
    summary,
    table: () => ({
      text: (columns) => resultTable(summary, { columns, terminal: process.stdout.isTTY === true }),
      html: () => resultTableHtml(summary),
    }),
    findings: () => findings(summary),
    metricPicture: (name) => metricPicture(summary, metric(name)),
    propensityPicture: (label) => drawn(label, propensitiesFigure, 'propensities'),
    curvePicture: (label) => drawn(label, curvesFigure, 'learning curve'),
    values,
    compare: (a, b, name) => pairedTTest(values(a, name), values(b, name)),
  };
}
