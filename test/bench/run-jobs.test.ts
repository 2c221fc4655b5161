import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mainFile, tinyConfig } from '../experiments/sweep/run-program.ts';
import { benchRunJobs } from './run-jobs.ts';

test('one process and all cores run the same config; the ratio is one over the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterrank-run-jobs-'));
  const config = join(folder, 'tiny.yaml');
  writeFileSync(config, tinyConfig);
  const [one, all] = await benchRunJobs({ name: 'tiny', program: mainFile(), words: [config], seeds: 2 });
  rmSync(folder, { recursive: true });
  expect([one.unit, all.unit, all.name]).toEqual(['s', 's', `the same, -j ${availableParallelism()}`]);
  expect(all.ratio).toBe(one.value / all.value);
});
