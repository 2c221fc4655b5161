import { IdTable } from '../trec/id-table.ts';

/** Whole numbers of up to so many digits are codes of their own. */
export const MOST_DIGITS = 15;
const firstOfTexts = 2 ** 52; // above all of those
const [zero, nine] = [48, 57];

/** Ids as whole numbers below 2⁵³, the same for the same id only: an id in digits is its own number, any other is looked up in a table. */
export class IdCodes {
  readonly #texts = new IdTable();

  /** The id in bytes[start … end − 1]. @param view of the same bytes, and of three more behind them */
  ofBytes(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length <= MOST_DIGITS && (length === 1 || bytes[start] !== zero)) {
      let value = 0;
      let at = start;
      for (; at < end; at++) {
        const byte = bytes[at];
        if (byte < zero || byte > nine) break;
        value = value * 10 + (byte - zero);
      }
      if (at === end && length > 0) return value;
    }
    return firstOfTexts + this.#texts.intern(view, start, end);
  }

  ofText(text: string): number {
    return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : firstOfTexts + this.#texts.internText(text);
  }

  textOf(code: number): string {
    return code < firstOfTexts ? String(code) : this.#texts.text(code - firstOfTexts);
  }
}
