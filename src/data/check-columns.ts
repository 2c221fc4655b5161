import { DataError } from '../errors.ts';
import { nearest } from '../registry.ts';
import { someIds } from './shared-ids.ts';

/** Names of columns, or keys of objects. */
export interface KnownNames {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** Whether a name that is not known is a fault. Default: only one that is nearly known is. */
  readonly closed?: boolean;
  readonly what?: string; // column, or key
  readonly wayOut?: string; // said where a name is not known
}
type Place = { file: string; line?: number };

/**
 * Sees to it that a header says what it seems to say.
 * @throws DataError for a required name that is missing, one that is there twice, and one that is nearly known: its column would be
 *   passed over
 */
export function checkColumns(header: readonly string[], names: KnownNames, place: Place): void {
  const { required, optional = [], closed = false, what = 'column', wayOut = '' } = names;
  const known = [...required, ...optional];
  const there = new Set<string>();
  const list = `known: ${known.join(', ')}`;
  for (const name of header) {
    if (name !== '' && there.has(name)) throw new DataError(`${what} "${clip(name)}" is there twice; keep one; ${list}`, place);
    there.add(name);
  }
  for (const name of there) {
    if (known.includes(name)) continue;
    const near = nearlyKnown(name, known, there);
    if (near !== null)
      throw new DataError(
        `${what} "${clip(name)}" is unknown; did you mean "${near}"? if not, give it a name less like that; ${list}`,
        place,
      );
  }
  const missing = required.find((name) => !there.has(name));
  if (missing !== undefined)
    throw new DataError(`no ${what} "${missing}"; expected ${required.join(',')}; there are ${someIds(there, 20)}`, place);
  const stray = header.find((name) => !known.includes(name));
  if (closed && stray !== undefined) throw new DataError(`${what} "${clip(stray)}" is unknown; ${list}${wayOut}`, place);
}

const clip = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
/** Without case, blanks and what stands for blanks. */
const folded = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '');

/** The known name that this one nearly is: in all but case and blanks, or, where that column is not there, by a slip of the keyboard. */
export function nearlyKnown(name: string, known: readonly string[], there: ReadonlySet<string>): string | null {
  if (name.length > 60) return null;
  const same = known.find((one) => folded(one) === folded(name));
  if (same !== undefined) return same;
  const near = nearest(
    name,
    known.filter((one) => !there.has(one)),
    3,
  );
  if (near === null || near.length < 3) return null; // of two letters, nearly any two are near
  const slight = near.length > 4 || Math.abs(near.length - name.length) === 1 || sameLetters(near, name) || oneLetterOff(near, name);
  return slight ? near : null;
}

const sorted = (name: string) => [...name.toLowerCase()].sort().join('');
const sameLetters = (a: string, b: string) => sorted(a) === sorted(b);
const oneLetterOff = (a: string, b: string) => a.length === b.length && [...a].filter((letter, i) => letter !== b[i]).length <= 1;
