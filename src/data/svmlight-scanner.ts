import { DataError } from '../errors.ts';
import { comments, Ledger, type Read } from './accounting.ts';
import { float32Range, float32Rule, keptInFloat32 } from './decimal.ts';
import { strayReturn, strayReturnAt } from './line-blocks.ts';
import { missingWordEnd } from './missing-values.ts';
import type { QuerySet } from './query-set.ts';
import { type GroupSizes, QuerySetBuilder } from './query-set-builder.ts';
import { NumberScanner } from './scan-number.ts';
import { docIdIn } from './svmlight-doc-id.ts';

const [newline, tab, carriageReturn, space, hash, colon] = [10, 9, 13, 32, 35, 58];
const queryPrefix = Buffer.from('qid:');
/** Features are stored dense, so an index far above all others is a slip that would fill the memory. */
const largestIndex = 1_000_000;

/** Of 32 bits. */
const largestFloat = 2 ** 128 - 2 ** 104;
/** Istella's data marks what is missing with 1.79769313486232e+308, which is no slip: it becomes the largest float. */
const missingMark = /^\d+:[-+]?1\.7976931348623\d*e\+?308$/i;

const isBlank = (byte: number) => byte === space || byte === tab || byte === carriageReturn;
const endsToken = (byte: number) => isBlank(byte) || byte === newline || byte === hash;

/** What lines may be like beside the usual form. */
export interface LineForm {
  /** Of features. At 0, the feature of index i is number i + 1 everywhere else. Default: 1. */
  readonly firstIndex?: 0 | 1 | undefined;
  /** Whether the lines of a query stand together, or anywhere in the file, and are put together. Default: together. */
  readonly queries?: 'together' | 'anywhere' | undefined;
}

/** Turns the bytes of an SVMlight / LETOR file into a {@link QuerySet}; the format and its rules are those of `readSvmlight`. */
export class SvmlightScanner {
  readonly #file: string;
  readonly #largest: number;
  readonly #labelFault: (label: number) => string | null;
  readonly #numbers = new NumberScanner();
  readonly #builder: QuerySetBuilder;
  #line = 0;
  #column = 1;
  #comments = 0;
  #values = 0; //   of features
  #replaced = 0; // of those by a later one of the same line
  #row: Float32Array = new Float32Array(1024);
  #queryId = ''; //                  the query id met last …
  #queryBytes = Buffer.alloc(0); // … and its bytes, so that a line of the same query makes no string

  readonly #firstIndex: 0 | 1;

  /** @param featureCount indexes above it are faults; null: any up to a million @param labelFault what is wrong with a label @param form of the lines */
  constructor(
    file: string,
    groups: GroupSizes | null,
    featureCount: number | null,
    labelFault: (label: number) => string | null = () => null,
    { firstIndex = 1, queries = 'together' }: LineForm = {},
  ) {
    this.#file = file;
    this.#firstIndex = firstIndex;
    this.#largest = featureCount ?? largestIndex;
    this.#labelFault = labelFault;
    this.#builder = new QuerySetBuilder(() => this.#place(), groups, queries === 'anywhere');
  }

  /** @param block whole lines; ends in "\n" */
  scan(block: Buffer): void {
    this.#builder.expectMore(linesOfData(block));
    const stray = strayReturnAt(block);
    for (let at = 0; at < block.length; ) {
      this.#line++;
      if (stray >= 0 && stray < block.indexOf(newline, at)) throw new DataError(strayReturn, { file: this.#file, line: this.#line });
      at = this.#scanLine(block, at);
    }
  }

  finish(): Read<QuerySet> {
    const set = this.#builder.build();
    const ledger = new Ledger();
    ledger.keep('documents', set.labels.length);
    ledger.reject('documents', comments, this.#comments);
    if (this.#builder.stretches > set.queryIds.length) {
      ledger.keep('stretches of lines of one query', set.queryIds.length);
      ledger.merge('stretches of lines of one query', this.#builder.stretches - set.queryIds.length);
    }
    ledger.keep('feature values', this.#values - this.#replaced);
    ledger.reject('feature values', 'that a later one of the same line and feature replaces', this.#replaced);
    return { ...set, accounting: ledger.accounting(this.#file) };
  }

  /** @returns where the next line starts */
  #scanLine(bytes: Buffer, start: number): number {
    let at = skipBlanks(bytes, start);
    if (bytes[at] === hash) this.#comments++;
    if (bytes[at] === hash || bytes[at] === newline) return bytes.indexOf(newline, at) + 1;
    const numbers = this.#numbers;
    const label = numbers.scan(bytes, at);
    if (Number.isNaN(label) || !endsToken(bytes[numbers.end])) this.#fault(bytes, start, at, 'label must be a finite number');
    if (numbers.vanished || !keptInFloat32(label))
      this.#fault(bytes, start, at, `label must be a number as it can be kept: ${float32Rule}`);
    const labelFault = this.#labelFault(label);
    if (labelFault !== null) this.#fault(bytes, start, at, labelFault);
    const queryAt = skipBlanks(bytes, numbers.end);
    const hasQuery = startsWithQuery(bytes, queryAt);
    at = hasQuery ? this.#scanQuery(bytes, start, queryAt) : queryAt;
    const largest = this.#largest;
    let row = this.#row;
    let width = 0;
    let values = 0;
    let ascending = true;
    const first = at;
    for (let byte = bytes[at]; byte !== newline && byte !== hash; byte = bytes[at]) {
      const token = at;
      let index = 0;
      while (byte >= 48 && byte <= 57) {
        index = index * 10 + (byte - 48);
        byte = bytes[++at];
      }
      if (at === token || byte !== colon) this.#fault(bytes, start, token, 'expected index:value, the index a whole number');
      if (index === 0 && this.#firstIndex === 1)
        this.#fault(bytes, start, token, 'feature indexes start at 1; firstIndex 0 reads those that start at 0');
      index += 1 - this.#firstIndex;
      if (index > largest) this.#fault(bytes, start, token, `feature index above ${largest}`);
      const value = numbers.scan(bytes, at + 1);
      at = Number.isNaN(value) ? missingWordEnd(bytes, at + 1) : numbers.end;
      if (at < 0 || !endsToken(bytes[at])) this.#fault(bytes, start, token, 'a feature value must be a finite number');
      if (index > width) width = index;
      else ascending = false;
      values++;
      if (index > row.length) row = this.#widenRow(index);
      const kept = Math.fround(value);
      const changed = kept === 0 ? value !== 0 || numbers.vanished : Math.abs(kept) > largestFloat;
      row[index - 1] = changed ? this.#missingValue(bytes, start, token, value) : kept;
      at = skipBlanks(bytes, at);
    }
    this.#values += values;
    if (!ascending) this.#replaced += values - differentIndexes(bytes.toString('latin1', first, at));
    const end = bytes.indexOf(newline, at);
    this.#column = queryAt - start + 1;
    const docId = end > at ? docIdIn(bytes.toString('utf8', at, end), this.#commentFault(at - start + 1)) : null;
    this.#builder.add(label, hasQuery ? this.#queryId : null, docId, row, width);
    row.fill(0, 0, width);
    return end + 1;
  }

  /** Reads "qid:ID". @returns where the next token starts */
  #scanQuery(bytes: Buffer, start: number, token: number): number {
    const first = token + queryPrefix.length;
    let end = first;
    while (!endsToken(bytes[end])) end++;
    if (end === first) this.#fault(bytes, start, token, 'the query id is empty');
    if (bytes[end] === hash) this.#fault(bytes, start, token, '"#" begins a comment; rename the query id or put a blank before the "#"');
    if (this.#queryBytes.compare(bytes, first, end) !== 0) {
      this.#queryBytes = Buffer.from(bytes.subarray(first, end));
      this.#queryId = this.#queryBytes.toString();
    }
    return skipBlanks(bytes, end);
  }

  #missingValue(bytes: Buffer, start: number, token: number, value: number): number {
    if (!missingMark.test(bytes.toString('latin1', token, this.#numbers.end)))
      this.#fault(bytes, start, token, `a feature value must be a number as it can be kept: ${float32Range}; scale the feature`);
    return Math.sign(value) * largestFloat;
  }

  #widenRow(length: number): Float32Array {
    const wider = new Float32Array(2 * length);
    wider.set(this.#row);
    this.#row = wider;
    return wider;
  }

  #place() {
    return { file: this.#file, line: this.#line, column: this.#column };
  }

  #commentFault =
    (column: number) =>
    (rule: string): never => {
      this.#column = column;
      throw new DataError(rule, this.#place());
    };

  #fault(bytes: Buffer, start: number, token: number, rule: string): never {
    let end = token;
    while (!isBlank(bytes[end]) && bytes[end] !== newline && end < token + 40) end++;
    this.#column = token - start + 1;
    throw new DataError(`${rule}; got ${JSON.stringify(bytes.toString('utf8', token, end))}`, this.#place());
  }
}

/** Of the features of a line. */
function differentIndexes(text: string): number {
  const indexes = new Set<number>();
  for (const [index] of text.matchAll(/(?<!\S)\d+(?=:)/g)) indexes.add(Number(index));
  return indexes.size;
}

function skipBlanks(bytes: Buffer, at: number): number {
  while (isBlank(bytes[at])) at++;
  return at;
}

function startsWithQuery(bytes: Buffer, at: number): boolean {
  return bytes[at] === 113 && bytes[at + 1] === 105 && bytes[at + 2] === 100 && bytes[at + 3] === colon;
}

/** Lines of a block that are neither blank nor a comment. */
function linesOfData(block: Buffer): number {
  let count = 0;
  for (let start = 0; start < block.length; ) {
    if (block[start] !== 10 && block[start] !== 13 && block[start] !== 35) count++;
    const end = block.indexOf(10, start);
    start = end < 0 ? block.length : end + 1;
  }
  return count;
}
