import { type CsvError, type Info, Parser } from 'csv-parse';
import { DataError } from '../errors.ts';
import { blanks, trimBlankEnd } from './blanks.ts';
import { textChunks } from './byte-source.ts';
import { firstLine } from './reading.ts';

/** A record of a CSV file, and the line where it ends, from 1. */
export interface CsvRow {
  readonly cells: string[];
  readonly line: number;
}

type Parsed = { readonly record: string[]; readonly info: Info };
/** What csv-parse's stream is built around. Fed by hand: what it throws in a stream's callback, no one could catch. */
interface Core {
  readonly info: { readonly lines: number };
  readonly state: { timchars: Buffer[]; readonly field: Buffer; readonly wasQuoting: boolean; readonly record: string[] };
  __onField(): void;
  __resetField(): void;
  parse(chunk: Buffer | undefined, end: boolean, push: (row: Parsed) => void, close: () => void): CsvError | undefined;
}

/** csv-parse takes all white space of Unicode for blanks. */
function trimBlanksOnly(api: Core): void {
  api.state.timchars = blanks.map((blank) => Buffer.from(blank));
  api.__onField = () => {
    const { field, wasQuoting, record } = api.state;
    const cell = field.toString('utf8');
    record.push(wasQuoting ? cell : trimBlankEnd(cell));
    api.__resetField();
  };
}

/** Only a file that is not CSV has longer records, say for a quote that never ends; without a bound they would fill the memory. */
const longestRecord = 1 << 22;

/**
 * The records of a CSV file (RFC 4180; plain or .gz), the header among them; empty lines are passed over.
 * @param options.trim leave out blanks around cells, but for those within quotes. Default false
 * @param options.separator one letter between cells. Default a comma
 * @throws UsageError when the file cannot be read; DataError with the line on broken CSV or a record above 4 MiB
 */
export async function* csvRows(
  path: string,
  { trim = false, separator = ',' }: { readonly trim?: boolean; readonly separator?: string } = {},
): AsyncGenerator<CsvRow> {
  const options = {
    info: true,
    trim,
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    relax_column_count: true,
  };
  const { api } = new Parser(options) as unknown as { api: Core };
  if (trim) trimBlanksOnly(api);
  let rows: CsvRow[] = [];
  let counted = 0; // line ends of two bytes within quotes, which csv-parse takes for two lines
  const push = ({ record, info }: Parsed) => {
    if (record[0].startsWith('\uFEFF')) throw fault('a byte order mark before the line; if files were joined here, take it out');
    for (const cell of record) if (cell.includes('\r\n')) counted += cell.split('\r\n').length - 1;
    rows.push({ cells: record, line: info.lines - counted });
  };
  const fault = (problem: string, options?: ErrorOptions) =>
    new DataError(problem, { file: path, line: api.info.lines - counted }, options);
  const feed = (chunk: Buffer | undefined) => {
    try {
      const error = api.parse(chunk, chunk === undefined, push, () => {});
      return error === undefined ? null : fault(`not CSV: ${firstLine(error)}`, { cause: error });
    } catch (error) {
      return error instanceof DataError ? error : fault(`not CSV: ${firstLine(error)}`, { cause: error });
    }
  };
  let open = 0; // bytes since the last record ended, at most
  for await (const chunk of textChunks(path)) {
    rows = [];
    const problem = feed(chunk);
    yield* rows;
    if (problem !== null) throw problem;
    open = rows.length > 0 ? chunk.length : open + chunk.length;
    if (open > longestRecord) throw fault('a record of more than 4 MiB; is a quote not closed, or is this no CSV file?');
  }
  rows = [];
  const problem = feed(undefined);
  yield* rows;
  if (problem !== null) throw problem;
}
