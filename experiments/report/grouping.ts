import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import { dataName } from '../config/data-name.ts';
import type { FlatConfig, Scalar } from '../records/flatten-config.ts';
import type { StoredMethod, StoredRun } from '../records/stored-run.ts';
import { varyingKeys, varyingMethodKeys } from '../records/varying-keys.ts';
import { isProvenance, provenanceKeys } from './provenance-keys.ts';

/** Config keys that say nothing of what is measured: runs that differ in them alone measure the same. */
const incidental = new Set(['name', 'baseline', 'backend', 'plugins', 'evaluation.metrics']);

/** By what runs are grouped: keys of the method make the rows of a table, other keys of the config its columns. */
export interface Grouping {
  readonly rowKeys: readonly string[];
  readonly columnKeys: readonly string[];
  readonly contextKeys: readonly string[]; //  vary, but are not grouped by: averaged over within a sample
  readonly alongKeys: readonly string[]; //    vary from column to column and within none
  readonly methodContext: readonly string[]; // the same of the method's options
}

const within = (key: string, group: string) => key === group || key.startsWith(`${group}.`);
const ofMethod = (key: string) => within(key, 'estimator');

/**
 * Keys in which runs differ, without the options that differ only because what has them is named otherwise, and of a group that some runs lack and that is
 * the same in all others but one.
 */
export function distinguishingKeys(runs: readonly Pick<StoredRun, 'keys'>[]): string[] {
  const varying = varyingKeys(runs).filter((key, _, all) => !ofAnotherName(key, all, runs));
  const told = new Set<string>();
  return varying.filter((key) => {
    const lacking = lackOf(key, runs);
    if (lacking === null) return true;
    const group = `${key.slice(0, key.lastIndexOf('.'))} ${lacking}`;
    return !told.has(group) && told.add(group);
  });
}

/** Whether a key differs only between runs whose group has different names. */
function ofAnotherName(key: string, varying: readonly string[], runs: readonly Pick<StoredRun, 'keys'>[]): boolean {
  const name = `${key.slice(0, key.lastIndexOf('.'))}.name`;
  if (key === name || !varying.includes(name)) return false;
  const values = new Map<Scalar, Set<Scalar>>();
  for (const { keys } of runs) {
    const of = keys.get(name) ?? null;
    values.set(of, (values.get(of) ?? new Set()).add(keys.get(key) ?? null));
  }
  return [...values.values()].every((ofName) => ofName.size < 2);
}

/** Which runs lack a key that is the same in all others; null where none does, or where they differ. */
function lackOf(key: string, runs: readonly Pick<StoredRun, 'keys'>[]): string | null {
  const there = runs.filter(({ keys }) => keys.has(key));
  const same = new Set(there.map(({ keys }) => keys.get(key))).size < 2;
  return there.length === runs.length || !same ? null : runs.map(({ keys }) => (keys.has(key) ? 1 : 0)).join('');
}

/** The values of a row or column in words: texts as they are, numbers with the last part of their key. */
export const groupWords = (values: readonly Scalar[], keys: readonly string[]): string[] =>
  values.map((value, k) =>
    typeof value === 'string'
      ? keys[k] === 'world.path'
        ? dataName({ path: value })
        : value
      : `${keys[k].split('.').at(-1)} ${valueText(value)}`,
  );

/** More keys than heads of columns can hold: of runs that have little in common. */
const mostHeads = 8;

/**
 * @param by keys or groups of keys, `estimator.clip`, `simulation.sessions`, `data`; null: the label and every key that varies, or, where these
 * are more than eight and no two runs agree in them, the run
 * @throws UsageError for a key that no run has
 */
export function chooseGrouping(runs: readonly StoredRun[], by: readonly string[] | null): Grouping {
  const varying = distinguishingKeys(runs).filter((key) => !incidental.has(key));
  const keys = by ?? ['estimator.label', ...(varying.length > mostHeads && !agree(runs, varying) ? ['run'] : varying)];
  checkKnown(runs, keys);
  const rowKeys = keys.filter(ofMethod).map((key) => (key === 'estimator' ? 'estimator.label' : key));
  const free = (key: string) => !keys.some((group) => within(key, group));
  const labelled = rowKeys.length === 0 || rowKeys.includes('estimator.label');
  const columnKeys = keys.filter((key) => !ofMethod(key));
  const along = varying.filter((key) => free(key) && goesWith(key, columnKeys, runs, varying));
  return {
    rowKeys: rowKeys.length > 0 ? rowKeys : ['estimator.label'], // methods are never averaged over unasked
    columnKeys,
    contextKeys: varying.filter((key) => free(key) && !along.includes(key)),
    alongKeys: along,
    methodContext: labelled ? [] : varyingMethodKeys(runs).filter((key) => free(key) && key !== 'estimator.name'),
  };
}

const columnOf = (run: StoredRun, keys: readonly string[], varying: readonly string[]): string =>
  JSON.stringify(keys.map((key) => (isProvenance(key) ? provenanceKeys[key](run) : valueIn(key, run.keys, varying))));

/** Whether two runs have the same values of all keys. */
const agree = (runs: readonly StoredRun[], keys: readonly string[]): boolean =>
  new Set(runs.map((run) => columnOf(run, keys, keys))).size < runs.length;

/** Whether a key has one value in each column. Of data not: sessions and queries of different data are no pairs. */
function goesWith(key: string, columnKeys: readonly string[], runs: readonly StoredRun[], varying: readonly string[]): boolean {
  if (columnKeys.length === 0 || within(key, 'data')) return false;
  const inColumn = new Map<string, Scalar>();
  for (const run of runs) {
    const [column, value] = [columnOf(run, columnKeys, varying), run.keys.get(key) ?? null];
    if (inColumn.has(column) && inColumn.get(column) !== value) return false;
    inColumn.set(column, value);
  }
  return true;
}

function checkKnown(runs: readonly StoredRun[], keys: readonly string[]): void {
  const known = new Set(
    runs.flatMap(({ keys: ofRun, methods }) => [...ofRun.keys(), ...methods.flatMap((method) => [...method.keys.keys()])]),
  );
  for (const key of [...known]) for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) known.add(key.slice(0, dot));
  const stray = keys.find((key) => !known.has(key) && !isProvenance(key));
  if (stray === undefined) return;
  const varying = [...varyingKeys(runs), ...varyingMethodKeys(runs)];
  const list = [
    ...['estimator.label', 'estimator.name', ...Object.keys(provenanceKeys)],
    fewOf(
      varying.filter((key) => key !== 'estimator.name'),
      12,
    ),
  ].join(', ');
  throw new UsageError(
    `no run has the config key "${stray}"${nearName(stray, [...known])}${nearName(stray, [...known]) === '' ? ';' : ''} keys to group by here: ${list}`,
  );
}

/** What a run, or its method, has at a key: a number or a text; of a group its name, or what it varies in. */
export function keyValue(key: string, run: StoredRun, method: StoredMethod, varying: readonly string[]): Scalar {
  if (isProvenance(key)) return provenanceKeys[key](run);
  return valueIn(key, ofMethod(key) ? method.keys : run.keys, varying);
}

function valueIn(key: string, keys: FlatConfig, varying: readonly string[]): Scalar {
  if (keys.has(key)) return keys.get(key) ?? null;
  const head = groupName(key, keys);
  const inner = varying.filter((one) => one.startsWith(`${key}.`) && one !== `${key}.name` && one !== `${key}.path`);
  const options = inner.flatMap((one) => (keys.has(one) ? [`${one.slice(key.length + 1)}=${keys.get(one)}`] : []));
  return [...(head === null ? [] : [head]), ...options].join(' ') || null;
}

/** By its name; a world that is read from files by theirs. */
function groupName(group: string, keys: FlatConfig): string | null {
  const path = keys.get(`${group}.path`);
  const said = keys.get(`${group}.name`);
  const isFiles = keys.has(`${group}.path`) && (said === undefined || said === 'recorded');
  const name = isFiles ? dataName({ path: typeof path === 'string' ? path : null }) : said;
  return name === undefined || name === null ? null : String(name);
}

/** A value in a heading: `1e6` for a round number, – for none. */
export function valueText(value: Scalar): string {
  if (value === null) return '–';
  if (typeof value !== 'number') return String(value);
  const long = String(Number(value.toPrecision(12))); // 0.1 · 3 is 0.3
  const short = Number(long).toExponential().replace('e+', 'e');
  return Math.abs(value) >= 1e3 && short.length < long.length ? short : long;
}

/** Words of a list, of a long one the first. */
export const fewOf = (words: readonly string[], most: number): string =>
  words.length > most ? `${words.slice(0, most).join(', ')} and ${words.length - most} more` : words.join(', ');
