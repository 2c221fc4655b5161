import { logit } from '../src/losses/pair-loss.ts';
import { bothWays, logOf, sigmoid } from '../src/math/log-space.ts';
import { type Decoded, optional, picklist, positive, strictObject } from '../src/schema.ts';
import type { Learn } from './estimator.ts';
import { fitJointly, type JointModel, type RankClickLoss } from './joint-clicks.ts';
import { scorerRanker } from './weighted-learner.ts';

export const regressionEmOptions = {
  form: optional(picklist(['em', 'gradient']), 'em'), //        how propensities move: to the mean posterior of examination, or by the optimiser
  relativePropensityRate: optional(positive(), 10), // of `gradient`: learning rate of the propensity logits over the ranker's
};
const options = strictObject(regressionEmOptions);

/**
 * p = σ(x) σ(y), x the log-odds of examination, y those of relevance. Where there is no click P(E = 1) = θ(1 − γ)/(1 − θγ), and
 * P(R = 1) likewise; 1 after a click. The slopes are n σ − Σ posterior, the bends n σ (1 − σ): those of the two cross-entropies to the posteriors, which are held fixed.
 */
export const examinedAndRelevant: RankClickLoss = (y, [x], clicks, sessions, slopes, bends) => {
  const missed = sessions - clicks;
  const { yes: relevant, no: irrelevant } = bothWays(y);
  const { yes: examined, no: unexamined } = bothWays(x);
  const noClick = unexamined + examined * irrelevant; // 1 − θγ, where that is near 0 too
  const each = noClick > 0 ? missed / noClick : 0;
  slopes[0] = sessions * relevant - clicks - each * relevant * unexamined;
  slopes[1] = sessions * examined - clicks - each * examined * irrelevant;
  bends[0] = sessions * relevant * irrelevant;
  bends[1] = sessions * examined * unexamined;
  return -clicks * logOf(examined * relevant) - missed * logOf(noClick);
};

/** How near θ may come to 0 and 1, whose log-odds are no numbers: a first rank that everybody examines gets there. */
const leastProbability = 1e-6;

/** θ_k ← the mean over sessions of the posterior of examination, of so large a share of the log. */
const toMeanPosterior: JointModel['maximise'] = (numbers, slopes, sessions, share) => {
  for (let k = 0; k < numbers.length; k++) {
    if (sessions[k] === 0) continue;
    const mean = sigmoid(numbers[k]) - (share * slopes[k]) / sessions[k];
    numbers[k] = logit(Math.min(Math.max(mean, leastProbability), 1 - leastProbability));
  }
};

/**
 * Regression EM (Wang et al., WSDM 2018): P(C_k = 1) = θ_k σ(f(x)), fitted by expectation–maximisation. E-step: the posteriors of examination and relevance, exact.
 * M-step: θ_k = mean posterior of examination; f takes a step towards the posterior of relevance as a soft label (the paper draws labels from it, which adds noise and
 * no information). Each step is one of ascent of the likelihood of clicks, so the form `gradient`, in which the optimiser moves log-odds of θ too, has the same
 * optimum. Right where users are position-based and σ(f) can state relevance; the level of θ is told from that of γ by the form of σ(f) alone, so only ratios θ_k/θ_1 are
 * reported. Fails where f is too poor (what it cannot say goes into θ when production orders by relevance), or so flexible that it can say where a document was shown.
 */
export const regressionEmModel = ({ form, relativePropensityRate }: Decoded<typeof options>): JointModel => ({
  loss: examinedAndRelevant,
  tables: 1,
  start: () => [logit(0.9)], // as in ULTRA
  relativeRate: relativePropensityRate,
  ...(form === 'em' && { maximise: toMeanPosterior }),
});

/** The estimator of {@link regressionEmModel}, which keeps its ranker. */
export const regressionEm = {
  description: 'regression EM: a pointwise ranker and propensities by expectation–maximisation (Wang et al. 2018)',
  source: 'learnt',
  ownLoss: true,
  options,
  create:
    (chosen: Decoded<typeof options>): Learn =>
    (input) => {
      const { scorer, numbers, record } = fitJointly(input, regressionEmModel(chosen));
      const theta = numbers[0].map(sigmoid);
      return { rank: scorerRanker(scorer), scorer, examination: theta.map((p) => p / theta[0]), record };
    },
} as const;
