import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A copy of the package as a newcomer has it after `npm ci`: sources and dependencies, nothing built. It lives as long as the tests of one file. */
export function copiedPackage() {
  const path = mkdtempSync(join(tmpdir(), 'counterrank-'));
  afterAll(() => rmSync(path, { recursive: true }));
  for (const part of [
    'src',
    'click-models',
    'simulators',
    'estimators',
    'experiments',
    'package.json',
    'build.js',
    'browser-build.js',
    'build-groups.js',
    'build-plugins.js',
    'tsconfig.json',
    'tsconfig.build.json',
  ])
    cpSync(resolve(part), join(path, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(path, 'node_modules'));
  const shared = process.env.COUNTERRANK_CACHE ?? tmpdir(); // where tsx keeps what it compiled, for all of them
  mkdirSync(shared, { recursive: true });
  const environment = { ...process.env, TMPDIR: shared, NODE_OPTIONS: '', npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  const sh = (command: string, more: Readonly<Record<string, string>> = {}): Promise<Finished> =>
    new Promise((resolved) => {
      const child = execFile('bash', ['-c', command], { cwd: path, env: { ...environment, ...more } }, (_, out, err) =>
        resolved({ code: child.exitCode, out, err }),
      );
    });
  return {
    path,
    /** Runs a command line in the copy; several may run at once. */
    sh,
    read: (name: string) => readFileSync(join(path, name), 'utf8'),
    write: (name: string, text: string) => writeFileSync(join(path, name), text),
  };
}
