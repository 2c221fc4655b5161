import { type Argument, Command, Option } from 'commander';
import { lookup } from '../../src/registry.ts';
import { completionScript, type Shell, shells, type TypedCommand } from '../terminal/completion-script.ts';

/** @param wholeProgram every command with its options */
export const completionCommand = (wholeProgram: () => Promise<Command>) => () =>
  new Command('completion')
    .argument('<shell>', `${shells.join(', ')}`)
    .addHelpText('after', helpText)
    .action(async (shell: string) => {
      lookup('shell', Object.fromEntries(shells.map((name) => [name, name])), shell);
      console.log(
        completionScript(
          shell as Shell,
          (await wholeProgram()).commands.map((one) => typedCommand(one as Command)),
        ),
      );
    });

const helpText = `
Examples:
  eval "$(counterrank completion bash)"                                        in ~/.bashrc
  counterrank completion zsh > "\${fpath[1]}/_counterrank"                      then begin a new shell
  counterrank completion fish > ~/.config/fish/completions/counterrank.fish`;

/** What of a command can be typed. */
function typedCommand(command: Command): TypedCommand {
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
        choices: option.argChoices ?? [],
      })),
    words: command.registeredArguments.flatMap(({ argChoices }: Argument) => argChoices ?? []),
    commands: command.commands.map((one) => typedCommand(one as Command)),
  };
}
