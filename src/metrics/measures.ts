import { boolean, integer, optional, positive, probability, real } from '../schema.ts';
import { averagePrecision } from './average-precision.ts';
import { bpref } from './bpref.ts';
import { compatibility } from './compatibility.ts';
import { queryCount, relevantCount, retrievedCount } from './counts.ts';
import { dcg } from './dcg.ts';
import { elevenPointAverage } from './eleven-point-average.ts';
import { err } from './err.ts';
import { bejeweledPlayer, expectedUtility, insq, inst, nearlyErr, scaledDiscount } from './expected-utility.ts';
import { inferredAveragePrecision } from './inferred-average-precision.ts';
import { interpolatedPrecision } from './interpolated-precision.ts';
import { judged } from './judged.ts';
import { logAveragePrecision } from './log-average-precision.ts';
import { type Measure, measure } from './measure.ts';
import {
  binary,
  bind,
  cutoff,
  dcgParameters,
  discounted,
  highestGrade,
  judged_only,
  max_rel,
  min_rel,
  persistence,
  ranks,
  rel,
  scale,
  upTo,
} from './measure-parts.ts';
import { ndcg } from './ndcg.ts';
import { nerr } from './nerr.ts';
import { precision } from './precision.ts';
import { rPrecision } from './r-precision.ts';
import { rankBiasedPrecision } from './rank-biased-precision.ts';
import { rankBiasedResidual } from './rank-biased-residual.ts';
import { recall } from './recall.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { relativeSetPrecision, setAveragePrecision, setF, setMeasure } from './set-measures.ts';
import { success } from './success.ts';

/**
 * Every measure of a TREC run by its name in ir_measures' notation; `parseMeasure` reads it. Parameters that ir_measures does not have:
 * AP11, logAP, DCG itself, nERR, RBPresidual, `base`, ERR's `max_rel`, and `rel` and `max_rel` of 1 where ir_measures has no default.
 */
export const measures = {
  AP: measure(
    'average precision: mean precision at the ranks of the relevant documents',
    { rel, cutoff, judged_only },
    binary(averagePrecision),
  ),
  AP11: measure('11-point average precision: mean of IPrec at the recalls 0, 0.1 … 1', { rel }, binary(elevenPointAverage)),
  BPM: measure(
    'Bejeweled Player Model: on until gain T is had or k documents are seen',
    { T: optional(positive(), 1), min_rel, max_rel, cutoff: ranks },
    (o) => bind(expectedUtility(bejeweledPlayer(o.T, o.cutoff), scale(o)), {}),
  ),
  Bpref: measure('binary preference: relevant before judged non-relevant documents, unjudged ones left out', { rel }, binary(bpref)),
  Compat: measure(
    'compatibility: rank-biased overlap with the nearest ideal ranking',
    { p: optional(persistence, 0.95), normalize: optional(boolean(), true) },
    ({ p, normalize }) =>
      bind((ranked, offsets, options) => compatibility(ranked, offsets, { ...options, normalise: normalize }), { persistence: p }),
  ),
  DCG: measure("discounted cumulative gain; dcg='exp-log2' for gain 2^grade − 1", dcgParameters, discounted(dcg)),
  ERR: measure('expected reciprocal rank of a user who stops once satisfied', { max_rel: highestGrade, cutoff }, ({ max_rel, cutoff }) =>
    bind(err, { highestGrade: max_rel, ...upTo(cutoff) }),
  ),
  infAP: measure('inferred average precision, for pools judged in part (the rest has grade −1)', { rel }, binary(inferredAveragePrecision)),
  INSQ: measure('user who wants gain T but ignores what was found', { T: optional(positive(), 1), min_rel, max_rel }, (o) =>
    bind(expectedUtility(insq(o.T), scale(o)), {}),
  ),
  INST: measure('user who wants gain T and goes on less the more was found', { T: optional(real(0.5), 1), min_rel, max_rel }, (o) =>
    bind(expectedUtility(inst(o.T), scale(o)), {}),
  ),
  IPrec: measure(
    'interpolated precision at a recall: IPrec@0.1',
    { rel, recall: probability() },
    ({ rel, recall }) =>
      bind((ranked, offsets, options) => interpolatedPrecision(ranked, offsets, { ...options, recall }), { threshold: rel }),
    'recall',
  ),
  Judged: measure('share of the first k documents that have a judgment', { cutoff: ranks }, ({ cutoff }) => bind(judged, { cutoff })),
  logAP: measure(
    'natural logarithm of AP, 0.00001 at least: exp of its mean is geometric mean AP, gm_map',
    { rel },
    binary(logAveragePrecision),
  ),
  nDCG: measure("DCG over that of the ideal order; dcg='exp-log2' for gain 2^grade − 1", dcgParameters, discounted(ndcg)),
  nERR: measure('ERR over that of the ideal order', { max_rel: highestGrade, cutoff }, ({ max_rel, cutoff }) =>
    bind(nerr, { highestGrade: max_rel, ...upTo(cutoff) }),
  ),
  NERR8: measure('nearly ERR: a gain stops the user, k ranks at most', { min_rel, max_rel, cutoff: ranks }, (o) =>
    bind(expectedUtility(nearlyErr[8](o.cutoff), scale(o)), {}),
  ),
  NERR9: measure('nearly ERR: as NERR8, going on discounted by rank', { min_rel, max_rel, cutoff: ranks }, (o) =>
    bind(expectedUtility(nearlyErr[9](o.cutoff), scale(o)), {}),
  ),
  NERR10: measure('nearly ERR: a gain stops the user, patience p', { p: optional(persistence, 0.9), min_rel, max_rel }, (o) =>
    bind(expectedUtility(nearlyErr[10](o.p), scale(o)), {}),
  ),
  NERR11: measure('nearly ERR: a gain stops the user, who wants gain T', { T: optional(positive(), 1), min_rel, max_rel }, (o) =>
    bind(expectedUtility(nearlyErr[11](o.T), scale(o)), {}),
  ),
  NumQ: measure('1 for every topic: added up, how many there are', {}, () => bind(queryCount, {})),
  NumRel: measure('number of relevant documents, retrieved or not', { rel }, binary(relevantCount)),
  NumRet: measure('number of documents retrieved; with rel: of relevant ones', { rel: optional(integer(1)) }, ({ rel }) =>
    bind(retrievedCount, rel === undefined ? {} : { threshold: rel }),
  ),
  P: measure('precision: share of relevant documents among the first k', { rel, cutoff: ranks, judged_only }, binary(precision)),
  R: measure('recall: share of the relevant documents that are among the first k', { rel, cutoff: ranks, judged_only }, binary(recall)),
  RBP: measure(
    'rank-biased precision of a user of persistence p, binary: relevant from grade rel on',
    { p: optional(persistence, 0.8), rel, cutoff },
    ({ p, rel, cutoff }) => bind(rankBiasedPrecision, { persistence: p, threshold: rel, ...upTo(cutoff) }),
  ),
  RBPresidual: measure(
    'how much higher RBP could be, were every document not judged relevant',
    { p: optional(persistence, 0.8), cutoff },
    ({ p, cutoff }) => bind(rankBiasedResidual, { persistence: p, ...upTo(cutoff) }),
  ),
  Rprec: measure('precision at the number of relevant documents', { rel, judged_only }, binary(rPrecision)),
  RR: measure('one over the rank of the first relevant document', { rel, cutoff, judged_only }, binary(reciprocalRank)),
  SDCG: measure('DCG scaled so that its weights add up to 1', { min_rel, max_rel, cutoff: ranks }, (o) =>
    bind(expectedUtility(scaledDiscount(o.cutoff), scale(o)), {}),
  ),
  SetAP: measure('precision times recall of all documents retrieved', { rel, judged_only }, binary(setMeasure(setAveragePrecision))),
  SetF: measure('F measure of all documents retrieved', { rel, beta: optional(positive(), 1) }, ({ rel, beta }) =>
    bind(setMeasure(setF(beta)), { threshold: rel }),
  ),
  SetP: measure(
    'precision of all documents retrieved; relative=True: over the highest possible',
    { rel, relative: optional(boolean(), false) },
    ({ rel, relative }) => bind(relative ? setMeasure(relativeSetPrecision) : precision, { threshold: rel }),
  ),
  SetR: measure('recall of all documents retrieved', { rel }, binary(recall)),
  Success: measure('1 where a relevant document is among the first k', { rel, cutoff: ranks, judged_only }, binary(success)),
} satisfies Record<string, Measure>;

export interface MeasureAlias {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Other names that ir_measures knows, each for a measure and parameters. */
export const measureAliases: Readonly<Record<string, MeasureAlias>> = {
  BPref: { name: 'Bpref' },
  MAP: { name: 'AP' },
  MRR: { name: 'RR' },
  NDCG: { name: 'nDCG' },
  Precision: { name: 'P' },
  Recall: { name: 'R' },
  RPrec: { name: 'Rprec' },
  SetRelP: { name: 'SetP', parameters: { relative: true } },
};
