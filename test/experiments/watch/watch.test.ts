import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { summariseRuns } from '../../../experiments/report/summarise-runs.ts';
import { tryClaim } from '../../../experiments/sweep/claim.ts';
import { beginSweep } from '../../../experiments/sweep/open-sweep.ts';
import { planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { runClaim, writeFailure } from '../../../experiments/sweep/sweep-folder.ts';
import { progressReader, type SweepProgress } from '../../../experiments/watch/sweep-progress.ts';
import { redraw, statusLine, watchLines } from '../../../experiments/watch/watch-lines.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from '../commands/counterrank.ts';
import { tinyConfig, writeRunOf } from '../tiny-runs.ts';

const temporary = temporaryFolder();
const folder = temporary.in('sweep');
const file = temporary.put('tiny.json', JSON.stringify(tinyConfig({ estimators: ['naive', 'ips'] })));
const { runs } = await planSweep(file, { overrides: ['seed=1..6'], zip: [], skip: [] }).then(async (plan) => {
  await beginSweep(folder, plan, false);
  return plan;
});
const finish = ({ id, config }: (typeof runs)[number]) => writeRunOf(join(folder, 'runs', id), config);
const plain = { columns: 80, terminal: false };

test('from the first run to the last: what is counted, what is running, what failed, the means so far', async () => {
  const read = progressReader(folder);
  expect(statusLine(await read())).toBe(
    'tiny: 0 of 6 finished · 6 waiting · no process is at it: counterrank sweep goes on with the folder',
  );
  await finish(runs[0]);
  await finish(runs[1]);
  const claim = await tryClaim(runClaim(folder, runs[2].id));
  mkdirSync(join(folder, 'running'), { recursive: true });
  writeFileSync(join(folder, 'running', `${runs[2].id}.log`), 'simulate 0/2\nlearn 1/2 · seed 1/1, ips\n');
  await writeFailure(folder, runs[3].id, 'error: no <click>\nmore', '');
  const progress = await read();
  expect(progress.counts).toEqual({ finished: 2, running: 1, failed: 1, waiting: 2 });
  // 2.5 s a run and one at a time: 24 a minute, three to go
  expect(statusLine(progress)).toBe('tiny: 2 of 6 finished · 1 running · 1 failed · 2 waiting · 24.0 runs a minute · 8 s left');
  const lines = watchLines(progress, await summariseRuns(progress.finished, usualReport, builtIn().presentations), plain);
  expect(lines[1]).toBe(`  … ${runs[2].id}: learn 1/2 · seed 1/1, ips`);
  expect(lines[2]).toBe(`  ✗ ${runs[3].id}: error: no <click>`);
  expect(lines.find((line) => line.startsWith('ips'))).toMatch(/^ips +0\.\d{4} ±\d/);
  appendFileSync(join(folder, 'running', `${runs[2].id}.log`), 'evaluate 1/2\n');
  expect((await read()).running).toEqual([{ id: runs[2].id, last: 'evaluate 1/2' }]);
  await claim?.release();
  for (const run of runs.slice(2)) await finish(run);
  expect(statusLine(await read())).toBe('tiny: 6 of 6 finished');
});

test('--once shows the state with the table; without it a sweep that has ended ends the watch', async () => {
  for (const words of [['--once'], []]) {
    const { code, out } = await counterrank('watch', folder, ...words);
    expect(code).toBe(0);
    expect(out).toMatch(/^tiny: 6 of 6 finished\n\nmethod +ndcg@10/);
    expect(out).toContain('over 6 seeds');
  }
});

test('many of a kind are counted, not listed', () => {
  const failed = Array.from({ length: 9 }, (_, i) => ({ id: `run-${i}`, error: 'error: x' }));
  const progress: SweepProgress = {
    name: 's',
    counts: { finished: 0, running: 0, failed: 9, waiting: 0 },
    secondsPerRun: null,
    running: [],
    failed,
    finished: [],
  };
  expect(watchLines(progress, null, plain)).toEqual([
    's: 0 of 9 finished · 9 failed',
    ...[0, 1, 2, 3, 4].map((i) => `  ✗ run-${i}: error: x`),
    '  ✗ and 4 more',
  ]);
});

test('a screen is redrawn in its place, never taller or wider than it is', () => {
  const bold = '\u001b[1mabcdef\u001b[22mghijkl';
  const first = redraw([bold, 'two', 'three', 'four', 'five'], 0, { columns: 9, rows: 4 });
  expect(first).toEqual({ text: '\r\u001b[1mabcdef\u001b[22mgh\u001b[K\ntwo\u001b[K\n…\u001b[K\n\u001b[J', drawn: 3 });
  expect(redraw(['x'], first.drawn, { columns: 9, rows: 4 })).toEqual({ text: '\u001b[3A\rx\u001b[K\n\u001b[J', drawn: 1 });
});
