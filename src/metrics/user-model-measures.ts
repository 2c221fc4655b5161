import { boolean, optional, positive, real } from '../schema.ts';
import { err } from './err.ts';
import { bejeweledPlayer, expectedUtility, insq, inst, nearlyErr, scaledDiscount, utilityByRank } from './expected-utility.ts';
import { type Measure, measure } from './measure.ts';
import { bind, cutoff, highestGrade, max_rel, min_rel, persistence, ranks, rel, scale, upTo } from './measure-parts.ts';
import { nerr } from './nerr.ts';
import { rankBiasedPrecision } from './rank-biased-precision.ts';
import { rankBiasedResidual } from './rank-biased-residual.ts';

/** Measures that model how a user goes down the ranking. */
export const userModelMeasures = {
  BPM: measure(
    'Bejeweled Player Model: on until gain T is had or k documents are seen',
    { T: optional(positive(), 1), min_rel, max_rel, cutoff: ranks },
    (o) => bind(expectedUtility(bejeweledPlayer(o.T, o.cutoff), scale(o)), {}),
  ),
  ERR: measure('expected reciprocal rank of a user who stops once satisfied', { max_rel: highestGrade, cutoff }, ({ max_rel, cutoff }) =>
    bind(err, { highestGrade: max_rel, ...upTo(cutoff) }),
  ),
  INSQ: measure('user who wants gain T but ignores what was found', { T: optional(positive(), 1), min_rel, max_rel }, (o) =>
    bind(utilityByRank(insq(o.T), scale(o)), {}),
  ),
  INST: measure('user who wants gain T and goes on less the more was found', { T: optional(real(0.5), 1), min_rel, max_rel }, (o) =>
    bind(expectedUtility(inst(o.T), scale(o)), {}),
  ),
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
  RBP: measure(
    'rank-biased precision of a user of persistence p: relevant from grade rel on; graded=True: by how much of the highest grade of the query',
    { p: optional(persistence, 0.8), rel, graded: optional(boolean(), false), cutoff },
    ({ p, rel, graded, cutoff }) =>
      bind((ranked, offsets, options) => rankBiasedPrecision(ranked, offsets, { ...options, graded }), {
        persistence: p,
        threshold: rel,
        ...upTo(cutoff),
      }),
  ),
  RBPresidual: measure(
    'how much higher RBP could be, were every document not judged relevant',
    { p: optional(persistence, 0.8), cutoff },
    ({ p, cutoff }) => bind(rankBiasedResidual, { persistence: p, ...upTo(cutoff) }),
  ),
  SDCG: measure('DCG scaled so that its weights add up to 1', { min_rel, max_rel, cutoff: ranks }, (o) =>
    bind(utilityByRank(scaledDiscount(o.cutoff), scale(o)), {}),
  ),
} satisfies Record<string, Measure>;
