import { decodeOptions } from '../decode-options.ts';
import { createRng } from '../random/rng.ts';
import { approxNdcg } from './approx-ndcg.ts';
import { labelDifference, lambdaLoss } from './lambda-loss.ts';
import { listMle } from './list-mle.ts';
import { listwiseSoftmax } from './listwise-softmax.ts';
import { type LossEntry, type RankingLoss, withoutOptions } from './loss.ts';
import { pairwiseHinge } from './pairwise-hinge.ts';
import { pairwiseLogistic } from './pairwise-logistic.ts';
import { plackettLuce } from './plackett-luce.ts';
import { pointwiseSigmoid } from './pointwise-sigmoid.ts';
import { pointwiseSquared } from './pointwise-squared.ts';
import { propDcg } from './prop-dcg.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { uniqueSoftmax } from './unique-softmax.ts';

export type { LossEntry, PairWeights, RankingLoss, WeightedLists } from './loss.ts';
export { listMle, listwiseSoftmax, pairwiseLogistic, pointwiseSigmoid };

/** Every weighted ranking loss by name. */
export const losses = {
  'approx-ndcg': approxNdcg,
  'label-difference': withoutOptions('pairs of documents whose weights differ, by how much (Rax: label differences)', labelDifference),
  'lambda-loss': lambdaLoss,
  'list-mle': withoutOptions('likelihood of the order of the weights (Xia et al. 2008)', listMle),
  'listwise-softmax': withoutOptions('softmax cross-entropy over the list (Ai et al. 2018)', listwiseSoftmax),
  'pairwise-hinge': withoutOptions(
    'hinge bound of the rank of every relevant document: propensity SVM-rank (Joachims et al. 2017)',
    pairwiseHinge,
  ),
  'pairwise-logistic': withoutOptions('every relevant document against every other of its list (Joachims et al. 2017)', pairwiseLogistic),
  'plackett-luce': plackettLuce,
  'pointwise-sigmoid': withoutOptions('sigmoid cross-entropy per document (Saito et al. 2020)', pointwiseSigmoid),
  'pointwise-squared': withoutOptions('squared error per document', pointwiseSquared),
  'prop-dcg': withoutOptions('DCG with the hinge bound of each rank for the rank: PropDCG (Agarwal et al. 2019)', propDcg),
  'reciprocal-rank': reciprocalRank,
  'unique-softmax': withoutOptions('softmax against documents of lower weight only (Zhu & Klabjan 2020)', uniqueSoftmax),
} satisfies Readonly<Record<string, LossEntry>>;

/** Each loss of a registry with its options' defaults. */
export const defaultLosses = (entries: Readonly<Record<string, LossEntry>> = losses): RankingLoss[] =>
  Object.entries(entries).map(([name, { options, create }]) =>
    create(decodeOptions(`loss ${name}`, options, {}) as never, createRng('losses')),
  );
