import { checkContexts } from '../../../click-models/index.ts';
import { type ClickModelChoice, type LoggedClicks, modelToFit, needsOf } from '../../../estimators/index.ts';
import { positionsOf } from '../../../src/data/click-log.ts';
import { UsageError } from '../../../src/errors.ts';
import type { Parts } from '../../parts/parts.ts';
import type { RankingConfig } from './ranking-config.ts';
import { biasEntry, biasOf } from './ranking-faults.ts';

/**
 * Before anything is trained on a log that was given.
 * @throws UsageError where a method tells contexts apart of which the log has none, or fewer than it
 */
export function checkLogContexts(parts: Parts, { estimators }: Pick<RankingConfig, 'estimators'>, { log, querySet }: LoggedClicks): void {
  const fit = { log, documents: querySet.labels.length, contexts: log.contexts ?? null };
  for (const method of estimators) {
    const bias = biasOf(parts, method)?.bias;
    const choice = method.name === 'click-model-labels' ? method.clickModel : bias?.name === 'click-model' ? bias.model : undefined;
    if (choice !== undefined) checkContexts(modelToFit(choice as ClickModelChoice, positionsOf(log)), fit);
    else if (bias !== undefined && fit.contexts === null && needsOf(biasEntry(parts, bias.name), bias).includes('contexts'))
      throw new UsageError(`${method.label}: ${bias.name} tells contexts apart, but the log has none; give its lists a context`);
  }
}
