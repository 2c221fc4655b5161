import { Command, Option } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { checkWritable, writeNewText } from '../records/new-folder.ts';
import { diagnosedLog, namedOrSaved } from '../tasks/bias/diagnosed.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { diagnosisPage } from './diagnosis-page.ts';
import { diagnosisCsv, diagnosisJson, diagnosisText } from './diagnosis-text.ts';
import { addLogOptions, configOf, type LogOptions } from './log-options.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface DiagnoseOptions extends PluginOption, LogOptions {
  readonly bias?: string;
  readonly format: keyof typeof forms | 'html';
  readonly out?: string;
}

const forms = { text: diagnosisText, csv: diagnosisCsv, json: diagnosisJson };

export const diagnoseCommand = () =>
  addLogOptions(new Command('diagnose'))
    .option(
      '--bias <name>',
      'by which weightings are judged: an estimator of bias, or a bias.json that one wrote (default: the first that the log suffices for of randomisation, rand-pair, adjacent-swap, fair-pairs and all-pairs, which fit nothing to relevance)',
    )
    .addOption(new Option('--format <name>', 'how it is printed').choices([...Object.keys(forms), 'html']).default('text'))
    .option('--out <file>', 'file to write in place of the screen, as a page of html must be; must not exist')
    .addOption(pluginOption())
    .addHelpText('after', helpText)
    .action(run);

const helpText = `
Answers, before anything is fitted: which ranks can be compared at all (documents shown at several ranks tie them together), whether features
tell relevance from rank, how much of what clicks lose with rank is relevance, whether users read as a position-based model has them, how few
clicks each weighting would let speak, and which estimator follows from that.

Examples:
  counterrank diagnose clicks.jsonl
  counterrank diagnose clicks.jsonl --features letor/Fold1
  counterrank diagnose clicks.csv --context device --randomised-log shuffled.csv
  counterrank diagnose clicks.jsonl --bias runs/bias/models/1/all-pairs/bias.json --format json
  counterrank simulate quickstart simulation.temperature=0.5 simulation.listsPerQuery=5 --out logs/first
  counterrank diagnose clicks.jsonl --format html --out diagnosis.html   # a page, with pictures
  counterrank diagnose logs/first

Then: counterrank fit LOG takes what follows and learns a ranker; counterrank estimate-bias LOG draws the estimates that it names.`;

async function run(path: string, options: DiagnoseOptions): Promise<void> {
  const { out, format } = options;
  if (out !== undefined) await checkWritable(out);
  if (format === 'html' && out === undefined) throw new UsageError('a page is written into a file: give --out FILE');
  const catalogue = await catalogueOf(options);
  const decode = await configOf(path, { ...options, truth: null }, catalogue);
  const { config } = decode(['naive-ctr']);
  const asked = options.bias === undefined ? null : namedOrSaved(options.bias);
  const log = await diagnosedLog(catalogue.parts, config, path, asked);
  if (out === undefined) console.log(forms[format as keyof typeof forms](log.found));
  else {
    const text = format === 'html' ? await diagnosisPage(catalogue.parts, config, log) : `${forms[format](log.found)}\n`;
    await writeNewText(out, text);
    tell(`${out}: what ${path} can tell`);
  }
  tellAccounting(log.accounting);
  const { notDrawn } = log.found.diagnosis;
  if (notDrawn !== null) console.error(`warning: ${notDrawn}`);
}
