import { DataError } from '../../errors.ts';
import { type Accounting, comments, Ledger } from '../accounting.ts';
import { lineBlocks, PADDING, strayReturn } from '../line-blocks.ts';
import { FieldScanner } from './field-scanner.ts';

/** What a file of lines of fields looks like. */
export interface TrecFormat {
  readonly fields: number;
  /** Whether words after the last field are let pass, as trec_eval does behind the tag of a run. */
  readonly moreAllowed: boolean;
  readonly example: string; // for messages: topic 0 document grade
}

/** Whole lines, to be read by bytes or by words. */
export interface TrecBlock {
  readonly bytes: Buffer;
  readonly view: DataView; // of the same bytes, and a few more behind them
}

/**
 * Hands over every line of a TREC file that is neither blank nor a comment (# at its start). Plain or gzip, any line ends.
 * @returns what became of the lines, and of the words behind the last field
 * @throws DataError for a line with a wrong number of fields, or a file without lines; UsageError when there is no such file
 */
export async function readTrecLines(
  path: string,
  { fields, moreAllowed, example }: TrecFormat,
  onLine: (block: TrecBlock, scanner: FieldScanner, line: number) => void,
): Promise<Accounting[]> {
  const scanner = new FieldScanner(fields);
  let line = 0;
  let kept = 0;
  let remarks = 0;
  let longer = 0; // lines with words behind the last field
  for await (const bytes of lineBlocks(path)) {
    const block = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length + PADDING) };
    for (let at = 0; at < bytes.length; ) {
      line++;
      at = scanner.scan(block.view, at);
      const { count, stray } = scanner;
      if (stray >= 0) throw new DataError(strayFault(stray), { file: path, line });
      if (scanner.comment) remarks++;
      if (count === 0) continue;
      if (count < fields || (count > fields && !moreAllowed)) {
        const got = count > fields ? `more than ${fields}` : count;
        throw new DataError(`expected ${fields} columns, ${example}; got ${got}`, { file: path, line });
      }
      kept++;
      if (count > fields) longer++;
      onLine(block, scanner, line);
    }
  }
  if (kept === 0) throw new DataError(`empty; expected lines of ${example}`, { file: path });
  const ledger = new Ledger();
  ledger.keep('lines', kept);
  ledger.reject('lines', comments, remarks);
  if (longer > 0) ledger.reject('ends of lines', 'behind the last column', longer);
  return ledger.accounting(path);
}

const strayFault = (byte: number): string =>
  byte === 13 ? strayReturn : `the control character ${byte}; expected plain text in UTF-8 (not UTF-16, nor a binary file)`;

/** @throws DataError that shows the field */
export function fieldFault(
  path: string,
  { bytes }: TrecBlock,
  { starts, ends }: FieldScanner,
  field: number,
  line: number,
  rule: string,
): never {
  const text = bytes.toString('utf8', starts[field], Math.min(ends[field], starts[field] + 40));
  throw new DataError(`${rule}; got ${JSON.stringify(text)}`, { file: path, line });
}
