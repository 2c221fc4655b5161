import { DataError } from '../../errors.ts';
import type { Ledger } from '../accounting.ts';
import { textChunks } from '../byte-source.ts';
import { AroundList } from './around-list.ts';

/** An element of a list in a JSON file: its text, and the line where it starts, from 1. */
export interface JsonElement {
  readonly text: string;
  readonly line: number;
}

/** As of a line: only a file that is no such log has longer elements, and without a bound it would fill the memory. */
const longestElement = 1 << 26;
/** Of the keys of the root object, only the one that is looked for matters. */
const longestKey = 1000;
const [quote, backslash, newline, comma, colon] = [34, 92, 10, 44, 58];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
const isSpace = (byte: number) => byte === 32 || byte === newline || byte === 13 || byte === 9;

/**
 * The elements of a file that is one JSON list, or an object with the list under `key`, each as soon as it ends: a file of any size takes the memory
 * of one element. Plain or gzip. An element's text is cut out by its brackets, not checked: parse it.
 * @param ledger counts the other keys of the object, which are left alone
 * @throws DataError where there is no such list, or two, the file breaks off within it, or what is around it is not JSON; UsageError where
 *   the file cannot be read
 */
export async function* jsonElements(path: string, key: string, ledger: Ledger): AsyncGenerator<JsonElement> {
  const scanner = new ElementScanner(path, key);
  for await (const chunk of textChunks(path)) yield* scanner.scan(chunk);
  for (const other of scanner.end()) ledger.reject('fields', JSON.stringify(other));
}

class ElementScanner {
  readonly #path: string;
  readonly #key: string;
  #line = 1;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #listDepth = 0; //     depth within the list, once it is found
  #closed = false; //    the list has ended
  #awaited = ''; //      within the root object: the key of the value that follows
  #rest: Buffer[] = []; // of an element that has started
  #restLength = 0;
  #startLine = 0; //     of that element; 0 between elements
  #text: number[] | null = []; // bytes of a text at depth 1
  #afterComma = false; // in the list
  readonly #around: AroundList;

  constructor(path: string, key: string) {
    this.#path = path;
    this.#key = key;
    this.#around = new AroundList(path);
  }

  *scan(chunk: Buffer): Generator<JsonElement> {
    let start = 0; // of the element's part in this chunk
    let outside = 0; // where what is not within the list starts in this chunk
    const element = (end: number): JsonElement => {
      const text = Buffer.concat([...this.#rest, chunk.subarray(start, end)]).toString('utf8');
      const line = this.#startLine;
      [this.#rest, this.#restLength, this.#startLine] = [[], 0, 0];
      return { text, line };
    };
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === newline) this.#line++;
      if (this.#inText) {
        this.#continueText(byte);
        continue;
      }
      if (isSpace(byte)) continue;
      if (this.#closed && this.#depth === 0) throw this.#fault('not JSON: more text after the end of the list');
      const inList = this.#listDepth > 0 && this.#depth === this.#listDepth;
      if (inList && (byte === comma || byte === closeList)) {
        if (this.#startLine > 0) yield element(i);
        else if (byte === comma) throw this.#fault('a comma without an element before it');
        else if (this.#afterComma) throw this.#fault('a comma without an element behind it');
        this.#afterComma = byte === comma;
        if (byte === closeList) {
          [this.#depth, this.#listDepth, this.#closed, outside] = [this.#depth - 1, 0, true, i];
          this.#around.close(this.#line);
        }
        continue;
      }
      if (inList && this.#startLine === 0) [start, this.#startLine] = [i, this.#line];
      if (!this.#structure(byte)) continue;
      this.#around.keep(chunk.subarray(outside, i + 1), this.#line);
      this.#around.open(this.#line);
    }
    if (this.#listDepth === 0) this.#around.keep(chunk.subarray(outside), this.#line);
    if (this.#startLine === 0) return;
    this.#rest.push(Buffer.from(chunk.subarray(start)));
    this.#restLength += chunk.length - start;
    if (this.#restLength > longestElement) throw this.#fault('more than 64 MiB in one element; is this such a log?', this.#startLine);
  }

  /** @returns the other keys of the object @throws DataError where the list has not ended, or what is around it is not JSON */
  end(): string[] {
    if ((this.#closed || this.#listDepth > 0) && this.#depth > 0)
      throw this.#fault('not JSON: the file breaks off', this.#startLine || this.#line);
    if (!this.#closed)
      throw new DataError(`no list of search sessions, neither as the whole file nor under "${this.#key}"`, { file: this.#path });
    const around = this.#around.parse();
    return Array.isArray(around) ? [] : Object.keys(around as object).filter((key) => key !== this.#key);
  }

  /** @returns whether the list begins here */
  #structure(byte: number): boolean {
    if (byte === quote) {
      this.#inText = true;
      this.#text = this.#depth === 1 && this.#listDepth === 0 ? [] : null;
    } else if (byte === openList || byte === openObject) {
      const wanted = this.#depth === 0 || (this.#depth === 1 && this.#awaited === this.#key);
      this.#depth++;
      if (byte === openList && wanted && this.#listDepth === 0 && !this.#closed) {
        this.#listDepth = this.#depth;
        return true;
      }
    } else if (byte === closeList || byte === closeObject) this.#depth--;
    else if (byte === comma && this.#depth === 1) this.#awaited = '';
    else if (byte === colon && this.#depth === 1 && this.#text !== null) {
      this.#awaited = Buffer.from(this.#text).toString('utf8');
      if (this.#closed && this.#awaited === this.#key) throw this.#fault(`key "${this.#key}" is there twice in one object; keep one`);
    }
    return false;
  }

  #continueText(byte: number): void {
    if (!this.#escaped && byte === quote) this.#inText = false;
    else if (this.#text !== null && this.#text.length < longestKey) this.#text.push(byte);
    this.#escaped = !this.#escaped && byte === backslash;
  }

  #fault(problem: string, line = this.#line): DataError {
    return new DataError(problem, { file: this.#path, line });
  }
}
