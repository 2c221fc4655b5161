import type { ClickLog } from './click-log.ts';
import { ClickLogBuilder } from './click-log-builder.ts';
import { kindsOf } from './compact.ts';
import { growingFloat64, growingUint8, growingUint32 } from './growing-array.ts';

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

/** The lists that a policy showed, with their rows, as a log of that policy alone. @param policy its number in the log's `policies` */
export function listsOfPolicy(log: ClickLog, policy: number): ClickLog {
  const { policies, ...lists } = log;
  return subsetLists(lists, (list) => policies?.[list] === policy);
}

/** Takes lists of a log by their numbers, each once at most, with their rows: in the order asked for, at the cost of those lists alone. */
export function chosenLists(log: ClickLog): (lists: Uint32Array) => ClickLog {
  const starts = new Uint32Array(log.queries.length + 1); // rows of list l: order[starts[l]] …
  for (const l of log.list) starts[l + 1]++;
  for (let l = 0; l < log.queries.length; l++) starts[l + 1] += starts[l];
  const order = new Uint32Array(log.list.length);
  const next = starts.slice();
  for (let r = 0; r < order.length; r++) order[next[log.list[r]]++] = r;
  return (lists) => {
    const [docs, list, clicks, count] = [growingUint32(), growingUint32(), growingUint8(), growingFloat64()];
    const [offsets, clickOffsets] = [growingUint32(), growingUint32()];
    offsets.push(0);
    clickOffsets.push(0);
    for (const [place, l] of lists.entries()) {
      docs.append(log.docs, log.offsets[l], log.offsets[l + 1]);
      offsets.push(docs.length);
      for (let i = starts[l]; i < starts[l + 1]; i++) {
        const r = order[i];
        list.push(place);
        clicks.append(log.clicks, log.clickOffsets[r], log.clickOffsets[r + 1]);
        clickOffsets.push(clicks.length);
        count.push(log.count[r]);
      }
    }
    const { contexts, policies } = log;
    return {
      ...{ queries: lists.map((l) => log.queries[l]), offsets: offsets.trimmed(), docs: docs.trimmed() },
      ...{ list: list.trimmed(), clickOffsets: clickOffsets.trimmed(), clicks: clicks.trimmed(), count: count.trimmed() },
      ...(contexts && { contexts: lists.map((l) => contexts[l]) }),
      ...(policies && { policies: lists.map((l) => policies[l]) }),
    };
  };
}
