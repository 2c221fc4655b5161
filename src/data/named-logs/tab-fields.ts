import { MOST_DIGITS } from './id-codes.ts';

const [tab, newline, carriageReturn, zero, nine] = [9, 10, 13, 48, 57];

/** Finds the fields of a line: what stands between its tabs. */
export class TabFields {
  /** Field f of the last line is in the bytes starts[f] … ends[f] − 1. */
  starts = new Uint32Array(64);
  ends = new Uint32Array(64);
  /** The whole number that a field is, in digits and without zeros before it, where it is its own code; else −1. */
  numbers = new Float64Array(64);
  /** How many fields the last line has, 0 where it is empty, and how many of them are empty. */
  count = 0;
  empty = 0;
  /** Whether the line was scanned to its end. */
  ended = true;

  /**
   * Scans a line as far as its first `most` fields.
   * @param bytes from `start` on have a "\n", or "\r\n", at the end of the line @returns where the next field, or the next line, starts
   */
  scan(bytes: Uint8Array, start: number, most: number): number {
    this.count = 0;
    this.empty = 0;
    return this.#scan(bytes, start, most);
  }

  /** Scans what is left of the line, from where {@link scan} stopped. @returns where the next line starts */
  scanOn(bytes: Uint8Array, start: number): number {
    return this.#scan(bytes, start, bytes.length);
  }

  #scan(bytes: Uint8Array, start: number, most: number): number {
    let { starts, ends, numbers, count, empty } = this;
    let at = start;
    let byte: number = tab;
    for (; byte !== newline && count < most; at++) {
      const from = at;
      let number = 0;
      byte = bytes[at];
      while (byte >= zero && byte <= nine) {
        number = number * 10 + (byte - zero);
        byte = bytes[++at];
      }
      const digits = at - from;
      while (byte !== tab && byte !== newline && (byte !== carriageReturn || bytes[at + 1] !== newline)) byte = bytes[++at];
      const isNumber = digits > 0 && at - from === digits && digits <= MOST_DIGITS && (digits === 1 || bytes[from] !== zero);
      if (count === starts.length) {
        this.#widen();
        ({ starts, ends, numbers } = this);
      }
      starts[count] = from;
      ends[count] = at;
      numbers[count++] = isNumber ? number : -1;
      if (at === from) empty++;
      if (byte === carriageReturn) byte = bytes[++at];
    }
    this.ended = byte === newline;
    this.count = this.ended && count === 1 ? count - empty : count;
    this.empty = empty;
    return at;
  }

  #widen(): void {
    const { starts, ends, numbers } = this;
    this.starts = new Uint32Array(2 * starts.length);
    this.starts.set(starts);
    this.ends = new Uint32Array(2 * ends.length);
    this.ends.set(ends);
    this.numbers = new Float64Array(2 * numbers.length);
    this.numbers.set(numbers);
  }
}
