const [tab, newline, carriageReturn, space, hash] = [9, 10, 13, 32, 35];

/** Finds the fields of the lines of a TREC file, as many as asked for: what stands between white space, which is what C's isspace says. */
export class FieldScanner {
  /** Field f of the last line is in the bytes starts[f] … ends[f] − 1. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** How many fields the last line has, one more than asked for standing for any number above; 0 for a blank line or a comment. */
  count = 0;
  /** Whether the last line is a comment. */
  comment = false;
  /** A control character in the last line that is no white space, or a "\r" that does not end it; else −1. */
  stray = -1;

  constructor(fields: number) {
    this.starts = new Uint32Array(fields + 1);
    this.ends = new Uint32Array(fields + 1);
  }

  /** @param bytes end in "\n", behind which three more can be read @returns where the next line starts */
  scan(bytes: DataView, start: number): number {
    const { starts, ends } = this;
    const most = starts.length;
    let at = start;
    let count = 0;
    let byte = bytes.getUint8(at);
    this.stray = -1;
    while (count < most) {
      while (byte <= space && byte !== newline) {
        if (byte !== space && byte !== tab) this.#check(bytes, at);
        byte = bytes.getUint8(++at);
      }
      if (byte === newline || (byte === hash && count === 0)) break;
      starts[count] = at;
      at = fieldEnd(bytes, at);
      ends[count++] = at;
      byte = bytes.getUint8(at);
    }
    this.count = count;
    this.comment = count === 0 && byte === hash;
    while (byte !== newline) byte = bytes.getUint8(++at);
    return at + 1;
  }

  #check(bytes: DataView, at: number): void {
    const byte = bytes.getUint8(at);
    let next = at + 1;
    const isBlankAt = (place: number) => [carriageReturn, space, tab].includes(bytes.getUint8(place));
    if (byte === carriageReturn) while (isBlankAt(next)) next++;
    const isBlank = byte > newline && (byte < carriageReturn || (byte === carriageReturn && bytes.getUint8(next) === newline));
    if (!isBlank) this.stray = byte;
  }
}

/**
 * Where the field ends: the first byte that is a blank or a control character. Four at a time: a byte below 0x21 has its high bit set in
 * (word − 0x21212121) & ~word, and in little-endian order the lowest such bit is never a false one (Mycroft's test).
 */
function fieldEnd(bytes: DataView, start: number): number {
  for (let at = start; ; at += 4) {
    const word = bytes.getInt32(at, true);
    const below = (word - 0x21212121) & ~word & 0x80808080;
    if (below !== 0) return at + ((31 - Math.clz32(below & -below)) >> 3);
  }
}
