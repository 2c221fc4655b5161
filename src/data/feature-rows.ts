import { UsageError } from '../errors.ts';
import { featureRoom, noRoom } from './feature-room.ts';

const blockLength = 1 << 18; // floats; 1 MiB

/**
 * Collects dense rows whose width is known only at the end. Rows are kept in blocks, each as wide as its widest row needed so far,
 * so a file of D rows costs D·F floats and no second look at it.
 */
export class FeatureRows {
  /** D, rows added so far. */
  count = 0;
  /** F, the widest row so far. */
  width = 0;
  readonly #room: number;
  readonly #blocks: { values: Float32Array; rows: number; stride: number }[] = [];

  /** @param room bytes that all rows, as wide as the widest, may take */
  constructor(room = featureRoom()) {
    this.#room = room;
  }

  /**
   * Why there is no room for a row of this width, if there is none: one index far above all others makes every row as wide.
   * @param expected rows in all, as far as is known
   */
  noRoomFor(width: number, expected = 0): string | null {
    return noRoom(Math.max(this.count + 1, expected), Math.max(width, this.width), 'documents', this.#room);
  }

  /** Adds row[0 … width − 1]. */
  add(row: Float32Array, width: number): void {
    if (width > this.width) this.width = width;
    let block = this.#blocks.at(-1);
    if (block === undefined || width > block.stride || (block.rows + 1) * block.stride > block.values.length) {
      if (block !== undefined) block.values = block.values.slice(0, block.rows * block.stride);
      const stride = strideFor(width, this.width);
      block = { values: new Float32Array(Math.max(stride, blockLength - (blockLength % stride))), rows: 0, stride };
      this.#blocks.push(block);
    }
    const start = block.rows * block.stride;
    for (let f = 0; f < width; f++) block.values[start + f] = row[f];
    block.rows++;
    this.count++;
  }

  /**
   * One array of D · featureCount, row by row, zeros where a row was narrower; empties this collection on the way.
   * @throws UsageError when the memory for it cannot be had
   */
  assemble(featureCount: number): Float32Array {
    const all = allocate(this.count, featureCount);
    let end = this.count;
    for (let block = this.#blocks.pop(); block !== undefined; block = this.#blocks.pop()) {
      const { values, rows, stride } = block;
      const width = Math.min(stride, featureCount);
      const first = end - rows;
      for (let i = 0; i < rows; i++) all.set(values.subarray(i * stride, i * stride + width), (first + i) * featureCount);
      end = first;
    }
    return all;
  }
}

/** The widest row's width, but where that one is far wider than this, say by a slip, not much more than this one's. */
function strideFor(width: number, widest: number): number {
  return Math.max(widest > 4096 && widest > 8 * width ? 2 * width : widest, 1);
}

function allocate(rows: number, width: number): Float32Array {
  try {
    return new Float32Array(rows * width);
  } catch {
    const size = ((rows * width * 4) / 2 ** 30).toFixed(1);
    throw new UsageError(`${rows} documents × ${width} features need ${size} GiB in one piece, more than this process can have; use fewer`);
  }
}
