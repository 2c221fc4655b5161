import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const areas = ['src', 'click-models', 'simulators', 'estimators', 'experiments'];
const prefix = 'dist-test-';

const node = (...words: string[]) => execFileSync(process.execPath, words, { encoding: 'utf8' });

/** Today's sources in the form that is published, as `npm run build` makes it: made once, and again when a source changes. */
export const bundledProgram = (): string =>
  builtOnce(`${prefix}bundle-`, (folder) => {
    node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', folder, '--emitDeclarationOnly');
    node('build.js', folder);
  });

/** What processes and threads of tests enter by itself, as Node 20 runs no TypeScript. */
const entered = ['engine/serve-orders', 'engine/worker-process', 'sweep/claim', 'sweep/heartbeat', 'trec-runs/run-threads'];

/** The folder that holds these modules, built of today's sources. */
export const builtModules = (): string =>
  builtOnce(`${prefix}modules-`, (folder) => void node('build.js', folder, ...entered.map((name) => `experiments/${name}`)));

function builtOnce(start: string, make: (folder: string) => void): string {
  const key = createHash('sha256').update(readFileSync('build.js')).update(readFileSync('browser-build.js'));
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
