import { finish, maskOf, mix } from '../trec/hash-words.ts';

/** Words of a record: the key of the text, its length in bytes, its number, and its bytes, little-endian, four to a word. */
const RECORD = 64;
const HEAD = 3;
const LONGEST = 4 * (RECORD - HEAD);
const RECORDS = 1 << 16;
const [newlines, ones, tops] = [0x0a0a0a0a, 0x01010101, 0x80808080 | 0];

/**
 * Numbers of texts that came before, each a line from some place on: what comes again needs no scanning. Every text has one place by its
 * hash, where the latest stands, so that the table never grows, whatever comes; an empty text, or one that is too long, is not kept.
 */
export class RecentTexts {
  /** Where the line ends that was looked at last: behind its "\n"; only where it was found. */
  end = 0;
  readonly #records = new Int32Array(RECORD * RECORDS);
  readonly #hashes = new Int32Array(RECORDS); // of what the records hold, looked at before those
  #hash = 0; //                                  of the text that was looked for last …
  #length = 0;
  #key = 0;

  /** @param view of whole lines, and of three bytes more behind them @param key what else tells texts apart @returns its number, −1 where it is not known */
  find(view: DataView, start: number, key: number): number {
    let hash = key;
    let at = start;
    let word = view.getInt32(at, true);
    for (let other = word ^ newlines; ((other - ones) & ~other & tops) === 0; other = word ^ newlines) {
      hash = mix(hash, word);
      at += 4;
      if (at - start > LONGEST - 4) return this.#leave();
      word = view.getInt32(at, true);
    }
    while ((word & 255) !== newlines >>> 24) {
      word >>>= 8;
      at++;
    }
    const length = at - start;
    if (length === 0) return this.#leave();
    const lastWord = start + (length & ~3);
    const mask = maskOf(length);
    hash = mix(hash, view.getInt32(lastWord, true) & mask);
    const records = this.#records;
    hash = finish(hash);
    this.#hash = hash;
    this.#length = length;
    this.#key = key;
    if (this.#hashes[hash & (RECORDS - 1)] !== hash) return -1;
    const record = RECORD * (hash & (RECORDS - 1));
    if (records[record + 1] !== length || records[record] !== key) return -1;
    let place = record + HEAD;
    for (let from = start; from < lastWord; from += 4) if (records[place++] !== view.getInt32(from, true)) return -1;
    if (records[place] !== (view.getInt32(lastWord, true) & mask)) return -1;
    this.end = at + 1;
    return records[record + 2];
  }

  /** Keeps the text that {@link find} did not find. @param start the same */
  keep(view: DataView, start: number, number: number): void {
    const length = this.#length;
    if (length === 0) return;
    const records = this.#records;
    const lastWord = start + (length & ~3);
    const own = this.#hash & (RECORDS - 1);
    this.#hashes[own] = this.#hash;
    let place = RECORD * own;
    records[place++] = this.#key;
    records[place++] = length;
    records[place++] = number;
    for (let from = start; from < lastWord; from += 4) records[place++] = view.getInt32(from, true);
    records[place] = view.getInt32(lastWord, true) & maskOf(length);
  }

  #leave(): number {
    this.#length = 0;
    return -1;
  }
}
