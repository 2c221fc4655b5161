import * as zlib from 'node:zlib';
import type { ArrowFile, ArrowMessage } from './arrow-messages.ts';
import type { ArrowField } from './arrow-schema.ts';
import { asLength, type FlatTable } from './flat-table.ts';
import { unpackLz4 } from './lz4-frame.ts';

const [lz4, none] = [0, -1];
/** Node has it since 22.15, browsers have not: by Reflect, no build looks for it. */
const unpackZstd: ((bytes: Uint8Array) => Uint8Array) | undefined = Reflect.get(zlib, 'zstdDecompressSync');

/** The buffers of a record batch, taken in the order of the fields: each field has a node and so many buffers, then its children have theirs. */
export class ArrowBatch {
  readonly #file: ArrowFile;
  readonly #start: number;
  readonly #nodes: readonly number[]; //    length and count of nulls, of each
  readonly #buffers: readonly number[]; //  offset and length, of each
  readonly #variadic: readonly number[]; // buffers of each column of text views, beyond the usual two
  readonly #packing: number;
  #node = 0;
  #buffer = 0;
  #view = 0;

  /** @param batch the header of a record batch, or that within a dictionary's */
  constructor(file: ArrowFile, { bodyStart }: ArrowMessage, batch: FlatTable) {
    this.#file = file;
    this.#start = bodyStart;
    this.#nodes = batch.structs(1, 2);
    this.#buffers = batch.structs(2, 2);
    this.#packing = batch.table(3)?.uint8(0) ?? none;
    this.#variadic = batch.structs(4, 1);
  }

  /** Rows of the next field, and how many of them are null. */
  node(): { readonly length: number; readonly nulls: number } {
    if (this.#node >= this.#nodes.length) throw new RangeError('a batch of fewer columns than the schema has');
    const [length, nulls] = this.#nodes.slice(this.#node, this.#node + 2);
    this.#node += 2;
    return { length, nulls };
  }

  /** @param least bytes that it must have */
  async buffer(least: number): Promise<DataView> {
    if (this.#buffer >= this.#buffers.length) throw new RangeError('a batch of fewer buffers than the schema has');
    const [offset, length] = this.#buffers.slice(this.#buffer, this.#buffer + 2);
    this.#buffer += 2;
    const raw = await this.#file.bytes(this.#start + offset, length);
    const bytes = this.#packing === none || length === 0 ? raw : this.#unpack(raw);
    if (bytes.length < least) throw new RangeError(`a buffer of ${bytes.length} bytes, not ${least}`);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The data buffers of text views. */
  async views(): Promise<DataView[]> {
    const found: DataView[] = [];
    for (let left = this.#variadic[this.#view++] ?? 0; left > 0; left--) found.push(await this.buffer(0));
    return found;
  }

  /** Passes over a field. */
  skip({ type, places, children }: ArrowField): void {
    this.node();
    if (places !== null) this.#buffer += 4;
    else if (type.kind === 'other') this.#buffer += 2 * type.buffers;
    else if (type.kind === 'list') this.#buffer += type.offsets === null ? 2 : 4;
    else if (type.kind === 'text' && type.offsets === 'view') this.#buffer += 4 + 2 * (this.#variadic[this.#view++] ?? 0);
    else if (type.kind !== 'null') this.#buffer += type.kind === 'text' ? 6 : 4;
    if (places === null) for (const child of children) this.skip(child);
  }

  #unpack(raw: Uint8Array): Uint8Array {
    const length = new DataView(raw.buffer, raw.byteOffset, raw.byteLength).getBigInt64(0, true);
    const packed = raw.subarray(8);
    if (length === -1n) return packed; // packing did not make it smaller
    if (this.#packing === lz4) return unpackLz4(packed, asLength(length));
    if (unpackZstd === undefined)
      throw new RangeError('packed by zstd, which needs Node 22.15 or later; write the file with compression lz4 or none');
    return unpackZstd(packed);
  }
}
