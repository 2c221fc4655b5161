import { Worker } from 'node:worker_threads';

/** How often a claim's time is renewed; seconds. */
const heartbeatSeconds = 5;
/** A claim of another machine counts as left behind when its time has stood still for so long as seen from here (clocks may differ) … */
const silentSeconds = 60;
/** … or is so old that no difference between clocks explains it. */
const ancientSeconds = 900;

/** Runs in a thread of its own: a run in the main thread may compute for minutes without coming back to its event loop. */
const code = `
const { parentPort, workerData } = require('node:worker_threads');
const { utimesSync } = require('node:fs');
const files = new Set();
parentPort.on('message', ({ file, on }) => (on ? files.add(file) : files.delete(file)));
setInterval(() => {
  const now = Date.now() / 1000;
  for (const file of files) try { utimesSync(file, now, now); } catch {}
}, workerData * 1000);
`;

const seen = new Map<string, { readonly time: number; readonly since: number }>();

/** Whether a file has been renewed of late. @param time of its last change, @param now of this machine's clock; milliseconds */
export function isFresh(file: string, time: number, now: number): boolean {
  const known = seen.get(file);
  if (known?.time !== time) seen.set(file, { time, since: now });
  const since = known?.time === time ? known.since : now;
  return now - since < 1000 * silentSeconds && now - time < 1000 * ancientSeconds;
}

let thread: Worker | null = null;

/** Renews the file's time every few seconds from now on, whatever the main thread does; returns the way to end that. */
export function keepFresh(file: string): () => void {
  if (thread === null) {
    thread = new Worker(code, { eval: true, workerData: heartbeatSeconds, execArgv: [] });
    thread.unref(); // does not keep the process alive
  }
  const beats = thread;
  beats.postMessage({ file, on: true });
  return () => beats.postMessage({ file, on: false });
}
