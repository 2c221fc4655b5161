import { check, pipe, rawCheck, string } from '../../src/schema.ts';

/** @param rule what text of the pattern is, told of other text */
export const textLike = (pattern: RegExp, rule: string) =>
  pipe(
    string(),
    check((text) => pattern.test(text), rule),
  );

/** Text that also names a file or folder. */
export const fileName = () =>
  textLike(/^[\p{L}\p{N}_][\p{L}\p{N} _+=.@-]*$/u, 'must name a file: letters, digits, blanks and _ + = . @ -, not first a mark');

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
