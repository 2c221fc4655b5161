import { DataError } from '../../errors.ts';
import { clickOf } from '../click-value.ts';
import { shownText } from '../decimal.ts';
import { textLines } from '../line-blocks.ts';
import { addSession } from './add-session.ts';
import { leaveOut, type NamedLogFormat, type NamedLogReading, sessionUnit } from './named-log-format.ts';

/** Fields of a line of a document, from 0. */
const [position, url, title, click, fields] = [0, 1, 2, 5, 32];
const headFields = 3;
/** Between the tokens of a text. */
const between = '\x01';
/** The title of the block "others searched", which stands among the results. */
const othersSearched = ['3742', '11492', '12169', '5061', '16905'].join(between);

/**
 * Baidu-ULTR as published (parts of gzip; Zou et al., NeurIPS Datasets and Benchmarks 2022): a line `qid query reformulations`, then a line of 32 fields for each document
 * shown, tabs between. A query is its text, as some qids stand for several: its tokens with hyphens between. A document is the hash of its address; one whose text is
 * missing was shown nevertheless, and stays. The block "others searched" is no result: it is left out, and the ranks below it close up.
 */
export const baiduUltr: NamedLogFormat = {
  description: 'Baidu-ULTR as published: lines "qid query reformulations", then a line of 32 fields for each document',
  contexts: [],
  read: (reading) => readLines(reading),
};

interface Page {
  readonly query: string;
  readonly line: number;
  readonly docs: string[];
  readonly clicks: number[];
  rank: number; //            of the last document, the blocks among them
  fault: DataError | null; // the first of its lines
}

async function readLines(reading: NamedLogReading): Promise<void> {
  const { path, ledger } = reading;
  let page: Page | null = null;
  for await (const { text, line } of textLines(path)) {
    const cells = text.split('\t');
    if (cells.length === 1 && cells[0] === '') continue;
    if (cells.length === headFields) {
      finish(reading, page);
      page = { query: cells[1].replaceAll(between, '-'), line, docs: [], clicks: [], rank: 0, fault: null };
    } else if (page === null || cells.length !== fields) {
      const expected =
        page === null ? `the ${headFields} fields of a query` : `${headFields} fields of a query, or ${fields} of a document`;
      const fault = new DataError(`expected ${expected}, with tabs between; got ${cells.length}`, { file: path, line });
      if (page === null) leaveOut(reading, 'lines', 'before any query', () => fault);
      else page.fault ??= fault;
    } else if (cells[title] === othersSearched) {
      page.rank++;
      ledger.reject('documents', 'that are the block "others searched"');
    } else add(page, cells, { file: path, line });
  }
  finish(reading, page);
}

function add(page: Page, cells: readonly string[], place: { file: string; line: number }): void {
  page.rank++;
  if (cells[position] !== String(page.rank))
    page.fault ??= new DataError(
      `expected position ${page.rank}, as documents stand in their order; got ${shownText(cells[position])}`,
      place,
    );
  const clicked = clickOf(cells[click]);
  if (clicked === null) page.fault ??= new DataError(`the click is neither 0 nor 1; got ${shownText(cells[click])}`, place);
  page.docs.push(cells[url]);
  page.clicks.push(clicked ?? 0);
}

/** A page with a line that breaks the form is left out as a whole. */
function finish(reading: NamedLogReading, page: Page | null): void {
  if (page === null) return;
  const { fault } = page;
  if (fault === null) addSession(reading, page);
  else leaveOut(reading, sessionUnit, 'with a line that breaks the form', () => fault);
}
