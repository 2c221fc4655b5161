import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process something belongs to, told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly place: string; //        machine, boot and process namespace: where process numbers mean the same
  readonly pid: number;
  readonly started: string | null; // in the system's own unit; null where it does not say (outside Linux)
}

const attempt = (read: () => string): string | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

/** Two containers may share a host name, and a machine may boot again: process numbers are compared only within one of these. */
function ownPlace(): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, namespace].filter((part) => part !== null).join(' ');
}

/** When a process began, in clock ticks since boot: the 22nd field of its stat line, the 20th after the name in parentheses. */
function startOf(pid: number): string | null {
  const line = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

export const ownIdentity = (): ProcessIdentity => ({ place: ownPlace(), pid: process.pid, started: startOf(process.pid) });

/**
 * Whether the process still runs; null when that cannot be seen from here: it belongs to another place, or there is a process of that number,
 * but the system does not say since when. A zombie has ended.
 */
export function isAlive({ place, pid, started }: ProcessIdentity): boolean | null {
  if (place !== ownPlace()) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (started === null) return null;
  const line = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return line !== null && startOf(pid) === started && line.slice(line.lastIndexOf(')') + 2, line.lastIndexOf(')') + 3) !== 'Z';
}
