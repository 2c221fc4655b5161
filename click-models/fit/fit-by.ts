import { checkComplete } from '../../src/data/missing-values.ts';
import { UsageError } from '../../src/errors.ts';
import type { DenseScorer } from '../../src/models/scorer.ts';
import { newMlp, scorers } from '../../src/models/scorers.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { ClickModel } from '../click-model.ts';
import { type DocumentLogits, featureLogits, hashedLogits, quotientRemainderLogits } from './document-logits.ts';
import type { FitLog } from './event-tables.ts';
import { type FittedClickModel, fitClickModel } from './expectation-maximisation.ts';
import { type FitOptions, fitFault, sharedTables } from './fit-options.ts';
import { fitByGradient, usualTolerance } from './gradient.ts';
import { bestOfStarts } from './several-starts.ts';
import { usualValues } from './usual-values.ts';

/** Features of the documents of a log, row by row. */
export interface DocumentFeatures {
  readonly features: Float32Array;
  readonly featureCount: number;
}

/**
 * Fits a model by the method that the options name: {@link fitClickModel} or {@link fitByGradient}.
 * @param rng of hashing, and of the weights that a network starts at @throws UsageError as those, for options that do not go together, and where attraction or satisfaction is to come from features that the log has not, or of which some are missing
 */
export function fitClickModelBy(
  start: ClickModel,
  fit: FitLog,
  options: FitOptions,
  rng: Rng,
  features: DocumentFeatures | null = null,
): FittedClickModel {
  const fault = fitFault(options, start);
  if (fault !== null) throw new UsageError(fault);
  if (options.method !== 'gradient')
    return withUnseen(
      options.starts === 1
        ? fitClickModel(start, fit, options)
        : bestOfStarts(start, options.starts, rng, (from) => fitClickModel(from, fit, options)),
      fit,
    );
  const { prior, iterations, learningRate } = options;
  const tolerance = options.tolerance ?? usualTolerance;
  const strength = typeof prior === 'number' ? prior : 0;
  const shared = sharedTables(options);
  const [logits, scorers]: [Record<string, DocumentLogits>, Record<string, DenseScorer>] = [{}, {}];
  for (const table of shared) {
    if (options[table] === 'features') {
      if (features === null)
        throw new UsageError(
          `${table} from features needs documents with features, and a log has none of its own; give them (--features on the command line), or use hash`,
        );
      checkComplete(features, `${table} from features`);
      scorers[table] = scorerOf(options.hidden, features.featureCount, rng);
      logits[table] = featureLogits(scorers[table], features.features);
    } else logits[table] = sharedLogits(table, fit, options, rng);
  }
  // the prior is learnt as expectation–maximisation learns it; numbers that documents share need none
  const own = start.documents.filter((table) => !Object.hasOwn(logits, table));
  const learnt =
    prior === 'learnt' && own.length > 0 ? fitClickModel(start, fit, { ...options, method: 'em', iterations: 200 }).priors : {};
  const priors = Object.fromEntries(own.flatMap((table) => (Object.hasOwn(learnt, table) ? [[table, learnt[table]]] : [])));
  return withUnseen({ ...fitByGradient(start, fit, { learningRate, iterations, tolerance, strength }, logits, priors), scorers }, fit);
}

/** A fit whose documents that no session shows, of which it tells nothing, have what is usual, as those have that a log to be foretold brings; but for what is made of features. */
function withUnseen(fitted: FittedClickModel, { log, documents: D }: FitLog): FittedClickModel {
  const seen = new Uint8Array(D);
  for (const l of log.list) for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) seen[log.docs[i]] = 1;
  if (seen.every((one) => one === 1)) return fitted;
  const values = Object.entries(fitted.documents).map(([table, given]) => {
    if (fitted.scorers !== undefined && Object.hasOwn(fitted.scorers, table)) return [table, given] as const;
    const [own, width] = [given.slice(), given.length / D];
    const usual = usualValues(own, width, fitted.priors[table], seen);
    for (let d = 0; d < D; d++) if (seen[d] === 0) own.set(usual, d * width);
    return [table, own] as const;
  });
  return { ...fitted, documents: Object.fromEntries(values) };
}

/** Linear without hidden layers, else a network that starts at random weights. @throws UsageError where that needs a tensor backend and none is open */
function scorerOf(hidden: readonly number[], featureCount: number, rng: Rng): DenseScorer {
  if (hidden.length === 0) return scorers.linear.create({}, featureCount, rng);
  return newMlp({ hidden, activation: 'elu' }, featureCount, rng);
}

/** Of documents that share numbers. Attraction starts at the click-through rate of all, satisfaction at one half, as in {@link eventTables}. */
function sharedLogits(table: 'attraction' | 'satisfaction', { log, documents }: FitLog, options: FitOptions, rng: Rng): DocumentLogits {
  const { compression } = options;
  const clicked = log.clicks.reduce((sum, click) => sum + click, 0) / log.clicks.length;
  const mean = table === 'satisfaction' ? 0.5 : Math.min(0.999, Math.max(0.001, clicked)) || 0.5;
  return options[table] === 'hash'
    ? hashedLogits(documents, compression, mean, rng)
    : quotientRemainderLogits(documents, compression, mean);
}
