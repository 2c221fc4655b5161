type Numbers = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** A typed array that grows by doubling. Read `values` up to `length` only; `values` is replaced when it grows. */
export class GrowingArray<T extends Numbers> {
  values: T;
  length = 0;
  readonly #allocate: (length: number) => T;

  constructor(allocate: (length: number) => T, capacity = 1024) {
    this.#allocate = allocate;
    this.values = allocate(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(1);
    this.values[this.length++] = value;
  }

  /** Appends items[start … end − 1]. */
  append(items: ArrayLike<number>, start = 0, end = items.length): void {
    this.reserve(end - start);
    const { values, length } = this;
    for (let i = start; i < end; i++) values[length + i - start] = items[i];
    this.length += end - start;
  }

  /** Makes room for `more` values. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.values.length) return;
    const grown = this.#allocate(Math.max(needed, 2 * this.values.length));
    grown.set(this.values.subarray(0, this.length));
    this.values = grown;
  }

  /** The values in an array of exactly their number, which this object no longer changes. */
  trimmed(): T {
    return this.values.slice(0, this.length) as T;
  }
}

export const growingUint8 = (capacity?: number) => new GrowingArray((length) => new Uint8Array(length), capacity);
export const growingInt32 = (capacity?: number) => new GrowingArray((length) => new Int32Array(length), capacity);
export const growingUint32 = (capacity?: number) => new GrowingArray((length) => new Uint32Array(length), capacity);
export const growingFloat32 = (capacity?: number) => new GrowingArray((length) => new Float32Array(length), capacity);
export const growingFloat64 = (capacity?: number) => new GrowingArray((length) => new Float64Array(length), capacity);
