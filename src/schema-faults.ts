import { nearName } from './registry.ts';
import type { SchemaIssue } from './schema.ts';

/** One thing wrong with a config: where, and a sentence with the value, the rule and the way out. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

export const formatFault = ({ path, problem }: Fault): string => (path.length === 0 ? problem : `${path.join('.')}: ${problem}`);

/** What a schema found wrong, in our words. Unknown keys are left out: a schema reports only the first of a group. */
export function faultsOf(issues: readonly SchemaIssue[]): Fault[] {
  return issues.flatMap((issue) => faultOf(issue, []));
}

/** The first of them in one line; an unknown key where there is nothing else. */
export function firstFault(issues: readonly SchemaIssue[]): string {
  const [fault = { path: keysOf(issues[0]), problem: 'unknown key' }] = faultsOf(issues);
  return formatFault(fault);
}

const keysOf = ({ path }: SchemaIssue): Fault['path'] => (path ?? []).map(({ key }) => key as string | number);

function faultOf(issue: SchemaIssue, above: Fault['path']): Fault[] {
  const path = [...above, ...keysOf(issue)];
  if (issue.type === 'strict_object' && issue.expected === 'never') return [];
  if (issue.type === 'strict_object' && issue.input === undefined) return [{ path, problem: 'missing' }];
  if (issue.type === 'union') return unionFaults(issue, path);
  if (issue.type === 'check' && path.length === 0) return [{ path, problem: issue.message }]; // of the whole, which no message shows in part
  return [{ path, problem: problemOf(issue) }];
}

/** Of a union's branches, the one the writer meant: the one that got further than the first look, or the one of the same type. */
function unionFaults(issue: SchemaIssue, path: Fault['path']): Fault[] {
  const branches = branchesOf(issue);
  const deeper = branches.filter((branch) => branch.path !== undefined);
  if (deeper.length > 0) return meant(deeper, issue.input).flatMap((branch) => faultOf(branch, path));
  const names = branches.find((branch) => typeof issue.input === 'string' && namesIn(branch).length > 0);
  const sameType = branches.find((branch) => ranges.has(branch.type));
  const nearest = names ?? sameType;
  if (nearest) {
    const orNumber = nearest === names && branches.some(({ type }) => type === 'number') ? ', or a number' : '';
    return faultOf(nearest, path).map((fault) => ({ ...fault, problem: fault.problem + orNumber }));
  }
  return [{ path, problem: `must be ${[...new Set(branches.map(ruleOf))].join(', or ')}, got ${show(issue.input)}` }];
}

/** Those of a union within a union are its own. */
const branchesOf = ({ issues }: SchemaIssue): SchemaIssue[] =>
  (issues ?? []).flatMap((branch) => (branch.type === 'union' && branch.path === undefined ? branchesOf(branch) : [branch]));

/** Of the faults that each alternative finds in a group of keys those of the one with a name where it has one, of those without where not; of a list those of the alternatives that are lists. */
function meant(branches: readonly SchemaIssue[], input: unknown): readonly SchemaIssue[] {
  if (typeof input !== 'object' || input === null) return branches;
  if (Array.isArray(input)) {
    const ofItems = branches.filter(({ path }) => typeof path?.[0]?.key === 'number');
    return ofItems.length > 0 ? ofItems : branches;
  }
  const isOfKey = ({ path }: SchemaIssue, key: string) => path?.[0]?.key === key;
  const known = ({ expected }: SchemaIssue) => expected !== 'never'; // the others are of unknown keys, which are told elsewhere
  if (!Object.hasOwn(input, 'name')) {
    const unnamed = branches.filter((branch) => known(branch) && !isOfKey(branch, 'name'));
    return branches.every(known) && unnamed.length === 0 ? branches : unnamed;
  }
  const named: SchemaIssue[] = [];
  for (const branch of branches) {
    if (known(branch) || !isOfKey(branch, 'name')) named.push(branch);
    else while (named.length > 0 && known(named[named.length - 1]) && named[named.length - 1].input === undefined) named.pop(); // keys that the one without a name lacks
  }
  return named.filter(known);
}

const namesIn = (issue: SchemaIssue): string[] => [...(issue.expected ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1]);

function problemOf(issue: SchemaIssue): string {
  const { input } = issue;
  const names = namesIn(issue);
  if (input === undefined) return `missing; must be ${ruleOf(issue)}`;
  if (typeof input === 'string' && names.length > 0) {
    const near = nearName(input, names);
    return `unknown name ${show(input)}${near || ';'} known: ${names.join(', ')}`;
  }
  if (issue.type === 'raw_check') return issue.message; // says the value itself
  if (issue.type === 'check') return `${issue.message}, got ${show(input)}`;
  return `must be ${ruleOf(issue)}, got ${show(input)}`;
}

const ranges = new Set(['min_value', 'max_value', 'gt_value', 'lt_value', 'integer', 'finite']);

const rules: Readonly<Record<string, (issue: SchemaIssue) => string>> = {
  number: () => 'a number',
  string: () => 'text',
  boolean: () => 'true or false',
  array: () => 'a list',
  null: () => 'null',
  strict_object: () => 'a group of keys',
  loose_object: () => 'a group of keys',
  record: () => 'a table of keys and values',
  literal: ({ expected }) => `${expected}`,
  integer: () => 'a whole number',
  finite: () => 'a finite number',
  min_value: ({ requirement }) => (requirement === -Number.MAX_VALUE ? 'a finite number' : `at least ${requirement}`),
  max_value: ({ requirement }) => (requirement === Number.MAX_VALUE ? 'a finite number' : `at most ${requirement}`),
  gt_value: ({ requirement }) => `above ${requirement}`,
  lt_value: ({ requirement }) => `below ${requirement}`,
  min_length: ({ requirement }) => `of length ${requirement} or more`,
  non_empty: () => 'not empty',
};

type SchemaIssueRule = SchemaIssue & { readonly requirement?: unknown };

function ruleOf(issue: SchemaIssueRule): string {
  const names = namesIn(issue);
  if (names.length > 0) return names.length === 1 ? `"${names[0]}"` : `one of ${names.join(', ')}`;
  const group = issue.type === 'variant' ? 'a name, or a group of keys with a name' : issue.message;
  return rules[issue.type]?.(issue) ?? group;
}

/** The value as it could be written, shortened. */
export function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)); // JSON calls ∞ and NaN null
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
