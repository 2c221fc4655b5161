import { DataError } from '../../errors.ts';
import { textChunks } from '../byte-source.ts';

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
 * @throws DataError where there is no such list, or the file breaks off within it; UsageError where the file cannot be read
 */
export async function* jsonElements(path: string, key: string): AsyncGenerator<JsonElement> {
  const scanner = new ElementScanner(path, key);
  for await (const chunk of textChunks(path)) yield* scanner.scan(chunk);
  scanner.end();
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
  #text: number[] | null = []; // bytes of a text at depth 1, while the list is looked for

  constructor(path: string, key: string) {
    this.#path = path;
    this.#key = key;
  }

  *scan(chunk: Buffer): Generator<JsonElement> {
    let start = 0; // of the element's part in this chunk
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
        if (byte === closeList) [this.#depth, this.#listDepth, this.#closed] = [this.#depth - 1, 0, true];
        continue;
      }
      if (inList && this.#startLine === 0) [start, this.#startLine] = [i, this.#line];
      this.#structure(byte);
    }
    if (this.#startLine === 0) return;
    this.#rest.push(Buffer.from(chunk.subarray(start)));
    this.#restLength += chunk.length - start;
    if (this.#restLength > longestElement) throw this.#fault('more than 64 MiB in one element; is this such a log?', this.#startLine);
  }

  /** @throws DataError where the list has not ended */
  end(): void {
    if (this.#closed && this.#depth === 0) return;
    if (this.#closed || this.#listDepth > 0) throw this.#fault('not JSON: the file breaks off', this.#startLine || this.#line);
    throw new DataError(`no list of search sessions, neither as the whole file nor under "${this.#key}"`, { file: this.#path });
  }

  #structure(byte: number): void {
    if (byte === quote) {
      this.#inText = true;
      this.#text = this.#depth === 1 && this.#listDepth === 0 ? [] : null;
    } else if (byte === openList || byte === openObject) {
      const wanted = this.#depth === 0 || (this.#depth === 1 && this.#awaited === this.#key);
      this.#depth++;
      if (byte === openList && wanted && this.#listDepth === 0 && !this.#closed) this.#listDepth = this.#depth;
    } else if (byte === closeList || byte === closeObject) this.#depth--;
    else if (byte === comma && this.#depth === 1) this.#awaited = '';
    else if (byte === colon && this.#depth === 1 && this.#text !== null) this.#awaited = Buffer.from(this.#text).toString('utf8');
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
