import { DataError } from '../../errors.ts';
import { type GainRule, labelFault } from '../../label-gains.ts';
import { Ledger, type Read } from '../accounting.ts';
import { decimalOf, fitsFloat32, float32Range, keptInFloat32, shownText } from '../decimal.ts';
import { openSource } from '../log-store/log-source.ts';
import { checkMissing, isMissingCell, type MissingRule } from '../missing-values.ts';
import { isBaiduUltrUva } from '../named-logs/baidu-ultr-uva.ts';
import type { QuerySet } from '../query-set.ts';
import { reading } from '../reading.ts';
import { type DocumentColumns, documentColumnsOf, type NamedDocumentColumns } from './document-columns.ts';
import { anyQuery, DocumentRows } from './document-rows.ts';
import { tableRows } from './table-rows.ts';
import { MissingRanks, uvaColumns } from './uva-documents.ts';

/** Endings of files that are read as tables of documents; .gz may follow .csv and .tsv. */
export const isDocumentTable = (path: string): boolean => /\.(parquet|arrow|arrows|feather|ipc|(csv|tsv)(\.gz)?)$/i.test(path);

/** Documents, and whether they are of queries: else all are of one, and have the same features whatever the query. */
export type DocumentTable = Read<QuerySet> & { readonly ofQueries: boolean };

/** How `readDocumentTable` reads a table. */
export interface DocumentTableOptions {
  readonly columns?: NamedDocumentColumns;
  readonly gains?: GainRule;
  /** What becomes of features that are NULL, NaN, an empty cell, or the text nan, na or null: `keep` reads them as NaN. Default: refuse. */
  readonly missing?: MissingRule;
}

/**
 * Reads documents with their features from a table: Parquet, Arrow IPC (Feather) or CSV, a row a document of a query. Features are columns of numbers, or of
 * lists of as many numbers in each row (a fixed-size list, an embedding); feature i is the i-th of all, from 1. Rows of a query may stand anywhere. Labels are 0 where no column has them. A document
 * that a query has again is merged where it is the same. Of Baidu-ULTR with features (UvA) the rows are those of the log, and documents `missing-RANK` get features of 0.
 * Without a column of queries the features of a document are the same whatever the query.
 * @throws DataError with file and line for an empty id, a feature or label that is no number that 32 bits hold, lists of different lengths, a document that differs from itself, and missing values unless they are kept;
 *   UsageError as {@link documentColumnsOf}, and for a file that cannot be read
 */
export function readDocumentTable(
  path: string,
  { columns: named = {}, gains = 'exponential', missing: rule = 'refuse' }: DocumentTableOptions = {},
): Promise<DocumentTable> {
  return reading(path, async () => {
    const source = await openSource(path);
    const isUva = source.form !== 'csv' && isBaiduUltrUva(source.columns.map(({ name }) => name));
    const columns = documentColumnsOf(source, isUva ? uvaColumns(source, named) : named);
    const missing = isUva ? new MissingRanks() : null;
    const rows = new DocumentRows();
    const ledger = new Ledger();
    const width = new Width();
    const faultOfLabel = labelFault(gains);
    const { names, ids, ends } = layout(columns, missing !== null);
    for await (const { cells, line } of tableRows(source, names, ids)) {
      const place = { file: path, line };
      const query = columns.query === null ? anyQuery : idOf(cells[1], 'query', place);
      const label = columns.label === null ? 0 : labelOf(cells[ends], faultOfLabel, place);
      const features = width.check(featuresOf(cells.slice(2, ends), columns.features, place), place);
      const isNew = rows.add(query, idOf(cells[0], 'document', place), label, features, place);
      if (isNew) ledger.keep('documents');
      else ledger.merge('documents');
      missing?.see(query, cells.at(-2), cells.at(-1));
    }
    if (width.is === null) throw new DataError('no documents: it has no row', { file: path });
    for (const { query, document } of missing?.all() ?? [])
      rows.add(query, document, 0, new Float32Array(width.is), { file: path, line: 0 });
    const set = rows.build(width.is);
    checkMissing(set, path, rule);
    return { ...set, ofQueries: columns.query !== null, accounting: ledger.accounting(path) };
  });
}

/** Columns in the order in which their cells are read: document, query, features, and the label and what tells of missing ranks where there are such. */
function layout({ query, document, label, features }: DocumentColumns, isUva: boolean) {
  const ids = [document, query ?? document];
  const names = [...ids, ...features, ...(label === null ? [] : [label]), ...(isUva ? ['query_no', 'position'] : [])];
  return { names, ids, ends: 2 + features.length };
}

type Place = { readonly file: string; readonly line: number };

/** How many features documents have: all as many as the first. */
class Width {
  is: number | null = null;

  check(features: Float32Array, place: Place): Float32Array {
    this.is ??= features.length;
    if (features.length === this.is && this.is > 0) return features;
    throw new DataError(
      this.is === 0 ? 'a document without a feature' : `${features.length} features, where rows before have ${this.is}`,
      place,
    );
  }
}

function idOf(cell: unknown, what: string, place: Place): string {
  const isId = typeof cell === 'string' || typeof cell === 'bigint' || Number.isSafeInteger(cell);
  const id = isId ? String(cell) : '';
  if (id.trim() === '')
    throw new DataError(`a ${what} must have an id, text or a whole number; got ${shownText(String(cell ?? ''))}`, place);
  return id;
}

function labelOf(cell: unknown, faultOf: (label: number) => string | null, place: Place): number {
  const label = numberOf(cell);
  const fault = keptInFloat32(label) ? faultOf(label) : `a label must be a number; got ${shownText(String(cell ?? ''))}`;
  if (fault !== null) throw new DataError(fault, place);
  return label;
}

function featuresOf(cells: readonly unknown[], names: readonly string[], place: Place): Float32Array {
  const values: number[] = [];
  for (const [c, cell] of cells.entries())
    for (const item of Array.isArray(cell) ? cell : [cell]) {
      const isMissing = isMissingCell(item);
      const value = isMissing ? Number.NaN : typeof item === 'number' ? item : numberOf(item);
      if (!isMissing && !fitsFloat32(value))
        throw new DataError(
          `a feature of column ${shownText(names[c])} must be a number as it can be kept: ${float32Range}; got ${shownText(String(item ?? ''))}`,
          place,
        );
      values.push(value);
    }
  return Float32Array.from(values);
}

function numberOf(cell: unknown): number {
  if (typeof cell === 'string') return decimalOf(cell, 'decimal');
  return typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean' ? Number(cell) : Number.NaN;
}
