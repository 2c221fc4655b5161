import { type Decoded, optional, positionsOf, positive, strictObject } from 'counterrank';
import { type Learn, learnWeighted } from 'counterrank/estimators';

const options = strictObject({
  power: optional(positive(), 1), // how fast examination is thought to fall with the rank
});

/**
 * Clicks at rank r count r^power times: inverse propensity scoring with examination guessed as θ_r = r^−power instead of learnt.
 * Unbiased where examination really falls like that.
 */
export const estimators = {
  'my-method': {
    description: 'clicks weighted by a power of the rank: examination guessed, not learnt',
    options,
    create:
      ({ power }: Decoded<typeof options>): Learn =>
      (input) => ({
        ...learnWeighted(
          input,
          ({ log }, clicks) => {
            const weighted = clicks.slice(); // one number per shown document: its clicks, summed over sessions
            for (let list = 0; list + 1 < log.offsets.length; list++)
              for (let i = log.offsets[list]; i < log.offsets[list + 1]; i++) weighted[i] *= (i - log.offsets[list] + 1) ** power;
            return weighted;
          },
          'sessions',
        ),
        examination: Float64Array.from({ length: positionsOf(input.train.log) }, (_, k) => (k + 1) ** -power), // for the reports
        examinationSource: 'given', // by the config; or oracle, randomisation, logged, learnt
      }),
  },
};
