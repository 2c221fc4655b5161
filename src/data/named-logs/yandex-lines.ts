import { DataError } from '../../errors.ts';
import { shownText } from '../decimal.ts';
import { growingFloat64, growingInt32, growingUint8, growingUint32 } from '../growing-array.ts';
import { lineBlocks, PADDING, strayReturn, strayReturnAt } from '../line-blocks.ts';
import { repeatIn } from '../repeat-in.ts';
import { clickUnit, leaveOut, type NamedLogReading, sessionUnit } from './named-log-format.ts';
import { RecentTexts } from './recent-texts.ts';
import { TabFields } from './tab-fields.ts';

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
  readonly #texts = new RecentTexts(); // of pages, by what stands behind the head of their lines: numbers are those of lists
  #textAt = -1; //                        of this line, where it is sought among them
  /** Result pages that the search session has shown. */
  readonly #pages = {
    ids: growingFloat64(), //   codes within the search session; 0 where the format has none
    times: growingFloat64(),
    lists: growingInt32(), //   of the log; −1 where the page is no session of it
    starts: growingUint32(), // of its clicks, one a document; where it is no session, of its documents
    leftOut: [] as (string | null)[], // why it is no session
  };
  readonly #documents = growingFloat64(); // codes, of pages that are no sessions
  readonly #clicks = growingUint8();
  readonly #kept = { sessions: 0, clicks: 0, repeats: 0 };

  /** @param expected what lines look like */
  constructor(reading: NamedLogReading, expected: string) {
    this.#reading = reading;
    this.#expected = expected;
  }

  /**
   * @param page where the id of a page stands, the last field of the head; null where there is none and the head has three fields
   * @param onHead is called with the head in `fields`, told whether it begins a search session @returns what tells pages of equal text behind the head apart; −1 where this is none
   * @param onLine is called for each line that is not empty, unless its page came before: its fields are in `fields`
   */
  async read(page: number | null, onHead: (begins: boolean) => number, onLine: () => void): Promise<void> {
    const { path, ledger } = this.#reading;
    for await (const block of lineBlocks(path)) this.#readBlock(block, page, onHead, onLine);
    this.#leave();
    ledger.keep(sessionUnit, this.#kept.sessions);
    if (this.#kept.clicks > 0) ledger.keep(clickUnit, this.#kept.clicks);
    if (this.#kept.repeats > 0) ledger.merge(clickUnit, this.#kept.repeats);
  }

  #readBlock(block: Buffer, page: number | null, onHead: (begins: boolean) => number, onLine: () => void): void {
    const { fields } = this;
    const texts = this.#texts;
    const head = page === null ? 3 : page + 1;
    const stray = strayReturnAt(block);
    this.#bytes = block;
    this.#view = new DataView(block.buffer, block.byteOffset, block.length + PADDING);
    for (let at = 0; at < block.length; ) {
      this.#line++;
      let next = fields.scan(block, at, head);
      let list = -1;
      if (fields.count > 0) {
        const key = onHead(this.#enter());
        this.#textAt = fields.ended || key < 0 ? -1 : next;
        if (this.#textAt >= 0) list = texts.find(this.#view, next, key);
        if (list >= 0) next = texts.end;
        else if (!fields.ended) next = fields.scanOn(block, next);
      }
      if (stray >= at && stray < next) throw this.#fault(strayReturn);
      at = next;
      if (list < 0 && fields.count > 0) onLine();
      else if (list >= 0 && !(page !== null && this.repeats(page))) this.#show(page === null ? 0 : this.code(page), list);
    }
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

  /** Leaves out a page whose id, in a field, another of the search session has. @returns whether it is such */
  repeats(field: number): boolean {
    const { values, length } = this.#pages.ids;
    const id = this.code(field);
    let page = 0;
    while (page < length && values[page] !== id) page++;
    if (page === length) return false;
    leaveOut(this.#reading, sessionUnit, 'of a page that came before', () => this.#faultOf(`page ${this.#text(id)} is there twice`));
    return true;
  }

  /** A page whose documents are the fields from `first` on. @param separator what ends a document within its field; −1 for nothing */
  page(id: number, query: number, context: number, first: number, separator: number, leftOut: string | null): void {
    const { builder, ledger } = this.#reading;
    const documents = this.#documents;
    const start = documents.length;
    const { count } = this.fields;
    const end = start + count - first;
    documents.reserve(end - start);
    for (let f = first; f < count; f++)
      documents.values[start + f - first] = separator < 0 ? this.code(f) : this.codeUpTo(f, this.find(f, separator));
    const twice = leftOut === null ? repeatIn(documents.values, start, end) : -1;
    if (twice >= 0)
      leaveOut(this.#reading, sessionUnit, 'with a document twice', () =>
        this.#faultOf(`document ${this.#text(documents.values[twice])} is twice in the list`),
      );
    else if (leftOut !== null) ledger.reject(sessionUnit, leftOut);
    else {
      const list = builder.list(query, context, documents.values, start, end);
      if (this.#textAt >= 0) this.#texts.keep(this.#view, this.#textAt, list);
      this.#show(id, list);
      return;
    }
    documents.length = end;
    this.#addPage(id, -1, start, leftOut ?? 'with a document twice');
  }

  /** A page that is a session of the log, with no click so far. */
  #show(id: number, list: number): void {
    const clicks = this.#clicks;
    const start = clicks.length;
    const end = start + this.#reading.builder.lengthOf(list);
    clicks.reserve(end - start);
    for (let i = start; i < end; i++) clicks.values[i] = 0;
    clicks.length = end;
    this.#addPage(id, list, start, null);
  }

  #addPage(id: number, list: number, start: number, leftOut: string | null): void {
    const pages = this.#pages;
    pages.ids.push(id);
    pages.times.push(this.fields.numbers[1]);
    pages.lists.push(list);
    pages.starts.push(start);
    pages.leftOut.push(leftOut);
  }

  /** A click on the latest page of this id that shows the document. @param id 0 for any page */
  click(id: number, document: number): void {
    const { ids, times, starts, leftOut } = this.#pages;
    for (let page = ids.length - 1; page >= 0; page--) {
      const place = ids.values[page] === id ? this.#placeOf(document, page) : -1;
      if (place < 0) continue;
      const reason = leftOut[page];
      const [time, shown] = [this.fields.numbers[1], times.values[page]];
      if (time < shown)
        leaveOut(this.#reading, clickUnit, 'before their query', () =>
          this.#faultOf(`a click on document ${this.#text(document)} at time ${time}, before its query at ${shown}`),
        );
      else if (reason === null) this.#clickAt(starts.values[page] + place);
      else this.#reading.ledger.reject(clickUnit, `on sessions ${reason}`);
      return;
    }
    const before = ids.length === 0;
    leaveOut(this.#reading, clickUnit, before ? 'before any query' : 'on documents that were not shown', () =>
      this.#faultOf(`a click on document ${this.#text(document)}${before ? ' before any query' : ', which was not shown'}`),
    );
  }

  #clickAt(place: number): void {
    const clicks = this.#clicks.values;
    if (clicks[place] === 1) this.#kept.repeats++;
    else this.#kept.clicks++;
    clicks[place] = 1;
  }

  /** Where a page shows a document; below 0 where it does not. */
  #placeOf(document: number, page: number): number {
    const { lists, starts, leftOut } = this.#pages;
    if (lists.values[page] >= 0) return this.#reading.builder.placeOf(document, lists.values[page]);
    const next = leftOut.findIndex((reason, other) => other > page && reason !== null);
    const end = next < 0 ? this.#documents.length : starts.values[next];
    return this.#documents.values.subarray(starts.values[page], end).indexOf(document);
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
    const { ids, times, lists, starts, leftOut } = this.#pages;
    for (let page = 0; page < ids.length; page++) {
      const list = lists.values[page];
      if (list < 0) continue;
      const start = starts.values[page];
      this.#reading.builder.addSessions(list, this.#clicks.values, start, start + this.#reading.builder.lengthOf(list), 1);
      this.#kept.sessions++;
    }
    ids.length = times.length = lists.length = starts.length = leftOut.length = 0;
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
