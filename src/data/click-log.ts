import { UsageError } from '../errors.ts';

/**
 * What users were shown and clicked. Sizes: L lists, R rows.
 * List l shows docs[offsets[l] … offsets[l + 1] − 1], top position first.
 * Row r: count[r] sessions saw list[r] and clicked just so; its clicks start at clickOffsets[r].
 */
export interface ClickLog {
  readonly queries: Uint32Array; //      length L: query index in the QuerySet
  readonly offsets: Uint32Array; //      length L + 1: starts at 0, never decreases
  readonly docs: Uint32Array; //         length offsets[L]: document row in the QuerySet
  readonly list: Uint32Array; //         length R
  readonly clickOffsets: Uint32Array; // length R + 1; row r has as many clicks as its list shows documents
  readonly clicks: Uint8Array; //        one 0 or 1 per shown position of each row, rows in order
  readonly count: Float64Array; //       length R, > 0
  readonly contexts?: Uint32Array; //    length L: what each list was shown in (a device, say), numbered from 0; absent where nobody tells them apart
  readonly policies?: Uint32Array; //    length L: the logging policy, or the intervention, that each list is of, numbered from 0; absent: one
}

/** K, the length of the longest list. */
export function positionsOf(log: Pick<ClickLog, 'offsets'>): number {
  let longest = 0;
  for (let l = 0; l + 1 < log.offsets.length; l++) longest = Math.max(longest, log.offsets[l + 1] - log.offsets[l]);
  return longest;
}

/** n, the number of sessions: Σ_r count[r]. */
export function sessionsOf(log: Pick<ClickLog, 'count'>): number {
  return log.count.reduce((sum, count) => sum + count, 0);
}

/** Clicks of every shown document of every list, and sessions of every list: all that a loss linear in the clicks needs. */
export interface ClickSums {
  readonly clicks: Float64Array; //   length offsets[L], in the order of `log.docs`
  readonly sessions: Float64Array; // length L
}

const sumsOf = new WeakMap<ClickLog, ClickSums>();

/** Σ over the rows of each list of count · click, and of count; made once for a log, so that whoever gets them must leave them as they are. */
export function clickSums(log: ClickLog): ClickSums {
  const sums = sumsOf.get(log) ?? sumRows(log);
  sumsOf.set(log, sums);
  return sums;
}

/** One pass over the rows, without a branch on a click, which no processor foretells. */
function sumRows({ queries, docs, offsets, list, count, clickOffsets, clicks }: ClickLog): ClickSums {
  const sums = new Float64Array(docs.length);
  const sessions = new Float64Array(queries.length);
  for (let r = 0; r < list.length; r++) {
    const l = list[r];
    const n = count[r];
    const end = clickOffsets[r + 1];
    sessions[l] += n;
    for (let i = clickOffsets[r], shown = offsets[l]; i < end; i++, shown++) sums[shown] += n * clicks[i];
  }
  return { clicks: sums, sessions };
}

/** @throws UsageError naming the first broken rule of {@link ClickLog}; loops behind this door run without checks */
export function checkClickLog(log: ClickLog, querySet: { queries: number; documents: number }): void {
  const lists = log.queries.length;
  const fault = (problem: string) => {
    throw new UsageError(`click log: ${problem}`);
  };
  if (log.offsets.length !== lists + 1) fault(`expected ${lists + 1} list offsets, got ${log.offsets.length}`);
  if (log.clickOffsets.length !== log.list.length + 1)
    fault(`expected ${log.list.length + 1} click offsets, got ${log.clickOffsets.length}`);
  if (log.count.length !== log.list.length) fault(`expected ${log.list.length} counts, one per row, got ${log.count.length}`);
  if (log.offsets[0] !== 0 || log.clickOffsets[0] !== 0) fault('offsets and click offsets must start at 0');
  for (let l = 0; l < lists; l++) {
    if (log.offsets[l + 1] < log.offsets[l]) fault(`offsets decrease at list ${l}`);
    if (log.queries[l] >= querySet.queries) fault(`list ${l} is of query ${log.queries[l]}, but there are ${querySet.queries} queries`);
  }
  if (log.docs.length !== log.offsets[lists]) fault(`expected ${log.offsets[lists]} shown documents, got ${log.docs.length}`);
  const stray = log.docs.findIndex((doc) => doc >= querySet.documents);
  if (stray >= 0) fault(`shown document ${log.docs[stray]} is not in the query set of ${querySet.documents} documents`);
  for (let r = 0; r < log.list.length; r++) {
    const l = log.list[r];
    if (l >= lists) fault(`row ${r} is of list ${l}, but there are ${lists} lists`);
    const length = log.offsets[l + 1] - log.offsets[l];
    if (log.clickOffsets[r + 1] - log.clickOffsets[r] !== length) fault(`row ${r} needs ${length} clicks, one per shown document`);
    if (!(log.count[r] > 0 && log.count[r] < Infinity)) fault(`count[${r}] must be finite and above 0, got ${log.count[r]}`);
  }
  const clicks = log.clickOffsets[log.list.length];
  if (log.clicks.length !== clicks) fault(`expected ${clicks} clicks, got ${log.clicks.length}`);
  for (const key of ['contexts', 'policies'] as const)
    if (log[key] !== undefined && log[key].length !== lists) fault(`expected ${lists} ${key}, one per list, got ${log[key].length}`);
  const odd = firstAboveOne(log.clicks);
  if (odd >= 0) fault(`clicks[${odd}] must be 0 or 1, got ${log.clicks[odd]}`);
}

/** A loop, as `findIndex` takes several times as long and logs are large. */
function firstAboveOne(clicks: Uint8Array): number {
  for (let i = 0; i < clicks.length; i++) if (clicks[i] > 1) return i;
  return -1;
}
