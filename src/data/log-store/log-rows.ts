import { sqlName } from '../duckdb.ts';
import { countSql, flagSql, flagsSql, idSql, isWhole, listSql, propensitiesSql, propensitySql, rankSql, timeSql } from './column-sql.ts';
import type { LogColumns } from './log-columns.ts';
import { usedColumns } from './log-columns.ts';
import type { LogSource, SourceColumn } from './log-source.ts';
import { relationOf } from './source-relation.ts';

/** A rule that a row may break: what is true where it does, and what is said of it. */
interface RowRule {
  readonly broken: string;
  readonly reason: string;
  readonly of?: SourceColumn; // whose value breaks it; absent where there is nothing to show
}

/** Rows of a source with columns by what they mean, and the rules that they must keep. */
export interface LogRows {
  /** SELECT without a rule: what is of impressions (s0 …, query, document, rank, click, propensity) or of sessions (query, docs, clicks, count, propensities), contexts, policy, time, user. */
  readonly fields: (ordinal?: boolean) => string;
  /** The same of those rows alone whose session is among `sessions`, SQL of a table with a column l and the keys; with that l. */
  readonly fieldsOf: (sessions: string) => string;
  /** What is true of a row that is of some session; of impressions. */
  readonly hasSession: string;
  /** Columns by which sessions are told apart; of impressions. */
  readonly keys: readonly string[];
  /** Columns of a list but for its documents, as the store names them. */
  readonly ofList: readonly string[];
  readonly rules: readonly RowRule[];
  /** What rows are told apart by beside their list and clicks: the time, the user. */
  readonly ofRow: readonly string[];
  readonly hasPropensity: boolean;
}

/** A row keeps all rules. */
export const keepsRules = ({ rules }: LogRows): string => `NOT (${rules.map(({ broken }) => broken).join(' OR ')})`;

/** What is wrong with a row, NULL where nothing is. */
export const reasonOf = ({ rules }: LogRows): string =>
  `CASE ${rules.map(({ broken, reason }) => `WHEN ${broken} THEN '${reason}'`).join(' ')} END`;

const gotName = (rule: number) => `"counterrank got ${rule}"`; // a name that no column has

/** The text of the value that breaks a rule, NULL where there is none to show; of {@link LogRows.fields} with their ordinal. */
export const brokenValueOf = ({ rules }: LogRows): string =>
  `CASE ${rules.map(({ broken, of }, i) => `WHEN ${broken} THEN ${of === undefined ? 'NULL' : gotName(i)}`).join(' ')} END`;

/** The most documents of a list. */
export const longestList = 5000;

/** @throws DataError for a Parquet column of a type that cannot mean what it is named for */
export function logRows(source: LogSource, columns: LogColumns): LogRows {
  const used = usedColumns(columns);
  const find = (name: string) => source.columns.find((column) => column.name === name) as SourceColumn;
  const id = (name: string) => idSql(source, find(name));
  const ofList = ['query', ...columns.contexts, ...(columns.policy === null ? [] : ['policy'])];
  const listFields = [
    `${id(columns.query)} AS query`,
    ...columns.contexts.map((name) => `${id(name)} AS ${sqlName(name)}`),
    ...(columns.policy === null ? [] : [`${id(columns.policy)} AS policy`]),
    ...(columns.time === null ? [] : [`${timeSql(source, find(columns.time.column), columns.time.every)} AS "time"`]),
    ...(columns.user === null ? [] : [`${id(columns.user)} AS "user"`]),
  ];
  const own = columns.shape === 'impressions' ? impressionFields(source, columns, find) : sessionFields(source, columns, find);
  const rules = [
    ...(source.form === 'json-lines' ? [noObject(own.fields)] : []),
    ...own.before,
    ...ofList.map((name) => empty(sqlName(name), `the ${name.replaceAll("'", "''")}`)),
    ...own.rules,
    ...(columns.time === null
      ? []
      : [
          {
            broken: '"time" IS NULL',
            reason: 'the time is neither a time such as 2024-05-01 12:00:00 nor seconds since 1970',
            of: find(columns.time.column),
          },
        ]),
    ...(columns.user === null ? [] : [empty('"user"', 'the user')]),
  ];
  const got = rules.flatMap(({ of }, i) => (of === undefined ? [] : [`CAST(${of.sql} AS VARCHAR) AS ${gotName(i)}`]));
  const fields = (ordinal = false) =>
    `SELECT ${[...own.fields, ...listFields, ...(ordinal ? ['ordinal', ...got] : [])].join(', ')} FROM ${relationOf(source, used, ordinal)}`;
  const fieldsOf = (sessions: string) => {
    const on = own.keySql.map((sql, i) => `${sql} = "counterrank s${i}"`).join(' AND '); // names that no column has
    return `SELECT "counterrank l" AS l, ${[...own.fields, ...listFields].join(', ')} FROM (SELECT * FROM ${relationOf(source, used)}
      JOIN (SELECT l AS "counterrank l", ${own.keys.map((key) => `${key} AS "counterrank ${key}"`).join(', ')} FROM ${sessions}) ON ${on})`;
  };
  const hasSession = `NOT (${own.before.map(({ broken }) => broken).join(' OR ') || 'false'})`;
  const ofRow = [...(columns.time === null ? [] : ['"time"']), ...(columns.user === null ? [] : ['"user"'])];
  return { fields, fieldsOf, hasSession, keys: own.keys, ofList, rules, ofRow, hasPropensity: columns.propensity !== null };
}

const empty = (sql: string, what: string): RowRule => ({ broken: `coalesce(${sql} = '', true)`, reason: `${what} is empty` });

/** What the database makes of a line of JSON that it cannot read, and we of one that has a key twice: a row of nothing. */
const noObject = (fields: readonly string[]): RowRule => ({
  broken: ['query', ...fields.map((field) => field.slice(field.lastIndexOf(' AS ') + 4)).filter((name) => name !== '"count"')]
    .map((name) => `${name} IS NULL`)
    .join(' AND '),
  reason: 'a line that is no JSON, or an object without these columns or with a key twice',
});

interface OwnFields {
  readonly fields: readonly string[];
  readonly keys: readonly string[];
  readonly keySql: readonly string[]; // of the file's own columns
  readonly before: readonly RowRule[];
  readonly rules: readonly RowRule[];
}

function impressionFields(
  source: LogSource,
  { session, document, rank, click, propensity }: Extract<LogColumns, { shape: 'impressions' }>,
  find: (name: string) => SourceColumn,
): OwnFields {
  const keys = session.map((_, i) => `s${i}`);
  const isId = (name: string) => isWhole.test(find(name).type);
  const sessionSql = (name: string) => (isId(name) ? find(name).sql : idSql(source, find(name))); // a number is grouped faster than its text
  return {
    fields: [
      ...session.map((name, i) => `${sessionSql(name)} AS s${i}`),
      `${idSql(source, find(document))} AS document`,
      `${rankSql(source, find(rank))} AS rank`,
      `${flagSql(source, find(click))} AS click`,
      ...(propensity === null ? [] : [`${propensitySql(source, find(propensity))} AS propensity`]),
    ],
    keys,
    keySql: session.map(sessionSql),
    before: session.map((name, i) =>
      isId(name) ? { broken: `s${i} IS NULL`, reason: 'the session is empty' } : empty(`s${i}`, 'the session'),
    ),
    rules: [
      empty('document', 'the document'),
      {
        broken: `coalesce(rank < 0 OR rank > ${longestList}, true)`,
        reason: `the rank is no whole number from 0 to ${longestList}`,
        of: find(rank),
      },
      { broken: 'click IS NULL', reason: 'the click is neither 0 nor 1', of: find(click) },
      ...(propensity === null
        ? []
        : [
            {
              broken: 'coalesce(NOT (propensity > 0 AND propensity <= 1), true)',
              reason: 'the propensity is no number above 0 and up to 1',
              of: find(propensity),
            },
          ]),
    ],
  };
}

function sessionFields(
  source: LogSource,
  { documents, clicks, count, propensity }: Extract<LogColumns, { shape: 'sessions' }>,
  find: (name: string) => SourceColumn,
): OwnFields {
  return {
    fields: [
      `${listSql(source, find(documents))} AS docs`,
      `${flagsSql(source, find(clicks))} AS clicked`,
      `${count === null ? '1::BIGINT' : countSql(source, find(count))} AS "count"`,
      ...(propensity === null ? [] : [`${propensitiesSql(source, find(propensity))} AS propensities`]),
    ],
    keys: [],
    keySql: [],
    before: [],
    rules: [
      { broken: 'coalesce(len(docs) = 0, true)', reason: 'a list without documents' },
      { broken: `len(docs) > ${longestList}`, reason: `a list of more than ${longestList} documents` },
      { broken: "list_contains(docs, '') OR len(list_filter(docs, lambda d: d IS NULL)) > 0", reason: 'a document is empty' },
      { broken: 'list_unique(docs) <> len(docs)', reason: 'a document is twice in the list', of: find(documents) },
      { broken: 'coalesce(len(clicked) <> len(docs), true)', reason: 'not as many clicks as documents', of: find(clicks) },
      {
        broken: 'len(list_filter(clicked, lambda c: c IS NULL)) > 0',
        reason: 'a click is neither 0 nor 1',
        of: find(clicks),
      },
      { broken: 'coalesce("count" < 1, true)', reason: 'the count is no whole number above 0', ...(count !== null && { of: find(count) }) },
      ...(propensity === null
        ? []
        : [
            {
              broken: 'coalesce(len(propensities) <> len(docs), true)',
              reason: 'not as many propensities as documents',
              of: find(propensity),
            },
            {
              broken: 'len(list_filter(propensities, lambda p: coalesce(NOT (p > 0 AND p <= 1), true))) > 0',
              reason: 'a propensity is no number above 0 and up to 1',
              of: find(propensity),
            },
          ]),
    ],
  };
}
