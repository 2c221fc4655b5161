import * as v from 'valibot';

/** The one home of valibot: options of registered methods and configs are schemas built from these. */
export type Schema<T = unknown> = v.GenericSchema<unknown, T>;
/** A schema of any value. */
export type GenericSchema = v.GenericSchema;
export type SchemaEntries = v.ObjectEntries;
export type StrictSchema<E extends SchemaEntries> = v.StrictObjectSchema<E, undefined>;
/** What a schema makes of its input: defaults filled in, names turned into groups. */
export type Decoded<S extends v.GenericSchema> = v.InferOutput<S>;
/** One broken rule, as `safeParse` reports it. */
export type SchemaIssue = v.BaseIssue<unknown>;
export {
  array,
  boolean,
  check,
  exactOptional,
  getDefault,
  lazy,
  literal,
  looseObject,
  maxLength,
  maxValue,
  minLength,
  minValue,
  nullable,
  optional,
  partial,
  picklist,
  pipe,
  rawCheck,
  record,
  safeParse,
  strictObject,
  string,
  transform,
  tuple,
  union,
  variant,
} from 'valibot';

/** A number within [min, max] that is not NaN or infinite. */
export const real = (min = -Number.MAX_VALUE, max = Number.MAX_VALUE) => v.pipe(v.number(), v.minValue(min), v.maxValue(max)); // Infinity is above the largest; `finite` beside it would tell of it twice
/** A number above `min`. */
export const above = (min: number) => v.pipe(v.number(), v.finite(), v.gtValue(min));
/** A number above 0. */
export const positive = () => above(0);
/** A number in (0, 1). */
export const openProbability = () => v.pipe(v.number(), v.gtValue(0), v.ltValue(1));
/** A number in [0, 1]. */
export const probability = () => real(0, 1);
/** Probabilities of a file, as a typed array. */
export const probabilities = () =>
  v.pipe(
    v.array(probability()),
    v.transform((values) => Float64Array.from(values)),
  );
/** A whole number within [min, max]. */
export const integer = (min = 0, max = Number.MAX_SAFE_INTEGER) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
/** How often something is done or drawn, one after another: more than a hundred million times is a slip, and work without end. */
export const repetitions = (min = 1) => integer(min, 1e8);
/** Places of a list that is shown, from 1. */
export const shownPositions = () => integer(1, 5000);
/** Numbers that a user, an item or a layer has in a model: more are a slip, and work without end. */
export const modelWidth = () => integer(1, 100_000);
/** Any JSON value, checked later by whoever knows what it should be. */
export const json = () => v.unknown();
