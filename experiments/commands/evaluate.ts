import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseMetric } from '../../src/metrics/index.ts';
import { evaluateModels } from '../engine/evaluate-models.ts';
import { readModel } from '../records/read-model.ts';
import { resultTable } from '../report/result-table.ts';
import { compareMethods } from '../report/summary.ts';
import type { EvaluationRequest } from '../run-result.ts';
import { type Backend, backendOption, chosenBackend } from './backend-option.ts';
import { createProgress } from './progress.ts';

interface EvaluateOptions {
  readonly data: string;
  readonly metric: readonly string[];
  readonly emptyQueries: EvaluationRequest['emptyQueries'];
  readonly highestGrade: number;
  readonly backend?: Backend;
  readonly quiet?: boolean;
}

export const evaluateCommand = () =>
  new Command('evaluate')
    .description('compare saved models on judged queries; tests are against the first model')
    .argument('<models...>', 'model folders, of counterrank run or train')
    .requiredOption('--data <file>', 'judged queries in SVMlight form')
    .option('--metric <names...>', 'metrics, with their cutoffs', ['ndcg@1', 'ndcg@5', 'ndcg@10', 'err@10'])
    .addOption(
      new Option('--empty-queries <rule>', 'what a query without a relevant document scores')
        .choices(['zero', 'skip', 'one'])
        .default('zero'),
    )
    .option('--highest-grade <y>', 'of the label scale, for err', wholeNumber, 4)
    .addOption(backendOption())
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  counterrank evaluate runs/quickstart/models/1/* --data test.txt
  counterrank evaluate models/naive models/dla --data test.txt.gz --metric ndcg@10 reciprocal-rank`,
    )
    .action(evaluate);

async function evaluate(folders: readonly string[], options: EvaluateOptions): Promise<void> {
  const { data, metric: metrics, emptyQueries, highestGrade } = options;
  for (const metric of metrics) parseMetric(metric);
  await chosenBackend(options.backend ?? 'auto', options.quiet === true);
  const labels = modelLabels(folders);
  const models = [];
  for (const [m, folder] of folders.entries()) models.push({ label: labels[m], ...(await readModel(folder)) });
  const progress = createProgress(process.stderr, options.quiet === true);
  const { perQuery, queryIds } = await evaluateModels({ models, data, metrics, emptyQueries, highestGrade }, progress.onProgress);
  progress.finish();
  const judged = queryIds.map((_, q) => q).filter((q) => perQuery.every((ofModel) => ofModel.every((values) => !Number.isNaN(values[q]))));
  const summary = compareMethods({
    samples: 'test queries',
    baseline: models.length > 1 ? labels[0] : null,
    methods: labels.map((label) => ({ label, name: label, notes: [] })),
    metrics,
    values: judged.map((q) => perQuery.map((ofModel) => ofModel.map((values) => values[q]))),
  });
  console.log(resultTable(summary, { columns: process.stdout.columns ?? 80, terminal: process.stdout.isTTY === true }));
  if (judged.length < queryIds.length) console.log(`${queryIds.length - judged.length} of ${queryIds.length} queries left out`);
}

export function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
}

/** The last part of each path, or where two are the same the paths as given. */
export function modelLabels(folders: readonly string[]): string[] {
  const names = folders.map((folder) => basename(resolve(folder)));
  return new Set(names).size === names.length ? names : [...folders];
}
