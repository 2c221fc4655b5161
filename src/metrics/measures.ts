import { boolean, optional, positive, probability, real } from '../schema.ts';
import { accuracy } from './accuracy.ts';
import { averagePrecision } from './average-precision.ts';
import { binaryGain } from './binary-gain.ts';
import { bpref } from './bpref.ts';
import { countMeasures } from './count-measures.ts';
import { diversityMeasures } from './diversity-measures.ts';
import { elevenPointAverage } from './eleven-point-average.ts';
import { gainMeasures } from './gain-measures.ts';
import { inferredAveragePrecision } from './inferred-average-precision.ts';
import { interpolatedPrecision } from './interpolated-precision.ts';
import { logAveragePrecision } from './log-average-precision.ts';
import { logBpref } from './log-bpref.ts';
import { type Measure, measure } from './measure.ts';
import { binary, cutoff, judged_only, ranks, rel } from './measure-parts.ts';
import { precision } from './precision.ts';
import { rPrecision } from './r-precision.ts';
import { recall } from './recall.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { relativePrecision } from './relative-precision.ts';
import { setAveragePrecision, setF, setMeasure } from './set-measures.ts';
import { success } from './success.ts';
import { userModelMeasures } from './user-model-measures.ts';
import { utility } from './utility.ts';

/** Measures that know only relevant or not. */
const binaryMeasures = {
  Accuracy: measure(
    'share of the pairs of a relevant and another document, both retrieved, that stand in the right order',
    { rel, cutoff },
    binary(accuracy),
  ),
  AP: measure(
    'average precision: mean precision at the ranks of the relevant documents',
    { rel, cutoff, judged_only },
    binary(averagePrecision),
  ),
  AP11: measure('11-point average precision: mean of IPrec at the recalls 0, 0.1 … 1', { rel }, binary(elevenPointAverage)),
  binG: measure('gain by how many other documents stand above: 1/log2(2 + others above), over R', { rel, judged_only }, binary(binaryGain)),
  Bpref: measure('binary preference: relevant before judged non-relevant documents, unjudged ones left out', { rel }, binary(bpref)),
  infAP: measure('inferred average precision, for pools judged in part (the rest has grade −1)', { rel }, binary(inferredAveragePrecision)),
  IPrec: measure(
    'interpolated precision at a recall: IPrec@0.1',
    { rel, recall: probability(), judged_only },
    ({ recall, ...rest }) => binary((ranked, offsets, options) => interpolatedPrecision(ranked, offsets, { ...options, recall }))(rest),
    'recall',
  ),
  logAP: measure(
    'natural logarithm of AP, 0.00001 at least: exp of its mean is geometric mean AP, gm_map',
    { rel },
    binary(logAveragePrecision),
  ),
  logBpref: measure(
    'natural logarithm of Bpref, 0.00001 at least: exp of its mean is the geometric mean, gm_bpref',
    { rel },
    binary(logBpref),
  ),
  P: measure(
    'precision: share of relevant documents among the first k; relative=True: over the highest possible',
    { rel, relative: optional(boolean(), false), cutoff: ranks, judged_only },
    ({ relative, ...rest }) => binary(relative ? relativePrecision : precision)(rest),
  ),
  R: measure('recall: share of the relevant documents that are among the first k', { rel, cutoff: ranks, judged_only }, binary(recall)),
  Rprec: measure(
    'precision at the number R of relevant documents; multiple=2: at 2·R',
    { rel, multiple: optional(positive()), judged_only },
    ({ multiple = 1, ...rest }) => binary((ranked, offsets, options) => rPrecision(ranked, offsets, { ...options, multiple }))(rest),
  ),
  RR: measure('one over the rank of the first relevant document', { rel, cutoff, judged_only }, binary(reciprocalRank)),
  SetAP: measure('precision times recall of all documents retrieved', { rel, judged_only }, binary(setMeasure(setAveragePrecision))),
  SetF: measure('F measure of all documents retrieved', { rel, beta: optional(positive(), 1), judged_only }, ({ beta, ...rest }) =>
    binary(setMeasure(setF(beta)))(rest),
  ),
  SetP: measure(
    'precision of all documents retrieved; relative=True: over the highest possible',
    { rel, relative: optional(boolean(), false), judged_only },
    ({ relative, ...rest }) => binary(relative ? relativePrecision : precision)(rest),
  ),
  SetR: measure('recall of all documents retrieved', { rel }, binary(recall)),
  Success: measure('1 where a relevant document is among the first k', { rel, cutoff: ranks, judged_only }, binary(success)),
  utility: measure(
    'linear utility: a for every relevant document retrieved, b for every other one, c for every relevant one missed',
    { a: optional(real(), 1), b: optional(real(), -1), c: optional(real(), 0), rel, judged_only },
    ({ a, b, c, rel, judged_only }) =>
      binary(utility({ relevantRetrieved: a, otherRetrieved: b, relevantMissed: c }))({ rel, judged_only }),
  ),
} satisfies Record<string, Measure>;

/**
 * Every measure of a TREC run by its name in ir_measures' notation; `parseMeasure` reads it. What ir_measures does not have: measures of
 * trec_eval (under its own name where nothing here comes near: G, binG, Rndcg, ndcg_rel, utility), AP11, logAP, logBpref, DCG itself, nERR,
 * RBPresidual, Unjudged, the parameters `base`, `multiple` and `relative` of P, ERR's `max_rel`, and `rel` and `max_rel` of 1 where
 * ir_measures has no default.
 */
export const measures = {
  ...binaryMeasures,
  ...gainMeasures,
  ...userModelMeasures,
  ...diversityMeasures,
  ...countMeasures,
} satisfies Record<string, Measure>;

export interface MeasureAlias {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Other names that ir_measures knows, each for a measure and parameters. */
export const measureAliases: Readonly<Record<string, MeasureAlias>> = {
  BPref: { name: 'Bpref' },
  MAP: { name: 'AP' },
  MAP_IA: { name: 'AP_IA' },
  MRR: { name: 'RR' },
  NDCG: { name: 'nDCG' },
  NumRelRet: { name: 'NumRet', parameters: { rel: 1 } },
  Precision: { name: 'P' },
  Recall: { name: 'R' },
  RPrec: { name: 'Rprec' },
  SetRelP: { name: 'SetP', parameters: { relative: true } },
};
