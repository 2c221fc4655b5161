/**
 * What says a click, or that something else happened or not, in every form of log: the numbers 1 and 0 however they are written (`1`, `1.0`, `1e0`), and true and
 * false in letters of any case; as a number, a truth value or a text. Anything else (`2`, `yes`, `t`, nothing at all) says none.
 */
const forms = { yes: '1([.]0*)?(e[+-]?0+)?|true', no: '0([.]0*)?(e[+-]?[0-9]+)?|false' }; // of letters in lower case, for RegExp and DuckDB alike
const [yes, no] = [forms.yes, forms.no].map((form) => new RegExp(`^(${form})$`));

/** 1 or 0; null for what says neither. */
export function clickOf(value: unknown): 0 | 1 | null {
  if (value === 1 || value === true || value === '1') return 1;
  if (value === 0 || value === false || value === '0') return 0;
  if (typeof value === 'bigint') return clickOf(Number(value));
  if (typeof value !== 'string') return null;
  const text = value.toLowerCase();
  return yes.test(text) ? 1 : no.test(text) ? 0 : null;
}

/** {@link clickOf} of an SQL expression of text: 1, 0 or NULL. What is written in one digit, as nearly all is, costs no more than to compare it. */
export const clickSql = (text: string): string =>
  `CASE WHEN ${text} = '0' THEN 0::UTINYINT WHEN ${text} = '1' THEN 1::UTINYINT
    WHEN regexp_full_match(lower(${text}), '${forms.no}') THEN 0::UTINYINT WHEN regexp_full_match(lower(${text}), '${forms.yes}') THEN 1::UTINYINT END`;
