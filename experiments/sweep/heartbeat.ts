import { randomBytes } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** How often a claim's file grows; seconds. */
const heartbeatSeconds = 5;
/** A claim of another machine counts as left behind when it has been watched standing still for so long … */
const silentSeconds = 60;
/** … or when it was old by the file server's clock already when it was first seen. */
const ancientSeconds = 300;

/**
 * Runs in a thread of its own: a run in the main thread may compute for minutes without coming back to its event loop. A blank is added, so
 * that whoever keeps the file sets its time, whatever the clock of this machine says; on a full disk only the time is renewed.
 */
const code = `
const { parentPort, workerData } = require('node:worker_threads');
const { closeSync, constants, openSync, utimesSync, writeSync } = require('node:fs');
const files = new Set();
const grow = (file) => {
  const open = openSync(file, constants.O_WRONLY | constants.O_APPEND); // never makes a file that was removed
  try { writeSync(open, ' '); } finally { closeSync(open); }
};
const beat = (file) => {
  try { grow(file); } catch { try { utimesSync(file, Date.now() / 1000, Date.now() / 1000); } catch {} }
};
parentPort.on('message', ({ file, on }) => (on ? files.add(file) : files.delete(file)));
setInterval(() => files.forEach(beat), workerData * 1000);
`;

/** What was seen of a file: its last beat, and for how long it has been watched since. */
interface Watched {
  readonly beat: string;
  readonly silence: number; // milliseconds
  readonly looked: number;
}

const watched = new Map<string, Watched>();

/**
 * Whether a file has been renewed of late. However long nobody looked, one look counts for no more than a heartbeat: a machine that slept, or a
 * file server that hung, made the others silent too.
 * @param beat what every heartbeat changes, @param age by the file server's clock, @param now by a clock that only runs forward; milliseconds
 */
export function isFresh(file: string, beat: string, age: number, now: number): boolean {
  const known = watched.get(file);
  const silence = known?.beat === beat ? known.silence + Math.min(now - known.looked, 1000 * heartbeatSeconds) : 0;
  watched.set(file, { beat, silence, looked: now });
  return known === undefined ? age < 1000 * ancientSeconds : silence < 1000 * silentSeconds;
}

const clocks = new Map<string, Promise<number>>();

/** Now, by the clock of who keeps the files of a folder, which may be another machine; milliseconds. By our own where nothing can be written. */
export async function folderTime(folder: string): Promise<number> {
  const known = clocks.get(folder) ?? clockDifference(folder);
  clocks.set(folder, known);
  return Date.now() + (await known);
}

async function clockDifference(folder: string): Promise<number> {
  const file = join(folder, `${randomBytes(8).toString('hex')}.clock`);
  try {
    await writeFile(file, ' ', { flag: 'wx' });
    return (await stat(file)).mtimeMs - Date.now();
  } catch {
    return 0;
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

let thread: Worker | null = null;

/**
 * Renews the file every few seconds from now on, whatever the main thread does; returns the way to end that.
 * @param seconds of the first call hold for all of a process
 */
export function keepFresh(file: string, seconds = heartbeatSeconds): () => void {
  if (thread === null) {
    thread = new Worker(code, { eval: true, workerData: seconds, execArgv: [] });
    thread.unref(); // does not keep the process alive
  }
  const beats = thread;
  beats.postMessage({ file, on: true });
  return () => beats.postMessage({ file, on: false });
}
