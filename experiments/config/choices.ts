import { type Document, isCollection, isScalar } from 'yaml';
import { decimalOf, shownText } from '../../src/data/decimal.ts';
import { UsageError } from '../../src/errors.ts';
import { readYaml, YamlFault } from './yaml-text.ts';

/** One value of a sweep dimension, and how it is typed as an override. */
export interface Choice {
  readonly value: unknown;
  readonly text: string;
}

/**
 * The values of a comma-separated text, each a YAML scalar or flow collection, or a range: `1..10` and `0..100..25` with both ends,
 * `range(0,10,2)` without the last as in Python and Hydra, `log(1e4,1e7,4)` evenly spaced on a log scale with both ends and four significant
 * digits. Commas in quotes, brackets and braces separate nothing.
 * @param where the whole word, for messages
 * @throws UsageError for an empty part, broken YAML, or a range without values
 */
export function parseChoices(text: string, where: string): Choice[] {
  return splitTop(text, where).flatMap((part) => {
    const source = part.trim();
    if (source === '') throw new UsageError(`${shownText(where)}: a value is empty; write null, or "" for an empty text`);
    return rangeOf(source, where)?.map((value) => ({ value, text: String(value) })) ?? [{ value: parseValue(source, where), text: source }];
  });
}

/**
 * Whether the text stands for a sweep: several values, or a range, outside quotes and brackets.
 * @throws UsageError for what can only be meant as a range and is none
 */
export function isSweep(text: string, where: string): boolean {
  return splitTop(text, where).length > 1 || rangeOf(text.trim(), where) !== null;
}

/** Whether a text that has been read, its quotes gone, looks like a range. */
export const looksLikeRange = (text: string): boolean => span.test(text) || call.test(text) || halfRange.test(text);

/** One YAML scalar or flow collection and nothing beside it; numbers are decimal. @throws UsageError when it is not YAML, or more than a value */
export function parseValue(source: string, where: string): unknown {
  const document = attempt(source, where);
  const { contents } = document;
  const isBlock = isCollection(contents) ? contents.flow !== true : isScalar(contents) && contents.type?.startsWith('BLOCK');
  if (isBlock)
    throw new UsageError(`${shownText(where)}: a group is written {key: value}, a list [a, b]; quote text with special characters: '"…"'`);
  return document.toJS();
}

function attempt(source: string, where: string): Document {
  try {
    return readYaml(source, strayPart);
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    throw new UsageError(`${shownText(where)}: ${fault.problem}; quote text with special characters: '"…"'`);
  }
}

/** What a token is that is no part of a value: what YAML would leave out, or take from elsewhere. */
function strayPart(token: string, isText: boolean): string | null {
  if (!isText) {
    if (token.startsWith('#')) return `in YAML ${shownText(token)} is a comment`;
    if (token === '---' || token === '...') return `in YAML ${shownText(token)} is a mark of a document, not a value`;
    if (/^[*&]/.test(token)) return `in YAML ${shownText(token)} refers to something else`;
  }
  return (isText || /^["']/.test(token)) && token.includes('\n')
    ? 'in YAML a line break within a text is a blank, "\\n" in double quotes one'
    : null;
}

const closing: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' };

/** Parts between the commas that no quote or bracket encloses; a quote opens only where a value begins, as in YAML. */
function splitTop(text: string, where: string): string[] {
  const parts = [''];
  const open: string[] = [];
  let quote: string | null = null;
  let fresh = true; // a value may begin here
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quote === null && open.length === 0 && character === ',') {
      parts.push('');
      fresh = true;
      continue;
    }
    parts[parts.length - 1] += character;
    if (quote !== null) {
      const escapes = quote === '"' ? character === '\\' : character === "'" && text[i + 1] === "'";
      if (escapes) parts[parts.length - 1] += text[++i] ?? '';
      else if (character === quote) quote = null;
    } else if (fresh && (character === '"' || character === "'")) quote = character;
    else if (character in closing) open.push(closing[character]);
    else if (character === open.at(-1)) open.pop();
    if (!/\s/.test(character)) fresh = /[,:([{]/.test(character);
  }
  if (quote !== null || open.length > 0)
    throw new UsageError(`${shownText(where)}: a closing ${quote ?? open.at(-1)} is missing; quote text with brackets`);
  return parts;
}

const number = String.raw`[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const span = new RegExp(String.raw`^(${number})\.\.(${number})(?:\.\.(${number}))?$`);
/** A number on one side of two dots, and no path. */
const halfRange = new RegExp(String.raw`^${number}\s*\.\.(?!/)|^[^\s/]*\.\.\s*${number}$`);
const call = /^(range|log)\((.*)\)$/;
const mostValues = 100_000;

function rangeOf(source: string, where: string): number[] | null {
  const fault = (problem: string) => new UsageError(`${shownText(where)}: ${source} ${problem}`);
  const ends = span.exec(source);
  if (ends) {
    const [from, to, step] = [Number(ends[1]), Number(ends[2]), Number(ends[3] ?? 1)];
    return arithmetic(from, to, step, true, (problem) => fault(`${problem}; write low..high, or low..high..step`));
  }
  if (halfRange.test(source))
    throw fault(`is no range: write low..high, or low..high..step, in numbers; text goes in quotes, '"${source}"'`);
  const [, name, list] = call.exec(source) ?? [];
  if (name === undefined) return null;
  const numbers = list.split(',').map((part) => decimalOf(part.trim(), 'decimal'));
  if (numbers.some(Number.isNaN)) throw fault('takes numbers: range(start,stop,step), log(from,to,count)');
  if (name === 'log') {
    const [from, to, count] = numbers;
    const usable = numbers.length === 3 && from > 0 && to > 0 && Number.isInteger(count) && count >= 2 && count <= mostValues;
    if (!usable) throw fault(`must be log(from,to,count) with from and to above 0 and a count of at least 2, at most ${mostValues}`);
    const between = (i: number) => Number((from * (to / from) ** (i / (count - 1))).toPrecision(4));
    return Array.from({ length: count }, (_, i) => (i === 0 ? from : i === count - 1 ? to : between(i)));
  }
  const [start, stop, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  return arithmetic(start, stop, step, false, (problem) => fault(`${problem}; write range(start,stop,step)`));
}

/** From, from + step … up to the end, with as many decimals as these are written with, so that 0.1 + 0.2 is 0.3 and 0.3 − 0.3 is 0. */
function arithmetic(from: number, end: number, step: number, withEnd: boolean, fault: (problem: string) => UsageError): number[] {
  const steps = (end - from) / step;
  const count = withEnd ? Math.floor(steps + 1e-9) + 1 : Math.ceil(steps - 1e-9);
  if (step === 0) throw fault('has no values: its step is 0');
  if (!(count >= 1)) throw fault('has no values');
  if (withEnd && Math.abs(steps - Math.round(steps)) > 1e-9) throw fault(`does not meet its end in steps of ${step}`);
  if (count > mostValues) throw fault(`has ${count} values, more than ${mostValues}`);
  const decimals = Math.max(decimalsOf(from), decimalsOf(step));
  const values = Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(Math.min(decimals, 100))) + 0); // no −0
  const inexact = values.find((value) => decimals === 0 && !Number.isSafeInteger(value));
  if (inexact !== undefined)
    throw fault(`has ${inexact}, beyond ±${Number.MAX_SAFE_INTEGER}, where whole numbers are no longer kept exactly`);
  return values;
}

/** Digits behind the point of a number as it is written in full. */
function decimalsOf(value: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}
