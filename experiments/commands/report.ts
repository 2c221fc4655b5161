import { Command, InvalidArgumentError, Option } from 'commander';
import type { TestUnit } from '../../src/stats/compare-cells.ts';
import { type CorrectionName, corrections } from '../../src/stats/corrections.ts';
import { checkWritable } from '../records/new-folder.ts';
import { comparisonPage, comparisonParts } from '../report/comparison-page.ts';
import { gatherReport, gatherSummary } from '../report/gather-report.ts';
import { pictureGroups } from '../report/page-frame.ts';
import { type Mark, marks, usualPaper } from '../report/paper-cells.ts';
import { type TextLayout, textFormats, textOf } from '../report/report-formats.ts';
import type { ReportOptions } from '../report/report-summary.ts';
import { writeReport } from '../report/write-report.ts';
import { numberOption, wholeNumber } from '../terminal/number-options.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { addFigureOptions, checkFigures, type FigureOptions, putFigures } from './figure-options.ts';
import { catalogueOf, type PluginOption, pluginOption, typedPlugins } from './plugin-option.ts';

interface ReportFlags extends PluginOption, FigureOptions {
  readonly by?: readonly string[];
  readonly metric?: readonly string[];
  readonly baseline?: string;
  readonly unit: TestUnit;
  readonly test: ReportOptions['test'];
  readonly correction: CorrectionName;
  readonly alpha: number;
  readonly format: keyof typeof textFormats | 'html';
  readonly out?: string;
  readonly columns?: readonly string[];
  readonly rows?: readonly string[];
  readonly split?: readonly string[];
  readonly marks?: readonly Mark[];
  readonly decimals: number;
  readonly caption: string;
  readonly label: string;
}

export const reportCommand = () =>
  addFigureOptions(new Command('report'))
    .argument('<folders...>', 'run folders, sweep folders, or any folder above them')
    .option(
      '--by <keys>',
      'config keys to group by, with commas: estimator.* make the rows, others the columns (default: what varies)',
      listed,
    )
    .option('--metric <names>', 'metrics, with commas (default: ndcg@10; all where nothing but the method varies)', listed)
    .option('--baseline <value>', 'what the others are tested against: naive, or key=value (default: that of the configs, else naive)')
    .addOption(
      new Option('--unit <unit>', 'what intervals and tests are over; query: means over seeds')
        .choices(['seed', 'query', 'both'])
        .default('seed'),
    )
    .addOption(
      new Option('--test <name>', 'for seeds or queries; both have a crossed t-test')
        .choices(['paired-t', 'sign-flip'])
        .default('paired-t'),
    )
    .addOption(new Option('--correction <name>', 'for there being several comparisons').choices(Object.keys(corrections)).default('holm'))
    .option('--alpha <p>', 'level of significance', level, 0.05)
    .addOption(
      new Option('--format <name>', 'what to print; html: the page').choices([...Object.keys(textFormats), 'html']).default('terminal'),
    )
    .option(
      '--columns <keys>',
      'of LaTeX, Typst and Markdown: keys over the columns, outermost first, metric and method among them',
      listed,
    )
    .option('--rows <keys>', 'of the same: keys in blocks of rows', listed)
    .option('--split <keys>', 'of the same: a table for each value', listed)
    .option('--marks <names>', 'of the same: daggers, delta, p, with commas, or none', marksOf)
    .option('--decimals <n>', 'of the same', wholeNumber(1, 8), usualPaper.decimals)
    .option('--caption <text>', 'of the same, before what the numbers are', usualPaper.caption)
    .option('--label <name>', 'of the same, to refer to', usualPaper.label)
    .addOption(pluginOption())
    .option('--out <dir>', 'folder to create with report.html, .md, .csv, .tex, .typ and .json; must not exist')
    .addHelpText('after', helpText)
    .action(report);

const helpText = `
Examples:
  counterrank report runs/*
  counterrank report sweep --out report                          everything, with pictures
  counterrank report sweep --by estimator.name,data --metric ndcg@10 --baseline naive
  counterrank report sweep --unit query --test sign-flip --correction bonferroni
  counterrank report sweep --baseline simulation.clickModel.name=position-based
  counterrank report sweep --format latex --caption 'Test NDCG' --label tab:ndcg > table.tex
  counterrank report sweep --format latex --columns data.name,simulation.sessions --marks delta,p
  counterrank report sweep --figures figures --figure-width 84mm`;

async function report(folders: readonly string[], flags: ReportFlags, command: Command): Promise<void> {
  const { by = null, metric: metrics = null, baseline = null, unit, test, correction, alpha, format, out } = flags;
  const options: ReportOptions = { by, metrics, baseline, unit, test, correction, alpha };
  const { presentations } = await catalogueOf(flags);
  const print = (text: string) => console.log(text);
  const layout = layoutOf(flags);
  if (out === undefined && format !== 'html' && flags.figures === undefined) {
    print(textOf(format, await gatherSummary(folders, options, presentations), layout));
    return;
  }
  if (out !== undefined) await checkWritable(out);
  await checkFigures(flags);
  const gathered = await gatherReport(
    folders,
    options,
    commandLine(['counterrank', 'report', ...folders, ...typedFlags(command)]),
    presentations,
  );
  if (out !== undefined) await writeReport(out, gathered, layout);
  await putFigures(flags, () => pictureGroups(comparisonParts(gathered)));
  print(format === 'html' ? await comparisonPage(gathered) : textOf(format, gathered, layout));
  if (out !== undefined)
    console.error(`${out}/report.html shows this with pictures; beside it the table as Markdown, CSV, LaTeX, Typst and JSON`);
}

/** How tables for papers are laid out: as they are where nothing is asked. */
function layoutOf({ columns, rows, split, marks: asked, decimals, caption, label }: ReportFlags): TextLayout {
  const paper = { marks: asked ?? usualPaper.marks, decimals, caption, label };
  const typed = [columns, rows, split, asked].some((one) => one !== undefined) || caption !== '' || decimals !== usualPaper.decimals;
  return { arrangement: typed ? { columns: columns ?? null, rows: rows ?? null, split: split ?? null } : null, paper };
}

/** Options that were typed, but for where the report goes. */
function typedFlags(command: Command): string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    if (['out', 'format', 'figures', 'figureWidth'].includes(name) || command.getOptionValueSource(name) !== 'cli') return [];
    const value: unknown = command.getOptionValue(name);
    return name === 'plugin' ? typedPlugins({ plugin: value as string[] }) : [`--${option.name()}`, String(value)];
  });
}

function listed(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Names with commas between them, without blanks.');
  return [...before, ...names];
}

function marksOf(text: string): readonly Mark[] {
  const names = text === 'none' ? [] : listed(text);
  const stray = names.find((name) => !(marks as readonly string[]).includes(name));
  if (stray !== undefined) throw new InvalidArgumentError(`Marks are ${marks.join(', ')}, with commas between them, or none.`);
  return names as Mark[];
}

const level = numberOption('a number between 0 and 1', (value) => value > 0 && value < 1);
