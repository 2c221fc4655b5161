import type { Bias } from '../../src/bias.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { addByDocument, type Corrections, clickCorrections } from './click-corrections.ts';

/** Relevance of every document by its own clicks alone: for logs whose documents are ids. */
export interface DocumentRelevance {
  readonly relevance: Float64Array; // γ̂ by document row, length D; the mean of all where a document was never shown
  readonly strength: number; //        m, in examinations: how far a document is drawn to the mean
  readonly mean: number;
}

interface LogWithBias {
  readonly log: ClickLog;
  readonly bias: Bias;
}

const strengths = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000];

/**
 * γ̂_d = (Σ_s (c − β) + m γ̄)/(Σ_s α + m): the ratio of clicks to examinations of a document, drawn to the mean γ̄ of all as if m more examinations had
 * found that. The ratio alone is consistent where the bias is right; m is what foretells held-out clicks best, by the squared error of c − β given α γ̂.
 * @param logs of the same documents, each with its bias, whose sessions count together: one, or the pieces of one @param heldOut other sessions; null: m = 1 @throws UsageError for a log without examination
 */
export function documentRelevance(
  logs: LogWithBias | Iterable<LogWithBias>,
  heldOut: LogWithBias | null,
  documents: number,
): DocumentRelevance {
  const none = () => ({ gained: new Float64Array(documents), alpha: new Float64Array(documents) });
  const add = (sums: Corrections, of: LogWithBias) => addByDocument(sums, of.log, clickCorrections(of.log, of.bias));
  const { gained, alpha: seen } = none();
  for (const one of 'log' in logs ? [logs] : logs) add({ gained, alpha: seen }, one);
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  if (!(total(seen) > 0)) throw new UsageError('no document of the log was ever examined, by this bias: nothing tells relevance');
  const mean = total(gained) / total(seen);
  const by = (m: number) => gained.map((value, d) => (value + m * mean) / (seen[d] + m));
  const held = heldOut && add(none(), heldOut);
  /** Σ over held-out sessions of (c − β − α γ)²/α, less what does not depend on γ: α γ² − 2 γ (c − β). */
  const error = (m: number) =>
    by(m).reduce((sum, gamma, d) => sum + (held ? held.alpha[d] * gamma ** 2 - 2 * gamma * held.gained[d] : 0), 0);
  const strength = held === null ? 1 : strengths.reduce((best, m) => (error(m) < error(best) ? m : best));
  return { relevance: by(strength), strength, mean };
}
