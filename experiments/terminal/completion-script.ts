/** A command as it is typed. */
export interface TypedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly TypedOption[];
  readonly words: readonly string[]; // that an argument may be, where it is one of a few
  readonly commands: readonly TypedCommand[];
}

export interface TypedOption {
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[]; // empty: anything
}

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script by which a shell completes the command line: commands, their options, and values where an option has few; files elsewhere. */
export const completionScript = (shell: Shell, commands: readonly TypedCommand[]): string => ({ bash, zsh, fish })[shell](commands);

/** Quoted for a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
/** The first sentence, on one line. */
const brief = (text: string): string => text.replaceAll(/\s+/g, ' ').split(/[:;] /)[0];

const wordsOf = ({ commands, words }: TypedCommand): string[] => [...commands.map(({ name }) => name), ...words];
/** Of a command and those below it. */
const everyOption = (command: TypedCommand): TypedOption[] => [...command.options, ...command.commands.flatMap(everyOption)];

function bash(commands: readonly TypedCommand[]): string {
  const values = commands.flatMap((command) =>
    everyOption(command)
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ flags, choices }) =>
          `    ${flags.map((flag) => quoted(`${command.name} ${flag}`)).join('|')}) words=${quoted(choices.join(' '))} ;;`,
      ),
  );
  const options = commands.map(
    (command) =>
      `    ${command.name}) flags=${quoted([...new Set(everyOption(command).flatMap(({ flags }) => flags))].join(' '))}; names=${quoted(wordsOf(command).join(' '))} ;;`,
  );
  return `# bash completion of counterrank
_counterrank() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words='' flags='' names=''
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W ${quoted([...commands.map(({ name }) => name), 'help', '--help', '--version'].join(' '))} -- "$current"))
    return
  fi
  case "$command $before" in
${[...new Set(values)].join('\n')}
  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "$command" in
${options.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$names" -- "$current") $(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _counterrank counterrank`;
}

function zsh(commands: readonly TypedCommand[]): string {
  const escaped = (text: string) => brief(text).replaceAll(/[\\:[\]]/g, '\\$&');
  const spec = ({ flags, description, takesValue, choices }: TypedOption) => {
    const value = !takesValue ? '' : choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
    return flags.map((flag) => quoted(`${flag}[${escaped(description)}]${value}`));
  };
  const cases = commands.map((command) => {
    const words = wordsOf(command);
    const first = words.length === 0 ? quoted('*:file:_files') : `${quoted(`1:word:(${words.join(' ')})`)} ${quoted('*:file:_files')}`;
    return `    ${command.name}) _arguments ${everyOption(command).flatMap(spec).join(' ')} ${first} ;;`;
  });
  return `#compdef counterrank
_counterrank() {
  local -a commands
  commands=(${commands.map(({ name, description }) => quoted(`${name}:${escaped(description)}`)).join(' ')})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case "$words[1]" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _counterrank ]; then _counterrank "$@"; else compdef _counterrank counterrank; fi`;
}

function fish(commands: readonly TypedCommand[]): string {
  const lines = commands.flatMap((command) => {
    const within = `-n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`;
    const words = wordsOf(command);
    return [
      `complete -c counterrank -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(brief(command.description))}`,
      ...(words.length === 0 ? [] : [`complete -c counterrank ${within} -a ${quoted(words.join(' '))}`]),
      ...everyOption(command).map(({ flags, description, takesValue, choices }) => {
        const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
        const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
        return `complete -c counterrank ${within} ${names}${value} -d ${quoted(brief(description))}`;
      }),
    ];
  });
  return `# fish completion of counterrank\n${[...new Set(lines)].join('\n')}`;
}
