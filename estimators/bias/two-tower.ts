import { type ClickLog, clickSums } from '../../src/data/click-log.ts';
import { sigmoid } from '../../src/math/log-space.ts';
import { scoreSet } from '../../src/models/score-set.ts';
import { type Decoded, strictObject } from '../../src/schema.ts';
import type { LoggedClicks } from '../estimator.ts';
import { examinationCurve } from '../shown-bias.ts';
import { fitTwoTower, twoTowerOptions } from '../two-tower-fit.ts';
import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { bootstrapOption, resampling } from './bootstrap.ts';
import { checkRanksClicked } from './check-told.ts';

const options = strictObject({ ...twoTowerOptions.entries, bootstrap: bootstrapOption });

/**
 * θ_k of logit P(C_k = 1) = θ_k + f(x), see the estimator `two-tower`. No propensity of the rank: a bias in log-odds hides less of what is clicked often. What stands for one is
 * the probability of a click where a document was shown over that at the best rank, σ(θ_k + f(x))/σ(max θ + f(x)): one number for each shown document. Clicks over it have the expectation
 * σ(max θ + f), so that weightings by it are right for clicks at the best rank, if the model is. For rare clicks it comes to e^{θ_k − max θ}.
 */
export const twoTowerBias = {
  description: 'bias in log-odds beside a relevance tower (two-tower); as propensity the click probability over that at the best rank',
  source: 'learnt',
  needs: ['features'],
  gives: 'examination',
  options,
  create: resampling<Decoded<typeof options>>((chosen) => (input) => {
    checkRanksClicked(input.train.log);
    const {
      scorer,
      numbers: [theta],
      record,
    } = fitTwoTower(input, chosen);
    const best = Math.max(...theta);
    const propensities = ({ log, querySet }: LoggedClicks) => relativeToBest(log, scoreSet(scorer, querySet), theta, best);
    const { log } = input.train;
    return {
      source: 'learnt',
      meanOver: 'documents',
      logits: theta.map((logit) => logit - theta[0]),
      examination: examinationCurve(log, propensities(input.train), clickSums(log).sessions),
      record,
      of: (logged) => ({ kind: 'contextual', examination: propensities(logged) }),
    };
  }),
} as const satisfies BiasEstimatorEntry;

function relativeToBest({ offsets, docs }: ClickLog, scores: Float32Array, theta: Float64Array, best: number): Float64Array {
  const propensities = new Float64Array(docs.length);
  for (let l = 0; l + 1 < offsets.length; l++)
    for (let i = offsets[l]; i < offsets[l + 1]; i++) {
      const f = scores[docs[i]];
      propensities[i] = sigmoid(theta[i - offsets[l]] + f) / sigmoid(best + f);
    }
  return propensities;
}
