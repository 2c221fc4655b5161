import { DataError, UsageError } from '../../errors.ts';
import { firstLine, readFault } from '../reading.ts';
import { isSystemError } from '../system-error.ts';
import { ArrowBatch } from './arrow-batch.ts';
import { type ArrowCell, cellsOf } from './arrow-cells.ts';
import { ArrowFile, messages } from './arrow-messages.ts';
import { type ArrowField, fieldsOf, sqlTypeOf } from './arrow-schema.ts';
import type { FlatTable } from './flat-table.ts';

/** A column of an Arrow file, and the type of DuckDB's that holds it. */
export interface ArrowColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * The columns of an Arrow IPC file (Feather, version 2) or stream.
 * @throws UsageError for a file that cannot be read, DataError for one that is not of the form
 */
export function arrowColumns(path: string): Promise<ArrowColumn[]> {
  return withFile(path, async (file) => {
    for await (const { kind, header } of file.messages())
      if (kind === messages.schema) return fieldsOf(header).map((field) => ({ name: field.name, type: sqlTypeOf(field) }));
    throw new RangeError('it has no schema');
  });
}

/**
 * The rows of an Arrow file batch by batch: for each column asked for, in that order, its cells. Of the other columns nothing is read.
 * Text, whole numbers, decimals, flags, times, lists of these, and dictionaries of them; buffers that lz4 packed, or zstd from Node 22.15 on.
 * @param names of columns, which are there @throws as {@link arrowColumns}
 */
export async function* arrowBatches(path: string, names: readonly string[]): AsyncGenerator<readonly (readonly ArrowCell[])[]> {
  const file = await ArrowFile.open(path).catch((error: unknown) => {
    throw readFault(path, error);
  });
  try {
    let fields: readonly ArrowField[] = [];
    const dictionaries = new Map<number, readonly ArrowCell[]>();
    for await (const message of file.messages()) {
      const { kind, header } = message;
      if (kind === messages.schema) fields = fieldsOf(header);
      if (kind === messages.dictionary) {
        const id = header.length(0);
        const field = withDictionary(fields, id);
        if (field === undefined) continue;
        const data = new ArrowBatch(file, message, header.table(1) as FlatTable);
        const values = await cellsOf(data, { ...field, dictionary: null, places: null }, dictionaries);
        const isDelta = header.uint8(2) !== 0;
        dictionaries.set(id, isDelta ? [...(dictionaries.get(id) ?? []), ...values] : values);
      }
      if (kind === messages.batch) yield await columnsOf(new ArrowBatch(file, message, header), fields, names, dictionaries);
    }
  } catch (error) {
    throw arrowFault(path, error);
  } finally {
    await file.close();
  }
}

async function columnsOf(
  batch: ArrowBatch,
  fields: readonly ArrowField[],
  names: readonly string[],
  dictionaries: ReadonlyMap<number, readonly ArrowCell[]>,
): Promise<readonly (readonly ArrowCell[])[]> {
  const found = new Map<string, readonly ArrowCell[]>();
  for (const field of fields) {
    if (names.includes(field.name)) found.set(field.name, await cellsOf(batch, field, dictionaries));
    else batch.skip(field);
  }
  const columns = names.map((name) => found.get(name) ?? []);
  if (columns.some(({ length }) => length !== columns[0].length)) throw new RangeError('columns of different lengths');
  return columns;
}

/** The field, perhaps within a list, that has a dictionary. */
function withDictionary(fields: readonly ArrowField[], id: number): ArrowField | undefined {
  for (const field of fields) {
    const found = field.dictionary === id ? field : withDictionary(field.children, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function withFile<T>(path: string, work: (file: ArrowFile) => Promise<T>): Promise<T> {
  const file = await ArrowFile.open(path).catch((error: unknown) => {
    throw readFault(path, error);
  });
  try {
    return await work(file);
  } catch (error) {
    throw arrowFault(path, error);
  } finally {
    await file.close();
  }
}

function arrowFault(path: string, error: unknown): unknown {
  if (error instanceof DataError || error instanceof UsageError) return error;
  if (isSystemError(error) && error.syscall !== undefined) return readFault(path, error);
  return new DataError(`not an Arrow file that can be read: ${firstLine(error)}`, { file: path }, { cause: error });
}
