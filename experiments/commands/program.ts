import { Command } from 'commander';
import { ownPackage } from '../modules/own-files.ts';

/** Every command, read when it is needed: all of them together take half a second. One line here, one file per command. */
const commands: Readonly<Record<string, () => Promise<() => Command>>> = {
  run: async () => (await import('./run.ts')).runCommand,
  sweep: async () => (await import('./sweep.ts')).sweepCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  watch: async () => (await import('./watch.ts')).watchCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  'simulate-sessions': async () => (await import('./simulate-sessions.ts')).simulateSessionsCommand,
  train: async () => (await import('./train.ts')).trainCommand,
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand,
  'evaluate-sessions': async () => (await import('./evaluate-sessions.ts')).evaluateSessionsCommand,
  'meta-evaluate': async () => (await import('./meta-evaluate.ts')).metaEvaluateCommand,
  'bias-variance': async () => (await import('./bias-variance.ts')).biasVarianceCommand,
  notebook: async () => (await import('./notebook.ts')).notebookCommand,
  new: async () => (await import('./new.ts')).newCommand,
  list: async () => (await import('./list.ts')).listCommand,
  validate: async () => (await import('./validate.ts')).validateCommand,
  schema: async () => (await import('./schema.ts')).schemaCommand,
};

const helpText = `
Start with:
  counterrank run experiments/configs/quickstart.yaml     the whole comparison on embedded data, in seconds
  counterrank sweep --help                                one config, many runs: estimator.name=naive,ips seed=1..10
  counterrank list                                        what there is to choose from
  counterrank new estimator my-method                     a method of your own, with its test
  counterrank run --help                                  overrides, real data, repeating a run
  counterrank notebook experiments/notebooks/own-estimator.ts    research as a script: a page with code, prose, tables, pictures`;

/**
 * The command line. Throws instead of ending the process.
 * @param only the command that will be used, where that is known; anything else gets all of them
 */
export async function createProgram(only?: string): Promise<Command> {
  const program = new Command('counterrank')
    .description('Counterfactual learning to rank from biased clicks: one config file → unbiased rankers, compared.')
    .version(ownPackage().version, '--version')
    .addHelpText('after', helpText);
  const wanted = only !== undefined && Object.hasOwn(commands, only) ? [commands[only]] : Object.values(commands);
  for (const read of wanted) {
    const command = await read();
    program.addCommand(command().exitOverride().showHelpAfterError('(add --help for examples)'));
  }
  return program.exitOverride().showHelpAfterError('(add --help for the commands)');
}
