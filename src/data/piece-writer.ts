import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rng } from '../random/rng.ts';
import type { ClickLog } from './click-log.ts';
import type { LogPieces } from './log-pieces.ts';
import { cannot } from './system-error.ts';

/** A list to be written, numbered as in the query set, with what sessions clicked on it. */
export interface WrittenList {
  readonly query: number;
  readonly docs: ArrayLike<number>;
  readonly context: number;
  readonly policy: number;
  readonly rows: readonly { readonly clicks: ArrayLike<number>; readonly count: number }[];
}

/** Words of 32 bits before the documents of a list: query, context, policy, length, rows. */
const head = 5;
/** Memory of all pieces together while they are written. */
const bufferedWords = 2 ** 23;
const [leastWords, mostWords] = [2 ** 10, 2 ** 15];

/** Where words of a piece lie in the file. */
interface Extent {
  readonly at: number; //    bytes
  readonly words: number;
}

/**
 * Deals lists to pieces by a draw for each, and keeps them in one file without a name, which is gone when the process ends however it ends. That is the
 * first half of a shuffle of what is larger than memory; the order within a piece is the other (Rao, 1961; Sandelius, 1962). The file has 4 bytes for
 * each document of a list and 1 for each of a row, and some 20 for each list and 8 for each row.
 */
export class PieceWriter {
  readonly #folder: string;
  readonly #file: number;
  readonly #rng: Rng;
  readonly #extents: Extent[][];
  readonly #buffers: Uint32Array[];
  readonly #filled: Uint32Array;
  readonly #has: { readonly contexts: boolean; readonly policies: boolean };
  #end = 0;
  #lists = 0;
  #sessions = 0;
  #positions = 0;

  /** @param pieces how many @param has which columns of lists the log tells @param folder where there is room; it must exist @throws UsageError where nothing can be written there */
  constructor(pieces: number, rng: Rng, has: { readonly contexts: boolean; readonly policies: boolean }, folder = tmpdir()) {
    this.#rng = rng;
    this.#has = has;
    this.#folder = folder;
    this.#file = unnamedFile(folder);
    this.#extents = Array.from({ length: pieces }, () => []);
    const words = Math.min(mostWords, Math.max(leastWords, Math.floor(bufferedWords / pieces)));
    this.#buffers = Array.from({ length: pieces }, () => new Uint32Array(words));
    this.#filled = new Uint32Array(pieces);
  }

  /** Keeps a list that no other call has given, with all of its rows. */
  add({ query, docs, context, policy, rows }: WrittenList): void {
    const piece = Math.floor(this.#rng.double() * this.#buffers.length);
    const n = docs.length;
    const clickWords = Math.ceil(n / 4);
    const words = this.#room(piece, head + n + rows.length * (2 + clickWords));
    const bytes = new Uint8Array(words.buffer, words.byteOffset);
    let w = 0;
    for (const word of [query, context, policy, n, rows.length]) words[w++] = word;
    for (let k = 0; k < n; k++) words[w++] = docs[k];
    for (const { clicks, count } of rows) {
      scratch[0] = count;
      words[w++] = scratchWords[0];
      words[w++] = scratchWords[1];
      for (let k = 0; k < n; k++) bytes[4 * w + k] = clicks[k];
      w += clickWords;
      this.#sessions += count;
    }
    this.#lists++;
    this.#positions = Math.max(this.#positions, n);
  }

  /** The pieces, to be read as often as needed; null where no list came. */
  finish(): LogPieces | null {
    for (let piece = 0; piece < this.#buffers.length; piece++) this.#flush(piece);
    this.#buffers.length = 0;
    if (this.#lists === 0) {
      closeSync(this.#file);
      return null;
    }
    const file = this.#file;
    const extents = this.#extents;
    const has = this.#has;
    const pieces: LogPieces = {
      ...{ pieces: extents.length, lists: this.#lists, sessions: this.#sessions, positions: this.#positions },
      read: (piece) => decoded(wordsOf(file, extents[piece]), has),
    };
    unused.register(pieces, file);
    return pieces;
  }

  /** The next words of a piece, which are to be filled. */
  #room(piece: number, words: number): Uint32Array {
    if (this.#filled[piece] + words > this.#buffers[piece].length) {
      this.#flush(piece);
      if (words > this.#buffers[piece].length) this.#buffers[piece] = new Uint32Array(words);
    }
    const start = this.#filled[piece];
    this.#filled[piece] += words;
    return this.#buffers[piece].subarray(start, start + words);
  }

  #flush(piece: number): void {
    const words = this.#filled[piece];
    if (words === 0) return;
    const bytes = Buffer.from(this.#buffers[piece].buffer, 0, 4 * words);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done, bytes.length - done, this.#end + done);
    } catch (error) {
      cannotWrite(this.#folder)(error);
    }
    this.#extents[piece].push({ at: this.#end, words });
    this.#end += bytes.length;
    this.#filled[piece] = 0;
  }
}

const scratch = new Float64Array(1);
const scratchWords = new Uint32Array(scratch.buffer);

/** Files of pieces that nobody reads any more are closed, which frees their room on the disk. */
const unused = new FinalizationRegistry<number>((file) => closeSync(file));

/** A file that is removed as soon as it is open. */
function unnamedFile(folder: string): number {
  try {
    const own = mkdtempSync(join(folder, 'counterrank-pieces-'));
    const file = openSync(join(own, 'pieces'), 'wx+', 0o600);
    rmSync(own, { recursive: true });
    return file;
  } catch (error) {
    return cannotWrite(folder)(error);
  }
}

const cannotWrite = (folder: string) =>
  cannot(`write to "${folder}", where a log lies in pieces while it is learnt from (TMPDIR names another folder)`);

function wordsOf(file: number, extents: readonly Extent[]): Uint32Array {
  const words = new Uint32Array(extents.reduce((sum, extent) => sum + extent.words, 0));
  const bytes = Buffer.from(words.buffer);
  let to = 0;
  for (const { at, words: length } of extents) {
    for (let done = 0; done < 4 * length; ) {
      const read = readSync(file, bytes, to + done, 4 * length - done, at + done);
      if (read === 0) throw new Error('the file of pieces ended early');
      done += read;
    }
    to += 4 * length;
  }
  return words;
}

/** Two passes over the words: what there is of everything, then the log. */
function decoded(words: Uint32Array, has: { readonly contexts: boolean; readonly policies: boolean }): ClickLog {
  let [lists, shown, rows, clicked] = [0, 0, 0, 0];
  for (let w = 0; w < words.length; ) {
    const [n, ofList] = [words[w + 3], words[w + 4]];
    lists++;
    shown += n;
    rows += ofList;
    clicked += n * ofList;
    w += head + n + ofList * (2 + Math.ceil(n / 4));
  }
  const [queries, contexts, policies] = [new Uint32Array(lists), new Uint32Array(lists), new Uint32Array(lists)];
  const [offsets, docs] = [new Uint32Array(lists + 1), new Uint32Array(shown)];
  const [list, clickOffsets, clicks, count] = [
    new Uint32Array(rows),
    new Uint32Array(rows + 1),
    new Uint8Array(clicked),
    new Float64Array(rows),
  ];
  const bytes = new Uint8Array(words.buffer);
  let [w, r] = [0, 0];
  for (let l = 0; l < lists; l++) {
    const [n, ofList] = [words[w + 3], words[w + 4]];
    queries[l] = words[w];
    contexts[l] = words[w + 1];
    policies[l] = words[w + 2];
    w += head;
    docs.set(words.subarray(w, w + n), offsets[l]);
    offsets[l + 1] = offsets[l] + n;
    w += n;
    for (let i = 0; i < ofList; i++, r++) {
      scratchWords[0] = words[w];
      scratchWords[1] = words[w + 1];
      count[r] = scratch[0];
      list[r] = l;
      clicks.set(bytes.subarray(4 * (w + 2), 4 * (w + 2) + n), clickOffsets[r]);
      clickOffsets[r + 1] = clickOffsets[r] + n;
      w += 2 + Math.ceil(n / 4);
    }
  }
  return {
    ...{ queries, offsets, docs, list, clickOffsets, clicks, count },
    ...(has.contexts && { contexts }),
    ...(has.policies && { policies }),
  };
}
