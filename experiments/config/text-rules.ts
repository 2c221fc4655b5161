import { pathNameFault } from '../../src/data/path-name.ts';
import { check, pipe, rawCheck, string } from '../../src/schema.ts';
import { show } from '../../src/schema-faults.ts';

/** @param rule what text of the pattern is, told of other text */
export const textLike = (pattern: RegExp, rule: string) =>
  pipe(
    string(),
    check((text) => pattern.test(text), rule),
  );

const plainName = /^[\p{L}\p{N}_][\p{L}\p{N} _+=.@-]*$/u;

/** Text that also names a file or folder. @param faultOf a rule that goes before */
export const fileName = (faultOf: (text: string) => string | null = () => null) =>
  pipe(
    textLike(plainName, 'must name a file: letters, digits, blanks and _ + = . @ -, not first a mark'),
    ruled((text) => (plainName.test(text) ? (faultOf(text) ?? pathNameFault(text)) : null)),
  );

/** Text that names a file or folder that is read. */
export const filePath = () => textLike(/\S/, 'must name a file or folder');

/** Text without what a terminal would take for an order. */
export const line = (longest = 2000) =>
  pipe(
    string(),
    ruled((text) =>
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      /[\u0000-\u001f\u007f-\u009f]/.test(text) ? 'must be one line, without control characters' : null,
    ),
    ruled((text) => (text.length > longest ? `must be at most ${longest} characters long, got ${text.length}` : null)),
  );

/** A rule that says itself what is wrong; null for nothing. */
export function ruled(faultOf: (text: string) => string | null) {
  return rawCheck<string>(({ dataset, addIssue }) => {
    const fault = dataset.typed ? faultOf(dataset.value) : null;
    if (fault !== null) addIssue({ message: `${fault} (${show(dataset.value)})` });
  });
}

/** Text that a parser takes; what it throws at other text is the fault. */
export const parsable = (parse: (text: string) => unknown) =>
  pipe(
    string(),
    rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      try {
        parse(dataset.value);
      } catch (error) {
        addIssue({ message: error instanceof Error ? error.message : String(error) });
      }
    }),
  );
