import { isUtf8 } from 'node:buffer';
import { DataError } from '../errors.ts';

const newline = 10;

/**
 * Sees to it that the bytes of a file are UTF-8 without NUL, chunk by chunk. Other bytes would all become the same U+FFFD, and different ids
 * one.
 * The bytes are looked at by Node's own check, at several gigabytes a second.
 */
export class Utf8Check {
  readonly #file: string;
  readonly #countLines: boolean;
  #unfinished: Uint8Array = new Uint8Array(0); // bytes of a character that the chunk before broke off
  #line = 1;
  #column = 1; // of the next chunk's first byte, counted in bytes

  /** @param countLines whether a fault says where it is; it costs time to know */
  constructor(file: string, countLines: boolean) {
    this.#file = file;
    this.#countLines = countLines;
  }

  /** @throws DataError where bytes are not UTF-8, or NUL, with line and column (in bytes) if they are counted */
  check(chunk: Uint8Array): void {
    const start = this.#unfinished.length === 0 ? 0 : this.#finish(chunk);
    const end = start < chunk.length ? wholeCharacters(chunk) : start;
    if (end > start && !isUtf8(chunk.subarray(start, end))) this.#fault(chunk, firstBad(chunk, start));
    const nul = chunk.indexOf(0);
    if (nul >= 0) this.#fault(chunk, nul);
    if (end < chunk.length) this.#unfinished = chunk.slice(end);
    if (this.#countLines) this.#count(chunk);
  }

  /** @throws DataError where the bytes end within a character */
  end(): void {
    const { length } = this.#unfinished;
    if (length > 0) throw this.#error(this.#unfinished[0], this.#line, this.#column - length);
  }

  /** Adds what is missing of a character. @returns where the next one starts */
  #finish(chunk: Uint8Array): number {
    const before = this.#unfinished.length;
    const taken = Math.min(lengthOf(this.#unfinished[0]) - before, chunk.length);
    const character = Buffer.concat([this.#unfinished, chunk.subarray(0, taken)]);
    if (character.length < lengthOf(character[0])) this.#unfinished = character;
    else if (isUtf8(character)) this.#unfinished = new Uint8Array(0);
    else throw this.#error(character[0], this.#line, this.#column - before);
    return taken;
  }

  #fault(chunk: Uint8Array, at: number): never {
    this.#count(chunk.subarray(0, at));
    throw this.#error(chunk[at], this.#line, this.#column);
  }

  #error(byte: number, line: number, column: number): DataError {
    return new DataError(notOfText(byte), this.#countLines ? { file: this.#file, line, column } : { file: this.#file });
  }

  #count(bytes: Uint8Array): void {
    let lineStart = -1;
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
      this.#line++;
      lineStart = at;
    }
    this.#column = lineStart < 0 ? this.#column + bytes.length : bytes.length - lineStart;
  }
}

/** What to do with a text that is not UTF-8. */
export const convertText = 'convert the file, say with iconv -f WINDOWS-1252 -t UTF-8 (or -f UTF-16), so that ids that differ stay apart';

const notOfText = (byte: number): string =>
  byte === 0
    ? 'a NUL byte; expected plain text in UTF-8 (not UTF-16, nor a binary file)'
    : `not UTF-8: the byte 0x${byte.toString(16)} is part of no character; ${convertText}`;

/** Bytes of the character that starts with this one; 1 where none does. */
const lengthOf = (byte: number): number => (byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf8 ? 4 : 1);

/** Where the last character starts, if it is not all there; else the end. */
function wholeCharacters(chunk: Uint8Array): number {
  const { length } = chunk;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = chunk[length - back];
    if ((byte & 0xc0) !== 0x80) return lengthOf(byte) > back ? length - back : length;
  }
  return length;
}

/** The first byte from `start` on that begins no character. */
function firstBad(chunk: Uint8Array, start: number): number {
  let at = start;
  while (at < chunk.length) {
    const length = lengthOf(chunk[at]);
    if (!isUtf8(chunk.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}
