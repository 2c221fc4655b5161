type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

const [quote, backslash, comma, colon, minus, plus, point, zero, letterU] = [34, 92, 44, 58, 45, 43, 46, 48, 117];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isHex = (code: number) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
const escapes = new Set([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)));
const literals: Readonly<Record<number, string>> = { 116: 'true', 102: 'false', 110: 'null' };

/**
 * Where a text stops to be the start of some JSON; its length where only the end is missing, or nothing is. One pass, whatever the
 * text.
 */
export function jsonFault(text: string): number {
  const inObject: boolean[] = []; // what is open, from the outermost in
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++;
    if (at >= text.length) return text.length;
    const code = text.charCodeAt(at);
    const closes = code === (inObject[inObject.length - 1] ? closeObject : closeList) && inObject.length > 0;
    if (closes && (expected === 'comma or end' || expected === 'value or end' || expected === 'key or end')) {
      inObject.pop();
      expected = 'comma or end';
      at++;
    } else if (expected === 'comma or end') {
      if (code !== comma || inObject.length === 0) return at;
      expected = inObject[inObject.length - 1] ? 'key' : 'value';
      at++;
    } else if (expected === 'colon') {
      if (code !== colon) return at;
      expected = 'value';
      at++;
    } else if (expected !== 'value' && expected !== 'value or end') {
      const end = code === quote ? stringEnd(text, at) : -1 - at;
      if (end < 0) return -1 - end;
      at = end;
      expected = 'colon';
    } else if (code === openList || code === openObject) {
      inObject.push(code === openObject);
      expected = code === openObject ? 'key or end' : 'value or end';
      at++;
    } else {
      const end = code === quote ? stringEnd(text, at) : scalarEnd(text, at);
      if (end < 0) return -1 - end;
      at = end;
      expected = 'comma or end';
    }
  }
}

/** Where the string ends, or −1 − where it goes wrong. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code < 32) return -1 - at;
    if (code !== backslash) continue;
    const letter = text.charCodeAt(++at);
    if (letter === letterU) {
      const last = at + 4;
      while (at < last && isHex(text.charCodeAt(at + 1))) at++;
      if (at < last) return -1 - Math.min(at + 1, text.length);
    } else if (!escapes.has(letter)) return -1 - Math.min(at, text.length);
  }
  return -1 - text.length;
}

/** Where the number, true, false or null ends, or −1 − where it goes wrong. */
function scalarEnd(text: string, start: number): number {
  const word = literals[text.charCodeAt(start)];
  if (word !== undefined) {
    let same = 1;
    while (same < word.length && text[start + same] === word[same]) same++;
    return same === word.length ? start + same : -1 - (start + same);
  }
  let at = start;
  const digits = () => {
    const first = at;
    while (isDigit(text.charCodeAt(at))) at++;
    return at > first;
  };
  if (text.charCodeAt(at) === minus) at++;
  if (text.charCodeAt(at) === zero) at++;
  else if (!digits()) return -1 - at;
  if (text.charCodeAt(at) === point) {
    at++;
    if (!digits()) return -1 - at;
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at++;
    if (text.charCodeAt(at) === plus || text.charCodeAt(at) === minus) at++;
    if (!digits()) return -1 - at;
  }
  return at;
}
