import { statfsSync } from 'node:fs';
import FastEnvironment from './fast-environment.js';

const memory = '/dev/shm';
const room = 4 * 2 ** 30;

/**
 * With temporary files in memory where there is room, for tests that write thousands: to sync and remove them a disk takes as long as all else.
 * Programs may not be started from there.
 */
export default class MemoryFilesEnvironment extends FastEnvironment {
  static place = () => {
    try {
      const { bavail, bsize } = statfsSync(memory);
      if (bavail * bsize > room) return memory;
    } catch {
      // only Linux has it
    }
    return FastEnvironment.place();
  };
}
