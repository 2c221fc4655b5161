import { Command, Option } from 'commander';
import { defaultGolds, goldMetrics, numGrid } from '../../src/meta-evaluation/index.ts';
import { pairTests } from '../../src/stats/discriminative-power.ts';
import { addSessionLogOptions } from '../search-sessions/session-logs.ts';
import { sessionForms } from '../search-sessions/session-output.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { addFigureOptions } from './figure-options.ts';
import { runMetaEvaluate } from './run-meta-evaluate.ts';

export const metaEvaluateCommand = () =>
  addFigureOptions(addSessionLogOptions(new Command('meta-evaluate')))
    .argument('<log>', 'search sessions with satisfaction, plain or .gz')
    .argument('[metrics...]', 'such as NUM, "sRBP(p=0.9,b=0.75)" (default: all, and the ablations of NUM)')
    .option('--baseline <metric>', 'that the others are tested against (default: the first)')
    .option('--systems <logs...>', 'the same search sessions, by id, with other systems: for discriminative power')
    .option(
      '--gold <names...>',
      `that intuitiveness is judged by; a+b: agree with both (default: ${defaultGolds.join(', ')}; of a log without clicks those that need none)`,
    )
    .option('--tune <grid>', 'options to tune on half of the search sessions, values between bars', numGrid)
    .option('--no-tune', 'tune nothing')
    .addOption(
      new Option('--undefined <rule>', 'search sessions on which a metric is undefined: left out for all, or 0')
        .choices(['skip', 'zero'])
        .default('skip'),
    )
    .addOption(
      new Option('--unit <what>', 'resampled, and split for tuning, as a whole').choices(['session', 'topic', 'user']).default('session'),
    )
    .option('--resamples <n>', 'of the bootstrap', wholeNumber(1, 1e6), 2000)
    .addOption(new Option('--pair-test <name>', 'of discriminative power').choices(Object.keys(pairTests)).default('randomised-tukey'))
    .option('--seed <seed>', 'of resamples, pairs and splits', '1')
    .addOption(new Option('--format <name>', 'how results are printed').choices(sessionForms).default('table'))
    .option('--out <page>', 'HTML page with pictures to write; must not exist')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(runMetaEvaluate);

const helpText = () => `
Gold metrics:
${alignColumns(Object.entries(goldMetrics).map(([name, { description }]) => [`  ${name}`, description]))}

Examples:
  counterrank simulate-sessions search-sessions --out sim      no log at hand? this makes one
  counterrank meta-evaluate sim/current.jsonl --labels click --out meta.html
  counterrank meta-evaluate sim/current.jsonl NUM sDCG/q 'sRBP(p=0.9,b=0.75)' --systems sim/better.jsonl sim/worse.jsonl
  counterrank meta-evaluate tiangong-qref.json --tune 'NUM(L=10000|50000|132000,C=0|1000)' --unit user
  counterrank meta-evaluate log.jsonl --no-tune --format csv > agreement.csv
  counterrank meta-evaluate log.jsonl NUM sDCG/q --no-tune --format latex > agreement.tex

The values of the metrics themselves: counterrank evaluate-sessions, which lists the metrics and the forms of logs too.`;
