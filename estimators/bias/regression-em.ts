import { clickModels, fitClickModelBy } from '../../click-models/index.ts';
import { type ClickLog, positionsOf } from '../../src/data/click-log.ts';
import { sigmoid } from '../../src/math/log-space.ts';
import { type Decoded, optional, picklist, strictObject } from '../../src/schema.ts';
import { fitJointly } from '../joint-clicks.ts';
import { regressionEmModel, regressionEmOptions } from '../regression-em.ts';
import { tabularFit } from '../tabular-fit.ts';
import { type BiasEstimatorEntry, type BiasNeed, learntByRank } from './bias-estimator.ts';
import { bootstrapOption, resampling } from './bootstrap.ts';
import { checkRanksClicked, checkTied } from './check-told.ts';

const options = strictObject({
  relevance: optional(picklist(['features', 'tabular']), 'features'),
  bootstrap: bootstrapOption,
  ...regressionEmOptions,
}); // of `tabular`

/**
 * Propensities of regression EM, see the estimator `regression-em`. `tabular`: a relevance of its own for every document with a learnt prior, which is the position-based
 * click model; biased while documents have few sessions (reference: 20 % off at 100 k sessions where all-pairs is 2 %), as noise in each relevance goes into θ.
 */
export const regressionEmBias = {
  description:
    'propensities by expectation–maximisation, relevance a function of features or a number for each document (Wang et al. 2018)',
  source: 'learnt',
  needs: ({ relevance }: Decoded<typeof options>): readonly BiasNeed[] => (relevance === 'tabular' ? [] : ['features']),
  gives: 'examination',
  options,
  create: resampling<Decoded<typeof options>>(({ relevance, ...chosen }) => (input) => {
    const { train, rng } = input;
    if (relevance === 'tabular') {
      const examinationIn = (log: ClickLog) => {
        const fit = { log, documents: train.querySet.labels.length };
        const start = clickModels['position-based'].create({ examination: 'eye-tracking', eta: 1 }, positionsOf(log));
        const { examination } = fitClickModelBy(start, fit, tabularFit(chosen.form), rng.fork('click model')).model.parameters;
        return examination.map((theta) => theta / examination[0]);
      };
      checkTied(train.log);
      return learntByRank(examinationIn(train.log));
    }
    checkRanksClicked(train.log);
    const { numbers, record } = fitJointly(input, regressionEmModel(chosen));
    return learntByRank(numbers[0].map(sigmoid), record);
  }),
} as const satisfies BiasEstimatorEntry;
