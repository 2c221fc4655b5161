import { DataError } from '../../errors.ts';
import { lookup } from '../../registry.ts';
import { type Accounting, Ledger } from '../accounting.ts';
import { checkContext } from '../click-log-format.ts';
import { ListNames } from '../list-columns.ts';
import { reading } from '../reading.ts';
import type { NamedClickLog } from './named-click-log.ts';
import { NamedLogBuilder } from './named-log-builder.ts';
import type { NamedLogFormat } from './named-log-format.ts';
import { detectNamedLogFormat, namedLogFormats } from './named-log-formats.ts';

/** How `readNamedClickLog` reads a file. */
export interface ReadNamedClickLogOptions {
  /** Default: told from the start of the file, or its ending. */
  readonly format?: string;
  /** A column that says what each list was shown in, such as a device: equal lists of different contexts are different lists. Default: none. */
  readonly context?: string;
  /** Numbers of the policies that a column `policy` names, shared by logs that are used together. Default: of this log alone. */
  readonly names?: ListNames;
  /** Leave out lines, sessions and clicks that break the form, and count them by reason, instead of stopping at the first. */
  readonly skipFaulty?: boolean;
  /** Gets what is wrong with each line, session or click that is left out, as the reader meets it. */
  readonly onLeftOut?: (fault: DataError) => void;
}

/**
 * Reads a click log with the names of its queries and documents, plain or gzip, in one of the forms of `namedLogFormats`. Lists may be of any
 * length. A record with a count stands for so many sessions. Forms of records may have a column `policy` too, on every record or on none.
 *
 * Refused, or with `skipFaulty` left out and counted: a line that is not of the form, a click on a document that was not shown or before any
 * query, a list with a document twice or without any. A CSV or Parquet file that breaks its own syntax is refused in any case.
 * @throws DataError with file and line for these, or where no session is left; UsageError for an unknown form, a context that it does not
 *   have, or a file that cannot be read
 */
export function readNamedClickLog(path: string, options: ReadNamedClickLogOptions = {}): Promise<NamedClickLog> {
  return reading(path, () => collect(path, options));
}

async function collect(
  path: string,
  { format, context, names = new ListNames(), skipFaulty = false, onLeftOut }: ReadNamedClickLogOptions,
): Promise<NamedClickLog> {
  if (format !== undefined) lookup('click log format', namedLogFormats, format);
  const name = (format as keyof typeof namedLogFormats | undefined) ?? (await detectNamedLogFormat(path));
  const { contexts, read }: NamedLogFormat = namedLogFormats[name];
  if (context !== undefined) checkContext(context, name, contexts);
  const builder = new NamedLogBuilder(context !== undefined);
  const ledger = new Ledger();
  const accounts: Accounting[] = [];
  await read({ path, builder, context: context ?? null, names, skipFaulty, ...(onLeftOut && { onLeftOut }), ledger, accounts });
  const accounting = [...ledger.accounting(path), ...accounts];
  if (builder.isEmpty) {
    const reasons = accounting.flatMap(({ unit, rejected }) =>
      Object.entries(rejected).map(([reason, count]) => `${count} ${unit} ${reason}`),
    );
    const left = reasons.length === 0 ? '' : `; left out: ${reasons.join(', ')}`;
    throw new DataError(`no session in it: expected at least one list with its clicks${left}`, { file: path });
  }
  return builder.build(accounting);
}
