import { DataError } from '../errors.ts';
import { shownText } from './decimal.ts';

const [quote, backslash, colon, newline] = [34, 92, 58, 10];
const [openObject, closeObject] = [123, 125];

/**
 * Sees to it that no object of a JSON text has a key twice: of the two, `JSON.parse` drops one in silence.
 * @param value what the text was parsed to
 * @param place where the text starts
 * @throws DataError with the key and its line
 */
export function checkKeysDiffer(text: string, value: unknown, place: { file: string; line: number }): void {
  if (membersIn(text) === membersOf(value)) return;
  const { key, line } = keyTwice(text);
  throw new DataError(`key ${shownText(key)} is there twice in one object; keep one`, { file: place.file, line: place.line + line });
}

/** Where the text that starts there ends: at its other quotation mark. */
function textEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (;;) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
}

/** Members of all objects of a JSON text. */
function membersIn(text: string): number {
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = textEnd(text, at);
    else if (code === colon) members++;
  }
  return members;
}

function membersOf(value: unknown): number {
  let members = 0;
  const rest = [value];
  while (rest.length > 0) {
    const one = rest.pop();
    if (typeof one !== 'object' || one === null) continue;
    const inner: unknown[] = Array.isArray(one) ? one : Object.values(one);
    if (inner !== one) members += inner.length;
    for (const child of inner) if (typeof child === 'object' && child !== null) rest.push(child);
  }
  return members;
}

/** The first key that is there twice, and how many lines stand before it. */
function keyTwice(text: string): { key: string; line: number } {
  const keys: Set<string>[] = []; // of the objects that are open
  let line = 0;
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === newline) line++;
    else if (code === openObject) keys.push(new Set());
    else if (code === closeObject) keys.pop();
    else if (code === quote) {
      const end = textEnd(text, at);
      last = text.slice(at, end + 1);
      at = end;
    } else if (code === colon) {
      const key = JSON.parse(last) as string;
      const known = keys[keys.length - 1];
      if (known.has(key)) return { key, line };
      known.add(key);
    }
  }
  return { key: '', line: 0 };
}
