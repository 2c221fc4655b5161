import { Command } from 'commander';
import { shownText } from '../../src/data/decimal.ts';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import { ownPackage } from '../modules/own-files.ts';
import { helpOutput, narrowHelp } from '../terminal/help-on-screen.ts';

/** A command as `--help` lists it, and its module, which is read when the command is used: all of them together take half a second. */
interface CommandEntry {
  readonly description: string;
  readonly words?: string; // its arguments
  readonly load: () => Promise<() => Command>;
}

/** Every command: one entry here, one file each. */
const commands: Readonly<Record<string, CommandEntry>> = {
  run: {
    description: 'simulate clicks, learn rankers from them, evaluate, and show who wins by how much',
    words: '<config> [overrides...]',
    load: async () => {
      await import('../parts/parts.ts'); // a part of it first: fewer files are open at once
      return (await import('./run.ts')).runCommand;
    },
  },
  sweep: {
    description: 'run a config many times, varied; what is finished is never done again',
    words: '<config> [overrides...]',
    load: async () => {
      await import('../parts/parts.ts'); // a part of it first: fewer files are open at once
      return (await import('./sweep.ts')).sweepCommand;
    },
  },
  benchmark: {
    description:
      'methods × rankers × users × log sizes from one config: the metric against sessions, who won where, and all of it as a folder',
    words: '[config] [overrides...]',
    load: async () => {
      await import('../parts/parts.ts'); // as above
      return (await import('./benchmark.ts')).benchmarkCommand;
    },
  },
  report: {
    description: 'compare many runs: a table with intervals and tests, and a page with pictures',
    words: '<folders...>',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  watch: {
    description: 'show how far a sweep is: counts, rate, time left, and the means so far',
    words: '<folder>',
    load: async () => (await import('./watch.ts')).watchCommand,
  },
  export: {
    description:
      'write finished runs for other tools: one tidy table, an MLflow file store, TensorBoard event files; or a model as plain weights',
    words: '<folders...>',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  import: {
    description: 'count click logs of any size, CSV, JSON Lines, Parquet and published forms, into one folder that every command reads',
    words: '<files...>',
    load: async () => (await import('./import.ts')).importCommand,
  },
  count: {
    description: 'import a share of the files of a log, as one of many machines',
    words: '<files...>',
    load: async () => (await import('./count.ts')).countCommand,
  },
  merge: {
    description: 'add up imported logs, such as the shares that many machines counted',
    words: '<logs...>',
    load: async () => (await import('./merge.ts')).mergeCommand,
  },
  simulate: {
    description: 'write a simulated click log, the judged queries it is about, and apart from them the truth it was drawn from',
    words: '<config> [overrides...]',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  'simulate-sessions': {
    description: 'write simulated search sessions with satisfaction, and apart from them the truth they were drawn with',
    words: '<config> [overrides...]',
    load: async () => (await import('./simulate-sessions.ts')).simulateSessionsCommand,
  },
  train: {
    description: "train the config's estimators on a click log of your own, and save the models",
    words: '<config> [overrides...]',
    load: async () => (await import('./train.ts')).trainCommand,
  },
  evaluate: {
    description: 'measure TREC runs against judgments, or saved models on judged queries, and test them against a baseline',
    words: '[words...]',
    load: async () => (await import('./evaluate.ts')).evaluateCommand,
  },
  'evaluate-sessions': {
    description: 'score a log of search sessions by session metrics; more logs of the same sessions are compared with the first',
    words: '<log> [metrics...]',
    load: async () => (await import('./evaluate-sessions.ts')).evaluateSessionsCommand,
  },
  'meta-evaluate': {
    description:
      'hold session metrics against what users said: which metric agrees with satisfaction, by how much, and is it more than chance?',
    words: '<log> [metrics...]',
    load: async () => (await import('./meta-evaluate.ts')).metaEvaluateCommand,
  },
  'bias-variance': {
    description:
      'squared bias, variance and error of the clipped loss by clipping threshold M, and the best M, in a world whose truth is known',
    words: '<config> [overrides...]',
    load: async () => (await import('./bias-variance.ts')).biasVarianceCommand,
  },
  'click-model': {
    description: 'fit a click model to a log, score one on a log, or simulate clicks of one',
    load: async () => (await import('./click-model.ts')).clickModelCommand,
  },
  fit: {
    description:
      'from a click log to a ranker without labels: diagnose, choose with reasons, train, value on other sessions, write all of it',
    words: '<log>',
    load: async () => {
      await import('../parts/parts.ts'); // as below
      return (await import('./fit.ts')).fitCommand;
    },
  },
  diagnose: {
    description:
      'what a log can tell of its bias before anything is fitted: rank groups, overlap, effective clicks, which estimator follows',
    words: '<log>',
    load: async () => {
      await import('../parts/parts.ts'); // as below
      return (await import('./diagnose.ts')).diagnoseCommand;
    },
  },
  'estimate-bias': {
    description: 'how a log favours ranks: estimates of its bias side by side, with intervals, and the truth where it was simulated',
    words: '<log>',
    load: async () => {
      await import('../parts/parts.ts'); // a part of it first: fewer files are open at once
      return (await import('./estimate-bias.ts')).estimateBiasCommand;
    },
  },
  notebook: {
    description: 'run a notebook-style script (TypeScript with // %% cells) and write it with its outputs as one HTML page',
    words: '<file>',
    load: async () => (await import('./notebook.ts')).notebookCommand,
  },
  playground: {
    description: 'write a page to play with: bias, log size, noise, and what clicks, propensities and rankers come to',
    load: async () => (await import('./playground.ts')).playgroundCommand,
  },
  new: {
    description: 'write a plugin that works, with its test, to make your own method of',
    words: '<kind> <name>',
    load: async () => (await import('./new.ts')).newCommand,
  },
  list: {
    description: 'every registered method of every kind, one line each; or all there is to know of one',
    words: '[name]',
    load: async () => (await import('./list.ts')).listCommand,
  },
  validate: {
    description: 'print a config with all its defaults, or everything that is wrong with it; of a sweep every run is checked',
    words: '<config> [overrides...]',
    load: async () => (await import('./validate.ts')).validateCommand,
  },
  completion: {
    description: 'print a script by which bash, zsh or fish completes the command line',
    words: '<shell>',
    load: async () => (await import('./completion.ts')).completionCommand(() => createProgram()),
  },
  schema: {
    description: 'print the JSON Schema of a config file, for editors',
    words: '[task]',
    load: async () => (await import('./schema.ts')).schemaCommand,
  },
};

const helpText = `
Start with:
  counterrank run quickstart                the whole comparison on embedded data, in seconds
  counterrank sweep --help                  one config, many runs: estimator.name=naive,ips seed=1..10
  counterrank fit clicks.jsonl --out DIR    a click log of your own: to a ranker, without labels
  counterrank list                          what there is to choose from; counterrank list ips: one method's page
  counterrank new estimator my-method       a method of your own, with its test
  counterrank run --help                    overrides, real data, repeating a run
  counterrank notebook own-estimator        research as a script: a page with code, prose, tables, pictures`;

/**
 * The command line. Throws instead of ending the process.
 * @param words typed; of commands that they do not use only name and description are there. Without words all are there in full
 * @throws UsageError for a word that was not UTF-8: what it was cannot be known any more
 */
export async function createProgram(words?: readonly string[]): Promise<Command> {
  const program = new Command('counterrank')
    .configureHelp(narrowHelp)
    .configureOutput(helpOutput)
    .description('Counterfactual learning to rank from biased clicks: one config file → unbiased rankers, compared.')
    .version(ownPackage().version, '--version')
    .addHelpText('after', helpText);
  const broken = words?.find((word) => word.includes('\ufffd'));
  if (broken !== undefined)
    throw new UsageError(`${shownText(broken)} on the command line is not UTF-8; rename the file, or write it in UTF-8`);
  const [first, second] = words ?? [];
  if (first === 'help' && second !== undefined && second !== 'help') lookup('command', commands, second); // else all commands would be shown
  const used = first === 'help' ? second : first;
  for (const [name, { description, words: own, load }] of Object.entries(commands)) {
    const command = words === undefined || name === used ? (await load())() : new Command(name);
    if (command.registeredArguments.length === 0 && own !== undefined) command.arguments(own);
    program.addCommand(
      command.copyInheritedSettings(program).description(description).exitOverride().showHelpAfterError('(add --help for examples)'),
    );
  }
  return program.exitOverride().showHelpAfterError('(add --help for the commands)');
}
