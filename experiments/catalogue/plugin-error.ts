import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { DataError, UsageError } from '../../src/errors.ts';
import { stripTypes } from '../modules/strip-types.ts';
import { errorText, exitCode } from '../terminal/fail.ts';
import type { PluginFiles } from './plugin-files.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

/** What was read of the plugins that this process runs, by path. */
const running = new Map<string, PluginFiles['texts']>();
export const noteRunning = (path: string, texts: PluginFiles['texts']): void => void running.set(path, texts);

/**
 * What ends a process: in one line that names the plugin where its code threw it, wherever that was called from, and where we threw it as what a
 * plugin gave is not what it should be; else the error as it is.
 */
export function explained(error: unknown): unknown {
  if (running.size === 0 || isOurs(error) || !(error instanceof Error)) return error;
  for (const [path, texts] of running) if (placeIn(error, texts) !== null) return pluginError(error, path, texts);
  const given = [...running.keys()].join(', ');
  if ('code' in error && error.code === 'ERR_UNHANDLED_REJECTION')
    return new UsageError(
      `a promise that nobody waits for, of a plugin (${given}), ${shortened(error.message.replace(/^.*reason /, 'threw '))}`,
    );
  if (!(error instanceof TypeError || error instanceof RangeError)) return error; // disks and processes fail by themselves
  const [, at = ''] = (error.stack ?? '').split('\n    ');
  return new UsageError(
    `${error.name}: ${shortened(error.message)} ${at}; what a plugin (${given}) gave is not what its kind gives, or this is a fault of Counterrank`,
  );
}

/** An error that nothing waits for, of a promise or a timer, ends this process as any other does: with what is to be told, and no more. */
export function endOnUncaught(): void {
  process.on('uncaughtException', (thrown) => {
    const error = explained(thrown);
    console.error(errorText(error));
    process.exit(exitCode(error));
  });
}

/** What a plugin threw, in one line with the innermost place in its files where that is known; an error of ours says all itself. */
export function pluginError(error: unknown, path: string, texts: PluginFiles['texts']): Error {
  if (isOurs(error)) return error;
  if (!(error instanceof Error))
    return new UsageError(`plugin ${path}: threw ${shortened(typeof error === 'string' ? error : inspect(error))}`, { cause: error });
  const place = placeIn(error, texts) ?? (error.name === 'SyntaxError' ? syntaxFault(texts) : null);
  const at = place === null ? '' : `line ${place.line}${place.file === path ? '' : ` of ${relative(dirname(path), place.file)}`}: `;
  const message = shortened(error.message.replace(/^Error transforming.*?: /, '')).replace(/ \(\d+:\d+\)$/, '');
  return new UsageError(`plugin ${path}: ${at}${error.name}: ${message}`, { cause: error });
}

/**
 * What a plugin's task threw, or was found in what it gave: with the plugin's file also where it is our words. A task drives all that happens, so
 * nobody else is to blame; but faults of data name the file of the data.
 */
export function taskError(error: unknown, path: string, texts: PluginFiles['texts']): unknown {
  if (!(error instanceof Error)) return pluginError(error, path, texts);
  if (isUnplaced(error)) return withFile(error, path);
  return placeIn(error, texts) === null ? error : pluginError(error, path, texts);
}

/** What a plugin's file threw as it was read: with that file also where it is our words, such as those of a table that cannot be. */
export const readingError = (error: unknown, path: string, texts: PluginFiles['texts']): Error =>
  isUnplaced(error) ? withFile(error, path) : pluginError(error, path, texts);

/** Our words on what was given, without the file that gave it. */
const isUnplaced = (error: unknown): error is UsageError =>
  error instanceof UsageError && Object.getPrototypeOf(error) === UsageError.prototype && !error.message.startsWith('plugin ');
const withFile = (error: UsageError, path: string) => new UsageError(`plugin ${path}: ${error.message}`, { cause: error });

/** The first line, as far as people read. */
function shortened(text: string): string {
  const [line] = text.trimStart().split('\n');
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
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
