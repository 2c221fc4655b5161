import { createProgress, progressLine } from '../../../experiments/terminal/progress.ts';

function recorder(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
}
const event = (done: number, stage = 'learn') => ({ stage, done, total: 10, detail: 'seed 1/5, naive' });

test('rate and time left come from what is done', () => {
  expect(progressLine(event(0), 3)).toBe('learn 0/10 · seed 1/5, naive');
  expect(progressLine(event(4), 2)).toBe('learn 4/10 · seed 1/5, naive · 2.0/s · 3 s left');
  expect(progressLine(event(1), 60)).toBe('learn 1/10 · seed 1/5, naive · 60.0 s each · 9 min left');
  expect(progressLine(event(10), 5)).toBe('learn 10/10 · seed 1/5, naive · 2.0/s');
});

test('a terminal has one line, rewritten and never wider than the screen', () => {
  const screen = recorder(true, 20);
  const progress = createProgress(screen, false, () => 1);
  progress.onProgress(event(0));
  progress.onProgress(event(1));
  progress.finish();
  expect(screen.written).toHaveLength(3);
  for (const text of screen.written) {
    expect(text.endsWith('\u001b[K')).toBe(true);
    expect(text.slice(0, -3)).toMatch(/^\r[^\n]{0,19}$/);
  }
});

test('elsewhere a plain line is written every three seconds, and one when all is done', () => {
  const screen = recorder(false);
  let clock = 0;
  const progress = createProgress(screen, false, () => clock);
  for (let done = 0; done <= 10; done++) {
    clock = done;
    progress.onProgress(event(done));
  }
  expect(screen.written.map((line) => Number(/ (\d+)\//.exec(line)?.[1]))).toEqual([0, 3, 6, 9, 10]);
});

test('elsewhere a line is plain', () => {
  const screen = recorder(false);
  const progress = createProgress(screen, false, () => 1);
  progress.onProgress(event(0));
  progress.finish();
  expect(screen.written).toEqual(['learn 0/10 · seed 1/5, naive\n']);
});

test('quiet shows nothing and still keeps the times, stage by stage', () => {
  const screen = recorder(true);
  let clock = 0;
  const progress = createProgress(screen, true, () => clock);
  for (const [time, stage] of [
    [1, 'simulate'],
    [3, 'learn'],
    [6, 'simulate'],
  ] as const) {
    clock = time;
    progress.onProgress(event(0, stage));
  }
  clock = 10;
  progress.finish();
  expect(screen.written).toEqual([]);
  expect(progress.wallSeconds()).toEqual({ simulate: 2 + 4, learn: 3, total: 10 });
});

test('the time of a method is that of the events that name it, over all seeds', () => {
  let clock = 0;
  const progress = createProgress(recorder(false), true, () => clock);
  for (const [time, method] of [
    [1, undefined],
    [2, 'naive'],
    [5, 'ips'],
    [6, 'naive'],
  ] as const) {
    clock = time;
    progress.onProgress({ ...event(0), ...(method ? { method } : {}) });
  }
  clock = 10;
  progress.finish();
  expect(progress.methodSeconds()).toEqual({ naive: 3 + 4, ips: 1 });
});
