/** A metric over queries or sessions that may be undefined (NaN) for some. */
export interface Summary {
  /** Over the values that are not NaN; NaN where there is none. */
  readonly mean: number;
  readonly n: number;
  readonly skipped: number;
}

/** The values that are not NaN, in their order. */
export function definedValues(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** Mean of the values that are not NaN, and how many there were of each. */
export function summarise(values: Float64Array): Summary {
  const defined = definedValues(values);
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  return { mean, n: defined.length, skipped: values.length - defined.length };
}
