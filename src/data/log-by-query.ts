import type { ClickLog } from './click-log.ts';

/** A log whose lists and rows are query by query, so that what loops keep of a query's documents stays near; and the place that each had before, null where all stay. */
export interface OrderedLog {
  readonly log: ClickLog;
  readonly before: { readonly lists: Uint32Array; readonly rows: Uint32Array } | null;
}

/** Two counting sorts: lists by query, rows by list. All stay where few rows are of another query than the row before them: at most one in ten, or one a query. */
export function logByQuery(log: ClickLog): OrderedLog {
  const { list, queries, offsets, clickOffsets } = log;
  const kinds = queries.reduce((most, query) => Math.max(most, query + 1), 0);
  let changes = 0;
  for (let r = 1; r < list.length; r++) if (queries[list[r]] !== queries[list[r - 1]]) changes++;
  if (changes <= Math.max(list.length / 10, kinds)) return { log, before: null };
  const lists = stableOrder(queries, kinds);
  const place = new Uint32Array(queries.length);
  for (let l = 0; l < place.length; l++) place[lists[l]] = l;
  const rows = stableOrder(
    list.map((l) => place[l]),
    queries.length,
  );
  const shown = chosenParts(log.docs, offsets, lists);
  const clicked = chosenParts(log.clicks, clickOffsets, rows);
  const ordered: ClickLog = {
    queries: lists.map((l) => queries[l]),
    ...{ docs: shown.values, offsets: shown.offsets },
    list: rows.map((r) => place[list[r]]),
    ...{ clicks: clicked.values, clickOffsets: clicked.offsets },
    count: Float64Array.from(rows, (r) => log.count[r]),
    ...(log.contexts && { contexts: lists.map((l) => log.contexts?.[l] as number) }),
    ...(log.policies && { policies: lists.map((l) => log.policies?.[l] as number) }),
  };
  return { log: ordered, before: { lists, rows } };
}

/** Places by their key, equal ones in their old order. */
function stableOrder(keys: Uint32Array, kinds: number): Uint32Array {
  const starts = new Uint32Array(kinds + 1);
  for (let i = 0; i < keys.length; i++) starts[keys[i] + 1]++;
  for (let k = 1; k <= kinds; k++) starts[k] += starts[k - 1];
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[starts[keys[i]]++] = i;
  return order;
}

/** Of parts that lie one after the other, those of an order. */
function chosenParts<T extends Uint8Array | Uint32Array>(values: T, offsets: Uint32Array, order: Uint32Array) {
  const chosen = { values: values.slice() as T, offsets: new Uint32Array(offsets.length) };
  let to = 0;
  for (let part = 0; part < order.length; part++) {
    const end = offsets[order[part] + 1];
    for (let i = offsets[order[part]]; i < end; i++) chosen.values[to++] = values[i];
    chosen.offsets[part + 1] = to;
  }
  return chosen;
}
