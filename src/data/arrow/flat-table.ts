/**
 * A table of a FlatBuffer, the form of Arrow's metadata: little-endian, every field found by an offset that may lack, and then has its default.
 * What lies outside of the bytes throws a RangeError, which readers turn into a fault of the file.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** The table that a buffer begins with the offset of. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Where field `index` lies; 0 where it lacks. */
  #place(index: number): number {
    const slots = this.#at - this.#view.getInt32(this.#at, true);
    const slot = 4 + 2 * index;
    if (slot >= this.#view.getUint16(slots, true)) return 0;
    const offset = this.#view.getUint16(slots + slot, true);
    return offset === 0 ? 0 : this.#at + offset;
  }

  #target(place: number): number {
    return place + this.#view.getUint32(place, true);
  }

  uint8(index: number, otherwise = 0): number {
    const place = this.#place(index);
    return place === 0 ? otherwise : this.#view.getUint8(place);
  }

  int16(index: number, otherwise = 0): number {
    const place = this.#place(index);
    return place === 0 ? otherwise : this.#view.getInt16(place, true);
  }

  int32(index: number, otherwise = 0): number {
    const place = this.#place(index);
    return place === 0 ? otherwise : this.#view.getInt32(place, true);
  }

  /** A whole number of 64 bits. @throws RangeError for one that no length or offset can be */
  length(index: number): number {
    const place = this.#place(index);
    return place === 0 ? 0 : asLength(this.#view.getBigInt64(place, true));
  }

  table(index: number): FlatTable | null {
    const place = this.#place(index);
    return place === 0 ? null : new FlatTable(this.#view, this.#target(place));
  }

  text(index: number): string {
    const place = this.#place(index);
    if (place === 0) return '';
    const at = this.#target(place);
    return decoder.decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + at + 4, this.#view.getUint32(at, true)));
  }

  tables(index: number): FlatTable[] {
    return this.#items(index, 4).map((at) => new FlatTable(this.#view, this.#target(at)));
  }

  /** Structs of whole numbers of 64 bits. @param words of each @returns all numbers, one struct after the other */
  structs(index: number, words: number): number[] {
    return this.#items(index, 8 * words).flatMap((at) =>
      Array.from({ length: words }, (_, w) => asLength(this.#view.getBigInt64(at + 8 * w, true))),
    );
  }

  #items(index: number, size: number): number[] {
    const place = this.#place(index);
    if (place === 0) return [];
    const at = this.#target(place);
    const count = this.#view.getUint32(at, true);
    if (count * size > this.#view.byteLength) throw new RangeError('more items than bytes');
    return Array.from({ length: count }, (_, i) => at + 4 + size * i);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

export function asLength(value: bigint): number {
  if (value < 0n || value > Number.MAX_SAFE_INTEGER) throw new RangeError(`a length of ${value}`);
  return Number(value);
}
