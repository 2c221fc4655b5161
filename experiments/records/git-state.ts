import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../modules/own-files.ts';

export interface GitState {
  readonly commit: string;
  readonly dirty: boolean; // files changed since, or not under version control
}

let first: Promise<GitState | null> | null = null;

/** That of the working directory when this process made its first record: the code that runs had been read by then. */
export const gitState = (): Promise<GitState | null> => (first ??= readGitState(process.cwd()));

let own: Promise<GitState | null> | null = null;

/** That of this package, where it is a checkout and not installed. */
export const ownGitState = (): Promise<GitState | null> => {
  if (resolve(process.cwd()) === packageRoot) return gitState();
  own ??= existsSync(join(packageRoot, '.git')) ? readGitState(packageRoot) : Promise.resolve(null);
  return own;
};

/** Null where there is no git, no checkout or no commit yet. */
export async function readGitState(folder: string): Promise<GitState | null> {
  try {
    // without locks: a run that is killed meanwhile must not leave the user's repository locked
    const words = ['--no-optional-locks', 'status', '--porcelain=v2', '--branch'];
    const { stdout } = await promisify(execFile)('git', words, { cwd: folder, maxBuffer: Infinity });
    const lines = stdout.trimEnd().split('\n');
    const commit = lines.find((line) => line.startsWith('# branch.oid '))?.slice('# branch.oid '.length);
    return commit === undefined || commit === '(initial)' ? null : { commit, dirty: lines.some((line) => !line.startsWith('#')) };
  } catch {
    return null;
  }
}
