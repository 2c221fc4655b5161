import * as fs from 'node:fs';
import * as promises from 'node:fs/promises';
import { jest } from '@jest/globals';

/** What changes a disk. Each call is one that may fail. */
const { ...syncCalls } = fs;
const { ...laterCalls } = promises;
const changing = ['openSync', 'writeFileSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync', 'linkSync', 'appendFileSync'] as const;
const changingLater = ['mkdir', 'rename', 'open', 'writeFile'] as const;

const disk = { calls: 0, failsAt: 0, failing: '', code: 'EIO' };

function mayFail(call: string, path: unknown): void {
  disk.calls++;
  if (disk.calls !== disk.failsAt && call !== disk.failing) return;
  const named = typeof path === 'string' ? { path } : {};
  throw Object.assign(new Error(`${disk.code}: ${call}`), { code: disk.code, syscall: call.replace(/Sync$|File/g, ''), ...named });
}

/**
 * Puts a disk that can fail in place of Node's, for modules that are imported afterwards.
 * @returns what it does and counts; `failsAt` is the number of the call that fails, 0 none; `failing` the name of one that always does
 */
export function failingDisk() {
  const sync = Object.fromEntries(
    changing.map((name) => [
      name,
      (...words: unknown[]) => {
        try {
          mayFail(name, words[0]);
        } catch (error) {
          if (name === 'closeSync') fs.closeSync(words[0] as number); // a file that cannot be closed is closed all the same
          throw error;
        }
        return (syncCalls[name] as (...words: unknown[]) => unknown)(...words);
      },
    ]),
  );
  const later = Object.fromEntries(
    changingLater.map((name) => [
      name,
      async (...words: unknown[]) => {
        mayFail(name, words[0]);
        const result = await (laterCalls[name] as (...words: unknown[]) => Promise<unknown>)(...words);
        if (name === 'open') {
          const file = result as promises.FileHandle;
          const sync = file.sync.bind(file);
          file.sync = async () => {
            mayFail('fsync', null);
            return sync();
          };
        }
        return result;
      },
    ]),
  );
  jest.unstable_mockModule('node:fs', () => ({ ...fs, ...sync, default: { ...fs, ...sync } }));
  jest.unstable_mockModule('node:fs/promises', () => ({ ...promises, ...later, default: { ...promises, ...later } }));
  return disk;
}
