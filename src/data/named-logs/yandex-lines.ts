import { DataError } from '../../errors.ts';
import { shownText } from '../decimal.ts';
import { growingFloat64, growingUint8 } from '../growing-array.ts';
import { lineBlocks, PADDING, strayReturn, strayReturnAt } from '../line-blocks.ts';
import { repeatIn } from './named-log-builder.ts';
import { clickUnit, leaveOut, type NamedLogReading, sessionUnit } from './named-log-format.ts';
import { TabFields } from './tab-fields.ts';

/** A result page that the search session has shown; ids are codes. */
interface Page {
  readonly id: number; // within the search session; 0 where the format has none
  readonly query: number;
  readonly context: number;
  readonly start: number; // of its documents
  readonly end: number;
  readonly leftOut: string | null; // why it is no session of the log
}

/**
 * Reads a log of lines of fields with tabs between, the first of them the search session: the lines of one stand together, a click after the
 * page that it is on. Each page becomes a session of the click log.
 */
export class YandexLines {
  readonly fields = new TabFields();
  readonly #reading: NamedLogReading;
  readonly #expected: string;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #line = 0;
  #searchSession = new Uint8Array(32); // the id of the current one …
  #idLength = 0; //                       … has so many bytes
  readonly #pages: Page[] = []; //                   that it has shown, and of all of them
  readonly #documents = growingFloat64();
  readonly #clicks = growingUint8();
  readonly #kept = { sessions: 0, clicks: 0, repeats: 0 };

  /** @param expected what lines look like */
  constructor(reading: NamedLogReading, expected: string) {
    this.#reading = reading;
    this.#expected = expected;
  }

  /** @param onLine is called for each line that is not empty, told whether it begins a search session: its fields are in `fields` */
  async read(onLine: (begins: boolean) => void): Promise<void> {
    const { path, ledger } = this.#reading;
    for await (const block of lineBlocks(path)) {
      this.#bytes = block;
      this.#view = new DataView(block.buffer, block.byteOffset, block.length + PADDING);
      const stray = strayReturnAt(block);
      for (let at = 0; at < block.length; ) {
        this.#line++;
        const next = this.fields.scan(block, at);
        if (stray >= at && stray < next) throw this.#fault(strayReturn);
        at = next;
        if (this.fields.count === 0) continue;
        onLine(this.#enter());
      }
    }
    this.#leave();
    ledger.keep(sessionUnit, this.#kept.sessions);
    if (this.#kept.clicks > 0) ledger.keep(clickUnit, this.#kept.clicks);
    if (this.#kept.repeats > 0) ledger.merge(clickUnit, this.#kept.repeats);
  }

  /** The byte of a field of one byte, else −1. */
  letter(field: number): number {
    const start = this.fields.starts[field];
    return this.fields.ends[field] === start + 1 ? this.#bytes[start] : -1;
  }

  /** Whether a field is a whole number. */
  isWhole(field: number): boolean {
    return this.fields.numbers[field] >= 0;
  }

  code(field: number): number {
    const number = this.fields.numbers[field];
    return number >= 0 ? number : this.codeUpTo(field, this.fields.ends[field]);
  }

  /** Of the start of a field. */
  codeUpTo(field: number, end: number): number {
    return this.#reading.builder.codes.ofBytes(this.#bytes, this.#view, this.fields.starts[field], end);
  }

  /** Where the byte is in a field; its end where it is not. */
  find(field: number, byte: number): number {
    const end = this.fields.ends[field];
    let at = this.fields.starts[field];
    while (at < end && this.#bytes[at] !== byte) at++;
    return at;
  }

  /** The line is none of those that the format has. */
  refuse(): void {
    leaveOut(this.#reading, 'lines', 'that break the form', () => {
      const { starts, ends, count } = this.fields;
      const text = shownText(this.#bytes.toString('utf8', starts[0], Math.min(ends[count - 1], starts[0] + 240)));
      return this.#fault(`expected ${this.#expected}, with tabs between; got ${text}`);
    });
  }

  /** A page whose documents are the fields from `first` on. @param separator what ends a document within its field; −1 for nothing */
  page(id: number, query: number, context: number, first: number, separator: number, leftOut: string | null): void {
    const documents = this.#documents;
    const start = documents.length;
    const { count } = this.fields;
    const end = start + count - first;
    documents.reserve(end - start);
    this.#clicks.reserve(end - start);
    for (let f = first; f < count; f++)
      documents.values[start + f - first] = separator < 0 ? this.code(f) : this.codeUpTo(f, this.find(f, separator));
    this.#clicks.values.fill(0, start, end);
    documents.length = this.#clicks.length = end;
    const twice = leftOut === null ? repeatIn(documents.values, start, end) : -1;
    if (twice >= 0)
      leaveOut(this.#reading, sessionUnit, 'with a document twice', () =>
        this.#faultOf(`document ${this.#text(documents.values[twice])} is twice in the list`),
      );
    else if (leftOut !== null) this.#reading.ledger.reject(sessionUnit, leftOut);
    this.#pages.push({ id, query, context, start, end, leftOut: twice >= 0 ? 'with a document twice' : leftOut });
  }

  /** A click on the latest page of this id that shows the document. @param id 0 for any page */
  click(id: number, document: number): void {
    const page = this.#pageOf(id, document);
    if (page === undefined) {
      const before = this.#pages.length === 0;
      leaveOut(this.#reading, clickUnit, before ? 'before any query' : 'on documents that were not shown', () =>
        this.#faultOf(`a click on document ${this.#text(document)}${before ? ' before any query' : ', which was not shown'}`),
      );
    } else if (page.leftOut !== null) this.#reading.ledger.reject(clickUnit, `on sessions ${page.leftOut}`);
    else {
      const place = placeOf(document, this.#documents.values, page);
      if (this.#clicks.values[place] === 1) this.#kept.repeats++;
      else this.#kept.clicks++;
      this.#clicks.values[place] = 1;
    }
  }

  #pageOf(id: number, document: number): Page | undefined {
    const { values } = this.#documents;
    for (let p = this.#pages.length - 1; p >= 0; p--) {
      const page = this.#pages[p];
      if (page.id === id && placeOf(document, values, page) < page.end) return page;
    }
  }

  /** A query that makes no session, as it lacks something. */
  refusePage(lacking: string): void {
    leaveOut(this.#reading, sessionUnit, `without ${lacking}`, () => this.#faultOf(`a query without ${lacking}`));
  }

  /** Ends the search session before where this line is of another. @returns whether it is */
  #enter(): boolean {
    const [start, end] = [this.fields.starts[0], this.fields.ends[0]];
    const bytes = this.#bytes;
    let id = this.#searchSession;
    let same = end - start === this.#idLength;
    for (let i = start; same && i < end; i++) same = id[i - start] === bytes[i];
    if (same) return false;
    this.#leave();
    if (end - start > id.length) id = this.#searchSession = new Uint8Array(2 * (end - start));
    for (let i = start; i < end; i++) id[i - start] = bytes[i];
    this.#idLength = end - start;
    return true;
  }

  #leave(): void {
    const { builder } = this.#reading;
    const [documents, clicks] = [this.#documents.values, this.#clicks.values];
    for (const { query, context, start, end, leftOut } of this.#pages) {
      if (leftOut !== null) continue;
      builder.add(query, context, documents, clicks, start, end, 1);
      this.#kept.sessions++;
    }
    this.#pages.length = 0;
    this.#documents.length = 0;
    this.#clicks.length = 0;
  }

  #text(code: number): string {
    return shownText(this.#reading.builder.codes.textOf(code));
  }

  #faultOf(problem: string): DataError {
    return this.#fault(`search session ${Buffer.from(this.#searchSession.subarray(0, this.#idLength)).toString()}: ${problem}`);
  }

  #fault(problem: string): DataError {
    return new DataError(problem, { file: this.#reading.path, line: this.#line });
  }
}

/** Where a page shows a document; its end where it does not. */
function placeOf(document: number, documents: Float64Array, { start, end }: Page): number {
  let place = start;
  while (place < end && documents[place] !== document) place++;
  return place;
}
