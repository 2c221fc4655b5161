import { UsageError } from '../errors.ts';
import { binomial } from '../random/binomial.ts';
import { permutation } from '../random/permutation.ts';
import { createRng, type Rng } from '../random/rng.ts';
import { type ClickLog, sessionsOf } from './click-log.ts';
import { growingUint8, growingUint32 } from './growing-array.ts';
import type { SessionOrder } from './named-logs/named-click-log.ts';

/** How `splitClickLog` parts a log into one to learn from and one to test on. */
export interface SplitOptions {
  /**
   * - session: a uniform draw of the sessions without replacement, whatever row they are counted in
   * - time: the first sessions in the order of the log
   * - query: all sessions of queries drawn uniformly without replacement
   */
  readonly by: 'session' | 'time' | 'query';
  /** Of the sessions that go to the first part, or of the queries: exactly, to the nearest whole number. In (0, 1). */
  readonly share: number;
  /** The same seed makes the same split; by time there is none to make. */
  readonly seed: string;
}

/**
 * Splits the sessions of a log in two, say to fit and to test: [the first part, the rest]. Both have the lists of the whole, so that numbers
 * of lists, queries and documents stay what they are; lists without rows may be among them. Rows stay counted, in their old order.
 * @param source a log as read, or `{log}` @throws UsageError for a share out of range or that leaves a part empty, a count that is not
 *   whole, but for a split by query, and a log without its order where it is split by time
 */
export function splitClickLog(
  source: { readonly log: ClickLog; readonly order?: SessionOrder },
  options: SplitOptions,
): [ClickLog, ClickLog] {
  const { log } = source;
  const { by, share } = options;
  if (!(share > 0 && share < 1)) throw new UsageError(`the share of a split must be above 0 and below 1, got ${share}`);
  const first = firstCounts(source, options);
  const parts: [ClickLog, ClickLog] = [
    withCounts(log, first),
    withCounts(
      log,
      log.count.map((count, r) => count - first[r]),
    ),
  ];
  if (parts.some(({ list }) => list.length === 0))
    throw new UsageError(`a share of ${share} by ${by} leaves a part of the log empty; give another share or a longer log`);
  return parts;
}

/** Sessions of each row that go to the first part. */
function firstCounts(
  { log, order }: { readonly log: ClickLog; readonly order?: SessionOrder },
  { by, share, seed }: SplitOptions,
): Float64Array {
  const odd = by === 'query' ? -1 : log.count.findIndex((count) => !Number.isInteger(count));
  if (odd >= 0) throw new UsageError(`count[${odd}] is ${log.count[odd]}, and only whole sessions can be split by ${by}; split by query`);
  if (by === 'session') return drawSessions(log.count, share, createRng(seed));
  if (by === 'query') return ofQueries(log, drawQueries(log, share, createRng(seed)));
  if (order === undefined)
    throw new UsageError(
      'a log is split by time by the order of its sessions, which comes with it from readNamedClickLog; of an imported log, where it was imported with --time',
    );
  return inOrder(order, Math.round(share * sessionsOf(log)), log.count.length);
}

/**
 * Exactly n = round(share · Σ count) of the sessions, each set of n as likely as any other: a session is in by a coin of its own, so that a
 * row's share is binomial; then as many as are too many, uniformly drawn, go back, or come in of the others. Given its size, a set by coins
 * is uniform, and stays so. Constant time a row, and about √n draws.
 */
function drawSessions(count: Float64Array, share: number, rng: Rng): Float64Array {
  const drawn = count.map((sessions) => binomial(sessions, share, rng));
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const total = sum(count);
  const size = sum(drawn);
  const excess = size - Math.round(share * total);
  if (excess > 0) return drawn.map(minus(takeFrom(drawn, size, excess, rng)));
  const rest = count.map(minus(drawn));
  return drawn.map(minus(takeFrom(rest, total - size, -excess, rng).map((taken) => -taken)));
}

const minus = (other: Float64Array) => (value: number, i: number) => value - other[i];

/** How many of each row are in a uniform draw of n sessions without replacement. @param total Σ count, at least n */
function takeFrom(count: Float64Array, total: number, n: number, rng: Rng): Float64Array {
  const places = new Set<number>();
  while (places.size < n) places.add(Math.floor(total * rng.double()));
  const taken = new Float64Array(count.length);
  let row = 0;
  let end = count[0]; // of the places of the row
  for (const place of Float64Array.from(places).sort()) {
    while (place >= end) end += count[++row];
    taken[row]++;
  }
  return taken;
}

/** A flag for each query that is drawn, of those that have sessions. */
function drawQueries({ queries, list }: ClickLog, share: number, rng: Rng): Uint8Array {
  const there = [...new Set(Array.from(list, (l) => queries[l]))].sort((a, b) => a - b);
  const drawn = new Uint8Array(there[there.length - 1] + 1);
  const order = permutation(there.length, rng);
  for (let i = 0; i < Math.round(share * there.length); i++) drawn[there[order[i]]] = 1;
  return drawn;
}

const ofQueries = ({ queries, list, count }: ClickLog, drawn: Uint8Array) => count.map((sessions, r) => sessions * drawn[queries[list[r]]]);

/** The first n sessions. */
function inOrder({ rows, counts }: SessionOrder, n: number, length: number): Float64Array {
  const first = new Float64Array(length);
  let left = n;
  for (let i = 0; i < rows.length && left > 0; i++) {
    const taken = Math.min(counts[i], left);
    first[rows[i]] += taken;
    left -= taken;
  }
  return first;
}

/** The rows that have sessions by other counts, of the same lists. */
export function withCounts(log: ClickLog, counts: Float64Array): ClickLog {
  const list = growingUint32();
  const clickOffsets = growingUint32();
  const clicks = growingUint8();
  clickOffsets.push(0);
  for (let r = 0; r < counts.length; r++) {
    if (!(counts[r] > 0)) continue;
    list.push(log.list[r]);
    clicks.append(log.clicks, log.clickOffsets[r], log.clickOffsets[r + 1]);
    clickOffsets.push(clicks.length);
  }
  return {
    ...log,
    list: list.trimmed(),
    clickOffsets: clickOffsets.trimmed(),
    clicks: clicks.trimmed(),
    count: counts.filter((count) => count > 0),
  };
}
