import { gains as labelGains } from '../label-gains.ts';
import { boolean, type Decoded, optional, probability, strictObject } from '../schema.ts';
import { IdealLabels, idealOption } from './ideal-labels.ts';
import { cutoffOption, gainOption, labelSource, limitOf, repeatsOption } from './label-options.ts';
import { perSession } from './session-metric.ts';
import { SessionTable } from './session-table.ts';
import { WeightsByRank } from './weights-by-rank.ts';

/** Defaults .7 and .9: Jiang & Allan's (verified in the reference of this project). */
const options = strictObject({
  /** p_down: probability of looking at the next result of a list. */
  down: optional(probability(), 0.7),
  /** p_reform: probability of going on to the next query. */
  reformulate: optional(probability(), 0.9),
  /** Results of each query that can be looked at. */
  cutoff: cutoffOption('all'),
  /** Off: results count alike wherever they are on the path. */
  pathDiscount: optional(boolean(), true),
  repeats: repeatsOption('count'),
  ...labelSource,
  ...gainOption,
  ...idealOption,
});

/**
 * esNDCG: the expected nDCG of the path that a user takes: down each list with p_down from result to result, to the next query with p_reform;
 * the results seen are one list, with gain 2^l − 1 (or l) and discount 1/log2(place + 1), divided by the DCG of an ideal list of that length.
 * Kanoulas, Carterette, Clough & Sanderson, SIGIR 2011; Jiang & Allan, CHIIR 2016, who sample paths. Here the expectation is exact: the
 * ratio depends on a path through its length alone, so for every length the probability and the expected DCG are carried from query to query.
 * NaN without a relevant document or a result. With `repeats: count` a document shown twice can lift it above 1.
 */
export const esndcg = {
  description: 'expected nDCG of the path that a user takes through lists and queries, exact instead of sampled',
  options,
  symbols: { k: 'cutoff' },
  create: ({ down, reformulate, cutoff, pathDiscount, repeats, labels: source, gain, ideal: idealOf }: Decoded<typeof options>) => {
    const discounts = new WeightsByRank((place) => (pathDiscount ? 1 / Math.log2(place + 1) : 1));
    const depth = limitOf(cutoff);
    const gainOf = labelGains[gain];
    const ideal = new IdealLabels(idealOf, source);
    const ignoreRepeats = repeats === 'ignore';
    let paths = new PathLengths(0);
    let gains = new Float64Array(0);
    let perIdeal = new Float64Array(1); // by length: 1/DCG of the ideal list of that length
    return perSession(new SessionTable(source), (table, session) => {
      const { queryCount, offsets, labels, repeated } = table;
      ideal.load(table, session);
      const results = offsets[queryCount];
      if (ideal.count === 0 || results === 0) return Number.NaN;
      if (paths.capacity < results) {
        [paths, gains] = [new PathLengths(2 * results), new Float64Array(2 * results)];
        perIdeal = new Float64Array(2 * results + 1);
      }
      for (let i = 0; i < results; i++) gains[i] = ignoreRepeats && repeated[i] === 1 ? 0 : gainOf(labels[i]);
      const byPlace = discounts.upTo(results);
      for (let length = 1, dcg = 0; length <= results; length++) {
        if (length <= ideal.count) dcg += gainOf(ideal.labels[length - 1]) * byPlace[length - 1];
        perIdeal[length] = 1 / dcg;
      }
      paths.start();
      let expected = 0;
      let reached = 1; // probability of the query
      for (let j = 0; j < queryCount && reached > negligible; j++) {
        paths.walk(gains, offsets[j], Math.min(offsets[j + 1] - offsets[j], depth), down, byPlace);
        const stops = j + 1 < queryCount ? 1 - reformulate : 1;
        for (let length = 1; length <= paths.longest; length++) expected += stops * paths.dcg[length] * perIdeal[length];
        paths.thin(1 - stops);
        reached *= 1 - stops;
      }
      return expected;
    });
  },
};

/** A probability that changes no sum of doubles. */
const negligible = 1e-18;

/** For every length of a path so far: its probability, and the DCG of such paths times that. */
class PathLengths {
  readonly capacity: number;
  longest = 0;
  probability: Float64Array;
  dcg: Float64Array;
  #nextProbability: Float64Array;
  #nextDcg: Float64Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    const array = () => new Float64Array(capacity + 1);
    [this.probability, this.dcg, this.#nextProbability, this.#nextDcg] = [array(), array(), array(), array()];
  }

  /** One path of length 0. */
  start(): void {
    this.longest = 0;
    this.probability[0] = 1;
    this.dcg[0] = 0;
  }

  /** Every path goes down one more list, and stops after the first result or a later one. */
  walk(gains: Float64Array, start: number, shown: number, down: number, discounts: Float64Array): void {
    if (shown === 0) return;
    const [next, nextDcg] = [this.#nextProbability, this.#nextDcg];
    next.fill(0, 0, this.longest + shown + 1);
    nextDcg.fill(0, 0, this.longest + shown + 1);
    const [probability, dcg] = [this.probability, this.dcg];
    for (let length = 0; length <= this.longest; length++) {
      let reached = probability[length];
      if (reached === 0) continue;
      let sum = dcg[length] / reached; // the DCG of a path that stops here
      for (let i = 0, place = length; i < shown; i++, place++) {
        sum += gains[start + i] * discounts[place];
        const stopped = i + 1 < shown ? reached * (1 - down) : reached;
        next[place + 1] += stopped;
        nextDcg[place + 1] += stopped * sum;
        reached -= stopped;
      }
    }
    [this.probability, this.#nextProbability] = [next, this.probability];
    [this.dcg, this.#nextDcg] = [nextDcg, this.dcg];
    this.longest += shown;
  }

  /** Keeps a share of every path. */
  thin(share: number): void {
    for (let length = 0; length <= this.longest; length++) {
      this.probability[length] *= share;
      this.dcg[length] *= share;
    }
  }
}
