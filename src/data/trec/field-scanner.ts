const [newline, space, hash] = [10, 32, 35];

/** Finds the fields of the lines of a TREC file: separated by blanks and tabs, as many as asked for; "\r" counts as a blank. */
export class FieldScanner {
  /** Field f of the last line is bytes[starts[f] … ends[f] − 1]. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** How many fields the last line has, one more than asked for standing for any number above; 0 for a blank line or a comment. */
  count = 0;

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
    while (count < most) {
      let byte = bytes[at];
      while (byte <= space && byte !== newline) byte = bytes[++at];
      if (byte === newline || (byte === hash && count === 0)) break;
      starts[count] = at;
      while (byte > space) byte = bytes[++at];
      ends[count++] = at;
    }
    this.count = count;
    while (bytes[at] !== newline) at++;
    return at + 1;
  }
}
