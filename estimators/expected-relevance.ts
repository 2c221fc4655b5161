import { UsageError } from '../src/errors.ts';
import type { RankingLists } from '../src/learners/batches.ts';
import { strictObject } from '../src/schema.ts';
import type { Learn, LoggedClicks } from './estimator.ts';
import { shownExamination } from './shown-bias.ts';
import { learnFromLists, weightedLists } from './weighted-learner.ts';

/** Every list as often as sessions saw it, its documents weighted with γ: what clicks over propensities come to in expectation. */
function expectedLists(logged: LoggedClicks): RankingLists {
  const { log, knownAttraction, knownBias } = logged;
  if (!knownAttraction)
    throw new UsageError('expected-relevance needs a simulated log and its truth; drop this method where the log is given');
  const examination = knownBias?.examination.kind === 'contextual' ? shownExamination(log, knownBias.examination) : null;
  return weightedLists(logged, (_, __, sessions) =>
    sessions().map((count, i) => (examination?.[i] === 0 ? 0 : count * knownAttraction[log.docs[i]])),
  );
}

/**
 * The limit of every unbiased estimator: the same ranker and loss on the shown lists, each document weighted with its true attraction γ_d times the
 * sessions that saw it, as E[Σ c/θ] = n γ_d wherever θ > 0 (a document that nobody can examine has weight 0). IPS with the true propensities has
 * this loss in expectation, and its ranker comes to this one as sessions grow (Joachims et al., WSDM 2017, eq. 6). So expected-relevance − skyline is
 * what the loss, the cut of the lists and the noise of attraction change; IPS − expected-relevance is variance; an estimator that stays away from
 * it as sessions grow is biased. Stopped on held-out lists as those estimators are, whose limit it would else not be where a ranker can overfit. Fails to be that limit where the log has explored too little to show
 * what is relevant: documents that no session saw are not in it. Under trust bias γ is P(relevant), the limit of `affine`.
 */
export const expectedRelevance = {
  description: 'the limit of unbiased estimators: the same ranker and loss, trained on the true attraction of the documents shown',
  reference: true,
  options: strictObject({}),
  create: (): Learn => (input) => ({
    ...learnFromLists(input, expectedLists(input.train), input.heldOut && expectedLists(input.heldOut), 'sessions'),
    examination: null,
  }),
};
