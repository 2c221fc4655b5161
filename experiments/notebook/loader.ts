import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as typescript from '../modules/typescript-hooks.ts';
import { instrument } from './cells.ts';

/** What the process that registers these hooks tells them. */
export interface LoaderData {
  readonly notebook: string; // URL of the script
}

let notebook = '';

export function initialize(data: LoaderData): void {
  ({ notebook } = data);
}

export const { resolve } = typescript;

/** The script says which cell it is in; other TypeScript is only stripped of its types. */
export const load: LoadHook = async (url, context, next) => {
  if (url !== notebook) return typescript.load(url, context, next);
  const path = fileURLToPath(url);
  return { format: 'module', source: instrument(await readFile(path, 'utf8'), path), shortCircuit: true };
};
