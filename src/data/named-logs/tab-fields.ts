const [tab, newline, carriageReturn] = [9, 10, 13];

/** Finds the fields of a line: what stands between its tabs. */
export class TabFields {
  /** Field f of the last line is in the bytes starts[f] … ends[f] − 1. */
  starts = new Uint32Array(64);
  ends = new Uint32Array(64);
  /** How many the last line has; 0 where it is empty. */
  count = 0;

  /** @param bytes from `start` on have a "\n", or "\r\n", at the end of the line @returns where the next line starts */
  scan(bytes: Uint8Array, start: number): number {
    let { starts, ends } = this;
    let count = 0;
    let from = start;
    let at = start;
    for (;;) {
      let byte = bytes[at];
      while (byte > carriageReturn || (byte !== tab && byte !== newline)) byte = bytes[++at];
      if (count === starts.length) {
        this.#widen();
        ({ starts, ends } = this);
      }
      starts[count] = from;
      ends[count++] = at;
      from = ++at;
      if (byte === newline) break;
    }
    if (bytes[at - 2] === carriageReturn && at - 2 >= starts[count - 1]) ends[count - 1]--;
    this.count = count === 1 && ends[0] === starts[0] ? 0 : count;
    return at;
  }

  #widen(): void {
    const { starts, ends } = this;
    this.starts = new Uint32Array(2 * starts.length);
    this.starts.set(starts);
    this.ends = new Uint32Array(2 * ends.length);
    this.ends.set(ends);
  }
}
