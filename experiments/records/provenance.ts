import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { BackendReport } from '../../src/tensor/backend.ts';
import type { RunConfig } from '../config/run-config.ts';
import { ownPackage, type PackageFile } from './own-package.ts';

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
  config: RunConfig,
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
    dataSha256: await dataHashes(config.data),
  };
}

const tracked = ['@tensorflow/tfjs-core', 'mathjs', 'seedrandom', 'vega', 'vega-lite'];

async function versions(): Promise<Record<string, string>> {
  const found: Record<string, string> = { node: process.versions.node };
  const { version, dependencies } = ownPackage();
  found.counterrank = version;
  for (const name of tracked) found[name] = (await installedVersion(name)) ?? dependencies[name];
  return found;
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
      const hash = createHash('sha256');
      await pipeline(createReadStream(join(path, file)), hash);
      hashes[name] = hash.digest('hex');
    }
  return hashes;
}
