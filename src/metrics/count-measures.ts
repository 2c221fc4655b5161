import { integer, optional } from '../schema.ts';
import { otherCount, queryCount, relevantCount, retrievedCount } from './counts.ts';
import { judged } from './judged.ts';
import { type Measure, measure } from './measure.ts';
import { binary, bind, judged_only, ranks, rel } from './measure-parts.ts';
import { unjudged } from './unjudged.ts';

/** Counts of documents, and how much is judged. */
export const countMeasures = {
  Judged: measure('share of the first k documents that have a judgment', { cutoff: ranks }, ({ cutoff }) => bind(judged, { cutoff })),
  NumNonRelJudgedRet: measure('number of documents retrieved that were judged not relevant', { rel, judged_only }, binary(otherCount)),
  NumQ: measure('1 for every topic: added up, how many there are', {}, () => bind(queryCount, {})),
  NumRel: measure('number of relevant documents, retrieved or not', { rel }, binary(relevantCount)),
  NumRet: measure('number of documents retrieved; with rel: of relevant ones', { rel: optional(integer(1)) }, ({ rel }) =>
    bind(retrievedCount, rel === undefined ? {} : { threshold: rel }),
  ),
  Unjudged: measure('share of the first k places whose document was not judged', { cutoff: ranks }, ({ cutoff }) =>
    bind(unjudged, { cutoff }),
  ),
} satisfies Record<string, Measure>;
