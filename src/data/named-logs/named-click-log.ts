import type { Accounting } from '../accounting.ts';
import type { ClickLog } from '../click-log.ts';

/**
 * A click log with the names of what it shows, which needs no query set. A document of the log is a pair of a query and a document: queries
 * and documents are numbered in the order of their first appearance. No two rows are equal, and no two lists unless their contexts or policies differ.
 */
export interface NamedClickLog {
  readonly log: ClickLog;
  readonly queryIds: readonly string[];
  /** By document of the log. */
  readonly docIds: readonly string[];
  readonly documentQuery: Uint32Array;
  /** What else each list was shown in, such as a device; null where no such column was asked for. */
  readonly contexts: { readonly names: readonly string[]; readonly ofList: Uint32Array } | null;
  /** Absent where nothing tells it: of a store without times. */
  readonly order?: SessionOrder;
  readonly accounting: readonly Accounting[];
}

/** When the sessions of a log took place, as far as their order in the file tells: first counts[0] sessions of rows[0], and so on. */
export interface SessionOrder {
  readonly rows: Uint32Array; //    no two neighbours are equal
  readonly counts: Float64Array;
}
