import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const areas = ['src', 'click-models', 'simulators', 'estimators', 'experiments'];
const prefix = 'dist-test-';

/**
 * A build of today's sources, the folder that holds `experiments/main.js`: worker processes are started from it, as Node 20 runs no TypeScript.
 * Made once, and again when a source changes.
 */
export function builtProgram(): string {
  const key = createHash('sha256');
  for (const area of areas)
    for (const name of readdirSync(area, { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.ts')) key.update(name).update(readFileSync(join(area, name)));
  const folder = `${prefix}${key.digest('hex').slice(0, 12)}`;
  if (!existsSync(folder)) build(folder);
  return folder;
}

/** Another test may be at it too: whoever is done first is taken. */
function build(folder: string): void {
  const partial = `${folder}-${process.pid}`;
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', partial], {
    encoding: 'utf8',
  });
  try {
    renameSync(partial, folder);
  } catch {
    rmSync(partial, { recursive: true });
  }
  for (const name of readdirSync('.'))
    if (name.startsWith(prefix) && name.length === folder.length && name !== folder) rmSync(name, { recursive: true });
}
