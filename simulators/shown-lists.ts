import { growingFloat64, growingUint32 } from '../src/data/growing-array.ts';
import type { QuerySet } from '../src/data/query-set.ts';
import { SequenceTable } from '../src/data/sequence-table.ts';
import { UsageError } from '../src/errors.ts';
import { topIndices } from '../src/math/top-indices.ts';
import { gumbelTopK } from '../src/random/gumbel-top-k.ts';
import type { Rng } from '../src/random/rng.ts';
import { type Intervention, interventions } from './interventions.ts';

/** How the lists of a log come about from production scores. */
export interface ListPolicy {
  readonly scores: Float32Array; //        of the production ranker, length D
  readonly positions: number; //           cutoff: documents ranked below are never shown (selection bias)
  readonly temperature?: number; //        0 (default): by score, ties in an order drawn once for a query; above: Plackett–Luce with scores / temperature
  readonly listsPerQuery?: number; //      draws per query, each as likely; 1 by default
  /** Share of the sessions that see what they are shown as the intervention has it; true: all, false (default): none. */
  readonly shuffled?: boolean | number;
  readonly intervention?: Intervention; // uniformly random order of the whole list when absent
}

/** Distinct lists and the probability that a session shows each. */
export interface ShownLists {
  readonly lists: SequenceTable<Uint32Array>; // keys are query · policies + policy, items are document rows
  readonly policies: number; //                  of the intervention; 1 without
  readonly weights: Float64Array; //             ∝ probability, > 0
}

/**
 * What the policy shows: `listsPerQuery` draws for every query, and of each what the intervention makes of it where some sessions are randomised;
 * equal lists of one policy are one, with their weights added. Queries without documents show nothing.
 * @throws UsageError on values out of range
 */
export function shownLists(querySet: QuerySet, policy: ListPolicy, rng: Rng): ShownLists {
  const share = Number(policy.shuffled ?? 0);
  const { positions, listsPerQuery = 1, temperature = 0, intervention = interventions.shuffle.create() } = policy;
  const policies = share > 0 ? intervention.policies : 1;
  checkPolicy(querySet, policy, share);
  const lists = new SequenceTable(growingUint32());
  const weights = growingFloat64();
  const add = (query: number, policy: number, docs: Uint32Array, weight: number) => {
    const list = lists.intern(query * policies + policy, docs);
    if (list === weights.length) weights.push(weight);
    else weights.values[list] += weight;
  };
  const [order, shuffles, ties] = ['order', 'shuffles', 'ties'].map((label) => rng.fork(label));
  for (let query = 0; query + 1 < querySet.offsets.length; query++) {
    const start = querySet.offsets[query];
    const scores = policy.scores.subarray(start, querySet.offsets[query + 1]);
    if (scores.length === 0) continue;
    const byScore = topIndices(scores, positions, ties);
    const logits = Float64Array.from(scores, (score) => score / temperature); // used only where the temperature is above 0
    for (let draw = 0; draw < listsPerQuery; draw++) {
      const top = temperature === 0 ? byScore : gumbelTopK(logits, positions, order);
      const docs = top.map((i) => start + i);
      if (share < 1) add(query, 0, docs, 1 - share);
      if (share > 0) intervention.arrange(docs, shuffles, (list, policy, probability) => add(query, policy, list, share * probability));
    }
  }
  return { lists, policies, weights: weights.trimmed() };
}

function checkPolicy(querySet: QuerySet, { scores, positions, temperature = 0, listsPerQuery = 1 }: ListPolicy, share: number): void {
  if (!(Number.isSafeInteger(positions) && positions >= 1))
    throw new UsageError(`positions must be a whole number of at least 1, got ${positions}`);
  if (!(temperature >= 0 && temperature < Infinity)) throw new UsageError(`temperature must be finite and at least 0, got ${temperature}`);
  if (!(Number.isSafeInteger(listsPerQuery) && listsPerQuery >= 1))
    throw new UsageError(`listsPerQuery must be a whole number of at least 1, got ${listsPerQuery}`);
  if (!(share >= 0 && share <= 1)) throw new UsageError(`the shuffled share of sessions must be in [0, 1], got ${share}`);
  if (scores.length !== querySet.labels.length)
    throw new UsageError(`expected ${querySet.labels.length} production scores, one per document, got ${scores.length}`);
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) throw new UsageError(`production score ${bad} must be finite, got ${scores[bad]}`);
  if (temperature > 0 && scores.some((score) => !Number.isFinite(score / temperature)))
    throw new UsageError(`temperature ${temperature} is too near 0 to divide scores by; 0 orders by score`);
}
