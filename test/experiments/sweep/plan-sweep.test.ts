import { mkdirSync, writeFileSync } from 'node:fs';
import { decodeRankingConfig } from '../../../experiments/catalogue/ranking-config.ts';
import { configHash } from '../../../experiments/sweep/config-hash.ts';
import { beginSweep, resumeSweep } from '../../../experiments/sweep/open-sweep.ts';
import { planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { runId } from '../../../experiments/sweep/run-id.ts';
import { readSweepFile, runConfigOf } from '../../../experiments/sweep/sweep-file.ts';
import type { RankingConfig } from '../../../experiments/tasks/ranking/ranking-config.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { tinyConfig } from './run-program.ts';

const folder = temporaryFolder();
const config = folder.put('tiny.yaml', tinyConfig);
const plan = (overrides: string[], skip: string[] = [], zip: string[] = [], file = config) => planSweep(file, { overrides, zip, skip });

test('one run for each combination, each with its own config', async () => {
  const { runs } = await plan(['estimator.name=naive,ips', 'seed=1..3', 'simulation.noise=0.2']);
  expect(runs.map(({ config: { estimators, seeds } }) => [estimators[0].name, ...seeds].join())).toEqual([
    'naive,1',
    'naive,2',
    'naive,3',
    'ips,1',
    'ips,2',
    'ips,3',
  ]);
  expect(runs.every(({ config }) => (config as RankingConfig).simulation.noise === 0.2)).toBe(true);
  expect(runs[0].id).toMatch(/^naive-seed1-[0-9a-f]{10}$/);
});

test('a run is known by its config alone, without the name, however it was said', async () => {
  const [{ hash }] = (await plan(['seed=3,4', 'estimator=ips'])).runs;
  expect((await plan(['estimator={name: ips, propensity: oracle}', 'name=x', 'seed=1..3'])).runs[2].hash).toBe(hash);
  const other = decodeRankingConfig({ seed: 3 }, 'x');
  expect(configHash({ ...other, name: 'y' })).toBe(configHash(other));
  expect(configHash({ ...other, seeds: ['4'] })).not.toBe(configHash(other));
  expect(configHash(Object.fromEntries(Object.entries(other).reverse()) as typeof other)).toBe(configHash(other));
});

test('names are readable, short, and safe as file names', () => {
  expect(runId(['estimator={name: clipped-ips, clip: 0.1}', 'simulation.sessions=1e6', 'a.flag=true'], 'abcdef0123456789')).toBe(
    'clipped-ips-clip-0.1-sessions1e6-flagtrue-abcdef0123',
  );
  expect(runId([], 'abcdef0123456789')).toBe('abcdef0123');
  expect(runId(['data.path=../../etc/x y'], 'abcdef0123456789')).toMatch(/^[\w.-]+$/);
  expect(runId([`a=${'x'.repeat(300)}`], 'abcdef0123456789').length).toBeLessThan(80);
});

test('conditions leave combinations out before they are checked; equal configs are one run', async () => {
  const skip = ['estimator.name=naive and estimator.clip>0', 'seed>1'];
  const clips = ['estimator=naive,{name: clipped-ips, clip: 0.1},{name: clipped-ips, clip: 0.1}', 'seed=1,2'];
  expect(await plan(clips, skip)).toMatchObject({ skipped: 3, repeated: 1, runs: [{}, {}] });
  await expect(plan(['seed=1,2'], ['sede=1'])).rejects.toThrow(/skip: "sede=1": no combination has the key sede/);
  await expect(plan(['seed=1,2'], ['seed<5'])).rejects.toThrow(/no run is left: the conditions leave out all 2 combinations/);
});

test('the section of the file, which the command line may change', async () => {
  const file = folder.put(
    'section.yaml',
    `${tinyConfig}sweep: {grid: {seed: 1..3}, zip: [{simulation.sessions: [100, 200], simulation.noise: [0.1, 0.2]}], skip: [seed=3]}\n`,
  );
  const seen = (await plan([], [], [], file)).runs
    .map(({ config }) => config as RankingConfig)
    .map(({ seeds, simulation }) => [seeds[0], simulation.sessions, simulation.noise]);
  expect(seen).toEqual([
    ['1', 100, 0.1],
    ['1', 200, 0.2],
    ['2', 100, 0.1],
    ['2', 200, 0.2],
  ]);
  expect((await plan(['seed=5'], [], [], file)).runs.map(({ config: { seeds } }) => seeds[0])).toEqual(['5', '5']);
  await expect(plan([], [], [], folder.put('bad.yaml', `${tinyConfig}sweep: {gird: {}}\n`))).rejects.toThrow(
    /sweep: gird: unknown key; did you mean "grid"/,
  );
});

test('all faults of all runs at once, each with how many have it', async () => {
  const attempt = plan(['estimator=naive,isp', 'ranker=linear,mpl', 'simulation.noise=2']);
  await expect(attempt).rejects.toThrow(UsageError);
  await expect(attempt).rejects.toThrow(/3 faults/);
  await expect(attempt).rejects.toThrow(/simulation\.noise: must be at most 1, got 2 \(in every combination\)/);
  await expect(attempt).rejects.toThrow(
    /estimator: unknown name "isp".*\(in 2 of 4 combinations, first 'estimator=isp' ranker=linear|estimator: unknown name "isp".*\(in 2 of 4 combinations, first estimator=isp ranker=linear/,
  );
  await expect(plan(['seed=1'])).rejects.toThrow(/nothing to sweep/);
  const unknown = Array.from({ length: 22 }, (_, i) => `k${i}=1`);
  await expect(plan(['seed=1,2', ...unknown])).rejects.toThrow(
    /22 faults\n( {2}k\d+: .* \(in every combination\)\n){20} {2}… and 2 more faults$/,
  );
});

describe('a folder', () => {
  const out = folder.in('sweep');

  test('is begun once; the same sweep again changes nothing, another one is refused', async () => {
    const first = await beginSweep(out, await plan(['seed=1..3']), false);
    expect(await readSweepFile(out)).toEqual(JSON.parse(JSON.stringify(first)));
    expect(await beginSweep(out, await plan(['seed=3,2,1']), false)).toEqual(await readSweepFile(out));
    await expect(beginSweep(out, await plan(['seed=1..5']), false)).rejects.toThrow(
      /of its 3 runs, 3 are among the 5 asked for; --extend adds the 2 new ones/,
    );
    await expect(beginSweep(out, await plan(['seed=1,2']), false)).rejects.toThrow(/counterrank sweep .* goes on with all of them/);
    await expect(beginSweep(folder.path, await plan(['seed=1,2']), false)).rejects.toThrow(/holds something that is no sweep/);
  });

  test('that several begin at once is one sweep for all of them, whatever of the others each comes across', async () => {
    const asked = await plan(['seed=1..3']);
    for (let trial = 0; trial < 10; trial++) {
      const together = folder.in(`together-${trial}`);
      const begun = Array.from({ length: 12 }, async (_, n) => {
        for (let turn = 0; turn < 2 * n; turn++) await new Promise((resolve) => setImmediate(resolve));
        return beginSweep(together, asked, false);
      });
      const [first, ...others] = await Promise.all(begun);
      for (const other of others) expect(JSON.stringify(other)).toBe(JSON.stringify(first));
    }
  });

  test('in which one was killed while it began is begun anew', async () => {
    mkdirSync(folder.in('killed/lock'), { recursive: true });
    folder.put('killed/sweep.json.0123456789ab.tmp', '{"version"');
    await expect(beginSweep(folder.in('killed'), await plan(['seed=1..3']), false)).resolves.toHaveProperty('runs.length', 3);
  });

  test('is extended when that is asked for: old runs keep their names, and all configs come back', async () => {
    const before = await readSweepFile(out);
    const wider = await plan(['seed=2..4', 'estimator=naive,ips', 'simulation.noise=0.1']);
    const sweep = await beginSweep(out, wider, true);
    expect(sweep.runs.slice(0, 3)).toEqual(before?.runs);
    expect(sweep.runs).toHaveLength(3 + 6);
    expect(sweep.runs.map((run) => configHash(runConfigOf(sweep, run)))).toEqual(sweep.runs.map(({ hash }) => hash));
    expect(await resumeSweep(out)).toEqual(JSON.parse(JSON.stringify(sweep)));
  });

  test('of a sweep on data that have changed since is refused', async () => {
    mkdirSync(folder.in('data'));
    for (const name of ['train.txt', 'vali.txt', 'test.txt']) folder.put(`data/${name}`, '1 qid:1 1:1\n0 qid:1 1:0\n');
    const words = [`data.path=${folder.in('data')}`, 'seed=1,2'];
    await beginSweep(folder.in('real'), await plan(words), false);
    await expect(beginSweep(folder.in('real'), await plan(words), false)).resolves.toHaveProperty('data');
    writeFileSync(folder.in('data/test.txt'), '1 qid:1 1:2\n0 qid:1 1:0\n');
    await expect(beginSweep(folder.in('real'), await plan(words), false)).rejects.toThrow(/test\.txt" has changed since the sweep/);
    await expect(resumeSweep(folder.in('real'))).rejects.toThrow(/has changed since/);
  });

  test('without a sweep, or with a broken one, is told as it is', async () => {
    await expect(resumeSweep(folder.in('nothing'))).rejects.toThrow(/no sweep in/);
    mkdirSync(folder.in('broken'));
    folder.put('broken/sweep.json', '{');
    await expect(readSweepFile(folder.in('broken'))).rejects.toThrow(DataError);
  });
});
