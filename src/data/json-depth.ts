import { DataError } from '../errors.ts';

/** More than any form of ours has, and less than what a parser needs long for. */
const deepest = 1000;
/** Objects, lists and what they hold, of one line or element: more would take many times the memory of the text. */
const mostValues = 1 << 22;
/** Within shorter texts a parser is quick at any depth. */
const shortText = 1 << 16;
const [quote, backslash, comma] = [34, 92, 44];

/**
 * Sees to it that a JSON text can be parsed in time and memory that grow with its length only: V8 takes seconds for millions of open lists, and
 * sixty bytes for an object of two.
 * @throws DataError where lists and objects lie in each other more than a thousand deep, or are more than four million with what they hold;
 *   shorter texts are not looked at
 */
export function checkJsonDepth(text: string, place: { file: string; line: number }): void {
  if (text.length < shortText) return;
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) inText = !inText;
    else if (inText) at += code === backslash ? 1 : 0;
    else if (code === comma) values++;
    else if (code === 91 || code === 123) {
      depth++;
      values++;
    } else if (code === 93 || code === 125) depth--;
    if (values > mostValues) throw new DataError('more than four million values in one line or element; is this such a log?', place);
    if (depth > deepest) throw new DataError(`lists and objects lie in each other more than ${deepest} deep; is this such a log?`, place);
  }
}
