import { type Decoded, optional, strictObject } from '../src/schema.ts';
import type { Learn, LoggedClicks } from './estimator.ts';
import { clickModelChoice, clickModelFit, fittedToLog } from './fitted-click-model.ts';
import { learnFromLists, weightedLists } from './weighted-learner.ts';

const options = strictObject({ clickModel: optional(clickModelChoice, 'dynamic-bayesian'), fit: clickModelFit });

/**
 * Attraction as a click model fitted to the log estimates it, taken for labels: every list as often as sessions saw it, its documents weighted with γ̂. What search engines did before
 * counterfactual learning, and the baseline that the dual learning algorithm was compared with (Ai et al., SIGIR 2018, §5.2: NCM, DBN). Right where users are as the model says and
 * each document has sessions enough: nothing is shared between documents, so that rare queries are noise.
 */
export const clickModelLabels = {
  description: 'attraction estimated by a click model, document by document, as labels to train on (Ai et al. 2018, baseline)',
  source: 'learnt',
  options,
  create:
    ({ clickModel, fit }: Decoded<typeof options>): Learn =>
    (input) => {
      const fitted = fittedToLog(clickModel, input.train, fit, input.rng.fork('click-model'));
      const lists = (logged: LoggedClicks) => {
        const { attraction } = fitted.documentsIn(logged);
        return weightedLists(logged, (_, __, sessions) => sessions().map((count, i) => count * attraction[logged.log.docs[i]]));
      };
      return {
        ...learnFromLists(input, lists(input.train), input.heldOut && lists(input.heldOut), 'sessions'),
        examination: null,
        ending: fitted.ending,
      };
    },
} as const;
