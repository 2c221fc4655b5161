import { UsageError } from '../../src/errors.ts';
import type { DenseScorer } from '../../src/models/scorer.ts';
import { scorers } from '../../src/models/scorers.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { Decoded } from '../../src/schema.ts';
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
 * @param rng of hashing, and of the weights that a network starts at @throws UsageError as those, for options that do not go together, and where attraction is to come from features that the log has not
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
  const byGradient = (logits: DocumentLogits | null) =>
    fitByGradient(start, fit, { learningRate, iterations, tolerance, strength }, logits === null ? {} : { attraction: logits }, priors);
  if (options.attraction !== 'features') return byGradient(attractionLogits(start, fit, options, rng));
  checkShared(start, options);
  if (features === null)
    throw new UsageError('attraction from features needs documents with features, and a log has none of its own; give them, or use hash');
  const scorer = attractionScorer({ hidden: options.hidden, activation: 'elu' }, features.featureCount, rng);
  return { ...byGradient(featureLogits(scorer, features.features, { learningRate })), scorer };
}

/** Linear without hidden layers, else a network that starts at random weights. @throws UsageError where that needs a tensor backend and none is open */
function attractionScorer(options: Decoded<typeof scorers.mlp.options>, featureCount: number, rng: Rng): DenseScorer {
  return options.hidden.length === 0 ? scorers.linear.create({}, featureCount, rng) : scorers.mlp.create(options, featureCount, rng);
}

/** @throws UsageError where there is no attraction by document that could come from what documents share */
function checkShared({ name, definition }: ClickModel, { attraction }: FitOptions): void {
  if (definition.tables.attraction?.by !== 'document')
    throw new UsageError(`${name} has no attraction by document that could come from ${attraction}; use attraction: documents`);
}

/** Of documents that share numbers, or have their own (null). */
function attractionLogits(start: ClickModel, { log, documents }: FitLog, options: FitOptions, rng: Rng): DocumentLogits | null {
  const { attraction, compression, learningRate } = options;
  if (attraction === 'documents') return null;
  checkShared(start, options);
  const rate = { learningRate };
  const mean = Math.min(0.999, Math.max(0.001, log.clicks.reduce((sum, click) => sum + click, 0) / log.clicks.length)) || 0.5;
  return attraction === 'hash'
    ? hashedLogits(documents, compression, mean, rate, rng)
    : quotientRemainderLogits(documents, compression, mean, rate);
}
