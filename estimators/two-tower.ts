import { type ClickLog, clickSums } from '../src/data/click-log.ts';
import { logit } from '../src/losses/pair-loss.ts';
import { type Decoded, literal, optional, type Schema, strictObject, union } from '../src/schema.ts';
import { noExamination } from './bias/bias-estimator.ts';
import type { Learn } from './estimator.ts';
import { type BiasChoice, biasChoice, makeBias } from './propensity.ts';
import { fitTwoTower, twoTowerEntries } from './two-tower-fit.ts';
import { scorerRanker } from './weighted-learner.ts';

type BiasTower = 'joint' | { readonly frozen: BiasChoice };

const options = strictObject({
  ...twoTowerEntries,
  biasTower: optional(union([literal('joint'), strictObject({ frozen: biasChoice })]) as Schema<BiasTower>, 'joint'),
});

/**
 * Examination θ as log-odds that are added: θ̃_k = logit(c θ_k), c = Σ clicks/Σ θ_k over impressions (θ relative to the best rank), which is what a document of
 * mean relevance is clicked by at each rank. For rare clicks θ̃_k − θ̃_1 comes to log θ_k/θ_1.
 */
export function addedBias(log: ClickLog, examination: Float64Array): Float64Array {
  const best = Math.max(...examination);
  const { clicks, sessions } = clickSums(log);
  let [clicked, examined] = [0, 0];
  for (let l = 0; l < sessions.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      clicked += clicks[i];
      examined += (sessions[l] * examination[i - log.offsets[l]]) / best;
    }
  const rate = Math.min(clicked / examined, 1 - 1e-6); // all clicked has no log-odds
  return examination.map((theta) => logit((rate * theta) / best));
}

/**
 * The two-tower model of {@link fitTwoTower}. With `biasTower: {frozen: …}` the bias is not learnt beside relevance but comes first, from an estimator that relevance does
 * not confound (randomised sessions, or documents that moved between ranks: `all-pairs`), and stays as it is while relevance learns, so that nothing that relevance cannot
 * say goes into it where production ordered by it. After Zhang et al., KDD 2023 (confounding of the towers), and Luo et al. 2023 (unconfounded propensities first).
 */
export const twoTower = {
  description: 'two-tower model: bias of the rank and relevance of the document added in log-odds (PAL, additive two-tower)',
  source: 'learnt',
  ownLoss: true,
  options,
  create:
    ({ biasTower, ...chosen }: Decoded<typeof options>): Learn =>
    (input) => {
      if (biasTower === 'joint') {
        const { scorer, record } = fitTwoTower(input, chosen);
        return { rank: scorerRanker(scorer), scorer, examination: null, record }; // log-odds are no propensities
      }
      const bias = makeBias(biasTower.frozen)(input);
      const { examination, source: examinationSource } = bias;
      if (examination === null) return noExamination();
      const { scorer, record } = fitTwoTower(input, chosen, addedBias(input.train.log, examination));
      return { rank: scorerRanker(scorer), scorer, examination, examinationSource, bias, record };
    },
} as const;
