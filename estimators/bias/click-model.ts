import { type ClickLog, clickSums } from '../../src/data/click-log.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import { clickModelChoice, fittedToLog, shownSums } from '../fitted-click-model.ts';
import { examinationCurve } from '../shown-bias.ts';
import type { BiasEstimatorEntry, EstimateBias } from './bias-estimator.ts';
import { bootstrapOption, bootstrapped } from './bootstrap.ts';

const options = strictObject({ model: optional(clickModelChoice, 'position-based'), bootstrap: bootstrapOption });

/**
 * P(E_k = 1 | clicks above k) by a click model fitted to the log: θ_k of the position-based model, what is left of the reader after the clicks above in those
 * of the cascade family. Vardasbi, de Rijke & Markov, SIGIR 2020 (CM-IPS). Fails where users are not as the model says, and with few sessions a document: one
 * attraction for each of them is fitted beside the bias.
 */
export const clickModel = {
  description: 'examination after the clicks above, by a click model fitted to the log (cascade propensities)',
  source: 'learnt',
  needs: [],
  gives: 'examination',
  options,
  create:
    ({ model, bootstrap }: Decoded<typeof options>): EstimateBias =>
    ({ train, rng }) => {
      const curveIn = (log: ClickLog) => {
        const { examination } = fittedToLog(model, { ...train, log });
        const { sessions } = clickSums(log);
        const shown = shownSums(log, (i) => examination[i]);
        for (let l = 0; l < sessions.length; l++)
          for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) shown[i] = sessions[l] > 0 ? shown[i] / sessions[l] : 0;
        return examinationCurve(log, shown, sessions);
      };
      const curve = curveIn(train.log);
      return {
        source: 'learnt',
        examination: curve,
        ...bootstrapped(curve, train.log, bootstrap, rng, curveIn),
        of: (logged) => ({ kind: 'by-click', examination: fittedToLog(model, logged).examination }),
      };
    },
} as const satisfies BiasEstimatorEntry;
