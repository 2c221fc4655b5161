import { writeAtomic } from '../../src/data/write-atomic.ts';

/** JSON with two blanks of indent; what JSON cannot say (NaN, ±Infinity) is null, typed arrays are lists. */
export function writeJson(path: string, value: unknown): Promise<void> {
  const plain = (_: string, part: unknown): unknown => {
    if (ArrayBuffer.isView(part) && !(part instanceof DataView)) return Array.from(part as Float64Array);
    return part;
  };
  return writeAtomic(path, `${JSON.stringify(value, plain, 2)}\n`);
}
