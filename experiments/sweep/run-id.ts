import { dataName } from '../config/data-name.ts';

const longest = 60;
const hashDigits = 10;

/**
 * The name of a run's folder: what tells it from the others, readable, and the start of its hash: `ips-seed3-4f1d2c9a07`.
 * @param overrides of the axes that have more than one value
 */
export function runId(overrides: readonly string[], hash: string): string {
  const readable = shortened(overrides.map(readablePart).filter(Boolean)).join('-');
  const short = hash.slice(0, hashDigits);
  return readable === '' ? short : `${readable}-${short}`;
}

/** Every part keeps its place, the seed at the end among them: the longest ones are cut first. */
function shortened(parts: readonly string[]): string[] {
  const cut = [...parts];
  while (cut.length > 0 && cut.join('-').length > longest) {
    const most = Math.max(...cut.map(({ length }) => length));
    if (most <= 1) break;
    const at = cut.findIndex(({ length }) => length === most);
    cut[at] = cut[at].slice(0, -1).replace(/[-.+]+$/, '');
  }
  return cut.filter(Boolean);
}

/** The part of a folder's name that is the same for the same run, whatever else was swept beside it. */
export const hashPart = (id: string): string => id.slice(-hashDigits);

/** Whether a run of this hash can have the name. */
export const isIdOf = (id: string, hash: string): boolean => /^[0-9a-f]{64}$/.test(hash) && hashPart(id) === hash.slice(0, hashDigits);

/** A name, or a group with a name, stands for itself; a number, a truth value, null or a list needs the last part of its key. */
function readablePart(override: string): string {
  const equals = override.indexOf('=');
  const value = override.slice(equals + 1).replace(/^\{\s*name:\s*/, '');
  const key = override.slice(0, equals).split('.').at(-1) ?? '';
  if (key === 'path') return plain(dataName({ path: value === 'null' ? null : value }));
  const named = /^[\p{L}]/u.test(value) && !/^(true|false|null)$/.test(value);
  return plain(`${named ? '' : key}${value}`);
}

const plain = (text: string): string => text.replaceAll(/[^\p{L}\p{N}.+]+/gu, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
