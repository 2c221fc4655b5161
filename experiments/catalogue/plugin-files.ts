import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
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
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (file !== plugin && error.code === 'ENOENT') return null; // found by no extension, or in a comment: importing tells
    throw new UsageError(`plugin ${plugin}: cannot read "${file}": ${systemReason(error)}`);
  });
  if (text === null) return;
  texts.set(file, text);
  for (const [, specifier] of text.matchAll(/(?:from|import|require)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g))
    await readAll(resolve(dirname(file), specifier), plugin, texts);
}
