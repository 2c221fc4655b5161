import { UsageError } from '../../src/errors.ts';
import type { SweepFile } from '../sweep/sweep-file.ts';

/** @throws UsageError where two files of the data are the same, as when a data set without a validation part was given its test part twice */
export function checkHeldApart({ data }: Pick<SweepFile, 'data'>): void {
  for (const [place, files] of Object.entries(data)) {
    const byHash = new Map<string, string>();
    for (const [name, hash] of Object.entries(files)) {
      const other = byHash.get(hash);
      if (other !== undefined)
        throw new UsageError(
          `"${place}": ${other} and ${name} hold the same: what is chosen by one is then measured on itself; hold queries apart for validation`,
        );
      byHash.set(hash, name);
    }
  }
}
