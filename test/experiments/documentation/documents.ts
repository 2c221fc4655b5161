import { readdirSync, readFileSync } from 'node:fs';

const markdownBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
    .sort();

const isMade = (file: string) => /^docs\/(methods|api)\//.test(file);
const pages = markdownBelow('docs');

/** What people wrote: all pages but those that `npm run docs` makes. */
export const written = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...pages.filter((file) => !isMade(file)),
  'experiments/SWEEPS.md',
  'experiments/notebooks/README.md',
  'experiments/benchmark/README.md',
];
export const made = pages.filter(isMade);

export const textOf = (file: string): string => readFileSync(file, 'utf8');

/** Blocks of code of a language. */
export const blocksOf = (file: string, language: string): string[] =>
  [...textOf(file).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text);

/** A command of a shell block, by words as the shell splits them. */
export interface ShellCommand {
  readonly file: string;
  readonly text: string;
  readonly words: readonly string[];
}

/** Every command of the shell blocks of a file: continued lines joined, comments off, `a && b` apart. */
export const commandsOf = (file: string): ShellCommand[] =>
  blocksOf(file, 'sh')
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => line.split(/ && | \| /))
    .map((text) => ({ file, text, words: wordsOf(text.replace(/ > \S+$/, '')) }));

const wordsOf = (text: string): string[] =>
  [...text.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
