import { decimalOf, shownText } from '../data/decimal.ts';
import { decodeOptions } from '../decode-options.ts';
import { UsageError } from '../errors.ts';
import { lookup, nearName } from '../registry.ts';
import type { SessionMetric, SessionMetricEntry } from './session-metric.ts';
import { sessionMetrics } from './session-metrics.ts';

/** A session metric with its options set. */
export interface NamedSessionMetric {
  /** Canonical: the options that are not the defaults, in the schema's order, by their symbols: `NUM(L=50000,C=500)`. Parses to the same metric. */
  readonly name: string;
  readonly metric: string; //                            key of the registry: NUM
  readonly options: Readonly<Record<string, unknown>>; // every constant, defaults included: report them with the scores
  readonly compute: SessionMetric;
}

/**
 * `NUM` → the metric with its defaults; `NUM(L=50000, clickEnhancement=false)` → with these options, by name or symbol.
 * @param shared defaults that hold for every metric that has such an option, such as the highest grade of a log
 * @throws UsageError on an unknown metric or option (with the nearest name), an option twice, and a value its rule refuses
 */
export function parseSessionMetric(text: string, shared: Readonly<Record<string, unknown>> = {}): NamedSessionMetric {
  const [, metric, list] = /^([^()=,\s]+)(?:\((.*)\))?$/.exec(text.trim()) ?? [];
  if (metric === undefined)
    throw new UsageError(`session metric ${shownText(text)}: expected a name and perhaps options, such as NUM or NUM(L=50000,C=500)`);
  const entry: SessionMetricEntry = lookup<SessionMetricEntry>('session metric', sessionMetrics, metric);
  const keys = Object.keys(entry.options.entries);
  const given = Object.fromEntries(Object.entries(shared).filter(([key]) => keys.includes(key)));
  const defaults = decodeOptions(metric, entry.options, {}) as Readonly<Record<string, unknown>>;
  const set = new Set<string>();
  for (const part of list === undefined || list.trim() === '' ? [] : list.split(',')) {
    const [, word, setting] = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (word === undefined) throw new UsageError(`session metric ${shownText(text)}: expected option=value, got ${shownText(part.trim())}`);
    const key = Object.hasOwn(entry.symbols, word) ? entry.symbols[word] : word;
    const known = [...Object.keys(entry.symbols), ...keys];
    if (!keys.includes(key))
      throw new UsageError(`${metric} has no option ${shownText(word)}${nearName(word, known) || ';'} known: ${known.join(', ')}`);
    if (set.has(key)) throw new UsageError(`session metric ${shownText(text)}: ${shownText(word)} is set twice`);
    set.add(key);
    given[key] = Array.isArray(defaults[key]) ? [value(setting)].flat() : value(setting);
  }
  const options = decodeOptions(text, entry.options, given) as Readonly<Record<string, unknown>>;
  const create = entry.create as (options: unknown) => SessionMetric;
  return { name: canonicalName(metric, entry, options), metric, options, compute: create(options) };
}

/** Options that are not the defaults or are always named, by their symbols where they have one. */
function canonicalName(metric: string, entry: SessionMetricEntry, options: Readonly<Record<string, unknown>>): string {
  const defaults = decodeOptions(metric, entry.options, {}) as Readonly<Record<string, unknown>>;
  const short = Object.fromEntries(Object.entries(entry.symbols).map(([symbol, key]) => [key, symbol]));
  const parts = Object.keys(entry.options.entries)
    .filter((key) => entry.alwaysNamed?.includes(key) || written(options[key]) !== written(defaults[key]))
    .map((key) => `${short[key] ?? key}=${written(options[key])}`);
  return parts.length === 0 ? metric : `${metric}(${parts.join(',')})`;
}

/** A number, true, false, numbers with slashes between, or the word itself. */
function value(word: string): unknown {
  if (word === 'true' || word === 'false') return word === 'true';
  const numbers = word.split('/').map((part) => decimalOf(part, 'decimal'));
  if (numbers.some(Number.isNaN)) return word;
  return numbers.length === 1 ? numbers[0] : numbers;
}

const written = (option: unknown): string => (Array.isArray(option) ? option.join('/') : String(option));
