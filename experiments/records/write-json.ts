import { writeAtomic } from '../../src/data/write-atomic.ts';

const plain = (_: string, part: unknown): unknown =>
  ArrayBuffer.isView(part) && !(part instanceof DataView) ? Array.from(part as Float64Array) : part;

/** JSON with two blanks of indent; what JSON cannot say (NaN, ±Infinity) is null, typed arrays are lists. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, plain, 2)}\n`;

export const writeJson = (path: string, value: unknown): Promise<void> => writeAtomic(path, jsonText(value));
