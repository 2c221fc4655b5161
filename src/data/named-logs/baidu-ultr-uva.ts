import { DataError } from '../../errors.ts';
import { arrowBatches, arrowColumns } from '../arrow/read-arrow.ts';
import { clickOf } from '../click-value.ts';
import { shownText } from '../decimal.ts';
import { parquetColumns, readParquet } from '../read-parquet.ts';
import { addSession } from './add-session.ts';
import { leaveOut, type NamedLogFormat, type NamedLogReading, sessionUnit } from './named-log-format.ts';

/** Columns that are read: a row is a document shown, the rows of a session stand together. */
const columns = ['query_no', 'query_md5', 'url_md5', 'position', 'click'] as const;
const longest = 1000;

/**
 * Baidu-ULTR with features (`baidu-ultr_uva-mlm-ctr`, `baidu-ultr_baidu-mlm-ctr`; Hager et al., SIGIR 2024): Feather files, or Parquet of the same columns. A query is
 * the hash of its text, a document that of its address. These files lack documents whose text is missing, and keep the ranks of the others: at each
 * rank that lacks stands a document `missing-RANK` without a click. It is at that rank alone, so what compares a document with itself at other ranks does not see it.
 */
export const baiduUltrUva: NamedLogFormat = {
  description: `Baidu-ULTR with features, Feather or Parquet: columns ${columns.join(', ')}`,
  contexts: [],
  read: (reading) => readRows(reading),
};

/** Whether the columns of a file are those of the form. */
export const isBaiduUltrUva = (names: readonly string[]): boolean => columns.every((name) => names.includes(name));

interface Page {
  readonly number: string;
  readonly query: string;
  readonly row: number;
  readonly byRank: Map<number, { readonly doc: string; readonly click: number }>;
  fault: DataError | null;
}

async function* rowsOf(path: string): AsyncGenerator<readonly unknown[]> {
  const isParquet = path.endsWith('.parquet');
  const there = isParquet ? await parquetColumns(path) : (await arrowColumns(path)).map(({ name }) => name);
  const missing = columns.find((name) => !there.includes(name));
  if (missing !== undefined)
    throw new DataError(
      `no column "${missing}"${missing === 'click' && there.includes('label') ? ': these are judgments, not clicks' : `; there are: ${there.join(', ')}`}`,
      { file: path },
    );
  if (isParquet) yield* readParquet(path, columns);
  else
    for await (const batch of arrowBatches(path, columns))
      for (let row = 0; row < batch[0].length; row++) yield batch.map((column) => column[row]);
}

async function readRows(reading: NamedLogReading): Promise<void> {
  const { path } = reading;
  let page: Page | null = null;
  let row = 0;
  for await (const [number, query, doc, position, click] of rowsOf(path)) {
    row++;
    if (page === null || page.number !== String(number)) {
      finish(reading, page);
      page = { number: String(number), query: String(query ?? ''), row, byRank: new Map(), fault: null };
    }
    const place = { file: path, line: row };
    const rank = Number(position);
    if (!(Number.isInteger(rank) && rank >= 1 && rank <= longest))
      page.fault ??= new DataError(`the position is no whole number from 1 to ${longest}; got ${shownText(String(position))}`, place);
    else if (page.byRank.has(rank)) page.fault ??= new DataError(`position ${rank} is twice in the session`, place);
    const clicked = clickOf(click);
    if (clicked === null) page.fault ??= new DataError('the click is neither 0 nor 1', place);
    page.byRank.set(rank, { doc: String(doc ?? ''), click: clicked ?? 0 });
  }
  finish(reading, page);
}

function finish(reading: NamedLogReading, page: Page | null): void {
  if (page === null) return;
  const { query, row, byRank, fault } = page;
  if (fault !== null) {
    leaveOut(reading, sessionUnit, 'with a row that breaks the form', () => fault);
    return;
  }
  const last = Math.max(...byRank.keys());
  const shown = Array.from({ length: last }, (_, k) => byRank.get(k + 1) ?? { doc: `missing-${k + 1}`, click: 0 });
  const session = { query, docs: shown.map(({ doc }) => doc), clicks: shown.map(({ click }) => click), line: row };
  if (!addSession(reading, session)) return;
  reading.ledger.keep('documents', byRank.size);
  reading.ledger.reject('documents', 'that the file lacks: missing-RANK stands for each', last - byRank.size);
}
