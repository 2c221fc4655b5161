import { UsageError } from '../../src/errors.ts';
import { linear } from '../../src/models/linear.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { ClickModel } from '../click-model.ts';
import { type DocumentLogits, featureLogits, hashedLogits, quotientRemainderLogits } from './document-logits.ts';
import type { FitLog } from './event-tables.ts';
import { type FittedClickModel, fitClickModel } from './expectation-maximisation.ts';
import { type FitOptions, fitFault } from './fit-options.ts';
import { fitByGradient } from './gradient.ts';

/** Features of the documents of a log, row by row. */
export interface DocumentFeatures {
  readonly features: Float32Array;
  readonly featureCount: number;
}

/**
 * Fits a model by the method that the options name: {@link fitClickModel} or {@link fitByGradient}.
 * @param rng of hashing @throws UsageError as those, for options that do not go together, and where attraction is to come from features that the log has not
 */
export function fitClickModelBy(
  start: ClickModel,
  fit: FitLog,
  options: FitOptions,
  rng: Rng,
  features: DocumentFeatures | null = null,
): FittedClickModel {
  const fault = fitFault(options);
  if (fault !== null) throw new UsageError(fault);
  if (options.method !== 'gradient') return fitClickModel(start, fit, options);
  const { prior, iterations, tolerance, learningRate } = options;
  const strength = typeof prior === 'number' ? prior : 0;
  // the prior is learnt as expectation–maximisation learns it; numbers that documents share need none
  const learns = prior === 'learnt' && options.attraction === 'documents';
  const priors = learns ? fitClickModel(start, fit, { ...options, method: 'em', iterations: 30 }).priors : {};
  const attraction = attractionLogits(start, fit, options, rng, features);
  return fitByGradient(start, fit, { learningRate, iterations, tolerance, strength }, attraction === null ? {} : { attraction }, priors);
}

function attractionLogits(
  { name, definition }: ClickModel,
  { log, documents }: FitLog,
  { attraction, compression, learningRate }: FitOptions,
  rng: Rng,
  features: DocumentFeatures | null,
): DocumentLogits | null {
  if (attraction === 'documents') return null;
  if (definition.tables.attraction?.by !== 'document')
    throw new UsageError(`${name} has no attraction by document that could come from ${attraction}; use attraction: documents`);
  const rate = { learningRate };
  const mean = Math.min(0.999, Math.max(0.001, log.clicks.reduce((sum, click) => sum + click, 0) / log.clicks.length)) || 0.5;
  if (attraction === 'hash') return hashedLogits(documents, compression, mean, rate, rng);
  if (attraction === 'quotient-remainder') return quotientRemainderLogits(documents, compression, mean, rate);
  if (features === null)
    throw new UsageError('attraction from features needs documents with features, and a log has none of its own; use hash');
  return featureLogits(linear(features.featureCount), features.features, rate);
}
