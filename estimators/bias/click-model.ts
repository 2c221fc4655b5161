import { type ClickModel, type FitOptions, fromFeatures } from '../../click-models/index.ts';
import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { subsetLists } from '../../src/data/subset-lists.ts';
import { UsageError } from '../../src/errors.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import {
  type ClickModelChoice,
  clickModelChoice,
  clickModelFit,
  type FittedToLog,
  fittedToLog,
  givenOption,
  type LogOfQueries,
  modelToFit,
  readsByClicks,
} from '../fitted-click-model.ts';
import { shownSums } from '../fitted-examination.ts';
import { contextCurves, examinationCurve } from '../shown-bias.ts';
import type { BiasEstimatorEntry, BiasKind, BiasNeed } from './bias-estimator.ts';
import { bootstrapOption, resampling } from './bootstrap.ts';
import { checkClicked, checkRanksClicked, checkTied } from './check-told.ts';
import { inContext } from './rank-curve.ts';

const options = strictObject({
  model: optional(clickModelChoice, 'position-based'),
  fit: clickModelFit,
  given: givenOption,
  bootstrap: bootstrapOption,
});

/**
 * P(E_k = 1 | clicks above k) by a click model fitted to the log: θ_k of the position-based model, what is left of the reader after the clicks above in those
 * of the cascade family. Vardasbi, de Rijke & Markov, SIGIR 2020 (CM-IPS). Fails where users are not as the model says, and with few sessions a document: one
 * attraction for each of them is fitted beside the bias. `given: list` takes its mean over the sessions of each list, as E[C_k] = γ_k E[P(E_k = 1 | clicks above)]: clicks over it are unbiased in the limit
 * wherever somebody reads on. Given the clicks above, E[C_k / P(E_k = 1 | clicks above)] = γ_k P(somebody may read on), which is γ_k only where every click may be followed by
 * another: by the cascade model, whose users stop at the first click, nothing is corrected.
 * Nor below a document of attraction 1: whoever did not click it did not see it, so that P(E | clicks above) is 0 there, and what is below stays too light in any number of sessions.
 */
export const clickModel = {
  description: 'examination after the clicks above, by a click model fitted to the log (cascade propensities)',
  source: 'learnt',
  needs: ({ model, fit }: Partial<Decoded<typeof options>>): readonly BiasNeed[] => [
    ...(model !== undefined && biasModel(model).contexts > 1 ? ['contexts' as const] : []),
    ...(fit !== undefined && fromFeatures(fit).length > 0 ? ['features' as const] : []),
  ],
  gives: ({ model, given, fit }: Decoded<typeof options>): BiasKind =>
    readsByClicks(biasModel(model, fit)) && given === 'clicks-above' ? 'by-click' : 'examination',
  options,
  create: resampling<Decoded<typeof options>>(({ model, fit, given }) => ({ train, rng }) => {
    const fitted = (logged: LogOfQueries) => fittedToLog(model, logged, fit, rng.fork('click-model'));
    const byList = (found: FittedToLog, logged: LogOfQueries) =>
      readsByClicks(found.model) ? meanInLists(logged.log, found.examinationByClick(logged)) : found.examinationByList(logged.log);
    checkTold(modelToFit(model, positionsOf(train.log)), fit.attraction === 'features', train.log);
    const found = fitted(train);
    const { log } = train;
    const shown = byList(found, train);
    const { sessions } = clickSums(log);
    return {
      source: 'learnt',
      examination: examinationCurve(log, shown, sessions),
      ...(found.model.contexts > 1 &&
        log.contexts && { byContext: contextCurves(log, shown, sessions, log.contexts).map((examination) => ({ examination })) }),
      ...(readsByClicks(found.model)
        ? { meanOver: given === 'list' ? 'lists' : 'clicks above' }
        : found.model.contexts > 1 && { meanOver: 'contexts' }),
      ending: found.ending,
      of: (logged) =>
        given === 'clicks-above' && readsByClicks(found.model)
          ? { kind: 'by-click', examination: found.examinationByClick(logged) }
          : { kind: 'contextual', examination: byList(found, logged) },
    };
  }),
} as const satisfies BiasEstimatorEntry;

/** @throws UsageError for a model by which every rank is looked at, and as {@link modelToFit} */
function biasModel(choice: ClickModelChoice, fit?: FitOptions): ClickModel {
  const model = modelToFit(choice, 1, fit);
  if (readsByClicks(model) || Object.values(model.definition.states).some(({ examined }) => examined !== 1)) return model;
  throw new UsageError(`by ${model.name} every rank is looked at, so that there is no bias to be corrected: use the weighting naive`);
}

/** Mean over the sessions of each list of what each of its clicks has, one per shown document. @param values in the order of `log.clicks` */
function meanInLists(log: ClickLog, values: Float64Array): Float64Array {
  const { sessions } = clickSums(log);
  const means = shownSums(log, (i) => values[i]);
  for (let l = 0; l < sessions.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) means[i] = sessions[l] > 0 ? means[i] / sessions[l] : 0;
  return means;
}

/** @param shared whether documents share what attracts, as by features @throws UsageError where a log does not tell the examination of a model */
function checkTold(model: ClickModel, shared: boolean, log: ClickLog): void {
  const upToFactor = (model.definition.upToFactor ?? []).length > 0; // else told by what is clicked below clicks, or nothing is to be told
  if (upToFactor && model.contexts > 1 && log.contexts !== undefined)
    for (const context of new Set(log.contexts))
      inContext(context, () => checkRanksClicked(subsetLists(log, (l) => log.contexts?.[l] === context)));
  const check = !upToFactor ? checkClicked : shared || readsByClicks(model) ? checkRanksClicked : checkTied;
  check(log);
}
