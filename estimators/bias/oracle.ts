import { clickSums } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { strictObject } from '../../src/schema.ts';
import type { LoggedClicks } from '../estimator.ts';
import { examinationCurve, shownExamination } from '../shown-bias.ts';
import { type BiasEstimatorEntry, type EstimatedBias, noExamination } from './bias-estimator.ts';

function known({ knownBias }: LoggedClicks) {
  if (knownBias) return knownBias;
  throw new UsageError('propensity: oracle needs a simulated log and its truth; use randomisation, numbers, all-pairs, or dual-learning');
}

/** The truth of a simulated log: what no estimator can beat. Examination, and α and β where clicks are affine in relevance. */
export const oracle = {
  description: 'the truth of a simulated log: what no estimator can beat',
  source: 'oracle',
  needs: ['truth'],
  gives: 'both',
  options: strictObject({}),
  create:
    () =>
    ({ train }): EstimatedBias => {
      const { examination, affine } = known(train);
      const shown = examination.kind === 'affine' ? null : shownExamination(train.log, examination);
      return {
        source: 'oracle',
        examination: shown && examinationCurve(train.log, shown, clickSums(train.log).sessions),
        ...(affine && { affine }),
        of(logged) {
          const bias = known(logged).examination;
          if (bias.kind !== 'affine') return bias;
          return noExamination();
        },
      };
    },
} as const satisfies BiasEstimatorEntry;
