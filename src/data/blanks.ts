/**
 * What stands between the words of a text and around its cells is the white space of C's isspace, in every reader: any other, such as the
 * no-break space U+00A0, is part of the id that it stands in.
 */
export const blanks = [' ', '\t', '\n', '\v', '\f', '\r'];
const someBlanks = /[\t-\r ]+/;

const isBlank = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Whether there is a blank in a text. */
export const hasBlank = (text: string): boolean => someBlanks.test(text);

/** A text without the blanks at its end. */
export function trimBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/** A text without the blanks around it. */
export function trimBlanks(text: string): string {
  let start = 0;
  while (start < text.length && isBlank(text.charCodeAt(start))) start++;
  return trimBlankEnd(text.slice(start));
}

/** What stands between the blanks of a text. @param most further words are left out */
export function wordsOf(text: string, most?: number): string[] {
  const trimmed = trimBlanks(text);
  return trimmed === '' ? [] : trimmed.split(someBlanks, most);
}
