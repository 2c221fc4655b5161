import { decodeOptions } from '../decode-options.ts';
import { UsageError } from '../errors.ts';
import type { Described } from '../registry.ts';
import { type GenericSchema, getDefault, type SchemaEntries, strictObject } from '../schema.ts';
import type { Metric } from './metric-options.ts';
import type { SubtopicMetric } from './subtopic-metric.ts';

/** A parameter of a measure; `fallback` is undefined where it is required, or where leaving it out has a meaning of its own. */
export interface MeasureParameter {
  readonly name: string;
  readonly required: boolean;
  readonly fallback: unknown;
}

/** A measure in ir_measures' notation: what it is, what it takes, and the metric that its parameters make. */
export interface Measure extends Described {
  readonly parameters: readonly MeasureParameter[];
  readonly options: GenericSchema; // of the parameters, strict
  /** The parameter that `@` sets. */
  readonly at: string;
  /** @param what names the measure in errors @throws UsageError on a parameter out of range */
  readonly create: (what: string, parameters: Readonly<Record<string, unknown>>) => Metric;
  /** Of a measure of diversity, which needs more than grades: what it is computed with. Errors as those of `create`. */
  readonly createSubtopic?: (what: string, parameters: Readonly<Record<string, unknown>>) => SubtopicMetric;
}

/** A measure from the schemas of its parameters, in the order in which they are printed, and the metric that they make. */
export function measure<E extends SchemaEntries>(
  description: string,
  entries: E,
  create: (parameters: ReturnType<typeof decode<E>>) => Metric,
  at = 'cutoff',
): Measure {
  return {
    description,
    parameters: Object.entries(entries).map(([name, schema]) => ({
      name,
      required: schema.type !== 'optional',
      fallback: getDefault(schema),
    })),
    options: strictObject(entries),
    at,
    create: (what, parameters) => create(decode(what, entries, parameters)),
  };
}

/** A measure over judgments by subtopic; its plain metric only says so. */
export function subtopicMeasure<E extends SchemaEntries>(
  description: string,
  entries: E,
  createSubtopic: (parameters: ReturnType<typeof decode<E>>) => SubtopicMetric,
): Measure {
  const plain = measure(description, entries, () => () => {
    throw new UsageError('a measure of diversity needs judgments of a TREC run by subtopic; grades alone do not say it');
  });
  return { ...plain, createSubtopic: (what, parameters) => createSubtopic(decode(what, entries, parameters)) };
}

const decode = <E extends SchemaEntries>(what: string, entries: E, parameters: unknown) =>
  decodeOptions(what, strictObject(entries), parameters);
