import { readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve, sep } from 'node:path';

/** Signals that end the process; under nohup it outlives its terminal, and goes on doing so. */
const endings = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).filter((signal) => !isIgnored(constants.signals[signal]));

function isIgnored(signal: number): boolean {
  try {
    const [, mask] = /^SigIgn:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return mask !== undefined && ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
  } catch {
    return false; // only Linux tells
  }
}

/** What is to be undone where the process ends now, in the order in which it was begun. */
const undoings = new Set<() => void>();
const paths = new Set<string>(); // absolute

/** The folder written as a whole that a path lies in, if any: what syncs the folder syncs the file, and where it was removed it stays so. */
export function unfinishedAbove(path: string): string | undefined {
  const absolute = resolve(path);
  for (const folder of paths) if (absolute.startsWith(folder + sep)) return folder;
  return undefined;
}

/**
 * Begins something that must not be left half done: it is undone where the process is told to end, or ends, before the returned function is
 * called. A signal that others listen to is theirs; what they do then, `process.exit` or an error, undoes it too.
 */
export function untilDone(undo: () => void): () => void {
  if (undoings.size === 0) {
    for (const signal of endings) process.on(signal, interrupted);
    process.on('exit', undoAll);
  }
  undoings.add(undo);
  return () => {
    if (!undoings.delete(undo) || undoings.size > 0) return;
    stopListening();
  };
}

/** {@link untilDone} for a file or folder under the name that it has while it is written. */
export function unfinished(path: string): () => void {
  const absolute = resolve(path);
  paths.add(absolute);
  const done = untilDone(() => removeNow(absolute));
  return () => {
    paths.delete(absolute);
    done();
  };
}

function interrupted(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  undoAll();
  stopListening();
  process.kill(process.pid, signal); // as if we had not listened
  process.exit(128 + constants.signals[signal]); // the first process of a container, which signals do not end
}

function stopListening(): void {
  for (const signal of endings) process.off(signal, interrupted);
  process.off('exit', undoAll);
}

function undoAll(): void {
  for (const undo of [...undoings].reverse()) undo();
  undoings.clear();
  paths.clear();
}

/** What the threads of Node are writing at this moment may appear in a folder while it is removed. */
function removeNow(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 });
  } catch {} // nothing can be told any more
}
