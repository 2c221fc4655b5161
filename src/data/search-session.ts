/** One result shown in a search session. Optional fields are absent where the log does not have them. */
export interface SearchResult {
  readonly id: string;
  readonly clicked?: boolean; //   absent where clicks were not recorded
  readonly grade?: number; //      relevance judgment, ≥ 0
  readonly usefulness?: number; // the user's own judgment, ≥ 0
  readonly length?: number; //     characters, > 0
  readonly clickTime?: number; //  seconds, on the clock of the query's `time`: first click
  readonly dwell?: number; //      seconds spent on the document, ≥ 0
  /** Subtopics or nuggets of the need that the document is about, with their ratings, ≥ 0. */
  readonly aspects?: Readonly<Record<string, number>>;
}

/** A query with the results it showed, top position first. */
export interface SearchQuery {
  readonly id?: string;
  readonly text?: string;
  readonly time?: number; //         seconds, on a clock that never goes back within the search session
  readonly satisfaction?: number; // with this query
  readonly results: readonly SearchResult[];
}

/** A user's sequence of queries for one information need: what session metrics score. Never shortened to "session" in a name. */
export interface SearchSession {
  readonly id: string;
  readonly queries: readonly SearchQuery[];
  readonly user?: string;
  readonly topic?: string;
  readonly satisfaction?: number; //              with the whole search session
  /** Grades above 0 of every document judged relevant to the need, shown or not, in any order: what an ideal over all judgments is made of. */
  readonly judged?: readonly number[];
  readonly aspectCount?: number; //               subtopics that the need has, found or not
}
