import { shownText } from '../../src/data/decimal.ts';
import { UsageError } from '../../src/errors.ts';
import { parseChoices } from '../config/choices.ts';
import { valueAt } from '../config/interpolate.ts';
import { isGroup } from '../config/merge-layers.ts';

/** A combination that is left out: every part holds. */
export interface Condition {
  readonly text: string;
  readonly parts: readonly ConditionPart[];
}

interface ConditionPart {
  readonly path: readonly string[];
  readonly relation: keyof typeof relations;
  readonly values: readonly unknown[];
}

/** Whether the value at the path stands in the relation to the values; a group of keys is known by its name, and numbers may be text, as seeds are. */
const relations = {
  '=': (actual: string, values: string[]) => values.includes(actual),
  '!=': (actual: string, values: string[]) => !values.includes(actual),
  '<': (actual: string, [value]: string[]) => Number(actual) < Number(value),
  '<=': (actual: string, [value]: string[]) => Number(actual) <= Number(value),
  '>': (actual: string, [value]: string[]) => Number(actual) > Number(value),
  '>=': (actual: string, [value]: string[]) => Number(actual) >= Number(value),
};

/**
 * `estimator.name=affine,ips and simulation.sessions>=1e6`: parts joined by `and`; a comma in the values of = and != means any of them.
 * @throws UsageError when a part is nothing of the kind
 */
export function parseCondition(text: string): Condition {
  return {
    text,
    parts: text.split(/\s+and\s+/).map((part) => {
      const [, key, relation, source] = /^\s*([^\s=!<>]+)\s*(!=|<=|>=|=|<|>)\s*(\S.*?)\s*$/.exec(part) ?? [];
      if (key === undefined)
        throw new UsageError(`skip: ${shownText(text)} is not a condition; write key=value, key!=a,b, key>=1e6, joined by "and"`);
      const values = parseChoices(source, text).map(({ value }) => value);
      if (/[<>]/.test(relation) && (values.length > 1 || typeof values[0] !== 'number'))
        throw new UsageError(`skip: ${shownText(text)}: ${relation} needs one number`);
      return { path: key.split('.'), relation: relation as keyof typeof relations, values };
    }),
  };
}

/** What a run's config has at a path; undefined where it has nothing. */
export type Look = (path: readonly string[]) => unknown;

/** A part about a key that the run does not have does not hold. */
export function holds({ parts }: Condition, look: Look): boolean {
  const actual = parts.map(({ path }) => plain(look(path))); // of every part, so that a key which no run has is noticed
  return parts.every(({ relation, values }, i) => {
    const value = actual[i];
    const wanted = values.map((one) => plain(one) as string);
    return value !== undefined && relations[relation](value, wanted);
  });
}

/** Looks a path up in a config before it is checked, where a bare name still stands for a group, and then in the defaults. */
export const valueIn =
  (layer: unknown, defaults: unknown): Look =>
  (path) => {
    const found = valueAt(layer, path) ?? bareName(layer, path) ?? valueAt(defaults, path);
    return found?.value;
  };

const bareName = (layer: unknown, path: readonly string[]) => {
  const group = path.at(-1) === 'name' ? valueAt(layer, path.slice(0, -1)) : null;
  return typeof group?.value === 'string' ? group : null;
};

/** What is compared: text. */
function plain(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (isGroup(value) && typeof value.name === 'string') return value.name;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
