import { definedValues, summarise } from './summarise.ts';

/** Whether a measure counts: trec_eval and ir_measures add its values up, and print whole numbers. */
export const isCount = (measure: string): boolean => /^Num[A-Z]/.test(measure);

/** Whether a measure's values are logarithms, so that exp of their mean is a geometric mean. */
const isLogarithm = (measure: string): boolean => /^log[A-Z]/.test(measure);

/** Whether trec_eval prints no topics of it: they would say nothing by themselves. */
export const isOverallOnly = (measure: string): boolean => measure === 'NumQ' || isLogarithm(measure);

/** What trec_eval makes of a measure's values of topics: the sum of counts, the geometric mean behind logAP, else the mean. NaN is left out. */
export function trecAverage(measure: string, values: Float64Array): number {
  if (isCount(measure)) return definedValues(values).reduce((sum, value) => sum + value, 0);
  const { mean } = summarise(values);
  return isLogarithm(measure) ? Math.exp(mean) : mean;
}
