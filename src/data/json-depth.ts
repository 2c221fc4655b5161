import { DataError } from '../errors.ts';

/** More than any form of ours has, and less than what a parser needs long for. */
const deepest = 1000;
/** Within shorter texts a parser is quick at any depth. */
const shortText = 1 << 16;
const [quote, backslash] = [34, 92];

/**
 * Sees to it that a JSON text can be parsed in a time that grows with its length only: V8 takes seconds for millions of open lists.
 * @throws DataError where lists and objects lie in each other more than a thousand deep; shorter texts are not looked at
 */
export function checkJsonDepth(text: string, place: { file: string; line: number }): void {
  if (text.length < shortText) return;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) inText = !inText;
    else if (inText) at += code === backslash ? 1 : 0;
    else if (code === 91 || code === 123) depth++;
    else if (code === 93 || code === 125) depth--;
    if (depth > deepest) throw new DataError(`lists and objects lie in each other more than ${deepest} deep; is this such a log?`, place);
  }
}
