import { type InteractionLog, itemClicks } from '../../src/data/interactions/interaction-log.ts';
import type { Rng } from '../../src/random/rng.ts';
import { shuffleTies } from '../../src/random/shuffle-ties.ts';
import type { Exposure } from './exposure/exposure.ts';

/**
 * Exposures over a group of pairs (or observed rows); what needs the truth is null where there is none. Names are those of the columns of tables
 * that keep them.
 */
export interface ExposureGroup {
  readonly by: 'all' | 'popularity' | 'true-exposure'; // of all; of tenths of the items by their clicks; of tenths of the pairs by true exposure
  readonly group: number; //               tenth, 1 the fewest clicks or the lowest exposure
  readonly count: number;
  readonly true: number | null; //         mean θ
  readonly estimated: number; //           mean θ̂
  readonly absolute_error: number | null; // mean |θ̂ − θ|
  readonly log_ratio: number | null; //    mean of ln(θ̂/θ) over θ > 0: the factor that weights are off by in common
  readonly log_ratio_sd: number | null; // its standard deviation: what they are off by beside that
}

/** What exposures are compared on: all pairs, or the observed rows, where an estimate depends on what was observed (a rating, say). */
export type ExposureUnits = 'pairs' | 'rows';

/** Groups that items, and pairs, are divided into. */
const tenths = 10;
/** Of more pairs or rows so many are drawn uniformly, with replacement. */
const most = 500_000;

/**
 * An exposure against the truth, where there is one, over all pairs (or observed rows): all together, by tenths of the items by their clicks
 * in the log (1: fewest, ties in an order that is drawn), and by tenths of the pairs by their true exposure (1: lowest; equal truths stay together, so that
 * there may be fewer groups). @param rng draws the pairs, where they are many, and orders ties
 */
export function exposureGroups(
  exposure: Exposure,
  { log, known }: { readonly log: InteractionLog; readonly known: Exposure | null },
  over: ExposureUnits,
  rng: Rng,
): ExposureGroup[] {
  const I = log.itemIds.length;
  const total = over === 'rows' ? log.items.length : log.userIds.length * I;
  const places = Float64Array.from({ length: Math.min(total, most) }, (_, k) => (total <= most ? k : Math.floor(rng.double() * total)));
  const valuesOf = ({ row, pair }: Exposure) => places.map((at) => (over === 'rows' ? row(at) : pair(Math.floor(at / I), at % I)));
  const estimated = valuesOf(exposure);
  const truth = known && valuesOf(known);
  const itemTenths = popularityTenths(itemClicks(log), rng.fork('popularity'));
  const popularity = Uint8Array.from(places, (at) => itemTenths[over === 'rows' ? log.items[at] : at % I]);
  return [
    ...groupsBy('all', new Uint8Array(places.length).fill(1), estimated, truth),
    ...groupsBy('popularity', popularity, estimated, truth),
    ...(truth ? groupsBy('true-exposure', valueTenths(truth), estimated, truth) : []),
  ];
}

/** The tenth of every item, 1 … 10, when items are sorted by their clicks. */
function popularityTenths(clicks: Float64Array, rng: Rng): Uint8Array {
  const order = shuffleTies(
    Uint32Array.from(clicks.keys()).sort((a, b) => clicks[a] - clicks[b] || a - b),
    clicks,
    rng,
  );
  const of = new Uint8Array(clicks.length);
  order.forEach((item, rank) => {
    of[item] = 1 + Math.floor((tenths * rank) / order.length);
  });
  return of;
}

/** The tenth of every value, 1 … 10: the first whose upper quantile is not below it. */
function valueTenths(values: Float64Array): Uint8Array {
  const sorted = values.slice().sort();
  const upper = Float64Array.from({ length: tenths }, (_, k) => sorted[Math.ceil(((k + 1) * sorted.length) / tenths) - 1]);
  return Uint8Array.from(values, (value) => 1 + upper.findIndex((bound) => value <= bound));
}

function groupsBy(by: ExposureGroup['by'], of: Uint8Array, estimated: Float64Array, truth: Float64Array | null): ExposureGroup[] {
  const sums = () => new Float64Array(tenths + 1);
  const [count, estimates, truths, errors, ratios, logs, squares] = [sums(), sums(), sums(), sums(), sums(), sums(), sums()];
  /** A true exposure of 0 has no ratio. */
  const logRatio = (k: number) => (truth && truth[k] > 0 ? Math.log(estimated[k] / truth[k]) : Number.NaN);
  for (let k = 0; k < of.length; k++) {
    const group = of[k];
    count[group]++;
    estimates[group] += estimated[k];
    if (truth === null) continue;
    truths[group] += truth[k];
    errors[group] += Math.abs(estimated[k] - truth[k]);
    if (!(truth[k] > 0)) continue;
    ratios[group]++;
    logs[group] += logRatio(k);
  }
  const means = logs.map((sum, group) => sum / ratios[group]);
  for (let k = 0; k < of.length; k++) if (truth && truth[k] > 0) squares[of[k]] += (logRatio(k) - means[of[k]]) ** 2;
  return Array.from(count, (n, group) => ({
    ...{ by, group, count: n, estimated: estimates[group] / n },
    ...(truth === null
      ? { true: null, absolute_error: null, log_ratio: null, log_ratio_sd: null }
      : {
          true: truths[group] / n,
          absolute_error: errors[group] / n,
          log_ratio: means[group],
          log_ratio_sd: Math.sqrt(squares[group] / ratios[group]),
        }),
  })).filter((group) => group.count > 0);
}
