import { UsageError } from '../../errors.ts';
import { nearName } from '../../registry.ts';
import { shownText } from '../decimal.ts';
import { someIds } from '../shared-ids.ts';
import type { LogSource } from './log-source.ts';
import { type ColumnRole, usualColumn } from './usual-columns.ts';

/** Names of columns in a message; a damaged header may have a hundred thousand. */
const mostNames = 20;

/** How long sessions of one time are counted together. */
export const timeBuckets = ['hour', 'day', 'week', 'month'] as const;
export type TimeBucket = (typeof timeBuckets)[number];

interface SharedColumns {
  /** Of what lists were shown in, such as a device: each is kept under its name. */
  readonly contexts: readonly string[];
  /** Of the logging policy. */
  readonly policy: string | null;
  /** Of when a session was; kept by the start of its hour, day, week or month. */
  readonly time: { readonly column: string; readonly every: TimeBucket } | null;
  /** Of who saw the session: rows are counted by user. */
  readonly user: string | null;
  /** Of the probability by which the policy showed a document at its rank; of rows of whole lists, a list of them. Lists of different ones differ. */
  readonly propensity: string | null;
}

/** A row for each document that was shown: its session, which one or more columns tell apart, its rank and whether it was clicked. */
export interface ImpressionColumns extends SharedColumns {
  readonly shape: 'impressions';
  readonly session: readonly string[];
  readonly query: string;
  readonly document: string;
  readonly rank: string;
  readonly click: string;
  /** Rank of the top document; null: 0 where a rank is 0, else 1. */
  readonly firstRank: 0 | 1 | null;
}

/** A row for each session, or for equal ones with their number: a list of documents, and of clicks on them. */
export interface SessionColumns extends SharedColumns {
  readonly shape: 'sessions';
  readonly query: string;
  readonly documents: string;
  readonly clicks: string;
  readonly count: string | null;
}

/** What the columns of a log file mean. */
export type LogColumns = ImpressionColumns | SessionColumns;

/** Columns that are named; what is not is guessed from the names that the file has. */
export interface NamedColumns {
  readonly session?: readonly string[];
  readonly query?: string;
  readonly document?: string;
  readonly rank?: string;
  readonly click?: string;
  readonly documents?: string;
  readonly clicks?: string;
  readonly count?: string;
  readonly contexts?: readonly string[];
  readonly policy?: string;
  readonly time?: string;
  readonly every?: TimeBucket;
  readonly firstRank?: 0 | 1;
  readonly user?: string;
  readonly propensity?: string;
}

/** Columns of the store, which no context can be called. */
const ownNames = ['list', 'query', 'docs', 'policy', 'propensities', 'part', 'clicks', 'count', 'time', 'user'];
/** Columns of tables that are made on the way. */
const workNames = /^(l|n|s\d+|document|rank|click|clicked|reason|ordinal|valid|docs|ranks|row_reason|propensity|u1)$/;

/**
 * What the columns of a file mean: as they are named, the others as their names say. Columns of times, users and propensities are taken only where
 * they are named, as they divide what is counted.
 * @throws UsageError for a name that the file does not have, a column that is needed and not told, and names of both shapes
 */
export function columnsFor(source: LogSource, named: NamedColumns): LogColumns {
  const names = source.columns.map(({ name }) => name);
  checkThere(source, named, names);
  const guess = (role: ColumnRole): string | null => usualColumn(role, names);
  const contexts = named.contexts ?? [guess('context')].filter((name) => name !== null);
  const shared = {
    contexts: checkContexts(contexts),
    policy: named.policy ?? guess('policy'),
    time: named.time === undefined ? null : { column: named.time, every: named.every ?? 'day' },
    user: named.user ?? null,
    propensity: named.propensity ?? null,
  };
  if (named.time === undefined && named.every !== undefined)
    throw new UsageError(`every ${named.every} is for a column of times; name one (--time)`);
  const shape = shapeOf(named, guess);
  const need = (role: ColumnRole, given: string | undefined): string => given ?? guess(role) ?? missing(source, role, names);
  if (shape === 'sessions')
    return {
      ...shared,
      shape,
      query: need('query', named.query),
      documents: need('documents', named.documents),
      clicks: need('clicks', named.clicks),
      count: named.count ?? guess('count'),
    };
  return {
    ...shared,
    shape,
    session: named.session ?? [guess('session') ?? missing(source, 'session', names)],
    query: need('query', named.query),
    document: need('document', named.document),
    rank: need('rank', named.rank),
    click: need('click', named.click),
    firstRank: named.firstRank ?? null,
  };
}

/** Columns that a file is read for. */
export function usedColumns(columns: LogColumns): string[] {
  const own =
    columns.shape === 'sessions'
      ? [columns.query, columns.documents, columns.clicks, columns.count]
      : [...columns.session, columns.query, columns.document, columns.rank, columns.click];
  const used = [...own, ...columns.contexts, columns.policy, columns.time?.column ?? null, columns.user, columns.propensity];
  return [...new Set(used.filter((name) => name !== null))];
}

const ofImpressions = ['session', 'document', 'rank', 'click', 'firstRank'] as const;
const ofSessions = ['documents', 'clicks', 'count'] as const;

function shapeOf(named: NamedColumns, guess: (role: ColumnRole) => string | null): LogColumns['shape'] {
  const [impression] = ofImpressions.filter((role) => named[role] !== undefined);
  const [session] = ofSessions.filter((role) => named[role] !== undefined);
  if (impression !== undefined && session !== undefined)
    throw new UsageError(
      `a ${optionOf(impression)} is of rows that show one document each, and ${optionOf(session)} of rows that show a whole list; name the columns of one`,
    );
  if (impression !== undefined) return 'impressions';
  return session !== undefined || (guess('documents') !== null && guess('clicks') !== null) ? 'sessions' : 'impressions';
}

const options: Readonly<Record<string, string>> = { documents: 'docs', firstRank: 'first-rank' };
const optionOf = (role: string): string => `--${options[role] ?? role}`;

function missing(source: LogSource, role: ColumnRole, names: readonly string[]): never {
  throw new UsageError(
    `"${source.path}": no column is called as one of ${role} usually is; name it with ${optionOf(role)}. There are ${someIds(names, mostNames)}`,
  );
}

function checkThere(source: LogSource, { session, contexts, ...named }: NamedColumns, names: readonly string[]): void {
  const { every: _every, firstRank: _firstRank, ...single } = named;
  const asked = [
    ...Object.entries(single),
    ...(session ?? []).map((name) => ['session', name]),
    ...(contexts ?? []).map((name) => ['context', name]),
  ];
  for (const [role, name] of asked as [string, string | undefined][])
    if (name !== undefined && !names.includes(name))
      throw new UsageError(
        `${optionOf(role)} ${name}: "${source.path}" has no such column${nearName(name, names) || ';'} there are ${someIds(names, mostNames)}`,
      );
}

function checkContexts(contexts: readonly string[]): readonly string[] {
  const lower = contexts.map((name) => name.toLowerCase());
  const own = contexts.find((_, i) => ownNames.includes(lower[i]) || workNames.test(lower[i]) || lower.indexOf(lower[i]) !== i);
  if (own !== undefined)
    throw new UsageError(`context ${shownText(own)} is a name of the store's own, or is there twice; call the column otherwise`);
  return contexts;
}
