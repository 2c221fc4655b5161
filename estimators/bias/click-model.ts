import { type ClickModel, fromFeatures } from '../../click-models/index.ts';
import { clickSums, positionsOf } from '../../src/data/click-log.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import {
  clickModelChoice,
  clickModelFit,
  type FittedToLog,
  fittedToLog,
  type LogOfQueries,
  modelToFit,
  readsByClicks,
} from '../fitted-click-model.ts';
import { shownSums } from '../fitted-examination.ts';
import { examinationCurve } from '../shown-bias.ts';
import type { BiasEstimatorEntry, BiasKind, BiasNeed } from './bias-estimator.ts';
import { bootstrapOption, resampling } from './bootstrap.ts';
import { checkClicked, checkTied } from './check-told.ts';

const options = strictObject({ model: optional(clickModelChoice, 'position-based'), fit: clickModelFit, bootstrap: bootstrapOption });

/**
 * P(E_k = 1 | clicks above k) by a click model fitted to the log: θ_k of the position-based model, what is left of the reader after the clicks above in those
 * of the cascade family. Vardasbi, de Rijke & Markov, SIGIR 2020 (CM-IPS). Fails where users are not as the model says, and with few sessions a document: one
 * attraction for each of them is fitted beside the bias.
 */
export const clickModel = {
  description: 'examination after the clicks above, by a click model fitted to the log (cascade propensities)',
  source: 'learnt',
  needs: ({ model, fit }: Partial<Decoded<typeof options>>): readonly BiasNeed[] => [
    ...(model !== undefined && modelToFit(model, 1).contexts > 1 ? ['contexts' as const] : []),
    ...(fit !== undefined && fromFeatures(fit).length > 0 ? ['features' as const] : []),
  ],
  gives: ({ model }: Decoded<typeof options>): BiasKind => (readsByClicks(modelToFit(model, 1)) ? 'by-click' : 'examination'),
  options,
  create: resampling<Decoded<typeof options>>(({ model, fit }) => ({ train, rng }) => {
    const fitted = (logged: LogOfQueries) => fittedToLog(model, logged, fit, rng.fork('click-model'));
    const curveOf = (found: FittedToLog, logged: LogOfQueries) => {
      const { log } = logged;
      const { sessions } = clickSums(log);
      if (!readsByClicks(found.model)) return examinationCurve(log, found.examinationByList(log), sessions);
      const examination = found.examinationByClick(logged);
      const shown = shownSums(log, (i) => examination[i]);
      for (let l = 0; l < sessions.length; l++)
        for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) shown[i] = sessions[l] > 0 ? shown[i] / sessions[l] : 0;
      return examinationCurve(log, shown, sessions);
    };
    const tied = isTold(modelToFit(model, positionsOf(train.log))) || fit.attraction === 'features'; // features are shared by documents
    (tied ? checkClicked : checkTied)(train.log);
    const found = fitted(train);
    return {
      source: 'learnt',
      examination: curveOf(found, train),
      ending: found.ending,
      of: (logged) =>
        readsByClicks(found.model)
          ? { kind: 'by-click', examination: found.examinationByClick(logged) }
          : { kind: 'contextual', examination: found.examinationByList(logged.log) },
    };
  }),
} as const satisfies BiasEstimatorEntry;

/** Whether a log without documents that move tells examination: by what is clicked below clicks, or as nothing is to be told. */
const isTold = (model: ClickModel): boolean => readsByClicks(model) || (model.definition.upToFactor ?? []).length === 0;
