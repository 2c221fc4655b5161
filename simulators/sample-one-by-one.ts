import type { ClickModel, CountedPattern } from '../click-models/click-model.ts';
import { checkList, type Shown, sampleSession } from '../click-models/index.ts';
import { growingUint8 } from '../src/data/growing-array.ts';
import { SequenceTable } from '../src/data/sequence-table.ts';
import type { Rng } from '../src/random/rng.ts';

/**
 * Draws n sessions of one list one after the other and counts equal ones: cost O(n × K). The reference that `sampleCounts`, of which it is the
 * equal in distribution and in arguments, is tested and timed against.
 * @throws UsageError as `checkList`
 */
export function sampleOneByOne(model: ClickModel, shown: Shown, n: number, rng: Rng, visit: CountedPattern): void {
  const list = checkList(model, shown);
  const patterns = new SequenceTable(growingUint8(), 64);
  const counts = new Map<number, number>();
  const clicks = new Uint8Array(list.attraction.length);
  for (let session = 0; session < n; session++) {
    sampleSession(model, list, rng, clicks);
    const pattern = patterns.intern(0, clicks);
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  for (const [pattern, count] of counts)
    visit(patterns.items.values.subarray(patterns.offsets.values[pattern], patterns.offsets.values[pattern + 1]), count);
}
