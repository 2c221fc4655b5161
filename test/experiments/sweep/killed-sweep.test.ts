import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginSweep } from '../../../experiments/sweep/open-sweep.ts';
import { planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { createRng } from '../../../src/random/rng.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { contents, ended, startProgram, tinyConfig } from './run-program.ts';

const kills = 20;
const folder = temporaryFolder();
const config = folder.put('tiny.yaml', tinyConfig);
const rng = createRng('kills');
const finished = (out: string) => (existsSync(`${out}/runs`) ? readdirSync(`${out}/runs`).length : 0);

const startSweep = (out: string, jobs: number): ChildProcess => startProgram(['sweep', out, '-j', String(jobs), '--quiet']);

/**
 * Starts the sweep, and at a random moment after it has got on kills it with SIGKILL: all its processes, or only the parent, whose workers
 * then have to see for themselves that they are orphans.
 */
async function killOnce(out: string, jobs: number, wholeGroup: boolean): Promise<number> {
  const child = startSweep(out, jobs);
  const end = ended(child);
  const before = finished(out);
  const over = end.then(({ code, err }) => {
    if (code !== null) throw new Error(`the sweep ended by itself, with ${code}: ${err}`);
    return true;
  });
  while (finished(out) === before && !(await Promise.race([over, sleep(5, false)])));
  await sleep(60 * rng.next());
  process.kill(wholeGroup ? -(child.pid as number) : (child.pid as number), 'SIGKILL');
  await end;
  return finished(out);
}

test(`a sweep killed ${kills} times resumes, and all its files are those of an unbroken one, byte for byte`, async () => {
  const [broken, unbroken] = [folder.in('broken'), folder.in('unbroken')];
  const plan = await planSweep(config, { overrides: ['estimator=naive,ips,skyline', `seed=1..${kills + 5}`], zip: [], skip: [] });
  for (const out of [broken, unbroken]) await beginSweep(out, plan, false);
  const counts = [0];
  for (let k = 0; k < kills; k++) counts.push(await killOnce(broken, 1 + (k % 2), k % 4 < 2));
  expect(counts.slice(1).every((count, k) => count > counts[k])).toBe(true); // it gets on, and loses nothing
  expect(counts.at(-1)).toBeLessThan(plan.runs.length);
  expect(await ended(startSweep(broken, 2))).toMatchObject({ code: 0, err: '' });
  expect(await ended(startSweep(unbroken, 2))).toMatchObject({ code: 0, err: '' });
  const [files, expected] = [contents(broken), contents(unbroken)];
  expect([...files.keys()]).toEqual([...expected.keys()]);
  expect([...files].filter(([name, content]) => expected.get(name) !== content).map(([name]) => name)).toEqual([]);
  expect(finished(broken)).toBe(plan.runs.length);
});
