import { trimBlanks } from './blanks.ts';

/** Why a text cannot be an id, as the end of a sentence; null where it can: where a text file can hold it. */
export function idFault(id: string): string | null {
  if (trimBlanks(id) === '') return 'is empty';
  if (id.includes('\0')) return 'has a NUL in it, which no text file can hold';
  return /\p{Surrogate}/u.test(id) ? 'has half of a character in it, which no text file can hold' : null;
}
