import { type Decoded, optional, positive, probability, strictObject } from '../schema.ts';
import { AspectTable } from './aspect-table.ts';
import { cutoffOption, labelSource, limitOf } from './label-options.ts';
import { perSession } from './session-metric.ts';
import { SessionTable } from './session-table.ts';

/** Defaults of TREC Dynamic Domain's scorer (verified). */
const options = strictObject({
  /** γ: each relevant document found before on a subtopic multiplies the next one's worth by this. */
  novelty: optional(probability(), 0.5),
  /** Height of the cube: a subtopic gains no more than this. */
  maxHeight: optional(positive(), 5),
  /** Queries that count, from the first. 10 is TREC Dynamic Domain's. */
  queries: cutoffOption(10),
  ...labelSource,
});

/**
 * Cube test: the volume of water in the cube over its height and the time, in queries: CT = Σ_results Σ_subtopics gain/(subtopics · height · M).
 * A result's gain on a subtopic is γ^(n + 1)·rating, n the results before with a rating on it, as far as the cube is not full. In [0, 1]; NaN without
 * a query. Luo, Wing, Yang & Hearst, CIKM 2013; exponent and time as in Tang & Yang, trec-dd-jig.
 * Subtopics are the results' aspects, `aspectCount` of them in the need (default: as many as are named); where a search session names none, the need
 * is one subtopic rated with the labels.
 */
export const cubeTest = {
  description: 'cube test: how fast the subtopics of the need fill up',
  options,
  symbols: { gamma: 'novelty' },
  create: ({ novelty, maxHeight, queries: counted, labels }: Decoded<typeof options>) => {
    const limit = limitOf(counted);
    const subtopics = new AspectTable();
    let [heights, found] = [new Float64Array(64), new Uint32Array(64)]; // per subtopic
    return perSession(new SessionTable(labels), (table, session) => {
      const queries = Math.min(table.queryCount, limit);
      if (queries === 0) return Number.NaN;
      subtopics.load(table, session, 'whole-need');
      const { count, offsets, aspects, ratings, named } = subtopics;
      if (count > heights.length) [heights, found] = [new Float64Array(2 * count), new Uint32Array(2 * count)];
      heights.fill(0, 0, count);
      found.fill(0, 0, count);
      let volume = 0;
      for (let e = 0; e < offsets[table.offsets[queries]]; e++) {
        const subtopic = aspects[e];
        if (ratings[e] === 0) continue;
        const gain = Math.min(novelty ** (found[subtopic]++ + 1) * ratings[e], maxHeight - heights[subtopic]);
        heights[subtopic] += gain;
        volume += gain;
      }
      return volume / (Math.max(count, named ? (session.aspectCount ?? 0) : 1, 1) * maxHeight * queries);
    });
  },
};
