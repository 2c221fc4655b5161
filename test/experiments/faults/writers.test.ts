/** @jest-environment ./test/memory-files-environment.js */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Draw } from '../../../experiments/charts/draw-svg.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { tinyConfig } from '../sweep/run-program.ts';
import { failingDisk } from './failing-disk.ts';

const disk = failingDisk();
const { writeAtomic } = await import('../../../src/data/write-atomic.ts');
const { writeParquet } = await import('../../../src/data/write-parquet.ts');
const { writeFolder } = await import('../../../experiments/records/new-folder.ts');
const { collectRecords } = await import('../../../experiments/records/collect-records.ts');
const { writeMlflow } = await import('../../../experiments/trackers/write-mlflow.ts');
const { writeTensorboard } = await import('../../../experiments/trackers/write-tensorboard.ts');
const { writeRun } = await import('../../../experiments/engine/write-run.ts');
const { recordOf, tinyConfig: tiny, writeTinyRun } = await import('../tiny-runs.ts');
const { planSweep } = await import('../../../experiments/sweep/plan-sweep.ts');
const { beginSweep } = await import('../../../experiments/sweep/open-sweep.ts');
const { carryOut } = await import('../../../experiments/sweep/carry-out.ts');
const { diskStageCache } = await import('../../../experiments/sweep/disk-stage-cache.ts');
const { exitCode, errorText } = await import('../../../experiments/terminal/fail.ts');

const home = temporaryFolder();
const config = home.put('tiny.yaml', tinyConfig);
const stored = await writeTinyRun(home.in('stored'), { estimators: ['naive'], seeds: 1 });
const { draw, ...others } = await recordOf(tiny({ estimators: ['naive'], seeds: 1 }));
const pictures = new Map<string, Promise<string>>();
const drawnOnce: Draw = (picture) => {
  const key = JSON.stringify(picture);
  const drawn = pictures.get(key) ?? draw(picture);
  pictures.set(key, drawn);
  return drawn;
};
const record = { ...others, draw: drawnOnce };
const collected = await collectRecords([stored]);
const plan = (words: string) => planSweep(config, { overrides: [words], zip: [], skip: [] });
const [short, long] = [await plan('seed=1..2'), await plan('seed=1..3')];

/** Every file below a folder: name, and what it holds unless it tells of the time. */
const contents = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => `${name}: ${/status\.json|meta\.yaml|\.tfevents/.test(name) ? '' : readFileSync(join(folder, name), 'latin1')}`)
    .sort();

interface Writer {
  readonly before?: (folder: string) => void | Promise<void>;
  readonly write: (folder: string) => Promise<unknown>;
  readonly some?: boolean; // several things are written: of those some may be there
}

const writers: Record<string, Writer> = {
  'a new file': { write: (folder) => writeAtomic(join(folder, 'a'), 'new') },
  'a file that was there': {
    before: (folder) => writeFileSync(join(folder, 'a'), 'old'),
    write: (folder) => writeAtomic(join(folder, 'a'), 'new'),
  },
  'a file that must not be replaced': { write: (folder) => writeAtomic(join(folder, 'a'), 'new', { replace: false }) },
  'a .gz file': { write: (folder) => writeAtomic(join(folder, 'a.gz'), 'new'.repeat(1000)) },
  'a Parquet file': {
    before: (folder) => writeFileSync(join(folder, 'a.parquet'), 'old'),
    write: (folder) => writeParquet(join(folder, 'a.parquet'), [{ name: 'x', type: 'number' }], [[1], [2]]),
  },
  'a folder': {
    write: (folder) =>
      writeFolder(join(folder, 'deep', 'run'), async (partial) => {
        mkdirSync(join(partial, 'models'));
        for (const name of ['a', 'b', 'models/c']) await writeAtomic(join(partial, name), name);
      }),
  },
  'a run': { write: (folder) => writeRun(join(folder, 'run'), record) },
  'an MLflow store': { some: true, write: (folder) => writeMlflow(join(folder, 'store'), collected) },
  'TensorBoard events': { some: true, write: (folder) => writeTensorboard(join(folder, 'events'), collected) },
  'a sweep': { write: (folder) => beginSweep(join(folder, 'sweep'), short, false) },
  'a longer sweep': {
    before: async (folder) => void (await beginSweep(join(folder, 'sweep'), short, false)),
    write: (folder) => beginSweep(join(folder, 'sweep'), long, true),
  },
};

let folders = 0;
async function prepared({ before }: Writer): Promise<string> {
  const folder = home.in(`folder-${++folders}`);
  mkdirSync(folder);
  await before?.(folder);
  return folder;
}

/** How often the disk is changed, and what it holds before and after. */
async function undisturbed(writer: Writer) {
  const folder = await prepared(writer);
  const before = contents(folder);
  [disk.calls, disk.failsAt] = [0, 0];
  await writer.write(folder);
  return { calls: disk.calls, before, after: contents(folder) };
}

const codes = ['EIO', 'ENOSPC', 'EROFS'];
/** Calls that are made to fail with each code, evenly spread where there are more; others with another code. */
const most = 16;

describe.each(Object.entries(writers))('%s', (_, writer) => {
  test.each(codes)('is there as before or as a whole, and told in one line, whichever call fails with %s', async (code) => {
    const { calls, before, after } = await undisturbed(writer);
    expect(calls).toBeGreaterThan(3);
    const step = Math.max(1, calls / most);
    for (let at = 1; at <= calls; at += step) {
      const folder = await prepared(writer);
      Object.assign(disk, { calls: 0, failsAt: Math.floor(at), code });
      const error: unknown = await writer.write(folder).then(
        () => null,
        (thrown) => thrown,
      );
      disk.failsAt = 0;
      const found = contents(folder);
      if (writer.some) expect(found.filter((file) => !after.includes(file))).toEqual([]);
      else expect([before, after]).toContainEqual(found);
      if (error !== null) {
        expect([2, 3]).toContain(exitCode(error));
        expect(errorText(error)).toMatch(/^error: [^\n]+$/);
      }
      if (JSON.stringify(found) !== JSON.stringify(after)) await writer.write(folder); // goes on, or anew
      expect(contents(folder)).toEqual(after);
      rmSync(folder, { recursive: true });
    }
  });
});

test('on a disk without hard links a new file replaces nothing either', async () => {
  const path = home.in('unlinked');
  Object.assign(disk, { failing: 'linkSync', code: 'ENOTSUP' });
  await writeAtomic(path, 'new', { replace: false });
  await expect(writeAtomic(path, 'newer', { replace: false })).rejects.toThrow(/exists; nothing is overwritten/);
  disk.failing = '';
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('a run of a sweep stops the sweep, or is done, whichever call fails; the next attempt does it', async () => {
  const [{ id, config: own, overrides }] = short.runs as [(typeof short.runs)[0]];
  const attempt = (folder: string) =>
    carryOut({ folder, id, config: own, overrides, command: '' }, diskStageCache(join(folder, 'cache'), join(folder, 'claims')), () => {});
  const first = home.in('carried-0');
  mkdirSync(first);
  disk.calls = 0;
  await attempt(first);
  const { calls } = disk;
  const whole = contents(join(first, 'runs'));
  for (let at = 1; at <= calls; at += Math.max(1, calls / most)) {
    const folder = home.in(`carried-${Math.ceil(at)}`);
    mkdirSync(folder);
    Object.assign(disk, { calls: 0, failsAt: Math.floor(at), code: 'EROFS' });
    const answer = await attempt(folder).catch((error) => error);
    disk.failsAt = 0;
    expect(['finished', 'no-output', 'busy']).toContain(answer.kind);
    if (answer.kind === 'no-output') expect(answer.error).toMatch(/^cannot write [^\n]*the disk is read-only/);
    expect(await attempt(folder)).toMatchObject({ kind: 'finished' });
    expect(contents(join(folder, 'runs'))).toEqual(whole);
    expect(readdirSync(join(folder, 'running'))).toEqual([]);
    rmSync(folder, { recursive: true });
  }
});
