const [tab, newline, carriageReturn, space, hash] = [9, 10, 13, 32, 35];

/** Finds the fields of the lines of a TREC file, as many as asked for: what stands between white space, which is what C's isspace says. */
export class FieldScanner {
  /** Field f of the last line is bytes[starts[f] … ends[f] − 1]. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** How many fields the last line has, one more than asked for standing for any number above; 0 for a blank line or a comment. */
  count = 0;
  /** A control character in the last line that is no white space, or a "\r" that does not end it; else −1. */
  stray = -1;

  constructor(fields: number) {
    this.starts = new Uint32Array(fields + 1);
    this.ends = new Uint32Array(fields + 1);
  }

  /** @param bytes end in "\n" @returns where the next line starts */
  scan(bytes: Uint8Array, start: number): number {
    const { starts, ends } = this;
    const most = starts.length;
    let at = start;
    let count = 0;
    this.stray = -1;
    while (count < most) {
      let byte = bytes[at];
      while (byte <= space && byte !== newline) {
        if (byte !== space && byte !== tab) this.#check(bytes, at);
        byte = bytes[++at];
      }
      if (byte === newline || (byte === hash && count === 0)) break;
      starts[count] = at;
      while (byte > space) byte = bytes[++at];
      ends[count++] = at;
    }
    this.count = count;
    while (bytes[at] !== newline) at++;
    return at + 1;
  }

  #check(bytes: Uint8Array, at: number): void {
    const byte = bytes[at];
    let next = at + 1;
    if (byte === carriageReturn) while (bytes[next] === carriageReturn || bytes[next] === space || bytes[next] === tab) next++;
    const isBlank = byte > newline && (byte < carriageReturn || (byte === carriageReturn && bytes[next] === newline));
    if (!isBlank) this.stray = byte;
  }
}
