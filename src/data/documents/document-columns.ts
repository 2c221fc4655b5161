import { UsageError } from '../../errors.ts';
import { nearName } from '../../registry.ts';
import { shownText } from '../decimal.ts';
import type { LogSource } from '../log-store/log-source.ts';
import { usualColumn } from '../log-store/usual-columns.ts';
import { someIds } from '../shared-ids.ts';

/** Columns of a table of documents that are named; what is not is told by how columns usually are called. */
export interface NamedDocumentColumns {
  readonly query?: string | undefined;
  readonly document?: string | undefined;
  readonly label?: string | undefined;
  /** Of numbers, or of lists of them; put beside each other in this order. */
  readonly features?: readonly string[] | undefined;
}

/** What the columns of a table of documents mean. */
export interface DocumentColumns {
  readonly query: string | null; // null: features are of the document, whatever the query
  readonly document: string;
  readonly label: string | null; // null: nobody judged
  readonly features: readonly string[];
}

/** Names of columns in a message; a damaged header may have a hundred thousand. */
const mostNames = 20;

/**
 * What the columns of a table of documents mean: as they are named, the others as their names say. Features that are not named are the one column of
 * lists of numbers, or, where no column has such, all columns but those of query, document and label, in the order of the file.
 * @throws UsageError for a name that the file does not have, no column of documents, and features that cannot be told: several columns of lists, or a
 *   column of text or one as logs have it among the others
 */
export function documentColumnsOf(source: LogSource, named: NamedDocumentColumns): DocumentColumns {
  const { path, columns } = source;
  const names = columns.map(({ name }) => name);
  const asked = [named.query, named.document, named.label, ...(named.features ?? [])].filter((name) => name !== undefined);
  for (const name of asked)
    if (!names.includes(name))
      throw new UsageError(
        `"${path}" has no column ${shownText(name)}${nearName(name, names) || ';'} there are ${someIds(names, mostNames)}`,
      );
  const document = named.document ?? usualColumn('document', names);
  if (document === null)
    throw new UsageError(
      `"${path}": no column is called as one of documents usually is; name it in data.columns.document. There are ${someIds(names, mostNames)}`,
    );
  const own = { query: named.query ?? usualColumn('query', names), document, label: named.label ?? usualColumn('label', names) };
  return { ...own, features: named.features ?? guessFeatures(source, Object.values(own)) };
}

const listOfNumbers = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))\[\d*\]$/;
const number = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;
/** What a log tells of how a document was shown, which no ranker can know before it is. */
const ofLogs = ['session', 'rank', 'click', 'documents', 'clicks', 'count', 'policy', 'context'] as const;

function guessFeatures({ path, form, columns }: LogSource, own: readonly (string | null)[]): readonly string[] {
  const others = columns.filter(({ name }) => !own.includes(name));
  const cannot = (what: string) => new UsageError(`"${path}": ${what}; name the columns of features in data.columns.features`);
  const lists = others.filter(({ type }) => listOfNumbers.test(type));
  if (lists.length > 1)
    throw cannot(
      `columns ${someIds(
        lists.map(({ name }) => name),
        mostNames,
      )} all hold lists of numbers`,
    );
  if (lists.length === 1) return [lists[0].name];
  if (others.length === 0) throw cannot('no column is left for features');
  const names = others.map(({ name }) => name);
  const logged = ofLogs.map((role) => usualColumn(role, names)).find((name) => name !== null);
  if (logged != null) throw cannot(`column ${shownText(logged)} is one of a log, which no ranker knows before a document is shown`);
  const text = form === 'csv' ? undefined : others.find(({ type }) => !number.test(type));
  if (text !== undefined) throw cannot(`column ${shownText(text.name)} holds ${text.type}, no number`);
  return names;
}
