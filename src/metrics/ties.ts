import { countRelevant } from './count-relevant.ts';

/** Of every place, one past the last place of its group of equal scores, as in `MetricOptions`; undefined where no places tie. */
export type Ties = Uint32Array | undefined;

/** One past the last place of the group that a place is in. */
export const groupEnd = (ties: Ties, place: number): number => (ties === undefined ? place + 1 : ties[place]);

/** What every place is worth by its label. */
export function worthOf(ranked: Float32Array, worth: (label: number) => number): Float64Array {
  const values = new Float64Array(ranked.length);
  let label = 0;
  let value = worth(label);
  for (let i = 0; i < values.length; i++) {
    if (ranked[i] !== label) {
      label = ranked[i];
      value = worth(label); // the same labels come in a row
    }
    values[i] = value;
  }
  return values;
}

/**
 * What every place is worth in expectation over random order among ties: the mean of its group. McSherry & Najork, ECIR 2008.
 * A metric that is linear in the worth of its places is then exact.
 */
export function meanWithinTies(values: Float64Array, ties: Ties): Float64Array {
  if (ties === undefined) return values;
  let means = values;
  for (let start = 0; start < values.length; ) {
    const end = ties[start];
    if (end - start > 1) {
      if (means === values) means = values.slice();
      let above = 0; // from the first value, so that equal ones stay what they are
      for (let i = start + 1; i < end; i++) above += values[i] - values[start];
      means.fill(values[start] + above / (end - start), start, end);
    }
    start = end;
  }
  return means;
}

/** {@link worthOf} over random order among ties. */
export const expectedWorth = (ranked: Float32Array, worth: (label: number) => number, ties: Ties): Float64Array =>
  meanWithinTies(worthOf(ranked, worth), ties);

/**
 * E[value(n)] over random order among ties, n = labels of at least the threshold at places start … last − 1. Of whole groups it is certain,
 * of a group that `last` cuts it is hypergeometric.
 */
export function expectedOfCount(
  labels: Float32Array,
  start: number,
  last: number,
  threshold: number,
  ties: Ties,
  value: (count: number) => number,
): number {
  let cut = last; // where the group starts that `last` cuts
  if (ties !== undefined && last > start && ties[last - 1] > last) while (cut > start && ties[cut - 1] === ties[last - 1]) cut--;
  const certain = countRelevant(labels, start, cut, threshold);
  if (cut === last || ties === undefined) return value(certain);
  const relevant = countRelevant(labels, cut, ties[cut], threshold);
  return hypergeometricMean(ties[cut] - cut, relevant, last - cut, (found) => value(certain + found));
}

/** E[value(h)] where h of `drawn` documents are relevant, drawn from `size` without replacement, `relevant` of which are. */
function hypergeometricMean(size: number, relevant: number, drawn: number, value: (found: number) => number): number {
  const [least, most] = [Math.max(0, drawn - (size - relevant)), Math.min(relevant, drawn)];
  /** P(h + 1)/P(h) */
  const ratio = (h: number) => ((relevant - h) * (drawn - h)) / ((h + 1) * (size - relevant - drawn + h + 1));
  const mode = Math.min(most, Math.max(least, Math.floor(((relevant + 1) * (drawn + 1)) / (size + 2))));
  let [sum, weights] = [value(mode), 1]; // P(h)/P(mode), which cannot overflow
  for (let h = mode, weight = 1; h < most; h++) {
    weight *= ratio(h);
    sum += weight * value(h + 1);
    weights += weight;
  }
  for (let h = mode - 1, weight = 1; h >= least; h--) {
    weight /= ratio(h);
    sum += weight * value(h);
    weights += weight;
  }
  return sum / weights;
}
