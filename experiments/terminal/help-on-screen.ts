import type { OutputConfiguration } from 'commander';
import { ownScreen, type Screen } from './screen.ts';
import { wrapWords } from './wrap-words.ts';

/** Descriptions beside names are wrapped on a terminal of 80 columns too, where commander would leave them as long as they are. */
export const narrowHelp = { minWidthToWrap: 28 };

export const helpOutput: OutputConfiguration = {
  writeOut: (text) => process.stdout.write(helpOnScreen(text, ownScreen())),
};

/** Help that fits a terminal: text is wrapped; commands are broken so that they can still be typed, what they do stands below them. */
export const helpOnScreen = (text: string, { columns, terminal }: Screen): string =>
  terminal
    ? text
        .split('\n')
        .map((line) => (line.length <= columns ? line : wrapped(line, columns)))
        .join('\n')
    : text;

function wrapped(line: string, columns: number): string {
  const [, indent, command, words = ''] = /^( +)(counterrank .*?)(?: {2,}(.*))?$/.exec(line) ?? [];
  if (command === undefined) return wrapWords(line, columns, line.startsWith('  ') ? 2 : 0);
  const lines = wrapWords(indent + command, columns - 2, 4).split('\n');
  return [lines.join(' \\\n'), ...(words === '' ? [] : [wrapWords(`${indent}    ${words}`, columns)])].join('\n');
}
