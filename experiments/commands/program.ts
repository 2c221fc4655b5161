import { Command } from 'commander';
import { ownPackage } from '../records/own-package.ts';
import { biasVarianceCommand } from './bias-variance.ts';
import { evaluateCommand } from './evaluate.ts';
import { evaluateSessionsCommand } from './evaluate-sessions.ts';
import { exportCommand } from './export.ts';
import { listCommand } from './list.ts';
import { metaEvaluateCommand } from './meta-evaluate.ts';
import { notebookCommand } from './notebook.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { schemaCommand } from './schema.ts';
import { simulateCommand } from './simulate.ts';
import { simulateSessionsCommand } from './simulate-sessions.ts';
import { sweepCommand } from './sweep.ts';
import { trainCommand } from './train.ts';
import { validateCommand } from './validate.ts';
import { watchCommand } from './watch.ts';

/** The command line. Throws instead of ending the process; one file per command, one line here. */
export function createProgram(): Command {
  const program = new Command('counterrank')
    .description('Counterfactual learning to rank from biased clicks: one config file → unbiased rankers, compared.')
    .version(ownPackage().version, '--version')
    .addHelpText(
      'after',
      `
Start with:
  counterrank run experiments/configs/quickstart.yaml     the whole comparison on embedded data, in seconds
  counterrank sweep --help                                one config, many runs: estimator.name=naive,ips seed=1..10
  counterrank list                                        what there is to choose from
  counterrank run --help                                  overrides, real data, repeating a run
  counterrank notebook experiments/notebooks/own-estimator.ts    research as a script: a page with code, prose, tables, pictures`,
    );
  const commands = [
    runCommand,
    sweepCommand,
    reportCommand,
    watchCommand,
    exportCommand,
    simulateCommand,
    simulateSessionsCommand,
    trainCommand,
    evaluateCommand,
    evaluateSessionsCommand,
    metaEvaluateCommand,
    biasVarianceCommand,
    notebookCommand,
    listCommand,
    validateCommand,
    schemaCommand,
  ];
  for (const command of commands) program.addCommand(command().exitOverride().showHelpAfterError('(add --help for examples)'));
  return program.exitOverride().showHelpAfterError('(add --help for the commands)');
}
