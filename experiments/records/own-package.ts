import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The package.json of this package: the nearest above this file that bears its name, whether it runs from sources or from the build. */
export function ownPackage(): PackageFile {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const found: PackageFile | null = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
    if (found?.name === 'counterrank') return found;
    if (folder === dirname(folder)) throw new Error(`no package.json of counterrank above ${import.meta.dirname}`);
  }
}
