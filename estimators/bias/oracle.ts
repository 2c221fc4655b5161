import type { Bias } from '../../src/bias.ts';
import { clickSums } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { strictObject } from '../../src/schema.ts';
import type { LoggedClicks } from '../estimator.ts';
import { meanExamination, shownExamination } from '../shown-bias.ts';
import { type BiasEstimatorEntry, type EstimatedBias, noExamination } from './bias-estimator.ts';

function known({ knownBias }: LoggedClicks) {
  if (knownBias) return knownBias;
  throw new UsageError('propensity: oracle needs a simulated log and its truth; use randomisation, numbers, all-pairs, or dual-learning');
}

/** What a curve by rank of a truth leaves out. */
function meanOf({ kind }: Bias): Pick<EstimatedBias, 'meanOver'> {
  if (kind === 'contextual') return { meanOver: 'lists' };
  return kind === 'by-click' ? { meanOver: 'clicks above' } : {};
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
      const mean =
        examination.kind === 'affine'
          ? null
          : meanExamination(train.log, shownExamination(train.log, examination), clickSums(train.log).sessions);
      return {
        source: 'oracle',
        examination: mean === null ? null : mean.map((theta) => theta / mean[0]),
        ...(mean && { level: mean[0] }),
        ...meanOf(examination),
        ...(affine && { affine }),
        of(logged) {
          const bias = known(logged).examination;
          if (bias.kind !== 'affine') return bias;
          return noExamination();
        },
      };
    },
} as const satisfies BiasEstimatorEntry;
