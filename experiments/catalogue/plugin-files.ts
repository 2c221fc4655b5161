import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { isPipeOrDevice } from '../../src/data/open-bytes.ts';
import { systemReason } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';

/** A plugin's file, the files that this one imports by relative path, and so on. */
export interface PluginFiles {
  readonly sha256: string; // of all of them
  readonly texts: ReadonlyMap<string, string>; // by absolute path
}

/** @throws UsageError for a file that cannot be read */
export async function readPluginFiles(path: string): Promise<PluginFiles> {
  const texts = new Map<string, string>();
  await readAll(path, path, texts);
  const hash = createHash('sha256');
  for (const [file, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(JSON.stringify([relative(dirname(path), file), text]));
  return { sha256: hash.digest('hex'), texts };
}

async function readAll(file: string, plugin: string, texts: Map<string, string>): Promise<void> {
  if (texts.has(file)) return;
  const cannot = (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`plugin ${plugin}: cannot read "${file}": ${systemReason(error)}`);
  };
  if (await isPipeOrDevice(file).catch(cannot))
    throw new UsageError(`plugin ${plugin}: "${file}" is a pipe or a device, which may never end; name a file`);
  const text = await readFile(file, 'utf8').catch(cannot);
  texts.set(file, text);
  for (const [, , specifier] of text.matchAll(imported)) {
    const found = fileOf(specifier, file);
    if (found !== null) await readAll(found, plugin, texts);
  }
}

/** What is imported by a relative path that is written out. */
const imported = /(?:from|import|require)\s*\(?\s*(?:\/\*.*?\*\/\s*)?(['"`])(\.{1,2}(?:\/[^'"`$]*)?)\1/g;

/** The file that a relative path leads to: itself, TypeScript called by the name it would have as JavaScript, or what `require` finds; null for none. */
function fileOf(specifier: string, from: string): string | null {
  const path = resolve(dirname(from), specifier);
  const typed = path.replace(/js$/, 'ts');
  for (const one of [path, typed]) if (existsSync(one) && statSync(one).isFile()) return one;
  try {
    return createRequire(from).resolve(path);
  } catch {
    return null; // in a comment, or importing tells
  }
}
