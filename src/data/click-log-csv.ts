import { pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { DataError } from '../errors.ts';
import type { ClickLogRecord } from './click-log-format.ts';
import { openBytes, readFault } from './open-bytes.ts';

const required = ['query', 'docs', 'clicks'];
const columns = [...required, 'count'];

/** Records of a CSV click log: a header with the columns query, docs, clicks and perhaps count, in any order. */
export async function* csvRecords(path: string): AsyncGenerator<ClickLogRecord> {
  const source = await openBytes(path);
  const parser = parse({ bom: true, info: true, skip_empty_lines: true, relax_column_count: true });
  const rows = pipeline(source, parser, () => {}); // an error of either ends the iteration of the parser
  let header: string[] | null = null;
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: Info }>) {
      const place = { file: path, line: info.lines };
      if (header === null) header = checkHeader(record, place);
      else yield toRecord(header, record, place);
    }
  } catch (error) {
    throw isCsvError(error) ? new DataError(error.message, { file: path }) : readFault(path, error);
  } finally {
    source.destroy();
  }
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof CsvError;
}

function checkHeader(header: string[], place: { file: string; line: number }): string[] {
  const stray = header.find((name, i) => !columns.includes(name) || header.indexOf(name) !== i);
  const missing = required.find((name) => !header.includes(name));
  if (stray === undefined && missing === undefined) return header;
  const fault = missing === undefined ? `column "${stray}" is unknown or there twice` : `no column "${missing}"`;
  throw new DataError(`${fault}; expected the header query,docs,clicks,count`, place);
}

function toRecord(header: string[], cells: string[], place: { file: string; line: number }): ClickLogRecord {
  if (cells.length !== header.length) throw new DataError(`expected ${header.length} cells, got ${cells.length}`, place);
  const [query, docs, clicks, count] = columns.map((name) => cells[header.indexOf(name)]);
  return {
    query,
    docs: words(docs),
    clicks: words(clicks).map(toNumber),
    count: count === undefined ? 1 : toNumber(count),
    line: place.line,
  };
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

/** NaN, which the reader refuses, for what is no number; `Number` alone would take an empty cell for 0. */
const toNumber = (text: string) => (text.trim() === '' ? NaN : Number(text));
