import { readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ownUrl } from './own-files.ts';
import { stripTypes } from './strip-types.ts';

/**
 * `counterrank` is the build that runs, whatever else is installed or built: a plugin or a notebook never meets another copy of it.
 */
export const resolve: ResolveHook = (specifier, context, next) => {
  const own = /^counterrank(?:\/([a-z-]+))?$/.exec(specifier);
  if (own === null) return next(specifier, context);
  const [, area = 'src'] = own;
  return next(ownUrl(area === 'register' ? 'experiments/modules/register' : `${area}/index`), context);
};

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
