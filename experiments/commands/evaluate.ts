import { Command, Option } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { type GainRule, gainRule, highestOfTable } from '../../src/label-gains.ts';
import { safeParse } from '../../src/schema.ts';
import { firstFault } from '../../src/schema-faults.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { runTexts } from '../trec-runs/run-texts.ts';
import { tieRules } from '../trec-runs/tie-rules.ts';
import { backendOption } from './backend-option.ts';
import { withCacheOptions } from './cache-option.ts';
import type { ModelFolderOptions } from './evaluate-model-folders.ts';
import type { RunFileOptions } from './evaluate-run-files.ts';
import { figuresOption, figureWidthOption } from './figure-options.ts';
import { pluginOption } from './plugin-option.ts';

type EvaluateOptions = Partial<Omit<ModelFolderOptions, 'gains'> & RunFileOptions> &
  Pick<ModelFolderOptions, 'emptyQueries' | 'figureWidth'> & { readonly gains?: string };

export const evaluateCommand = () =>
  withCacheOptions(new Command('evaluate'))
    .usage('--qrels <file> --run <files...> <measures...>\n       counterrank evaluate <models...> --data <file>')
    .argument(
      '[words...]',
      'with --qrels: measures, such as nDCG@10 AP; with --data: model folders, of counterrank run or train, or model files of LightGBM',
    )
    .optionsGroup('TREC runs:')
    .option('--qrels <file>', 'judgments, "topic iteration document grade", plain or .gz')
    .option('--run <files...>', 'runs, "topic Q0 document rank score tag", plain or .gz; words behind them that are no files are measures')
    .option('--baseline <run>', 'run that the others are tested against (default: the first)')
    .option(
      '--fractional-grades',
      'grades of the judgments may be any decimal numbers, such as means of several judges (default: whole numbers)',
    )
    .option('-c, --complete', 'judged topics that a run lacks score 0, as with trec_eval -c (default: topics that every run has)')
    .option('--depth <k>', 'only the first k documents of a topic count, as with trec_eval -M (default: all)', wholeNumber(1))
    .addOption(
      new Option(
        '--ties <rule>',
        'how documents of equal score are ranked: by id, descending, as trec_eval does; expected: in every order, the mean counts; rank: by the rank column (default: id)',
      ).choices(tieRules),
    )
    .option('-q, --per-query', 'the value of every topic too')
    .addOption(new Option('--format <name>', 'how results are printed (default: table)').choices(Object.keys(runTexts)))
    .option('--out <file>', 'HTML page with pictures to write too; must not exist')
    .option('--seed <text>', 'of the randomisation test (default: 1)')
    .optionsGroup('Saved models:')
    .option('--data <file>', 'judged queries: SVMlight, or a table of Parquet, Arrow or CSV')
    .addOption(new Option('--first-index <n>', 'of features in SVMlight (default: 1)').choices(['0', '1']))
    .addOption(
      new Option('--queries <where>', 'where lines of one query stand in SVMlight (default: together)').choices(['together', 'anywhere']),
    )
    .option(
      '--highest-grade <y>',
      'of the label scale, for err (default: 4, or the highest label of a table of gains); measures of runs take max_rel',
      wholeNumber(1),
    )
    .option(
      '--gains <rule>',
      "of labels, for dcg, ndcg and err: exponential, 2^y − 1; linear; or a table, '{0: 0, 1: 3}' (default: exponential)",
    )
    .option('--write-runs <dir>', 'write the rankings as TREC runs too, with the judgments, into a folder to create; must not exist')
    .addOption(backendOption())
    .addOption(pluginOption())
    .optionsGroup('Both:')
    .option('--metric <names...>', 'measures or metrics (default: nDCG@10 AP RR for runs, ndcg@1 ndcg@5 ndcg@10 err@10 for models)')
    .addOption(
      new Option('--empty-queries <rule>', 'what a query without a relevant document scores')
        .choices(['zero', 'skip', 'one'])
        .default('zero'),
    )
    .addOption(figuresOption())
    .addOption(figureWidthOption())
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(evaluate);

const helpText = `
Examples:
  counterrank evaluate --qrels qrels.txt --run bm25.run mine.run.gz nDCG@10 AP
  counterrank evaluate --qrels qrels.txt --run runs/*.run --baseline bm25.run "nDCG(dcg='exp-log2')@10" 'RBP(p=0.8)' --out page.html
  counterrank evaluate --qrels qrels.txt --run mine.run official ndcg_cut_10 -q -c --format trec_eval
  counterrank evaluate runs/quickstart/models/1/* --data test.txt
  counterrank evaluate models/naive models/dla --data test.txt.gz --metric ndcg@10 reciprocal-rank --write-runs trec

Measures of runs are written as in ir_measures, name(parameters)@cutoff, or as in trec_eval, ndcg_cut_10 or official; counterrank list names
them all. Measures of diversity, such as alpha_nDCG@10, take the second column of the judgments for the subtopic. A file can be a pipe, and -
is standard input. Runs are ranked by score, ties by document id, as trec_eval does; --ties expected takes the mean over all orders of what ties,
as for models, and --ties rank the order of the rank column. Mind the gain: nDCG@10 is linear, as trec_eval has it; ndcg@10, as learning to
rank has it, exponential: the same as nDCG(dcg='exp-log2')@10.

Search sessions of several queries: counterrank evaluate-sessions; which measure agrees with users: counterrank meta-evaluate.`;

async function evaluate(words: readonly string[], options: EvaluateOptions): Promise<void> {
  const { qrels, run, data, metric } = options;
  if (qrels !== undefined) {
    if (data !== undefined) throw new UsageError('--qrels measures runs and --data models: give one of them');
    if (run === undefined) throw new UsageError('--qrels needs the runs to measure: --run <files...>');
    refuse(options, ['highestGrade', 'gains', 'firstIndex', 'queries', 'writeRuns', 'backend', 'plugin'], '--data');
    const { format = 'table', seed = '1', ties = 'id' } = options;
    const { evaluateRunFiles } = await import('./evaluate-run-files.ts');
    return evaluateRunFiles(words, { ...options, qrels, run, format, seed, ties });
  }
  if (run !== undefined) throw new UsageError('--run needs the judgments: --qrels <file>');
  if (data === undefined)
    throw new UsageError(
      'what to measure? Runs: --qrels <file> --run <files...>; models: <models...> --data <file> (add --help for examples)',
    );
  refuse(options, ['baseline', 'complete', 'depth', 'fractionalGrades', 'perQuery', 'format', 'out', 'seed', 'ties'], '--qrels');
  if (words.length === 0) throw new UsageError('--data needs the models to measure: <models...>');
  const gains = options.gains === undefined ? 'exponential' : await gainsOf(options.gains);
  const highestGrade = options.highestGrade ?? highestOfTable(gains) ?? 4;
  const { evaluateModelFolders } = await import('./evaluate-model-folders.ts'); // and with it all of TensorFlow.js
  return evaluateModelFolders(words, {
    ...options,
    data,
    highestGrade,
    gains,
    metric: metric ?? ['ndcg@1', 'ndcg@5', 'ndcg@10', 'err@10'],
  });
}

async function gainsOf(text: string): Promise<GainRule> {
  const { parseValue } = await import('../config/choices.ts'); // and with it a reader of YAML
  const read = safeParse(gainRule(), parseValue(text, text));
  if (read.success) return read.output;
  throw new UsageError(`--gains "${text}": must be exponential, linear, or a table such as '{0: 0, 1: 3}': ${firstFault(read.issues)}`);
}

/** @throws UsageError for an option of the other form */
function refuse(options: EvaluateOptions, names: readonly (keyof EvaluateOptions)[], form: string): void {
  const stray = names.find((name) => options[name] !== undefined);
  if (stray === undefined) return;
  const option = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${option} needs ${form}; it is not for ${form === '--data' ? 'runs' : 'models'}`);
}
