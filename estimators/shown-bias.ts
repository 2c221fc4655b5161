import type { Bias } from '../src/bias.ts';
import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import { kindsOf } from '../src/data/compact.ts';
import { UsageError } from '../src/errors.ts';

/** One value per shown document, in the order of `log.docs`, from one value per position. */
export function perShown(log: ClickLog, perPosition: Float64Array, what: string): Float64Array {
  const positions = positionsOf(log);
  if (positions > perPosition.length)
    throw new UsageError(
      `${what} covers ${perPosition.length} positions, but a list of the log shows ${positions}; give one value per position`,
    );
  const shown = new Float64Array(log.docs.length);
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) shown[i] = perPosition[i - log.offsets[l]];
  return shown;
}

/**
 * Examination per shown document. By position it must be above 0: a position nobody can examine teaches nothing, whatever is shown there.
 * In a contextual bias 0 may occur (below a document that everybody clicks, say); such a document is never clicked.
 * @throws UsageError outside [0, 1], for a 0 by position, or for an affine bias, which IPS cannot correct
 */
export function shownExamination(log: ClickLog, bias: Bias): Float64Array {
  if (bias.kind === 'affine')
    throw new UsageError('clicks are affine in relevance (trust bias): use the affine estimator, or give an examination bias');
  if (bias.kind === 'by-click')
    throw new UsageError(
      'examination that depends on the clicks above is no number per shown document: use a weighting of clicks (ips, clipped-ips or self-normalised-ips), or a bias that is one (all-pairs, say, or the click model with given: list)',
    );
  const { examination } = bias;
  const positional = bias.kind === 'examination';
  const bad = examination.findIndex((p) => !((p > 0 || (p === 0 && !positional)) && p <= 1));
  if (bad >= 0)
    throw new UsageError(
      `examination[${bad}] must be in ${positional ? '(0, 1]' : '[0, 1]'}, got ${examination[bad]}; cut positions no user can examine`,
    );
  if (positional) return perShown(log, examination, 'examination');
  if (examination.length !== log.docs.length)
    throw new UsageError(
      `expected ${log.docs.length} examination probabilities, one per shown document of this log, got ${examination.length}`,
    );
  return examination;
}

/** Mean over lists, weighted with their sessions, of the examination at each position. */
export function meanExamination(log: ClickLog, shown: Float64Array, sessions: Float64Array): Float64Array {
  const sums = new Float64Array(positionsOf(log));
  const weights = new Float64Array(sums.length);
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      sums[i - log.offsets[l]] += sessions[l] * shown[i];
      weights[i - log.offsets[l]] += sessions[l];
    }
  return sums.map((sum, k) => sum / weights[k]);
}

/** {@link meanExamination} relative to the first position: the curve reports show. */
export function examinationCurve(log: ClickLog, shown: Float64Array, sessions: Float64Array): Float64Array {
  const mean = meanExamination(log, shown, sessions);
  return mean.map((theta) => theta / mean[0]);
}

/** {@link examinationCurve} of the lists in each context, by its number; without ranks where a number has no lists. */
export function contextCurves(log: ClickLog, shown: Float64Array, sessions: Float64Array, contexts: Uint32Array): Float64Array[] {
  return Array.from({ length: kindsOf(contexts) }, (_, c) => {
    const own = sessions.map((count, l) => (contexts[l] === c ? count : 0));
    let ranks = 0;
    for (let l = 0; l < own.length; l++) if (own[l] > 0) ranks = Math.max(ranks, log.offsets[l + 1] - log.offsets[l]);
    return examinationCurve(log, shown, own).subarray(0, ranks);
  });
}

/**
 * α and β per shown document, P(click) = α γ + β: those of trust bias, else examination and 0.
 * @throws UsageError as {@link shownExamination}, or where the bias covers fewer positions than a list shows
 */
export function shownAffine(log: ClickLog, bias: Bias): { readonly alpha: Float64Array; readonly beta: Float64Array } {
  if (bias.kind === 'affine') return { alpha: perShown(log, bias.alpha, 'alpha'), beta: perShown(log, bias.beta, 'beta') };
  const alpha = shownExamination(log, bias);
  return { alpha, beta: new Float64Array(alpha.length) };
}
