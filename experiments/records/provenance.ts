import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Accounting } from '../../src/data/accounting.ts';
import { fileVersion } from '../../src/data/file-version.ts';
import type { BackendReport } from '../../src/tensor/backend.ts';
import { ownPackage, type PackageFile, packageRoot } from '../modules/own-files.ts';
import { type GitState, gitState, ownGitState } from './git-state.ts';

/** What a record says of how it came about; nothing of it is the same in a second run, or on another machine. */
export interface Provenance {
  readonly started: string; //                  ISO 8601
  readonly finished: string;
  readonly wallSeconds: Readonly<Record<string, number>>; // by stage, of all processes, and in total by the clock
  readonly methodSeconds?: Readonly<Record<string, number>>; // by method, all seeds: learning and evaluation
  readonly backend: BackendReport | null; // null: no tensors were needed
  readonly versions: Readonly<Record<string, string>>;
  readonly code?: GitState | null; // of this package; null: installed, and its version says it
  readonly git: GitState | null; // of the working directory
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryBytes: number; readonly system: string };
  readonly peakMemoryBytes: number;
  readonly dataSha256: Readonly<Record<string, string>>; // of the files of real data
  readonly accounting: readonly Accounting[]; //            of the same: what became of all that they hold
}

/** Reads all but the times and the accounts. What cannot change while a process lives is read once. */
export async function provenance(
  backend: BackendReport | null,
  dataFiles: readonly string[],
): Promise<Omit<Provenance, 'started' | 'finished' | 'wallSeconds' | 'methodSeconds' | 'accounting'>> {
  return {
    backend,
    versions: await versions(),
    code: await ownGitState(),
    git: await gitState(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryBytes: totalmem(),
      system: `${platform()} ${release()} ${arch()}`,
    },
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    dataSha256: await fileHashes(dataFiles),
  };
}

const tracked = ['@tensorflow/tfjs-core', 'mathjs', 'seedrandom', 'vega', 'vega-lite'];

let read: Promise<Record<string, string>> | null = null;
const versions = (): Promise<Record<string, string>> => (read ??= readVersions());

async function readVersions(): Promise<Record<string, string>> {
  const found: Record<string, string> = { node: process.versions.node };
  const { version, dependencies } = ownPackage();
  found.counterrank = version;
  for (const name of tracked) found[name] = (await installedVersion(name)) ?? dependencies[name];
  return found;
}

/** Beside this package, or above it where it is installed itself. */
async function installedVersion(name: string): Promise<string | null> {
  for (const up of ['node_modules', '..', '../..']) {
    const file = await readJson(join(packageRoot, up, name, 'package.json'));
    if (file?.name === name) return file.version;
  }
  return null;
}

async function readJson(path: string): Promise<PackageFile | null> {
  return readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as PackageFile,
    () => null,
  );
}

/** SHA-256 of files, by name. */
export async function fileHashes(files: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const file of files) hashes[basename(file)] = await sha256(file);
  return hashes;
}

const hashed = new Map<string, Promise<string>>();

/** Of a file's contents; read again only where its version is another, so that the runs of a sweep's worker read it once. */
async function sha256(file: string): Promise<string> {
  const version = `${resolve(file)} ${await fileVersion(file)}`;
  const known = hashed.get(version) ?? readHash(file);
  hashed.set(version, known);
  return known;
}

async function readHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
