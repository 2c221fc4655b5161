import { Command, InvalidArgumentError, Option } from 'commander';
import type { TestUnit } from '../../src/stats/compare-cells.ts';
import { type CorrectionName, corrections } from '../../src/stats/corrections.ts';
import { checkWritable } from '../records/new-folder.ts';
import { comparisonPage } from '../report/comparison-page.ts';
import { gatherReport, gatherSummary } from '../report/gather-report.ts';
import { textFormats } from '../report/report-formats.ts';
import type { ReportOptions } from '../report/report-summary.ts';
import { writeReport } from '../report/write-report.ts';
import { numberOption } from '../terminal/number-options.ts';
import { ownScreen } from '../terminal/screen.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { catalogueOf, type PluginOption, pluginOption, typedPlugins } from './plugin-option.ts';

interface ReportFlags extends PluginOption {
  readonly by?: readonly string[];
  readonly metric?: readonly string[];
  readonly baseline?: string;
  readonly unit: TestUnit;
  readonly test: ReportOptions['test'];
  readonly correction: CorrectionName;
  readonly alpha: number;
  readonly format: keyof typeof textFormats | 'html';
  readonly out?: string;
}

export const reportCommand = () =>
  new Command('report')
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
    .addOption(pluginOption())
    .option('--out <dir>', 'folder to create with report.html, .md, .csv, .tex and .json; must not exist')
    .addHelpText('after', helpText)
    .action(report);

const helpText = `
Examples:
  counterrank report runs/*
  counterrank report sweep --out report                          everything, with pictures
  counterrank report sweep --by estimator.name,data --metric ndcg@10 --baseline naive
  counterrank report sweep --unit query --test sign-flip --correction bonferroni
  counterrank report sweep --baseline simulation.clickModel.name=position-based
  counterrank report sweep --format latex > table.tex`;

async function report(folders: readonly string[], flags: ReportFlags, command: Command): Promise<void> {
  const { by = null, metric: metrics = null, baseline = null, unit, test, correction, alpha, format, out } = flags;
  const options: ReportOptions = { by, metrics, baseline, unit, test, correction, alpha };
  const { presentations } = await catalogueOf(flags);
  const print = (text: string) => console.log(text);
  if (out === undefined && format !== 'html') {
    print(textFormats[format]((await gatherSummary(folders, options, presentations)).summary, ownScreen()));
    return;
  }
  if (out !== undefined) await checkWritable(out);
  const gathered = await gatherReport(
    folders,
    options,
    commandLine(['counterrank', 'report', ...folders, ...typedFlags(command)]),
    presentations,
  );
  if (out !== undefined) await writeReport(out, gathered);
  print(format === 'html' ? await comparisonPage(gathered) : textFormats[format](gathered.summary, ownScreen()));
  if (out !== undefined) console.error(`${out}/report.html shows this with pictures; beside it the table as Markdown, CSV, LaTeX and JSON`);
}

/** Options that were typed, but for where the report goes. */
function typedFlags(command: Command): string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    if (['out', 'format'].includes(name) || command.getOptionValueSource(name) !== 'cli') return [];
    const value: unknown = command.getOptionValue(name);
    return name === 'plugin' ? typedPlugins({ plugin: value as string[] }) : [`--${option.name()}`, String(value)];
  });
}

function listed(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Names with commas between them, without blanks.');
  return [...before, ...names];
}

const level = numberOption('a number between 0 and 1', (value) => value > 0 && value < 1);
