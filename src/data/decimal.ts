import { clickOf } from './click-value.ts';

/** How numbers may be written in text files; what `Number` alone takes beside, such as 0x10, blanks and nothing at all, is a slip. */
const grammars = {
  /** Digits. */
  whole: { pattern: /^\d+$/, rule: 'a whole number in digits' },
  /** What happened or not, as {@link clickOf} has it: 1.0 and True too. */
  '0 or 1': { pattern: null, rule: '0 or 1' },
  /** Digits, perhaps after a minus or with zeros behind a point, as pandas writes whole numbers beside missing ones. */
  'whole or .0': { pattern: /^-?\d+(\.0*)?$/, rule: 'a whole number in digits' },
  /** Digits, perhaps with a point among them. */
  plain: { pattern: /^(\d+\.?\d*|\.\d+)$/, rule: 'a number in digits, perhaps with a point' },
  /** Digits, perhaps with a sign, a point and an exponent. */
  decimal: { pattern: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, rule: 'a decimal number' },
} as const;
export type Grammar = keyof typeof grammars;

/** The finite number that a text says in a grammar; NaN where it says none, or one so small that it would become 0. */
export function decimalOf(text: string, grammar: Grammar): number {
  const { pattern } = grammars[grammar];
  if (pattern === null) return clickOf(text) ?? Number.NaN;
  const value = pattern.test(text) ? Number(text) : Number.NaN;
  const vanishes = value === 0 && /^[^eE]*[1-9]/.test(text);
  return Number.isFinite(value) && !vanishes ? value : Number.NaN;
}

/** What {@link decimalOf} expects, and the text, clipped: the end of a message. */
export const expectedNumber = (text: string, grammar: Grammar): string => `${grammars[grammar].rule}; got ${shownText(text)}`;

/** A text in quotes, clipped where it is long. */
export const shownText = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Whether a 32-bit float holds a number: it stays finite, and none but 0 becomes 0. */
export const fitsFloat32 = (value: number): boolean => Number.isFinite(Math.fround(value)) && (value === 0 || Math.fround(value) !== 0);

/** Whether a number also means the same as a 32-bit float: a whole one stays what it is. */
export const keptInFloat32 = (value: number): boolean => fitsFloat32(value) && (!Number.isInteger(value) || Math.fround(value) === value);
export const float32Range = '32 bits hold numbers from 1.4e-45 to 3.4e38';
export const float32Rule = `${float32Range}, and whole ones up to 16777216`;
