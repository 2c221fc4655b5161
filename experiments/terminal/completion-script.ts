/** A command as it is typed. */
export interface TypedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly TypedOption[];
  readonly words: readonly string[]; // that an argument may be, where it is one of a few
  readonly settings: readonly string[]; // `key=` that later arguments may begin with
  readonly files: boolean; //           whether an argument may be a file
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

/** Every command and subcommand by all that is typed of it: `click-model fit`. */
const everyCommand = (commands: readonly TypedCommand[], before = ''): { typed: string; command: TypedCommand }[] =>
  commands.flatMap((command) => {
    const typed = `${before}${command.name}`;
    return [{ typed, command }, ...everyCommand(command.commands, `${typed} `)];
  });

function bash(commands: readonly TypedCommand[]): string {
  const all = everyCommand(commands);
  const inner = all.filter(({ typed }) => typed.includes(' ')).map(({ typed }) => quoted(typed));
  const values = all.flatMap(({ typed, command }) =>
    command.options
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ flags, choices }) => `    ${flags.map((flag) => quoted(`${typed} ${flag}`)).join('|')}) words=${quoted(choices.join(' '))} ;;`,
      ),
  );
  const options = all.map(
    ({ typed, command }) =>
      `    ${quoted(typed)}) flags=${quoted(command.options.flatMap(({ flags }) => flags).join(' '))}; names=${quoted(wordsOf(command).join(' '))}${command.files ? '' : '; files=no'}${command.settings.length === 0 ? '' : `; settings=${quoted(command.settings.join(' '))}`} ;;`,
  );
  return `# bash completion of counterrank
_counterrank() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words='' flags='' names='' settings='' files=yes
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W ${quoted([...commands.map(({ name }) => name), 'help', '--help', '--version'].join(' '))} -- "$current"))
    return
  fi
  if (( COMP_CWORD > 2 )); then
    case "$command \${COMP_WORDS[2]}" in
    ${inner.join('|') || "''"}) command+=" \${COMP_WORDS[2]}" ;;
    esac
  fi
  case "$command $before" in
${values.join('\n')}
  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "$command" in
${options.join('\n')}
  esac
  if [[ -n $settings && -n $current && $before != -* ]] && (( COMP_CWORD > 2 )); then
    COMPREPLY=($(compgen -W "$settings" -- "$current"))
    if (( \${#COMPREPLY[@]} > 0 )); then
      compopt -o nospace 2> /dev/null
      return
    fi
  fi
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [[ $before == -* || $files == yes ]]; then
    COMPREPLY=($(compgen -W "$names" -- "$current") $(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -W "$names" -- "$current"))
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
  const offer = (command: TypedCommand) => {
    const words = wordsOf(command);
    const named = words.join(' ');
    const later = command.settings.length === 0 ? '*:file:_files' : `*:setting:{compadd -S "" -- ${command.settings.join(' ')}; _files}`;
    const files = command.files ? [quoted(later)] : [];
    const first = [
      ...(words.length === 0
        ? []
        : [quoted(command.files ? `1:word:{_alternative "words:word:(${named})" "files:file:_files"}` : `1:word:(${named})`)]),
      ...files,
    ].join(' ');
    return `_arguments ${command.options.flatMap(spec).join(' ')} ${first}`;
  };
  const within = (inner: readonly TypedCommand[]) =>
    inner.map((command) => `${command.name}) shift words; (( CURRENT-- )); ${offer(command)}; return ;;`).join(' ');
  const cases = commands.map((command) => {
    const inner =
      command.commands.length === 0 ? '' : `if (( CURRENT > 2 )); then case "$words[2]" in ${within(command.commands)} esac; fi; `;
    return `    ${command.name}) ${inner}${offer(command)} ;;`;
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
  const seen = (names: readonly string[]) => `__fish_seen_subcommand_from ${names.join(' ')}`;
  const lines = everyCommand(commands).flatMap(({ typed, command }) => {
    const names = typed.split(' ');
    const inner = command.commands.map(({ name }) => name);
    const here = names.map((name) => seen([name])).join('; and ');
    const within = `-n ${quoted(inner.length === 0 ? here : `${here}; and not ${seen(inner)}`)}`;
    const first = names.length === 1 ? [`-n __fish_use_subcommand -f -a ${command.name} -d ${quoted(brief(command.description))}`] : [];
    const words = wordsOf(command);
    return [
      ...first,
      ...(words.length === 0 ? [] : [`${within}${command.files ? '' : ' -f'} -a ${quoted(words.join(' '))}`]),
      ...(command.settings.length === 0 ? [] : [`${within} -a ${quoted(command.settings.join(' '))}`]),
      ...command.options.map(({ flags, description, takesValue, choices }) => {
        const typedFlags = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
        const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
        return `${within} ${typedFlags}${value} -d ${quoted(brief(description))}`;
      }),
    ];
  });
  return `# fish completion of counterrank\n${lines.map((line) => `complete -c counterrank ${line}`).join('\n')}`;
}
