import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const areas = ['src', 'click-models', 'simulators', 'estimators', 'experiments'];
const prefix = 'dist-test-';

const node = (...words: string[]) => execFileSync(process.execPath, words, { encoding: 'utf8' });
const types = (out: string, ...more: string[]) =>
  node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', out, ...more);

/** Today's sources in the form that is published, as `npm run build` makes it. */
export const bundledProgram = (): string =>
  builtOnce(`${prefix}bundle-`, (folder) => {
    types(folder, '--emitDeclarationOnly');
    node('build.js', folder);
  });

/**
 * A build of today's sources, file by file, the folder that holds `experiments/main.js`: worker processes are started from it, as Node 20 runs no TypeScript.
 * Made once, and again when a source changes.
 */
export const builtProgram = (): string => builtOnce(prefix, (folder) => void types(folder));

function builtOnce(start: string, make: (folder: string) => void): string {
  const key = createHash('sha256').update(readFileSync('build.js'));
  for (const area of areas)
    for (const name of readdirSync(area, { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.ts')) key.update(name).update(readFileSync(join(area, name)));
  const folder = `${start}${key.digest('hex').slice(0, 12)}`;
  if (!existsSync(folder)) build(start, folder, make);
  return folder;
}

/** Another test may be at it too: whoever is done first is taken. */
function build(start: string, folder: string, make: (folder: string) => void): void {
  const partial = `${folder}-${process.pid}`;
  make(partial);
  try {
    renameSync(partial, folder);
  } catch {
    rmSync(partial, { recursive: true });
  }
  for (const name of readdirSync('.'))
    if (name.startsWith(start) && name.length === folder.length && name !== folder) rmSync(name, { recursive: true });
}
