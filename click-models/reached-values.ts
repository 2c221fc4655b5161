import type { ClickModel } from './click-model.ts';
import { isPager, tablesOf } from './definition.ts';
import type { FitLog } from './fit/event-tables.ts';
import { placeOf } from './place-of.ts';

/** Which values sessions come to, how often documents are shown, and how users click. */
export function reachedValues(
  { definition, parameters, positions }: ClickModel,
  names: readonly string[],
  { log, documents, contexts = null }: FitLog,
) {
  const { tables, pages, states } = definition;
  const here = new Set(Object.values(states).flatMap(({ examined, clicked }) => [...tablesOf(examined), ...tablesOf(clicked)]));
  const met = Object.fromEntries(names.map((name) => [name, new Uint8Array(parameters[name].length)]));
  const shown = new Float64Array(documents);
  let [mostClicks, below] = [0, false]; // whether a click was seen below another
  /** Whether clicks can tell of a table at position k of a list, of which the last click is at `lowest`. */
  const tells = (name: string, k: number, length: number, lowest: number) => {
    if (pages !== undefined && name === 'nextPage')
      return pages.pager === null ? (k + 1) % pages.size === 0 && k < lowest : isPager(definition, k);
    if (isPager(definition, k)) return false;
    return here.has(name) || k < length - 1; // no click tells of what follows the last position
  };
  for (let row = 0; row < log.list.length; row++) {
    const [l, at] = [log.list[row], log.clickOffsets[row]];
    let [last, clicks, turned] = [-1, 0, true]; // turned: whether the user clicked on every "next page" so far that is logged
    const length = log.clickOffsets[row + 1] - at;
    const lowest = pages === undefined ? -1 : log.clicks.subarray(at, at + length).lastIndexOf(1);
    for (let k = 0; k < length; k++) {
      shown[log.docs[log.offsets[l] + k]] += log.count[row];
      for (const name of names) {
        if (k === 0 && tables[name].by === 'nextGroup') met[name][placeOf(tables[name], -1, -1, 0, positions)] = 1;
        if (!turned || !tells(name, k, length, lowest)) continue; // nothing below is seen
        met[name][placeOf(tables[name], k, last, contexts?.[l] ?? 0, positions)] = 1;
      }
      if (isPager(definition, k)) turned &&= log.clicks[at + k] === 1;
      if (log.clicks[at + k] === 0) continue;
      if (last >= 0) below = true;
      last = k;
      clicks++;
    }
    mostClicks = Math.max(mostClicks, clicks);
  }
  return { met, shown, mostClicks, below };
}
