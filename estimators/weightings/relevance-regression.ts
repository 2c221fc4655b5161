import type { QuerySet } from '../../src/data/query-set.ts';
import { UsageError } from '../../src/errors.ts';
import type { RankingLists } from '../../src/learners/batches.ts';
import { pointwiseSigmoid } from '../../src/losses/pointwise-sigmoid.ts';
import { sigmoid } from '../../src/math/log-space.ts';
import { isEmbedding } from '../../src/models/embedding.ts';
import { scoreSet } from '../../src/models/score-set.ts';
import { permutation } from '../../src/random/permutation.ts';
import { type Decoded, integer, optional, strictObject } from '../../src/schema.ts';
import type { LearningInput } from '../estimator.ts';
import { learnFromLists } from '../weighted-learner.ts';
import { biasOf, onCandidates, type Pool, type Pools, type Predicted } from './candidates.ts';
import { clipOption } from './clip.ts';
import type { Weighting } from './weighting.ts';

/**
 * Σ_d −u ln γ̃ − (Σα/m − u) ln(1 − γ̃), m = max(E α, τ), u = Σ(c − β)/m, sums over the sessions of d's query: Oosterhuis, TOIS 2023, and SAFE's code.
 * Its minimiser is γ, as E[u m] = γ Σα. Every document is a list of its own, which `pointwise-sigmoid` has Σα/m sessions for.
 * @param uses whether the clicks of a query are learnt from
 */
function regressionLists(pool: Pool, { offsets }: Pick<QuerySet, 'offsets'>, clip: number, uses: (query: number) => boolean): RankingLists {
  const [docs, weights, sessions]: number[][] = [[], [], []];
  for (let q = 0; q + 1 < offsets.length; q++)
    for (let d = offsets[q]; d < offsets[q + 1] && uses(q); d++) {
      if (!(pool.alpha[d] > 0)) continue; // never shown, or not where relevance shows
      const over = Math.min(1, pool.alpha[d] / pool.sessions[q] / clip); // m = E α / over; clip 0: 1
      docs.push(d);
      weights.push(((pool.clicks[d] - pool.beta[d]) * over * pool.sessions[q]) / pool.alpha[d]);
      sessions.push(over * pool.sessions[q]);
    }
  return {
    offsets: Uint32Array.from({ length: docs.length + 1 }, (_, l) => l),
    docs: Uint32Array.from(docs),
    weights: Float64Array.from(weights),
    sessions: Float64Array.from(sessions),
  };
}

/**
 * γ̃ of all documents by regressions of the run's ranker with a sigmoid, cross-fitted: queries are dealt to folds, and what is predicted for a query
 * comes from the regression on the other folds. Held-out clicks stop it early as they do the ranker; where they are on other queries, their γ̃ is the
 * mean of the folds', where on the same ones, that of the same fold.
 * @param pools over all policies @throws UsageError where the other folds have no clicked query
 */
export function crossFitted(input: LearningInput, pools: Pools, clip: number, folds: number): Predicted {
  const { train, heldOut, training, rng } = input;
  const queries = train.querySet.offsets.length - 1;
  const fold = new Uint32Array(queries);
  permutation(queries, rng.fork('folds')).forEach((q, place) => {
    fold[q] = place % folds;
  });
  checkKnown(input, pools.train, fold);
  const same = heldOut?.querySet === train.querySet;
  const predictions = Array.from({ length: folds }, (_, k) => {
    const others = (q: number) => fold[q] !== k;
    const lists = regressionLists(pools.train, train.querySet, clip, others);
    if (!lists.weights.some((weight) => weight > 0))
      throw new UsageError(
        `the regression of relevance is fitted on ${folds - 1} of ${folds} folds of the queries, and there is no click in one of the rest; use more queries, or another weighting`,
      );
    const held = heldOut && pools.heldOut && regressionLists(pools.heldOut, heldOut.querySet, clip, same ? others : () => true);
    const perList = lists.docs.length / pools.train.sessions.reduce((shown, n) => shown + Number(n > 0), 0);
    const batchLists = training.batchLists === 'all' ? 'all' : Math.ceil(training.batchLists * perList);
    const own = { ...input, loss: pointwiseSigmoid, training: { ...training, batchLists }, rng: rng.fork(`fold ${k}`) } as const;
    const { scorer } = learnFromLists(own, lists, held?.docs.length ? held : null, 'sessions');
    if (scorer === null) throw new UsageError('a regression of relevance needs a ranker that scores');
    const predict = (set: QuerySet) => Float64Array.from(scoreSet(scorer, set), sigmoid);
    const of = { train: predict(train.querySet), heldOut: heldOut && predict(heldOut.querySet) };
    scorer.dispose();
    return of;
  });
  const foldOf = ({ offsets }: QuerySet, byFold: readonly Float64Array[]) => {
    const all = new Float64Array(offsets[queries]);
    for (let q = 0; q < queries; q++) all.set(byFold[fold[q]].subarray(offsets[q], offsets[q + 1]), offsets[q]);
    return all;
  };
  const held = predictions.map((of) => of.heldOut).filter((of) => of !== null);
  return {
    train: foldOf(
      train.querySet,
      predictions.map((of) => of.train),
    ),
    heldOut: heldOut && (same ? foldOf(heldOut.querySet, held) : held[0].map((_, d) => held.reduce((sum, of) => sum + of[d], 0) / folds)),
  };
}

/** @throws UsageError where the ranker knows documents by their ids alone, and no query of a fold shows a document that one of another fold does */
function checkKnown({ newScorer, train: { querySet } }: LearningInput, { sessions }: Pool, fold: Uint32Array): void {
  const scorer = newScorer();
  const known = isEmbedding(scorer) && scorer.featureCount === 0 ? scorer.numbers(querySet) : null;
  scorer.dispose();
  if (known === null) return;
  const foldOf = new Map<number, number>(); // of the first query that shows an id
  for (let q = 0; q < fold.length; q++)
    for (let d = querySet.offsets[q]; d < querySet.offsets[q + 1]; d++) {
      if (!(sessions[q] > 0)) continue;
      const first = foldOf.get(known[d]);
      if (first === undefined) foldOf.set(known[d], fold[q]);
      else if (first !== fold[q]) return;
    }
  throw new UsageError(
    'the regression of relevance is fitted on other queries than those it speaks of, and the ranker knows documents by ids alone that no two queries share: it would say the same of all; use a weighting without a regression (ips, say), give features, or let ids be of the document (ranker: {name: embedding, of: document})',
  );
}

const options = strictObject({ clip: optional(clipOption, 'root-n'), folds: optional(integer(2, 100), 2) });

/** What weightings with a regression of relevance do. @param corrects whether clicks correct it; false: it stands alone */
export const regressed = (corrects: boolean) =>
  ({
    options,
    create:
      ({ clip, folds }: Decoded<typeof options>): Weighting =>
      (input, bias) =>
        onCandidates(
          input,
          (logged) => biasOf(bias, logged),
          { clip, over: 'all-policies', corrects },
          (pools, cut) => crossFitted(input, pools, cut, folds),
        ),
  }) as const;
