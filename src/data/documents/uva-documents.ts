import type { LogSource } from '../log-store/log-source.ts';
import type { NamedDocumentColumns } from './document-columns.ts';

/** Columns of Baidu-ULTR with features: queries and documents by their hashes, as its log has them, and the embedding where no feature is named. */
export function uvaColumns({ columns }: LogSource, named: NamedDocumentColumns): NamedDocumentColumns {
  const embedding = columns.some(({ name }) => name === 'query_document_embedding') ? ['query_document_embedding'] : undefined;
  return { query: 'query_md5', document: 'url_md5', ...named, features: named.features ?? embedding };
}

/** Ranks of sessions that the rows lack: at each the log shows a document `missing-RANK`. */
export class MissingRanks {
  readonly #ofQuery = new Map<string, Set<number>>();
  #session: string | null = null;
  #query = '';
  #ranks = new Set<number>();

  /** Rows of a session stand together. */
  see(query: string, session: unknown, rank: unknown): void {
    if (String(session) !== this.#session) this.#finish();
    this.#session = String(session);
    this.#query = query;
    this.#ranks.add(Number(rank));
  }

  #finish(): void {
    const last = Math.max(0, ...this.#ranks);
    for (let rank = 1; rank < last; rank++) {
      if (this.#ranks.has(rank)) continue;
      const known = this.#ofQuery.get(this.#query) ?? new Set();
      this.#ofQuery.set(this.#query, known.add(rank));
    }
    this.#ranks = new Set();
  }

  *all(): Generator<{ readonly query: string; readonly document: string }> {
    this.#finish();
    for (const [query, ranks] of this.#ofQuery) for (const rank of ranks) yield { query, document: `missing-${rank}` };
  }
}
