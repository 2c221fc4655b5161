import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataError, UsageError } from '../../src/errors.ts';
import { stripTypes } from '../modules/strip-types.ts';
import type { PluginFiles } from './plugin-files.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

/** What a plugin threw, in one line with the innermost place in its files where that is known; an error of ours says all itself. */
export function pluginError(error: unknown, path: string, texts: PluginFiles['texts']): Error {
  if (isOurs(error)) return error;
  if (!(error instanceof Error)) return new UsageError(`plugin ${path}: threw ${String(error)}`, { cause: error });
  const place = placeIn(error, texts) ?? (error.name === 'SyntaxError' ? syntaxFault(texts) : null);
  const at = place === null ? '' : `line ${place.line}${place.file === path ? '' : ` of ${relative(dirname(path), place.file)}`}: `;
  const message = error.message
    .split('\n')[0]
    .replace(/^Error transforming.*?: /, '')
    .replace(/ \(\d+:\d+\)$/, '');
  return new UsageError(`plugin ${path}: ${at}${error.name}: ${message}`, { cause: error });
}

export const isOurs = (error: unknown): error is Error => error instanceof UsageError || error instanceof DataError;

/** The innermost place of a stack that is in one of the files; null where none is. */
export function placeIn({ stack = '' }: Error, texts: PluginFiles['texts']): Place | null {
  for (const text of stack.split('\n'))
    for (const file of texts.keys())
      for (const name of spellings(file)) {
        const at = text.indexOf(`${name}:`);
        const [line] = /^\d+/.exec(text.slice(at + name.length + 1)) ?? [];
        if (at >= 0 && line !== undefined) return { file, line: Number(line) };
      }
  return null;
}

/** Stacks have the file behind a link. */
function spellings(file: string): string[] {
  const real = existsSync(file) ? realpathSync(file) : file;
  return [...new Set([file, real])].flatMap((path) => [pathToFileURL(path).href, path]);
}

/** Where a file is not code: Node tells what is wrong, not where. */
function syntaxFault(texts: PluginFiles['texts']): Place | null {
  for (const [file, text] of texts)
    try {
      if (!file.endsWith('.json')) stripTypes(text);
    } catch (error) {
      const { loc } = error as { readonly loc?: { readonly line: number } };
      if (loc !== undefined) return { file, line: loc.line };
    }
  return null;
}
