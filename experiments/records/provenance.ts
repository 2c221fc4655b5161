import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { BackendReport } from '../../src/tensor/backend.ts';
import { type AnyConfig, isRecommendation } from '../config/any-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { worldFiles } from '../recommendation/world-files.ts';

/** What a record says of how it came about; nothing of it is the same in a second run, or on another machine. */
export interface Provenance {
  readonly started: string; //                  ISO 8601
  readonly finished: string;
  readonly wallSeconds: Readonly<Record<string, number>>; // by stage, and in total
  readonly backend: BackendReport;
  readonly versions: Readonly<Record<string, string>>;
  readonly git: { readonly commit: string; readonly dirty: boolean } | null; // of the working directory
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryBytes: number; readonly system: string };
  readonly peakMemoryBytes: number;
  readonly dataSha256: Readonly<Record<string, string>>; // of the files of real data
}

/** Reads all but the times. */
export async function provenance(
  config: AnyConfig,
  backend: BackendReport,
): Promise<Omit<Provenance, 'started' | 'finished' | 'wallSeconds'>> {
  return {
    backend,
    versions: await versions(),
    git: await gitState(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryBytes: totalmem(),
      system: `${platform()} ${release()} ${arch()}`,
    },
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    dataSha256: isRecommendation(config) ? await fileHashes(await worldFiles(config)) : await dataHashes(config.data),
  };
}

const tracked = ['@tensorflow/tfjs-core', 'mathjs', 'seedrandom', 'vega', 'vega-lite'];

async function versions(): Promise<Record<string, string>> {
  const found: Record<string, string> = { node: process.versions.node };
  const own = await ownPackage();
  if (own) found.counterrank = own.version;
  for (const name of tracked) {
    const range = own?.dependencies[name];
    if (range !== undefined) found[name] = (await installedVersion(name)) ?? range;
  }
  return found;
}

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The package.json above this file, whether it runs from sources or from the build. */
async function ownPackage(): Promise<PackageFile | null> {
  for (const up of ['../..', '../../..']) {
    const file = await readJson(join(import.meta.dirname, up, 'package.json'));
    if (file?.name === 'counterrank') return file;
  }
  return null;
}

async function installedVersion(name: string): Promise<string | null> {
  for (const up of ['../..', '../../..', '../../../..', '../../../../..']) {
    const file = await readJson(join(import.meta.dirname, up, 'node_modules', name, 'package.json'));
    if (file) return file.version;
  }
  return null;
}

async function readJson(path: string): Promise<PackageFile | null> {
  return readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as PackageFile,
    () => null,
  );
}

async function gitState(): Promise<Provenance['git']> {
  const git = async (...words: string[]) => (await promisify(execFile)('git', words)).stdout.trim();
  try {
    return { commit: await git('rev-parse', 'HEAD'), dirty: (await git('status', '--porcelain')) !== '' };
  } catch {
    return null; // no git, or not a checkout
  }
}

async function dataHashes({ path, train, validation, test }: RunConfig['data']): Promise<Record<string, string>> {
  if (path === null) return {};
  const hashes: Record<string, string> = {};
  for (const name of [train, validation, test])
    for (const file of [name, `${name}.gz`]) {
      if (hashes[name] !== undefined || !(await stat(join(path, file)).catch(() => null))?.isFile()) continue;
      hashes[name] = await sha256(join(path, file));
    }
  return hashes;
}

async function fileHashes(files: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const file of files) hashes[basename(file)] = await sha256(file);
  return hashes;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
