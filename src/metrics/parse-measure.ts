import { shownText } from '../data/decimal.ts';
import { UsageError } from '../errors.ts';
import { lookup, nearName } from '../registry.ts';
import { fromConfigName } from './config-names.ts';
import type { Measure } from './measure.ts';
import { type MeasureAlias, measureAliases, measures } from './measures.ts';
import type { Metric } from './metric-options.ts';
import type { SubtopicMetric } from './subtopic-metric.ts';
import { expandTrecName } from './trec-names.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** A measure with its parameters; `name` is its canonical form, the same for every way to write it. */
export interface NamedMeasure {
  readonly name: string; //    nDCG(dcg='exp-log2')@10: parameters in the registry's order, those with their default left out
  readonly measure: string; // key of the registry: nDCG
  readonly parameters: Parameters; // as given, without defaults
  readonly compute: Metric;
  /** Of a measure of diversity, which needs judgments by subtopic: computes it in the place of `compute`. */
  readonly computeSubtopic: SubtopicMetric | null;
}

const notation = /^([A-Za-z]\w*)(?:\((.*)\))?(?:@([^@()]*))?$/;
/** A parameter; its value is a number, True, False, gains by grade, or a text that shells may have stripped of its quotes. */
const assignment = /^\s*(\w*)\s*=\s*(?:'([^']*)'|"([^"]*)"|(\{[^{}]*\}|[^\s'",{}]+))\s*$/;
/** A comma that is not between braces. */
const separator = /,(?![^{]*\})/;

/**
 * Reads a measure in ir_measures' notation, `nDCG(dcg='exp-log2')@10`, `RBP(p=0.8)`, `AP`, or by the name trec_eval has for it, `ndcg_cut_10`.
 * @throws UsageError on an unknown measure or parameter (with the nearest name), a parameter that is missing, given twice or out of range,
 *   on text that is not in the notation, on the name of several measures, and on a name of run configs (with the measure that it is here)
 */
export function parseMeasure(text: string): NamedMeasure {
  const [only, ...others] = parseMeasures(text);
  if (others.length === 0) return only;
  throw new UsageError(
    `measure ${shownText(text)}: that is ${1 + others.length} measures, ${only.name}, ${others[0].name} …; name one of them`,
  );
}

/** As {@link parseMeasure}, but one of trec_eval's names may stand for several measures: `official`, `P_5,10`. */
export function parseMeasures(text: string): NamedMeasure[] {
  const trimmed = text.trim();
  const name = /^\w+(?!\.)\b/.exec(trimmed)?.[0] ?? '';
  if (Object.hasOwn(measures, name) || Object.hasOwn(measureAliases, name)) return [parseNotation(trimmed)];
  checkConfigName(trimmed);
  return (expandTrecName(trimmed) ?? [trimmed]).map(parseNotation);
}

/** @throws UsageError on a name of run configs, where `ndcg` is not what trec_eval calls so */
function checkConfigName(text: string): void {
  const same = fromConfigName(text);
  if (same === null) return;
  const trec = /^n?dcg/.test(text) ? `, or, with the linear gain of trec_eval, ${same.replace("(dcg='exp-log2')", '')}` : '';
  throw new UsageError(`measure ${shownText(text)}: that is its name in run configs; write ${same}${trec}`);
}

function parseNotation(text: string): NamedMeasure {
  const match = notation.exec(text);
  if (match === null)
    throw new UsageError(`measure ${shownText(text)}: expected a name, parameters and a cutoff, such as nDCG(dcg='exp-log2')@10`);
  const [, name, list, at] = match;
  const alias: MeasureAlias = Object.hasOwn(measureAliases, name) ? measureAliases[name] : { name };
  const measure = findMeasure(alias.name);
  const given: Record<string, unknown> = { ...alias.parameters };
  for (const [key, value] of assignments(text, list)) {
    if (Object.hasOwn(given, key)) throw new UsageError(`measure ${shownText(text)}: ${key} is given twice`);
    given[key] = value;
  }
  if (at !== undefined && Object.hasOwn(given, measure.at))
    throw new UsageError(`measure ${shownText(text)}: ${measure.at} is given twice`);
  if (at !== undefined) given[measure.at] = literal(text, at);
  checkNames(text, alias.name, measure, given);
  return {
    name: printMeasure(alias.name, measure, given),
    measure: alias.name,
    parameters: given,
    compute: measure.create(`measure ${shownText(text)}`, given),
    computeSubtopic: measure.createSubtopic?.(`measure "${text}"`, given) ?? null,
  };
}

function findMeasure(name: string): Measure {
  const other = [...Object.keys(measures), ...Object.keys(measureAliases)].find((known) => known.toLowerCase() === name.toLowerCase());
  if (other === undefined || other === name) return lookup<Measure>('measure', measures, name);
  throw new UsageError(`unknown measure ${shownText(name)}; did you mean "${other}"?`);
}

function assignments(text: string, list = ''): [string, unknown][] {
  if (list.trim() === '') return [];
  return list.split(separator).map((part) => {
    const [, key, single, double, bare] = assignment.exec(part) ?? [];
    if (key === undefined || key === '')
      throw new UsageError(`measure ${shownText(text)}: expected parameter=value, got ${shownText(part.trim())}`);
    return [key, single ?? double ?? literal(text, bare)];
  });
}

function literal(measure: string, text: string): unknown {
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (text.startsWith('{')) return gainsOf(measure, text);
  return text;
}

/** `{1:3,2:9}` → a gain per grade; text in another form stays text, which no parameter takes for gains. */
function gainsOf(measure: string, text: string): unknown {
  const pairs = text
    .slice(1, -1)
    .split(',')
    .map((pair) => /^\s*(\d+)\s*:\s*(\d+(?:\.\d+)?)\s*$/.exec(pair));
  const gains = new Map<number, number>();
  for (const pair of pairs) {
    if (pair === null) return text;
    const grade = Number(pair[1]);
    if (gains.has(grade)) throw new UsageError(`measure "${measure}": grade ${grade} has two gains`);
    gains.set(grade, Number(pair[2]));
  }
  return Object.fromEntries(gains);
}

function checkNames(text: string, name: string, { parameters, at }: Measure, given: Parameters): void {
  const known = parameters.map((parameter) => parameter.name);
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    if (key === at || known.length === 0)
      throw new UsageError(`measure ${shownText(text)}: ${name} has no ${key === at ? at : 'parameters'}`);
    throw new UsageError(
      `measure ${shownText(text)}: unknown parameter ${shownText(key)}${nearName(key, known) || ';'} known: ${known.join(', ')}`,
    );
  }
  const missing = parameters.find((parameter) => parameter.required && !Object.hasOwn(given, parameter.name));
  if (missing)
    throw new UsageError(
      `measure ${shownText(text)}: ${name} needs a ${missing.name}: ${name}${missing.name === at ? '@' : `(${missing.name}=…)`}${at === 'recall' ? '0.1' : '10'}`,
    );
}

function printMeasure(name: string, { parameters, at }: Measure, given: Parameters): string {
  const shown = parameters.filter(
    (parameter) => parameter.name !== at && Object.hasOwn(given, parameter.name) && given[parameter.name] !== parameter.fallback,
  );
  const list = shown.map((parameter) => `${parameter.name}=${printValue(given[parameter.name])}`).join(',');
  return `${name}${list === '' ? '' : `(${list})`}${Object.hasOwn(given, at) ? `@${given[at]}` : ''}`;
}

function printValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([grade, gain]) => `${grade}:${gain}`)
      .join(',')}}`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
