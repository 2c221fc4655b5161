import { hasBlank } from './blanks.ts';
import { shownText } from './decimal.ts';

const idPattern = /\bdoc[-_]?(?:id|no)[\t-\r ]*[=:][\t-\r ]*([^\t-\r ]*)/i;
const nearPattern = /\bdoc(?:ument)?[-_. ]?(?:id|no|nr|num|number|name)?["']?[\t-\r ]*[=:]/i;

/**
 * The id of `# docid = ID`, which ends at a blank; null for a comment without one.
 * @param fault throws, with the rule that the comment breaks
 */
export function docIdIn(comment: string, fault: (rule: string) => never): string | null {
  const found = idPattern.exec(comment);
  const near = found ?? nearPattern.exec(comment);
  if (near === null) return null;
  if (found === null) return fault(`a document is named by "# docid = ID"; got ${shownText(near[0])}`);
  const rule = docIdFault(found[1]);
  return rule === null ? found[1] : fault(`${rule}; got ${shownText(found[1])}`);
}

/** What is wrong with an id of a document; null where it can be written. */
export function docIdFault(id: string): string | null {
  if (id === '' || hasBlank(id)) return 'a document id must not be empty or have a blank';
  return /^["']|["',;]$/.test(id) ? 'a document id begins with no quotation mark, and ends with none and with no comma or semicolon' : null;
}
