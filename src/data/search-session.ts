/** One result shown in a search session. */
export interface SearchResult {
  readonly id: string;
  readonly clicked: boolean;
  readonly grade?: number; //  relevance judgment, ≥ 0, if there is one
  readonly length?: number; // characters, > 0, if known
}

/** A user's sequence of queries for one information need: what NUM scores. Never shortened to "session" in a name. */
export interface SearchSession {
  readonly id: string;
  readonly queries: readonly { readonly results: readonly SearchResult[] }[];
  readonly satisfaction?: number;
}
