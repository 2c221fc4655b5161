import { basename } from 'node:path';
import type { Accounting, Read } from '../../../src/data/accounting.ts';

/** What was read, without the account of it. */
export function dataOf<T extends object>({ accounting: _, ...data }: Read<T>): Omit<Read<T>, 'accounting'> {
  return data;
}

/** What was read, with files in its account by their names alone and without .gz: what is read from elsewhere can be compared with it. */
export function placeless<T>(result: T): T {
  const { accounting } = (result ?? {}) as { accounting?: readonly Accounting[] };
  if (accounting === undefined) return result;
  return { ...result, accounting: accounting.map((one) => ({ ...one, file: basename(one.file).replace(/\.gz$/, '') })) };
}
