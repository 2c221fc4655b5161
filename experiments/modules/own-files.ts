import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const readPackage = (folder: string): PackageFile | null => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackageFile) : null;
};

/** The folder of this package: the nearest above this file whose package.json bears its name, whether it runs from sources or from a build. */
export const packageRoot: string = (() => {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (readPackage(folder)?.name === 'counterrank') return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of counterrank above ${import.meta.dirname}`);
  }
})();

export const ownPackage = (): PackageFile => readPackage(packageRoot) as PackageFile;

/** Whether this runs from a build, in JavaScript. */
export const isBuilt: boolean = extname(import.meta.filename) === '.js';

/** A build keeps the sources' folders within one of its own, but what several files share lies elsewhere: no file knows its place by its own path. */
const base = isBuilt ? join(packageRoot, relative(packageRoot, import.meta.dirname).split(sep)[0] as string) : packageRoot;

/** A file of the source or build that runs, whichever this is. @param name its path in the sources, without ending: experiments/sweep/worker-main */
export const ownFile = (name: string): string => join(base, `${name}${isBuilt ? '.js' : '.ts'}`);
/** A script that a build makes for browsers. @param name its file's, without ending */
export const browserFile = (name: string): string => join(isBuilt ? base : join(packageRoot, 'dist'), 'browser', `${name}.js`);
export const ownUrl = (name: string): string => pathToFileURL(ownFile(name)).href;
