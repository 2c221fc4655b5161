import { DataError } from '../../errors.ts';
import { checkJsonDepth } from '../json-depth.ts';
import { checkKeysDiffer } from '../json-keys.ts';
import { jsonFault } from './json-fault.ts';

/**
 * The value of a JSON text.
 * @param line where the text starts in its file
 * @param expected what it should be, for the message
 * @throws DataError with the line, the character of the line, and what the parser says; and where an object has a key twice
 */
export function parseJson(text: string, file: string, line: number, expected: string): unknown {
  checkJsonDepth(text, { file, line });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const before = text.slice(0, jsonFault(text));
    const start = before.lastIndexOf('\n') + 1;
    const place = `at character ${before.length - start + 1} of the line`;
    const problem = `not JSON (${reason(error)}, ${place}); expected ${expected}`;
    throw new DataError(problem, { file, line: line + before.split('\n').length - 1 });
  }
  checkKeysDiffer(text, value, { file, line });
  return value;
}

/** What the parser says, without the text that it quotes. */
const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/ in JSON at position.*$/s, '')
    .replace(/, (\.\.\.)?".*" is not valid JSON$|, ".*"\.\.\. is not valid JSON$|, \.\.\.".*"\.\.\. is not valid JSON$/s, '')
    .replaceAll(/\s+/g, ' ');
