import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { carryOut } from '../../../experiments/sweep/carry-out.ts';
import { diskStageCache } from '../../../experiments/sweep/disk-stage-cache.ts';
import { planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { runClaim, sweepPaths } from '../../../experiments/sweep/sweep-folder.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { tinyConfig } from './run-program.ts';

const home = temporaryFolder();
const config = home.put('tiny.yaml', tinyConfig);

type Happening = (folder: string, id: string) => void;
const nothing: Happening = () => {};

/** Carries out the first run of a sweep; `meanwhile` happens once, when it has begun. */
async function carry(name: string, meanwhile = nothing, before = nothing) {
  const folder = home.in(name);
  mkdirSync(folder);
  const { runs } = await planSweep(config, { overrides: ['seed=1..2'], zip: [], skip: [] });
  const [run] = runs;
  before(folder, run.id);
  const order = { folder, id: run.id, config: run.config, overrides: run.overrides, command: 'counterrank run' };
  let begun = false;
  const answer = await carryOut(order, diskStageCache(sweepPaths(folder).cache, sweepPaths(folder).claims), () => {
    if (!begun) meanwhile(folder, run.id);
    begun = true;
  });
  return { answer, id: run.id, names: existsSync(folder) ? readdirSync(folder) : null };
}

test('a run is put into its folder as a whole, and nothing else is left of it', async () => {
  const { answer, id } = await carry('plain');
  expect(answer).toMatchObject({ kind: 'finished', id });
  expect(readdirSync(sweepPaths(home.in('plain')).runs)).toEqual([id]);
  expect(readdirSync(sweepPaths(home.in('plain')).running)).toEqual([]);
});

test('what an attempt that was cut short left goes, what others are at stays', async () => {
  const { id } = await carry('cut-short', nothing, (folder, id) => {
    const { running } = sweepPaths(folder);
    for (const name of [`${id}.77.partial`, `${id}.failed.partial`, 'another.77.partial'])
      mkdirSync(`${running}/${name}`, { recursive: true });
  });
  expect(readdirSync(sweepPaths(home.in('cut-short')).runs)).toEqual([id]);
  expect(readdirSync(sweepPaths(home.in('cut-short')).running)).toEqual(['another.77.partial']);
});

test('who was stopped for so long that others took the claim and finished the run fails nothing', async () => {
  const { answer, id, names } = await carry('stopped', (folder, id) => {
    rmSync(runClaim(folder, id), { recursive: true });
    mkdirSync(`${sweepPaths(folder).runs}/${id}`, { recursive: true });
    writeFileSync(`${sweepPaths(folder).runs}/${id}/theirs`, '');
  });
  expect(answer).toEqual({ kind: 'busy', id });
  expect(readdirSync(`${home.in('stopped')}/runs/${id}`)).toEqual(['theirs']);
  expect(names).not.toContain('failed');
});

test('a run that turns out to be finished elsewhere, which a file server may tell late, is finished', async () => {
  const { answer, id } = await carry('late', (folder, id) => mkdirSync(`${sweepPaths(folder).runs}/${id}`, { recursive: true }));
  expect(answer).toMatchObject({ kind: 'finished', id });
});

test.each(['before it begins', 'while it runs'])('a run whose sweep is removed %s makes nothing of its folder anew', async (when) => {
  const remove = (folder: string) => rmSync(folder, { recursive: true });
  const before = when === 'before it begins';
  const { answer, names } = await carry(when, before ? nothing : remove, before ? remove : nothing);
  expect([answer.kind, names]).toEqual([before ? 'no-output' : 'busy', null]); // its claim has gone too
});

test('a folder that cannot be written stops the sweep', async () => {
  const { answer } = await carry('taken', (folder) => writeFileSync(sweepPaths(folder).runs, ''));
  expect(answer).toMatchObject({ kind: 'no-output', error: expect.stringMatching(/^cannot write ".*runs.*": /) });
});
