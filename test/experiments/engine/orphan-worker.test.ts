import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { builtModules } from '../sweep/built-program.ts';

const folder = temporaryFolder();
const module = (name: string) => JSON.stringify(resolve(builtModules(), 'experiments/engine', name));

/** A worker that is at an order and never comes back to its event loop; it looks for its parent as it goes. */
const worker = folder.put(
  'worker.mjs',
  `const { serveOrders } = await import(${module('serve-orders.js')});
   serveOrders(async (_order, tell, checkParent) => {
     tell(process.pid);
     await new Promise((done) => setTimeout(done, 50)); // for the news to leave
     for (const end = Date.now() + 60_000; Date.now() < end; ) checkParent();
   });`,
);
const parent = `
  const { startProcess } = await import(${module('worker-process.js')});
  void startProcess(${JSON.stringify(worker)}, (pid) => console.log(pid)).perform({});`;

/** One that has ended is there until somebody asks how: where nobody does, it is a zombie for ever. */
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

test('a worker in the midst of an order does not outlive its parent', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((told) => child.stdout.once('data', (text) => told(Number(text))));
  await sleep(300); // by now it is in its loop
  expect(alive(pid)).toBe(true);
  child.kill('SIGKILL');
  for (let tries = 0; tries < 100 && alive(pid); tries++) await sleep(100);
  const left = alive(pid);
  if (left) process.kill(pid, 'SIGKILL');
  expect(left).toBe(false);
});
