import { UsageError } from '../errors.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/** Options of `compatibility` beside those of every metric. */
export interface CompatibilityOptions extends MetricOptions {
  /** Over the overlap that the ideal ranking has with itself, so that it scores 1. Default true. */
  readonly normalise?: boolean;
}

/**
 * Compatibility: rank-biased overlap Σ p^(d−1)·|ideal_d ∩ ranking_d|/d over Σ p^(d−1), d = 1 … the longer of the two, of a ranking and the
 * ideal one nearest to it: all documents of grade above 0, grades descending, equal ones in the order of the ranking. In [0, 1].
 * Clarke, Vtyurina & Smucker, TOIS 2021, as ir_measures computes it. One value per query, length Q.
 * @param options.persistence p in (0, 1). Default 0.95
 * @throws UsageError as {@link perQuery}, and on a persistence outside (0, 1)
 */
export const compatibility = overOrders((ranked: Float32Array, offsets: Uint32Array, options: CompatibilityOptions = {}) => {
  const { persistence = 0.95, normalise = true } = options;
  if (!(persistence > 0 && persistence < 1)) throw new UsageError(`persistence must be in (0, 1), got ${persistence}; try 0.95`);
  return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const ideal = idealPlaces(ranked, start, end);
    const depth = Math.max(last - start, ideal.length);
    const overlap = rankBiasedOverlap(ideal, last - start, depth, persistence);
    return normalise ? overlap / selfOverlap(ideal.length, depth, persistence) : overlap / weightOf(depth, persistence);
  });
});

/** Places in the ranking, from 0, of the documents of grade above 0, best first; those not retrieved have places behind it. */
function idealPlaces(labels: Float32Array, start: number, end: number): Uint32Array {
  const places = [];
  for (let i = start; i < end; i++) if (labels[i] > 0) places.push(i - start);
  return Uint32Array.from(places.sort((a, b) => labels[start + b] - labels[start + a] || a - b));
}

/** Σ_{d ≤ depth} p^(d−1)·|{first d of the ideal} ∩ {first d of the ranking}|/d. */
function rankBiasedOverlap(ideal: Uint32Array, retrieved: number, depth: number, p: number): number {
  const inIdeal = new Uint8Array(depth); // place is among the first d of the ideal but not yet of the ranking
  let common = 0;
  let sum = 0;
  let weight = 1;
  for (let d = 1; d <= depth; d++, weight *= p) {
    const place = ideal[d - 1];
    if (d <= ideal.length && place < Math.min(d, retrieved)) common++;
    else if (d <= ideal.length && place < depth) inIdeal[place] = 1;
    if (d <= retrieved && inIdeal[d - 1] === 1) common++;
    sum += (weight * common) / d;
  }
  return sum;
}

function selfOverlap(length: number, depth: number, p: number): number {
  let sum = 0;
  for (let d = 1, weight = 1; d <= depth; d++, weight *= p) sum += (weight * Math.min(d, length)) / d;
  return sum;
}

/** Σ_{d ≤ depth} p^(d−1). */
const weightOf = (depth: number, p: number) => (1 - p ** depth) / (1 - p);
