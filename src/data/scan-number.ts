const [zero, nine, plus, minus, point, upperE, lowerE] = [48, 57, 43, 45, 46, 69, 101];
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Reads decimal numbers from bytes: `[+-] digits [. digits] [e [+-] digits]`, where one side of the point may be empty.
 * The value is exactly that of `Number()` on the same text: with an integer mantissa m ≤ 2^53 and |exponent| ≤ 22 both m and the power
 * of ten are exact, so one product or quotient rounds once (Clinger, PLDI 1990); everything else goes through `Number()` itself.
 */
export class NumberScanner {
  /** Where the last number ended: the first byte that is not of it. */
  end = 0;
  /** Whether it is not 0, but so small that its value is. */
  vanished = false;

  /** @param bytes holds a byte that is not of the number after `start` (a line end will do) @returns NaN when no number starts there */
  scan(bytes: Uint8Array, start: number): number {
    let at = start;
    const negative = bytes[at] === minus;
    if (negative || bytes[at] === plus) at++;
    let digits = at;
    let mantissa = 0; // beyond 2^53 inexact, but then never back below it
    let byte = bytes[at];
    while (byte >= zero && byte <= nine) {
      mantissa = mantissa * 10 + (byte - zero);
      byte = bytes[++at];
    }
    digits = at - digits;
    let exponent = 0;
    if (byte === point) {
      const fraction = ++at;
      byte = bytes[at];
      while (byte >= zero && byte <= nine) {
        mantissa = mantissa * 10 + (byte - zero);
        byte = bytes[++at];
      }
      exponent = fraction - at;
      digits -= exponent;
    }
    this.end = start;
    this.vanished = false;
    if (digits === 0) return NaN;
    if (byte === lowerE || byte === upperE) {
      at++;
      const below = bytes[at] === minus;
      if (below || bytes[at] === plus) at++;
      const first = at;
      let power = 0;
      while (bytes[at] >= zero && bytes[at] <= nine) power = Math.min(power * 10 + (bytes[at++] - zero), 1e6);
      if (at === first) return NaN;
      exponent += below ? -power : power;
    }
    this.end = at;
    if (mantissa > Number.MAX_SAFE_INTEGER || exponent > 22 || exponent < -22) {
      const value = Number(latin1(bytes, start, at));
      this.vanished = value === 0 && mantissa !== 0;
      return value;
    }
    const value = exponent < 0 ? mantissa / powersOfTen[-exponent] : mantissa * powersOfTen[exponent];
    return negative ? -value : value;
  }
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
