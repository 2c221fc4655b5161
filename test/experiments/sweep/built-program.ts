import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const areas = ['src', 'click-models', 'simulators', 'estimators', 'experiments'];
const prefix = 'dist-test-';

const node = (...words: string[]) => execFileSync(process.execPath, words, { encoding: 'utf8' });

/** Today's sources in the form that is published, as `npm run build` makes it, without types: made once, and again when a source changes. */
export const bundledProgram = (): string => builtOnce(`${prefix}bundle-`, (folder) => void node('build.js', folder));

/** The types that `npm run build` puts beside: apart, as they take three times as long and hardly a test needs them. */
export const builtTypes = (): string =>
  builtOnce(
    `${prefix}types-`,
    (folder) => void node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', folder, '--emitDeclarationOnly'),
  );

/** What processes and threads of tests enter by itself, as Node 20 runs no TypeScript. */
const entered = ['engine/serve-orders', 'engine/worker-process', 'sweep/claim', 'sweep/heartbeat', 'trec-runs/run-threads'];

/** The folder that holds these modules, built of today's sources. */
export const builtModules = (): string =>
  builtOnce(`${prefix}modules-`, (folder) => void node('build.js', folder, ...entered.map((name) => `experiments/${name}`)));

function builtOnce(start: string, make: (folder: string) => void): string {
  const key = createHash('sha256');
  for (const name of readdirSync('.')) if (/^[a-z-]*build[a-z-]*\.js$/.test(name)) key.update(readFileSync(name));
  for (const area of areas)
    for (const name of readdirSync(area, { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.ts')) key.update(name).update(readFileSync(join(area, name)));
  const folder = `${start}${key.digest('hex').slice(0, 12)}`;
  while (!existsSync(folder)) {
    const lock = lockOf(folder);
    if (!taken(lock)) waitFor(lock);
    else
      try {
        if (!existsSync(folder)) build(start, folder, make);
      } finally {
        rmSync(lock, { force: true });
      }
  }
  return folder;
}

/** Tests run in several processes: one of them builds, the others wait for it. */
const lockOf = (folder: string) => join('node_modules', `.${folder}.lock`);

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Waits a moment; what a process left that was killed is removed. */
function waitFor(lock: string): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(lock, { force: true });
  }
}

function build(start: string, folder: string, make: (folder: string) => void): void {
  const partial = `${folder}-${process.pid}`;
  make(partial);
  renameSync(partial, folder);
  for (const name of readdirSync('.'))
    if (name.startsWith(start) && name.length === folder.length && name !== folder) rmSync(name, { recursive: true });
}
