import { positionsOf } from '../../src/data/click-log.ts';
import { kindsOf } from '../../src/data/compact.ts';
import { UsageError } from '../../src/errors.ts';
import { optimisers } from '../../src/learners/optimisers.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import { array, type Decoded, integer, literal, optional, real, strictObject, union } from '../../src/schema.ts';
import { checkLinked, type Pair, pairsOf } from './all-pairs.ts';
import type { BiasEstimatorEntry, EstimateBias } from './bias-estimator.ts';
import { fewWiden } from './bootstrap.ts';
import { contextNetwork } from './context-network.ts';
import { queryVisitor } from './harvest.ts';
import { emptyNoise, mostRanks } from './harvest-errors.ts';
import { addSums, emptySums, type PairSums } from './pair-sums.ts';
import { contextsOf, fromCurves, inContext } from './rank-curve.ts';
import { redrawnRates } from './redrawn-rates.ts';

const options = strictObject({
  inputs: optional(union([literal('one-hot'), literal('number'), array(array(real()))]), 'one-hot'), // or a row of features of each context
  hidden: optional(integer(0), 8), //      units of the hidden layer; 0: log-linear
  l2: optional(real(0), 0), //             λ of λ/2 · ‖weights‖² beside the mean loss of a document at two ranks: draws contexts to one curve
  steps: optional(integer(1), 1000), //    of Adam, all pairs at once
  bootstrap: optional(integer(0), 30), //  resamples that intervals come from, of the queries and of the clicks; 0: none
});

/**
 * The contextual position-based model P(C) = h_k(x) γ(q, d), x what the list was shown in (Fang, Agarwal & Joachims, SIGIR 2019): log h_k(x)/h_1(x) is what a network says of x,
 * and it maximises the likelihood of AllPairs in every context. The relevance of a pair of ranks, which the paper has a second network for, is a number for each context
 * and pair that is solved for exactly. Contexts with few lists borrow from those with like features, as curves `by: context` cannot. All ranks of a context must hang together in its own
 * lists, or in those of contexts with the same inputs: of others the form of the network would speak, not the log; they are refused.
 * Consistent where all-pairs is within contexts and the network can say log h. Intervals: as of all-pairs, the larger of the noise of clicks within documents and the spread between queries,
 * here by bootstrap, each refit from the fit: clicks are drawn anew by {@link redrawnRates}, queries with replacement. Of one query, the noise of clicks alone; of more than 50 ranks the spread between queries alone.
 */
export const contextualNetwork = {
  description: 'all pairs of ranks in every context, examination by a network of what lists are shown in (Fang et al. 2019)',
  source: 'learnt',
  needs: ['contexts'],
  gives: 'examination',
  options,
  create:
    (chosen: Decoded<typeof options>): EstimateBias =>
    ({ train: { log }, rng }) => {
      const contexts = contextsOf(log);
      const [C, K] = [kindsOf(contexts), positionsOf(log)];
      const queries = log.queries.reduce((most, q) => Math.max(most, q + 1), 0);
      const draws = rng.fork('bootstrap');
      const resamples = queries < 2 ? 0 : chosen.bootstrap;
      const weights = Array.from({ length: resamples }, () => multinomial(queries, new Float64Array(queries).fill(1), draws));
      const newSums = () => Array.from({ length: C }, () => emptySums(K));
      const [all, resampled] = [newSums(), weights.map(newSums)];
      const noise = Array.from({ length: C }, () => emptyNoise(K).clicks);
      const ranks = new Uint32Array(C); // that lists of each context have
      for (const [l, c] of contexts.entries()) ranks[c] = Math.max(ranks[c], log.offsets[l + 1] - log.offsets[l]);
      for (let c = 0; c < C; c++)
        queryVisitor(
          log,
          K,
          noise[c].length > 0 ? noise[c] : null,
          (list) => contexts[list] === c,
        )((sums, query) => {
          addSums(all[c], sums, 1);
          for (const [b, of] of resampled.entries()) if (weights[b][query] > 0) addSums(of[c], sums, weights[b][query]);
        });
      const rows = inputRows(chosen.inputs, C);
      checkContexts(rows, all, ranks);
      const network = contextNetwork(rows, chosen.hidden, K - 1, rng.fork('network'));
      const fitted = fitNetwork(network, all, chosen.l2, chosen.steps);
      const best = network.parameters.slice();
      const refits = (samples: readonly (readonly PairSums[])[]) =>
        samples.map((sums) => {
          network.parameters.set(best);
          return fitNetwork(network, sums, chosen.l2, Math.ceil(chosen.steps / 4));
        });
      const redrawn = all.map((sums, c) => redrawnRates(sums, noise[c], rng.fork(`clicks ${c}`)));
      const ofClicks = K > mostRanks ? [] : Array.from({ length: chosen.bootstrap }, () => redrawn.map((draw) => draw()));
      const sources = [refits(resampled), refits(ofClicks)].filter((others) => others.length > 0);
      const curves = Array.from(ranks, (length, c) => {
        const logRatios = fitted.subarray(c * K, c * K + length);
        const ratios = logRatios.map(Math.exp);
        const spread = (others: readonly Float64Array[], k: number) =>
          fewWiden(others.length) * Math.sqrt(others.reduce((sum, o) => sum + (o[c * K + k] - logRatios[k]) ** 2, 0) / others.length);
        const errors = ratios.map((ratio, k) => ratio * Math.max(...sources.map((others) => spread(others, k))));
        return { ratios, standardErrors: sources.length === 0 ? null : errors };
      });
      return fromCurves('learnt', log, curves);
    },
} as const satisfies BiasEstimatorEntry;

/** Of every context what the network is given of it. @throws UsageError where a table has no row for one, or rows of several lengths */
function inputRows(inputs: Decoded<typeof options>['inputs'], contexts: number): readonly (readonly number[])[] {
  const numbers = Array.from({ length: contexts }, (_, c) => c);
  if (inputs === 'one-hot') return numbers.map((c) => numbers.map((other) => Number(other === c)));
  if (inputs === 'number') return numbers.map((c) => [(2 * c) / Math.max(1, contexts - 1) - 1]);
  if (inputs.length < contexts || inputs[0].length === 0 || inputs.some((row) => row.length !== inputs[0].length))
    throw new UsageError(
      `contextual-network: inputs must have a row for each of the ${contexts} contexts of the log, all as long, got rows of ${inputs.map((row) => row.length).join(', ')}`,
    );
  return inputs.slice(0, contexts);
}

/** @throws UsageError where ranks of a context do not hang together in the lists of the contexts that have its inputs */
function checkContexts(rows: readonly (readonly number[])[], sums: readonly PairSums[], ranks: Uint32Array): void {
  for (const [c, row] of rows.entries()) {
    const alike = emptySums(sums[c].positions);
    for (const [other, own] of sums.entries()) if (rows[other].every((value, i) => value === row[i])) addSums(alike, own, 1);
    inContext(c, () => checkLinked(alike, ranks[c]));
  }
}

/** log h_k/h_1 of all contexts, K of each, by Adam at rates that fall. */
function fitNetwork(network: ReturnType<typeof contextNetwork>, sums: readonly PairSums[], l2: number, steps: number): Float64Array {
  const K = sums[0].positions;
  const pairs = sums.map((own) => [...pairsOf(own, 1e-6)].filter(({ clicked: [a, b] }) => a + b > 0));
  const documents = sums.reduce((all, own) => all + own.documents.reduce((a, b) => a + b), 0);
  const [logRatios, ratios] = [new Float64Array(sums.length * K), new Float64Array(sums.length * K)];
  const [slopes, ofPair] = [new Float64Array(sums.length * (K - 1)), new Float64Array(2)];
  const put = () => {
    const values = network.outputs();
    for (let c = 0; c < sums.length; c++) logRatios.set(values.subarray(c * (K - 1), (c + 1) * (K - 1)), c * K + 1);
  };
  for (const learningRate of [0.03, 0.01, 0.003, 0.001]) {
    const optimiser = optimisers.adam.create({ learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, network.parameters.length);
    for (let step = 0; step < steps / 4; step++) {
      put();
      slopes.fill(0);
      for (let i = 0; i < ratios.length; i++) ratios[i] = Math.exp(logRatios[i]);
      for (let c = 0; c < pairs.length; c++)
        for (const pair of pairs[c]) {
          pairSlopes(pair, ratios[c * K + pair.ranks[0]], ratios[c * K + pair.ranks[1]], ofPair);
          for (let side = 0; side < 2; side++) {
            const k = pair.ranks[side];
            if (k > 0) slopes[c * (K - 1) + k - 1] -= ofPair[side] / documents;
          }
        }
      const gradient = network.gradient(slopes);
      for (let i = 0; i < network.weights; i++) gradient[i] += l2 * network.parameters[i];
      optimiser.step(network.parameters, gradient);
    }
  }
  put();
  return logRatios;
}

/**
 * Derivatives of a log θ_k r + c log(1 − θ_k r) + b log θ_j r + d log(1 − θ_j r) by log θ_k and log θ_j, here p and q, r at its maximum: the smaller root of
 * θ_k θ_j (a + b + c + d) r² − [(a + b)(θ_k + θ_j) + c θ_k + d θ_j] r + a + b.
 */
export function pairSlopes(
  { clicked: [a, b], not: [c, d] }: Pick<Pair, 'clicked' | 'not'>,
  p: number,
  q: number,
  into: Float64Array,
): void {
  const middle = (a + b) * (p + q) + c * p + d * q;
  const root = Math.sqrt(Math.max(0, middle ** 2 - 4 * p * q * (a + b + c + d) * (a + b)));
  const r = (2 * (a + b)) / (middle + root);
  into[0] = a - (c * p * r) / (1 - p * r);
  into[1] = b - (d * q * r) / (1 - q * r);
}
