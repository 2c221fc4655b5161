import { Command, Option } from 'commander';
import { shownText } from '../../src/data/decimal.ts';
import { UsageError } from '../../src/errors.ts';
import { parseChoices } from '../config/choices.ts';
import { checkWritable, writeNewText } from '../records/new-folder.ts';
import { pageHtml, pictureGroups } from '../report/page-frame.ts';
import { configVariants } from '../sweep/config-variants.ts';
import { type ClippableStudy, clippableStudy } from '../tasks/bias-variance/bias-variance.ts';
import { biasVarianceNotes } from '../tasks/bias-variance/bias-variance-notes.ts';
import { biasVarianceParts } from '../tasks/bias-variance/bias-variance-page.ts';
import { studyBiasVariance } from '../tasks/bias-variance/bias-variance-study.ts';
import { optimumNotes } from '../tasks/bias-variance/bias-variance-tables.ts';
import { biasVarianceTexts } from '../tasks/bias-variance/bias-variance-texts.ts';
import { clipComparison } from '../tasks/bias-variance/learn-by-clip.ts';
import { fixedPredictions, parsePredictions } from '../tasks/bias-variance/predictions.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { createProgress } from '../terminal/progress.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { typedOptions, unlessUsual } from '../terminal/typed-options.ts';
import { addFigureOptions, checkFigures, type FigureOptions, putFigures } from './figure-options.ts';
import { type PluginOption, pluginOption, typedPlugins } from './plugin-option.ts';

interface BiasVarianceOptions extends PluginOption, FigureOptions {
  readonly clip: string;
  readonly predictions: string;
  readonly learn?: boolean;
  readonly metric?: string;
  readonly perSeed?: boolean;
  readonly format: keyof typeof biasVarianceTexts;
  readonly out?: string;
  readonly quiet?: boolean;
}

const standardClips = 'log(1e-6,1,37)';

export const biasVarianceCommand = () =>
  addFigureOptions(new Command('bias-variance'))
    .argument('<config>', 'YAML or JSON file with task: implicit-feedback or explicit-feedback and a simulated world')
    .argument('[overrides...]', 'key.path=value, put into the config; several values, as in a sweep, give a curve each')
    .option('--clip <values>', 'thresholds in (0, 1], typed as the values of a sweep', standardClips)
    .option('--predictions <names>', 'at which the loss is evaluated, with commas: truth, mean, or estimators of the config', 'ips')
    .option('--learn', 'train clipped-ips with every threshold too, and test what it learnt')
    .option('--metric <name>', 'that --learn is judged by (default: the first of the config)')
    .option('--per-seed', 'the curve of every seed, not only means: in csv and json')
    .addOption(new Option('--format <name>', 'how results are printed').choices(Object.keys(biasVarianceTexts)).default('table'))
    .option('--out <page>', 'HTML page with pictures to write too; must not exist')
    .option('--quiet', 'no progress')
    .addOption(pluginOption())
    .addHelpText('after', helpText)
    .action(biasVariance);

const helpText = () => `
The clipped estimators (clipped-ips) divide by max(θ, M), the exposure raised to M: less variance for some bias. The error of the loss
they train on has a closed form once relevance and exposure are known; nothing is drawn. It depends on the predictions of the model:
${alignColumns([...Object.entries(fixedPredictions).map(([name, { description }]) => [`  ${name}`, description]), ['  ips, ideal, …', 'learnt from the clicks of every seed, as in a run of the config']])}
M with the least mean squared error need not be the M that learns best: --learn trains with each, seeds × thresholds models.

Examples:
  counterrank bias-variance mnar-semi-synthetic --out curve.html
  counterrank bias-variance mnar-semi-synthetic world.power=0.5,1,2,3,4 --predictions truth,ips
  counterrank bias-variance mnar-semi-synthetic exposure=oracle,popularity-power --clip 0.01,0.1,1
  counterrank bias-variance mnar-semi-synthetic --clip 'log(1e-3,1,13)' --learn --metric relative-log-loss
  counterrank bias-variance mnar-semi-synthetic seeds=3 --per-seed --format csv > curves.csv

Learning alone, on all cores: counterrank sweep mnar-semi-synthetic estimator.name=clipped-ips 'estimator.clip=log(1e-3,1,13)' 'evaluation.metrics=[log-loss]'`;

async function biasVariance(file: string, words: readonly string[], options: BiasVarianceOptions): Promise<void> {
  const thresholds = parseClips(options.clip);
  const predictions = parseNames(options.predictions);
  if (options.metric !== undefined && options.learn !== true) throw new UsageError('--metric is what --learn is judged by; add --learn');
  if (options.perSeed === true && options.format !== 'csv' && options.format !== 'json')
    throw new UsageError(`--per-seed is for --format csv and json; the ${options.format} holds means`);
  const variants = (await configVariants(file, words, options.plugin ?? [])).map((one) => ({
    varied: one.varied,
    ...clippableStudy(one, file),
  }));
  const tasks = [...new Set(variants.map(({ task }) => task.name))];
  if (tasks.length > 1) throw new UsageError(`the curves are of one task, but these configs are of ${tasks.join(' and ')}; give one`);
  const metric = options.learn === true ? (options.metric ?? variants[0].config.evaluation.metrics[0]) : null;
  for (const study of variants) check(study, predictions, thresholds, metric);
  if (options.out !== undefined) await checkWritable(options.out);
  await checkFigures(options);
  const progress = createProgress(process.stderr, options.quiet === true);
  const study = await studyBiasVariance(variants, { thresholds, predictions, metric }, progress.onProgress);
  const notes = biasVarianceNotes(study);
  const command = commandLine(['counterrank', 'bias-variance', file, ...words, ...typed(options)]);
  const page = () => biasVarianceParts(study, { lead: file, notes, command });
  if (options.out !== undefined) await writeNewText(options.out, await pageHtml(page()));
  await putFigures(options, () => pictureGroups(page()));
  progress.finish();
  console.log(biasVarianceTexts[options.format](study, notes, options.perSeed === true));
  for (const note of optimumNotes(study)) console.error(`note: ${note}`);
  if (options.out !== undefined) console.error(`${options.out} shows this with pictures`);
}

/** A misspelt word is told before anything is trained. */
function check(study: ClippableStudy, predictions: readonly string[], thresholds: readonly number[], metric: string | null): void {
  for (const name of predictions) parsePredictions(name, study.config, study.parts, study.feedback);
  if (metric !== null) clipComparison(study, thresholds, metric);
}

/** Ascending, each once. */
function parseClips(text: string): number[] {
  const values = parseChoices(text, `--clip ${text}`).map(({ value, text: word }) => {
    if (typeof value === 'number' && value > 0 && value <= 1) return value;
    throw new UsageError(`--clip ${word}: a threshold is above 0 and at most 1; no clipping (none) is always compared with`);
  });
  return [...new Set(values)].sort((a, b) => a - b);
}

function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`--predictions ${shownText(text)}: names with commas between them, such as truth,ips`);
  return [...new Set(names)];
}

function typed({ clip, predictions, learn, metric, plugin = [] }: BiasVarianceOptions): string[] {
  const curves = { clip: unlessUsual(clip, standardClips), predictions: unlessUsual(predictions, 'ips') };
  return [...typedOptions({ ...curves, learn, metric }), ...typedPlugins({ plugin })];
}
