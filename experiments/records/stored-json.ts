import { join } from 'node:path';
import { DataError } from '../../src/errors.ts';
import { type Schema, safeParse } from '../../src/schema.ts';
import { firstFault, show } from '../../src/schema-faults.ts';
import { type Checksums, damaged, readStoredFile } from './checksums.ts';

const deepest = 50;

/**
 * A JSON file of a run folder as its schema has it. Whoever sent the folder may have written the file: keys and texts are such that no path,
 * terminal or page can be led astray by them, numbers are finite, and groups are no deeper than ours.
 * @throws DataError in one line for anything else
 */
export async function readStoredJson<T>(folder: string, name: string, schema: Schema<T>, sums: Checksums): Promise<T> {
  const file = join(folder, name);
  const text = await readStoredFile(folder, name, sums);
  const value = parse(text, file);
  const strange = strangeIn(value, name !== 'status.json');
  if (strange !== null) throw new DataError(`${strange}; ${damaged}`, { file });
  const parsed = safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new DataError(`${firstFault(parsed.issues)}; ${damaged}`, { file });
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DataError(`not JSON; ${damaged}`, { file });
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
/** Keys of configs, which trackers make names of; those of status.json may be files of data, and are never used. */
const key = /^[\p{L}\p{N}_$][\p{L}\p{N} _$+=.,@:()'-]{0,199}$/u;

/** What our files never have; null where there is nothing of it. */
function strangeIn(value: unknown, named: boolean, depth = 0): string | null {
  if (depth > deepest) return `groups within groups, more than ${deepest} deep`;
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'a number that is too large';
  if (typeof value === 'string') return control.test(value) ? 'a text with control characters' : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    if (/\p{Cc}/u.test(name) || name === '__proto__' || (named && !key.test(name))) return `a key that is none: ${show(name)}`;
    const strange = strangeIn(part, named, depth + 1);
    if (strange !== null) return strange;
  }
  return null;
}
