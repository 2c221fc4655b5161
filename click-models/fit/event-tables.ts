import { type ClickLog, checkClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import type { SessionOrder } from '../../src/data/named-logs/named-click-log.ts';
import { repeatIn } from '../../src/data/repeat-in.ts';
import { UsageError } from '../../src/errors.ts';
import type { ClickModel } from '../click-model.ts';
import { compileCounts } from '../code/compile.ts';
import type { CountEvents, Rows } from '../code/counts-code.ts';
import { isPager } from '../definition.ts';

/** A log to fit a model to: documents are those that the log's rows number. */
export interface FitLog {
  readonly log: ClickLog;
  readonly documents: number; //                 D: document rows run from 0 to D − 1
  readonly contexts?: Uint32Array | null; //     of each list of the log, for models that tell contexts apart
  readonly docIds?: readonly string[]; //        of the documents: entries for "next page" are known by theirs
  readonly order?: SessionOrder; //              of the sessions, to say which one is at fault
}

/** Values of all tables of a model over the documents of a log, and room for how often their events happened and not. */
export interface EventTables {
  readonly values: Readonly<Record<string, Float64Array>>;
  readonly counts: Readonly<Record<string, Float64Array>>;
  readonly free: readonly string[]; // tables that a fit may change
  readonly rows: Rows;
  readonly countEvents: CountEvents;
}

/**
 * Tables that start as the model has them; attraction starts as the click-through rate of each document, with two draws of the rate of all as prior, satisfaction as one half.
 * @throws UsageError where lists are longer than the model has positions, or contexts are missing or more than it has
 */
export function eventTables(model: ClickModel, fit: FitLog): EventTables {
  const { definition, parameters, positions } = model;
  const { log, documents, contexts = null } = fit;
  const longest = positionsOf(log);
  if (!log.clickOffsets.some((offset) => offset > 0)) throw new UsageError('the log shows no document: nothing to fit to');
  if (longest > positions)
    throw new UsageError(`${model.name} has parameters for ${positions} positions, but a list shows ${longest}; give it more positions`);
  checkContexts(model, fit);
  checkPagers(model, fit);
  for (const [name, own] of Object.entries(parameters)) {
    const bad = own.findIndex((value) => !(value >= 0 && value <= 1)); // a model's values can be written over
    if (bad >= 0) throw new UsageError(`${name}[${bad}] of ${model.name} to start from must be in [0, 1], got ${own[bad]}`);
  }
  const K = positions === Infinity ? longest : positions;
  const names = Object.keys(definition.tables);
  const values = Object.fromEntries(
    names.map((name) => {
      const { by } = definition.tables[name];
      if (name === 'attraction') return [name, clickThrough(log, documents, by === 'documentRank' ? K : 1)];
      return [name, name === 'satisfaction' ? new Float64Array(documents).fill(0.5) : parameters[name].slice()];
    }),
  );
  const free = names.filter((name) => definition.tables[name].fixed !== true);
  const untold = new Set([...(definition.confounded ?? []).flatMap((one) => one.tables), ...(definition.interchangeable?.kinds ?? [])]);
  tellKindsApart(
    free.filter((name) => untold.has(name)),
    values,
  );
  const counts = Object.fromEntries(names.map((name) => [name, new Float64Array(2 * values[name].length)]));
  return { values, counts, free, rows: { ...log, contexts }, countEvents: compileCounts(definition, values, counts, K, longest) };
}

/** {@link eventTables} of a fit: those that it holds are at their value, and not free. */
export function tablesToFit(model: ClickModel, fit: FitLog): EventTables {
  const tables = eventTables(model, fit);
  const { held = {} } = model.definition;
  for (const [name, value] of Object.entries(held)) tables.values[name].fill(value);
  return { ...tables, free: tables.free.filter((name) => held[name] === undefined) };
}

/** @throws UsageError where the log is none, or shows a document twice in a list */
export function checkFitLog({ log, documents }: FitLog): void {
  checkClickLog(log, { queries: 2 ** 32, documents });
  for (let l = 0; l < log.queries.length; l++) {
    const twice = repeatIn(log.docs, log.offsets[l], log.offsets[l + 1]);
    if (twice >= 0)
      throw new UsageError(`click log: list ${l} shows document ${log.docs[twice]} twice, and a click would not say which; show each once`);
  }
}

/** Whether a model tells contexts apart, if only one: such a one takes no log of more; others take any. */
export const tellsContexts = ({ definition: { tables } }: Pick<ClickModel, 'definition'>): boolean =>
  Object.values(tables).some(({ by }) => by === 'context');

/** @throws UsageError where a model tells contexts apart and the log has none, or more than the model */
export function checkContexts(model: ClickModel, fit: FitLog): void {
  const { log, contexts = null } = fit;
  if (!tellsContexts(model)) return;
  if (contexts === null && model.contexts === 1) return;
  if (contexts === null)
    throw new UsageError(
      `${model.name} tells ${model.contexts} contexts apart, but the log has none; name its context column (--context on the command line)`,
    );
  if (contexts.length !== log.queries.length)
    throw new UsageError(`expected ${log.queries.length} contexts, one per list, got ${contexts.length}`);
  const most = contexts.reduce((high, context) => Math.max(high, context), 0);
  if (most >= model.contexts)
    throw new UsageError(
      `${model.name} has parameters for ${model.contexts} contexts, but the log has ${most + 1}, ${placeIn(
        fit,
        contexts.findIndex((context) => context >= model.contexts),
      )}; give it as many, as contexts: [${Array.from({ length: most + 1 }, () => '{}').join(', ')}]`,
    );
}

/** Where a list of a log is met first, in words: its session where the order of sessions is known, each of a count for itself. */
export function placeIn({ log, order }: FitLog, list: number): string {
  if (order === undefined) return `first in list ${list + 1} of those that differ`;
  return `first in session ${sessionBefore(order, (row) => log.list[row] === list)}`;
}

/** What a row of a log clicks, and where it is met first, in words. */
export function clicksInWords({ log, order }: FitLog, row: number): string {
  const ranks = Array.from(log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1]).keys())
    .filter((k) => log.clicks[log.clickOffsets[row] + k] === 1)
    .map((k) => k + 1);
  const where = order === undefined ? `row ${row + 1} of those that differ` : `session ${sessionBefore(order, (one) => one === row)}`;
  return `${where} clicks rank${ranks.length === 1 ? '' : 's'} ${ranks.join(', ') || 'none'}`;
}

/** The number, from 1, of the first session whose row is one of those asked for. */
function sessionBefore({ rows, counts }: SessionOrder, isIt: (row: number) => boolean): number {
  let before = 0;
  for (let i = 0; i < rows.length && !isIt(rows[i]); i++) before += counts[i];
  return before + 1;
}

/** @throws UsageError where a list shows a document at a rank of "next page", or the other way about; not checked where ids are not known */
export function checkPagers({ definition }: ClickModel, fit: FitLog): void {
  const { offsets, docs } = fit.log;
  const { docIds } = fit;
  const { pages } = definition;
  if (docIds === undefined || pages === undefined || pages.pager === null) return;
  for (let l = 0; l + 1 < offsets.length; l++)
    for (let k = 0; k < offsets[l + 1] - offsets[l]; k++) {
      const id = docIds[docs[offsets[l] + k]];
      if (id.startsWith(pages.pager) !== isPager(definition, k))
        throw new UsageError(
          `a list shows "${id}" at rank ${k + 1}, ${placeIn(fit, l)}; with pageSize ${pages.size} an entry whose id begins with "${pages.pager}" (pager) belongs at ranks ${pages.size + 1}, ${2 * (pages.size + 1)}, …, and nowhere else`,
        );
    }
}

/**
 * Kinds of users that begin alike would stay so: of kinds whose tables, of one name but for its number, all hold the same, each is moved further down the ranks than the one before. Kinds that differ in
 * any table, as given or as fitted, begin where they are.
 */
function tellKindsApart(tables: readonly string[], values: Readonly<Record<string, Float64Array>>): void {
  const kinds = new Map<string, Map<string, Float64Array>>(); // by number, tables by name without it
  for (const name of tables) {
    const [, base, kind] = /^(.*?)(\d*)$/.exec(name) as unknown as readonly [string, string, string];
    if (kind !== '') kinds.set(kind, (kinds.get(kind) ?? new Map<string, Float64Array>()).set(base, values[name]));
  }
  const all = [...kinds.values()];
  const before = all.map((kind, i) => all.slice(0, i).filter((other) => holdsSame(kind, other)).length);
  for (const [i, kind] of all.entries()) for (const own of kind.values()) moveDown(own, before[i]);
}

const holdsSame = (one: ReadonlyMap<string, Float64Array>, other: ReadonlyMap<string, Float64Array>): boolean =>
  one.size === other.size &&
  [...one].every(([base, own]) => other.get(base)?.length === own.length && own.every((p, i) => p === other.get(base)?.[i]));

function moveDown(own: Float64Array, times: number): void {
  for (let i = 0; times > 0 && i < own.length; i++) {
    const p = Math.min(0.99, Math.max(0.01, own[i]));
    own[i] = 1 / (1 + ((1 - p) / p) * Math.exp((times * (i + 1)) / own.length / 2));
  }
}

/** (clicks + 2 r)/(sessions + 2) of each document, at each of K ranks where asked, r the rate of all. */
function clickThrough(log: ClickLog, documents: number, K: number): Float64Array {
  const sums = { clicks: new Float64Array(documents * K), shown: new Float64Array(documents * K) };
  if (log.clicks.length > 2 * log.docs.length) addLists(log, K, sums);
  else addRows(log, K, sums);
  const { clicks, shown } = sums;
  const rate = Math.min(0.999, Math.max(0.001, total(clicks) / total(shown))) || 0.5;
  for (let i = 0; i < clicks.length; i++) clicks[i] = (clicks[i] + 2 * rate) / (shown[i] + 2);
  return clicks;
}

interface PlaceSums {
  readonly clicks: Float64Array;
  readonly shown: Float64Array;
}

/** By the sums of each list, which are kept with the log: for lists of many rows. */
function addLists(log: ClickLog, K: number, { clicks, shown }: PlaceSums): void {
  const sums = clickSums(log);
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      const place = K === 1 ? log.docs[i] : log.docs[i] * K + i - log.offsets[l];
      shown[place] += sums.sessions[l];
      clicks[place] += sums.clicks[i];
    }
}

/** Row by row, with no room beside: where nearly every session is a list of its own, sums of each list are larger than the log. */
function addRows({ list, offsets, docs, clickOffsets, clicks: clicked, count }: ClickLog, K: number, { clicks, shown }: PlaceSums): void {
  for (let row = 0; row < list.length; row++) {
    const [first, at] = [offsets[list[row]], clickOffsets[row]];
    const length = clickOffsets[row + 1] - at;
    for (let k = 0; k < length; k++) {
      const place = K === 1 ? docs[first + k] : docs[first + k] * K + k;
      shown[place] += count[row];
      clicks[place] += count[row] * clicked[at + k];
    }
  }
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** The sessions of each row, none of those that the model rules out whatever its tables; most models rule out none. */
export function possibleRows({ free, counts, rows, countEvents }: EventTables, count: Float64Array) {
  if (Number.isFinite(countEvents(rows, count, 0, count.length))) return { weight: count, ruledOut: 0 };
  for (const table of free) counts[table].fill(0);
  let ruledOut = 0;
  const weight = count.slice();
  for (let row = 0; row < count.length; row++) {
    if (Number.isFinite(countEvents(rows, count, row, row + 1))) continue;
    ruledOut += count[row];
    weight[row] = 0;
  }
  return { weight, ruledOut };
}
