import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { mainFile } from '../experiments/sweep/run-program.ts';
import { benchTrecRuns } from './trec-runs.ts';

test('a small benchmark goes the whole way and cleans up', async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('counterrank-trec-bench-')); // no other has folders of this name
  const before = left();
  const lines = await benchTrecRuns({ topics: 5, depth: 20, runs: 2, program: mainFile() });
  expect(lines.map(({ unit }) => unit)).toEqual(['s', 's', 'MB/s', 's', 's', 'MiB', 's', 'MiB']);
  for (const { value } of lines) expect(value).toBeGreaterThan(0);
  expect(left().filter((name) => !before.includes(name))).toEqual([]);
});
