import type { ClickLog } from './click-log.ts';
import { ClickLogBuilder } from './click-log-builder.ts';
import { kindsOf } from './compact.ts';

/** The lists for which `keep(list)` holds, with their rows, both in their old order; equal lists become one. */
export function subsetLists(log: ClickLog, keep: (list: number) => boolean): ClickLog {
  const builder = new ClickLogBuilder(kindsOf(log.contexts), kindsOf(log.policies));
  const kept = new Int32Array(log.queries.length).fill(-1);
  for (let l = 0; l < kept.length; l++)
    if (keep(l)) {
      const docs = log.docs.subarray(log.offsets[l], log.offsets[l + 1]);
      kept[l] = builder.addList(log.queries[l], docs, log.contexts?.[l], log.policies?.[l]);
    }
  for (let r = 0; r < log.list.length; r++) {
    const list = kept[log.list[r]];
    if (list >= 0) builder.addRow(list, log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1]), log.count[r]);
  }
  return builder.build();
}
