import { DataError } from '../../errors.ts';
import { jsonFault } from './json-fault.ts';
import { parseJson } from './parse-json.ts';

/** In bytes; more is no head of a log, and without a bound would fill the memory. */
const longest = 1 << 24;
const mostLines = 1 << 26;

/** The text of a JSON file without the elements of its list, which are read one by one: it must be JSON too. */
export class AroundList {
  readonly #path: string;
  readonly #parts: Buffer[] = [];
  #length = 0;
  #listAt = 0; //    in the text
  #listLine = 0;
  #listLines = 0; // that the elements take

  constructor(path: string) {
    this.#path = path;
  }

  keep(bytes: Buffer, line: number): void {
    this.#parts.push(Buffer.from(bytes));
    this.#length += bytes.length;
    if (this.#length > longest)
      throw new DataError('more than 16 MiB around the list of search sessions; is this such a log?', { file: this.#path, line });
  }

  /** The list begins. @throws DataError where what stands before it is no start of JSON */
  open(line: number): void {
    this.#listLine = line;
    const text = this.#text();
    this.#listAt = text.length;
    if (jsonFault(text) < text.length) this.parse();
  }

  close(line: number): void {
    this.#listLines = line - this.#listLine;
  }

  /** The value, with an empty list; in messages lines are those of the file. @throws DataError where it is none, or has a key twice */
  parse(): unknown {
    const text = this.#text();
    const lines = '\n'.repeat(Math.min(this.#listLines, mostLines));
    const filled = `${text.slice(0, this.#listAt)}${lines}${text.slice(this.#listAt)}`;
    return parseJson(filled, this.#path, 1, 'a list of search sessions, or an object with one');
  }

  #text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}
