import { type Argument, Command, Option } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { methodGroups } from '../catalogue/method-groups.ts';
import { pluginTemplates } from '../catalogue/plugin-templates.ts';
import { readStudy } from '../catalogue/read-study.ts';
import { shippedNames } from '../config/shipped-files.ts';
import { flattenConfig } from '../records/flatten-config.ts';
import { completionScript, type Shell, shells, type TypedCommand } from '../terminal/completion-script.ts';
import { importForms } from './import-plan.ts';

/** @param wholeProgram every command with its options */
export const completionCommand = (wholeProgram: () => Promise<Command>) => () =>
  new Command('completion')
    .argument('<shell>', `${shells.join(', ')}`)
    .addHelpText('after', helpText)
    .action(async (shell: string) => {
      lookup('shell', Object.fromEntries(shells.map((name) => [name, name])), shell);
      const names = await knownNames();
      const typed = (await wholeProgram()).commands.map((one) => typedCommand(one as Command, names));
      console.log(completionScript(shell as Shell, typed));
    });

const helpText = `
Examples:
  eval "$(counterrank completion bash)"                                        in ~/.bashrc
  counterrank completion zsh > "\${fpath[1]}/_counterrank"                      then begin a new shell
  counterrank completion fish > ~/.config/fish/completions/counterrank.fish`;

/** Commands whose arguments are names and no files. */
const withoutFiles = ['new', 'list', 'schema', 'completion', 'click-model', 'playground'];

/** Commands that take a config and overrides of it. */
const configured = ['run', 'sweep', 'benchmark', 'simulate', 'simulate-sessions', 'train', 'validate', 'bias-variance'];

/** Keys that configs of the package have, defaults included, as overrides begin; not of those that are no study, such as simulated search sessions. */
async function settingsOf(configs: readonly string[]): Promise<string[]> {
  const keysOf = (name: string) => readStudy(name, []).then(({ config }) => [...flattenConfig(config).keys()], none);
  const keys = (await Promise.all(configs.map(keysOf))).flat().filter((key) => /^[a-z][\w.]*$/i.test(key));
  return [...new Set(keys)].map((key) => `${key}=`).sort();
}

/** @throws what is no UsageError */
function none(error: unknown): [] {
  if (error instanceof UsageError) return [];
  throw error;
}

/** Names that commands and options take, where the program does not hold them to these: files and plugins bring others. */
interface KnownNames {
  readonly settings: readonly string[];
  readonly ofCommand: Readonly<Record<string, readonly string[]>>;
  readonly ofOption: Readonly<Record<string, readonly string[]>>;
}

async function knownNames(): Promise<KnownNames> {
  const { parts, tasks } = builtIn();
  const configs = await shippedNames('configs');
  const groups = methodGroups();
  return {
    settings: await settingsOf(configs),
    ofCommand: {
      ...Object.fromEntries(configured.map((name) => [name, configs])),
      notebook: await shippedNames('notebooks'),
      list: [...new Set(groups.flatMap(({ slug, methods }) => [slug, ...methods.map(({ name }) => name)]))],
      new: Object.keys(pluginTemplates),
      schema: Object.keys(tasks),
      completion: shells,
    },
    ofOption: {
      '--model': Object.keys(parts.clickModels),
      '--method': Object.keys(parts.biasEstimators),
      '--bias': Object.keys(parts.biasEstimators),
      '--weighting': Object.keys(parts.weightings),
      '--ranker': Object.keys(parts.rankers),
      '--log-format': importForms,
    },
  };
}

/** What of a command can be typed. */
function typedCommand(command: Command, names: KnownNames): TypedCommand {
  const help = new Option('--help', 'display help for command');
  return {
    name: command.name(),
    description: command.description(),
    options: [...command.options, help]
      .filter(({ hidden }) => !hidden)
      .map((option) => ({
        flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
        description: option.description,
        takesValue: option.required || option.optional,
        choices: option.argChoices ?? names.ofOption[option.long ?? ''] ?? [],
      })),
    words: [
      ...command.registeredArguments.flatMap(({ argChoices }: Argument) => argChoices ?? []),
      ...(command.parent?.parent ? [] : (names.ofCommand[command.name()] ?? [])),
    ],
    settings: !command.parent?.parent && configured.includes(command.name()) ? names.settings : [],
    files: command.parent?.parent !== null || !withoutFiles.includes(command.name()),
    commands: command.commands.map((one) => typedCommand(one as Command, names)),
  };
}
