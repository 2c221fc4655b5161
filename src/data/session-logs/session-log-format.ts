import type { Described } from '../../registry.ts';
import type { Accounting, Ledger } from '../accounting.ts';
import type { SearchSession } from '../search-session.ts';

/** A search session, and the line of the file where it starts, from 1. */
export interface PlacedSession {
  readonly session: SearchSession;
  readonly line: number;
  /** Counts what it is made of. */
  readonly ledger: Ledger;
}

/** Why a click is left out. */
export const unlisted = 'on results that the log does not list';

/** Counts the ranks of a list that are not there: its results close up. @param first of the list @param ranks that are there, in order */
export function countGaps(ledger: Ledger, first: number, ranks: readonly number[]): void {
  const missing = ranks.length === 0 ? 0 : ranks[ranks.length - 1] - first + 1 - ranks.length;
  if (missing > 0) ledger.reject('ranks', 'without a result, so that those below move up', missing);
}

/** Where grades come from in formats that name documents and topics but have no grades. */
export interface JudgmentOptions {
  /** Judgments of topics: TREC qrels. */
  readonly qrels?: string;
  /** Which topic a search session belongs to, where the log does not say or says otherwise: lines of search session, topic, anything. */
  readonly topicMap?: string;
  /** Grades of the qrels that stand for others: TREC Session 2012 evaluates 4, 2, 3 as 2, 3, 4. */
  readonly regrade?: ReadonlyMap<number, number>;
}

/** What a reader is told and tells beside the search sessions. */
export interface SessionLogContext extends JudgmentOptions {
  /** Gets every search session that breaks the format; without it the first such one is thrown. */
  readonly onFault?: (fault: Error) => void;
  /** Whether what search sessions can do without breaks the form too: results that are missing or repeated, clicks on ranks without a result. */
  readonly strict?: boolean;
  /** Counts what is in the log beside search sessions. */
  readonly ledger: Ledger;
  /** Gets the accounts of judgments and topic map. */
  readonly accounts: Accounting[];
}

/** A form of search-session log. */
export interface SessionLogFormat extends Described {
  /** Highest label of the log's own scale; null where the log's grades are on any scale, or it has none. */
  readonly highestGrade: number | null;
  /** Where labels come from in such a log. */
  readonly labels: 'grade' | 'usefulness' | 'click';
  /** Search sessions in the order of the file. @throws DataError with file and place; UsageError where the file cannot be read */
  readonly read: (path: string, context: SessionLogContext) => AsyncGenerator<PlacedSession>;
}

/** What `make` returns; null, once told of, where it throws and the context wants to go on. */
export function orFault<T>(context: SessionLogContext, make: () => T): T | null {
  if (context.onFault === undefined) return make();
  try {
    return make();
  } catch (fault) {
    if (!(fault instanceof Error) || fault.name !== 'DataError') throw fault;
    context.onFault(fault);
    return null;
  }
}
