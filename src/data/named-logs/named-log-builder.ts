import type { Accounting } from '../accounting.ts';
import { CompactLogBuilder } from '../compact-log-builder.ts';
import { growingFloat64, growingUint32 } from '../growing-array.ts';
import { SequenceTable } from '../sequence-table.ts';
import { CodeTable } from './code-table.ts';
import { IdCodes } from './id-codes.ts';
import type { NamedClickLog } from './named-click-log.ts';

/** Builds a {@link NamedClickLog} session by session. Ids are codes of `codes`. */
export class NamedLogBuilder {
  readonly codes = new IdCodes();
  readonly #queries = new CodeTable();
  readonly #documents = new CodeTable(); // by query;
  readonly #contexts: CodeTable | null;
  readonly #groups = new SequenceTable(growingUint32()); // queries by context and policy, where lists have either: lists of different ones differ
  readonly #shownIn = new Uint32Array(2); // context and policy of a list
  #policies = false;
  readonly #log = new CompactLogBuilder();
  readonly #rows = growingUint32();
  readonly #counts = growingFloat64();
  readonly #lastLists = growingUint32(); // by group
  #docs = new Uint32Array(64);
  /** Whether sessions are added in the order of their time. */
  ordered = true;

  /** @param withContexts whether lists have contexts */
  constructor(withContexts: boolean) {
    this.#contexts = withContexts ? new CodeTable() : null;
  }

  /**
   * Adds sessions that clicked just so.
   * @param documents codes of a list, documents[start … end − 1], top first; none twice @param clicks a 0 or 1 for each, in the same places
   * @param context code; any where lists have none @param policy number; of every list or of none
   */
  add(
    query: number,
    context: number,
    documents: Float64Array,
    clicks: ArrayLike<number>,
    start: number,
    end: number,
    count: number,
    policy?: number,
  ): void {
    this.addSessions(this.list(query, context, documents, start, end, policy), clicks, start, end, count);
  }

  /** The number of a list, to add sessions of. @param documents as of {@link add} */
  list(query: number, context: number, documents: Float64Array, start: number, end: number, policy?: number): number {
    const q = this.#queries.intern(0, query);
    const plain = this.#contexts === null && policy === undefined;
    return this.#listOf(plain ? q : this.#groupOf(q, context, policy), q, documents, start, end);
  }

  /** How many documents a list shows. */
  lengthOf(list: number): number {
    const offsets = this.#log.lists.offsets.values;
    return offsets[list + 1] - offsets[list];
  }

  /** Where a list shows the document of a code; −1 where it does not. */
  placeOf(document: number, list: number): number {
    const { offsets, items } = this.#log.lists;
    const codes = this.#documents.codes.values;
    const start = offsets.values[list];
    const end = offsets.values[list + 1];
    for (let i = start; i < end; i++) if (codes[items.values[i]] === document) return i - start;
    return -1;
  }

  /** Adds sessions of a list, which is then part of the log. @param clicks as of {@link add} */
  addSessions(list: number, clicks: ArrayLike<number>, start: number, end: number, count: number): void {
    const row = this.#log.addRow(list, clicks, start, end, count);
    const last = this.#rows.length - 1;
    if (last >= 0 && this.#rows.values[last] === row) this.#counts.values[last] += count;
    else {
      this.#rows.push(row);
      this.#counts.push(count);
    }
  }

  /** @param group of the query, or of it within a context: its last list is looked at first, as it often comes again */
  #listOf(group: number, query: number, documents: Float64Array, start: number, end: number): number {
    const isNew = group === this.#lastLists.length;
    if (!isNew && this.#shows(this.#lastLists.values[group], documents, start, end)) return this.#lastLists.values[group];
    if (end - start > this.#docs.length) this.#docs = new Uint32Array(2 * (end - start));
    const docs = this.#docs;
    for (let i = start; i < end; i++) docs[i - start] = this.#documents.intern(query, documents[i]);
    const list = this.#log.addList(group, docs, 0, end - start);
    if (isNew) this.#lastLists.push(list);
    else this.#lastLists.values[group] = list;
    return list;
  }

  #shows(list: number, documents: Float64Array, start: number, end: number): boolean {
    const { offsets, items } = this.#log.lists;
    const docs = items.values;
    const codes = this.#documents.codes.values;
    const shift = offsets.values[list] - start;
    if (offsets.values[list + 1] - shift !== end) return false;
    for (let i = start; i < end; i++) if (codes[docs[i + shift]] !== documents[i]) return false;
    return true;
  }

  #groupOf(query: number, context: number, policy: number | undefined): number {
    this.#shownIn[0] = this.#contexts?.intern(0, context) ?? 0;
    this.#shownIn[1] = policy ?? 0;
    this.#policies = policy !== undefined;
    return this.#groups.intern(query, this.#shownIn);
  }

  #texts({ codes }: CodeTable): string[] {
    return Array.from({ length: codes.length }, (_, i) => this.codes.textOf(codes.values[i]));
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  build(accounting: readonly Accounting[]): NamedClickLog {
    const log = this.#log.build();
    const { keys, items } = this.#groups;
    const column = (place: number) => log.queries.map((group) => items.values[2 * group + place]);
    return {
      log: {
        ...log,
        ...(keys.length > 0 && { queries: log.queries.map((group) => keys.values[group]) }),
        ...(this.#policies && { policies: column(1) }),
      },
      queryIds: this.#texts(this.#queries),
      docIds: this.#texts(this.#documents),
      documentQuery: this.#documents.groups.trimmed(),
      contexts: this.#contexts && { names: this.#texts(this.#contexts), ofList: column(0) },
      ...(this.ordered && { order: { rows: this.#rows.trimmed(), counts: this.#counts.trimmed() } }),
      accounting,
    };
  }
}
