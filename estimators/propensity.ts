import type { Bias } from '../src/bias.ts';
import { UsageError } from '../src/errors.ts';
import { array, maxValue, optional, picklist, pipe, positive, strictObject, union } from '../src/schema.ts';
import type { LearningInput, LoggedClicks } from './estimator.ts';
import { type ClickModelChoice, clickModelChoice } from './fitted-click-model.ts';
import { randomisationPropensities } from './randomisation.ts';

/** Where propensities come from: the truth, the randomised part of the traffic, one number per position, or a click model fitted to the log. */
export const propensityOption = optional(
  union([picklist(['oracle', 'randomisation']), array(pipe(positive(), maxValue(1))), strictObject({ clickModel: clickModelChoice })]),
  'oracle',
);
export type PropensitySource = ByPosition | { readonly clickModel: ClickModelChoice };
/** Sources of one propensity for every shown document, whatever else the session clicks. */
export type ByPosition = 'oracle' | 'randomisation' | readonly number[];

/** The examination bias of one of the input's logs. @throws UsageError where the source has nothing to offer for this log */
export function examinationBias(source: ByPosition, { randomised }: LearningInput, logged: LoggedClicks): Bias {
  if (source === 'oracle') {
    if (logged.knownBias) return logged.knownBias.examination;
    throw new UsageError('propensity: oracle needs a simulated log and its truth; use randomisation, numbers, or dual-learning');
  }
  if (source === 'randomisation') {
    if (randomised) return randomisationPropensities(randomised).bias;
    throw new UsageError('propensity: randomisation needs sessions shown in random order; set simulation.randomisedSessions above 0');
  }
  return { kind: 'examination', examination: Float64Array.from(source) };
}
