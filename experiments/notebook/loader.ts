import { readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { instrument, stripTypes } from './cells.ts';

/** What the process that registers these hooks tells them. */
export interface LoaderData {
  readonly notebook: string; // URL of the script
}

let notebook = '';

export function initialize(data: LoaderData): void {
  ({ notebook } = data);
}

/** `counterrank` is the package that renders, whatever else is installed: a notebook never runs on another build than it is rendered by. */
export const resolve: ResolveHook = (specifier, context, next) =>
  /^counterrank(\/|$)/.test(specifier) ? next(specifier, { ...context, parentURL: import.meta.url }) : next(specifier, context);

/** TypeScript outside of packages is stripped of its types, so that it runs on every Node; the script itself also says which cell it is in. */
export const load: LoadHook = async (url, context, next) => {
  if (url !== notebook && (!/\.m?ts$/.test(url) || url.includes('/node_modules/'))) return next(url, context);
  const text = await readFile(fileURLToPath(url), 'utf8');
  const source = url === notebook ? instrument(text, fileURLToPath(url)) : stripTypes(text);
  return { format: 'module', source, shortCircuit: true };
};
