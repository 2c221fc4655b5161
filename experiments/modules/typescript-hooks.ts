import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ownUrl } from './own-files.ts';
import { stripTypes } from './strip-types.ts';

/**
 * `counterrank` is the build that runs, whatever else is installed or built: a plugin or a notebook never meets another copy of it.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const own = /^counterrank(?:\/(.+))?$/.exec(specifier);
  if (own === null) return resolveOther(specifier, context, next);
  const [, entry = 'src'] = own;
  if (!entries.includes(entry))
    throw new Error(`no "${specifier}" is in the package; it has counterrank and counterrank/ with ${entries.slice(1).join(', ')}`);
  return next(ownUrl(files[entry] ?? `${entry}/index`), context);
};

/** What package.json exports. */
const entries = ['src', 'click-models', 'simulators', 'estimators', 'experiments', 'score', 'register'];
/** Of those that are one file. */
const files: Readonly<Record<string, string>> = { score: 'src/score', register: 'experiments/modules/register' };

/** TypeScript may be imported by the name that it would have as JavaScript, as its compiler wants it. */
async function resolveOther(...[specifier, context, next]: Parameters<ResolveHook>) {
  try {
    return await next(specifier, context);
  } catch (error) {
    const typed = new URL(specifier.replace(/js$/, 'ts'), context.parentURL);
    if (!/^\.{1,2}\/.*js$/.test(specifier) || !existsSync(typed)) throw error;
    return next(typed.href, context);
  }
}

/**
 * TypeScript outside of packages is stripped of its types, so that it runs on every Node; JavaScript with import or export is a module, whatever
 * package.json says.
 */
export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return next(url, context);
  const read = () => readFile(fileURLToPath(url), 'utf8');
  if (/\.m?ts$/.test(url)) return { format: 'module', source: stripTypes(await read()), shortCircuit: true };
  const loaded = await next(url, context);
  if (loaded.format !== 'commonjs' || !/\.js$/.test(url)) return loaded;
  const source = await read();
  return /^\s*(import\s*['"{*\w]|export\s)/m.test(source) ? { format: 'module', source, shortCircuit: true } : loaded;
};
