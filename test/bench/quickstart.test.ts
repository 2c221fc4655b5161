import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mainFile, tinyConfig } from '../experiments/sweep/run-program.ts';
import { benchSweep } from './quickstart.ts';

test('one worker and all cores do the same sweep; the ratio is one over the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterrank-sweep-'));
  const config = join(folder, 'tiny.yaml');
  writeFileSync(config, tinyConfig);
  const [one, all, ceiling] = await benchSweep(2, { program: mainFile(), config });
  rmSync(folder, { recursive: true });
  expect([one.name, all.name]).toEqual(['counterrank sweep of 2 runs, -j 1', `the same, -j ${availableParallelism()}`]);
  expect(all.ratio).toBe(one.value / all.value);
  expect(ceiling.value).toBeGreaterThan(0);
});
