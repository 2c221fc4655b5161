import { UsageError } from '../../errors.ts';
import type { Read } from '../accounting.ts';
import type { QuerySet } from '../query-set.ts';
import { isFeatureLog, readFeatureLog } from '../read-feature-log.ts';
import { readSvmlight, type SvmlightOptions } from '../read-svmlight.ts';
import type { NamedDocumentColumns } from './document-columns.ts';
import { type DocumentTable, isDocumentTable, readDocumentTable } from './read-document-table.ts';

/** How files of documents are read, whatever their form. */
export interface DocumentOptions extends SvmlightOptions {
  /** Of tables. */
  readonly columns?: NamedDocumentColumns | undefined;
}

/** Reads documents with their features by the ending of the file: a table, a feature log of a search engine, else SVMlight. Errors as of these. */
export async function readAnyDocuments(path: string, options: DocumentOptions = {}): Promise<DocumentTable> {
  const { columns, gains = 'exponential', ...form } = options;
  const { missing = 'refuse' } = form;
  if (isDocumentTable(path)) return readDocumentTable(path, { gains, missing, ...(columns && { columns }) });
  if (columns !== undefined && Object.values(columns).some((name) => name !== undefined))
    throw new UsageError(`"${path}" is no table of Parquet, Arrow or CSV, and so has no columns to name; leave data.columns out`);
  return {
    ...(isFeatureLog(path) ? await readFeatureLog(path, { missing }) : await readSvmlight(path, { ...form, gains })),
    ofQueries: true,
  };
}

/** {@link readAnyDocuments} of queries. @throws UsageError too for a table without a column of them */
export async function readDocuments(path: string, options: DocumentOptions = {}): Promise<Read<QuerySet>> {
  const { ofQueries, ...set } = await readAnyDocuments(path, options);
  if (!ofQueries)
    throw new UsageError(
      `"${path}": no column is called as one of queries usually is; name it in data.columns.query. Documents of no query are for a log (fit, diagnose, log.path)`,
    );
  return set;
}
