import { Command, Option } from 'commander';
import { wholeNumber } from '../terminal/number-options.ts';
import { diagnoseForms, runDiagnose } from './diagnose-click-model.ts';
import { pluginOption } from './plugin-option.ts';
import { runFit, runScore, runSimulate } from './run-click-model.ts';

export const clickModelCommand = () => {
  const command = new Command('click-model').exitOverride().showHelpAfterError('(add --help for examples)').addHelpText('after', helpText);
  const step = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .addOption(pluginOption())
      .option('--log-format <name>', 'of the log (default: told from the file)')
      .option('--context <column>', 'of the log, for models that tell contexts apart, as a device: contextual-position-based')
      .option(
        '--features <file>',
        'of the documents, SVMlight with qid and docid or a table of Parquet, Arrow or CSV, for fit.attraction=features or fit.satisfaction=features',
      )
      .option('--skip-faulty', 'leave out what breaks the format, and say how much');
  /** A step that makes a model. */
  const making = (name: string, description: string) =>
    step(name, description)
      .argument('<log>', 'who was shown what, and clicked what')
      .requiredOption('--model <name>', 'counterrank list names them')
      .option('--set <option=value>', 'of the model, or of its fit: fit.prior=none; may be repeated', (text, before: string[] = []) => [
        ...before,
        text,
      ]);
  making('diagnose', 'say what a log tells of the parameters of a click model, before it is fitted')
    .addOption(new Option('--format <name>', 'how it is printed').choices(Object.keys(diagnoseForms)).default('text'))
    .action(runDiagnose);
  making('fit', 'fit a click model to a log, and write it to a file')
    .requiredOption('--out <file>', 'JSON to write; must not exist')
    .action(runFit);
  step('score', 'how well a fitted model foretells the clicks of a log')
    .argument('<model>', 'file of click-model fit')
    .argument('<log>', 'not the one that it was fitted to, unless you mean it')
    .action(runScore);
  step('simulate', 'draw clicks of a fitted model on the lists of a log')
    .argument('<model>', 'file of click-model fit')
    .argument('<log>', 'whose lists are shown, each as often as there; its clicks are not used')
    .option('--sessions <n>', 'to draw (default: as many as the log has)', wholeNumber(1))
    .option('--seed <seed>', 'of the draws', '1')
    .requiredOption('--out <file>', '.jsonl, .csv or .parquet to write; must not exist')
    .action(runSimulate);
  return command;
};

const helpText = `
Many models, splits and intervals at once: a config with task: click-models, such as click-models.

Examples:
  counterrank click-model diagnose train.tsv --model user-browsing
  counterrank click-model fit train.tsv --model user-browsing --set by=distance --set fit.iterations=50 --out ubm.json
  counterrank click-model score ubm.json test.tsv
  counterrank click-model simulate ubm.json test.tsv --sessions 1000000 --out simulated.jsonl`;
