import type { GainRule } from '../../src/label-gains.ts';
import { parseMetric, relevanceWarning } from '../../src/metrics/index.ts';
import { compareMethods } from '../../src/stats/compare-methods.ts';
import { type BackendChoice, openBackend } from '../../src/tensor/backend.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { checkWritable } from '../records/new-folder.ts';
import { resultTable } from '../report/result-table.ts';
import { type EvaluationRequest, evaluateModels } from '../tasks/ranking/evaluate-models.ts';
import { readModel } from '../tasks/ranking/read-model.ts';
import { writeTrecFolder } from '../tasks/ranking/write-trec-folder.ts';
import { createProgress } from '../terminal/progress.ts';
import { ownScreen } from '../terminal/screen.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { checkFigures, type FigureOptions, putFigures } from './figure-options.ts';
import { modelLabels } from './model-labels.ts';
import { catalogueOf, type PluginOption } from './plugin-option.ts';
import { tellBackend } from './tell-backend.ts';

export interface ModelFolderOptions extends PluginOption, FigureOptions {
  readonly data: string;
  readonly metric: readonly string[];
  readonly emptyQueries: EvaluationRequest['emptyQueries'];
  readonly highestGrade: number;
  readonly gains: GainRule;
  readonly firstIndex?: '0' | '1';
  readonly queries?: 'together' | 'anywhere';
  readonly backend?: BackendChoice;
  readonly writeRuns?: string;
  readonly quiet?: boolean;
}

/** Compares saved models on judged queries; tests are against the first. */
export async function evaluateModelFolders(folders: readonly string[], options: ModelFolderOptions): Promise<void> {
  const { data, metric: metrics, emptyQueries, highestGrade, gains, firstIndex = '1', queries = 'together' } = options;
  const { parts } = await catalogueOf(options);
  for (const metric of metrics) parseMetric(metric, parts.metrics);
  if (options.writeRuns !== undefined) await checkWritable(options.writeRuns);
  await checkFigures(options);
  let opened = false;
  const openTensors = async () => {
    if (!opened) tellBackend(await openBackend(options.backend ?? 'auto'), options.quiet === true);
    opened = true;
  };
  if (options.backend !== undefined) await openTensors();
  const labels = modelLabels(folders);
  const models = [];
  for (const [m, folder] of folders.entries()) models.push({ label: labels[m], ...(await readModel(folder, parts.rankers, openTensors)) });
  const progress = createProgress(process.stderr, options.quiet === true);
  const evaluation = await evaluateModels(
    { models, data, form: { firstIndex: Number(firstIndex) as 0 | 1, queries }, metrics, emptyQueries, highestGrade, gains },
    progress.onProgress,
    parts,
  );
  progress.finish();
  const { perQuery, queryIds } = evaluation;
  tellAccounting(evaluation.querySet.accounting);
  if (options.writeRuns !== undefined) await writeTrecFolder(options.writeRuns, labels, evaluation);
  const judged = queryIds.map((_, q) => q).filter((q) => perQuery.every((ofModel) => ofModel.every((values) => !Number.isNaN(values[q]))));
  const summary = compareMethods({
    samples: 'test queries',
    baseline: models.length > 1 ? labels[0] : null,
    methods: labels.map((label) => ({ label, name: label, reference: false, notes: [] })),
    metrics,
    values: judged.map((q) => perQuery.map((ofModel) => ofModel.map((values) => values[q]))),
  });
  await putFigures(options, () => [{ title: 'Metrics by model', pictures: metrics.map((_, m) => metricPicture(summary, m)) }]);
  console.log(resultTable(summary, ownScreen()));
  for (const warning of relevanceWarning(evaluation.querySet.labels, 'test query')) console.error(`note: ${warning}`);
  if (judged.length < queryIds.length) tell(`${queryIds.length - judged.length} of ${queryIds.length} queries left out`);
}
