import type { EstimatedBias } from './bias-estimator.ts';
import type { MeanOver } from './estimated-bias.ts';

/** What a `bias.json` holds. */
export interface StoredBias {
  readonly source: EstimatedBias['source'];
  readonly examination: readonly number[] | null;
  readonly level: number | null;
  readonly meanOver: MeanOver | null;
  readonly intervals: Ends | null;
  readonly affine: { readonly alpha: readonly number[]; readonly beta: readonly number[] } | null;
  readonly affineIntervals: { readonly alpha: Ends; readonly beta: Ends } | null;
}

export interface Ends {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** What numbers that are right by themselves have wrong together, with key and value; null where nothing is. */
export function biasFileFault(stored: StoredBias): string | null {
  const { examination, level, affine, intervals, affineIntervals } = stored;
  if ((examination ?? affine) === null) return 'examination, affine: must have an examination or an affine bias, got null of both';
  if (examination?.length === 0) return 'examination: must tell of a rank at least, got []';
  const beyond = level === null ? -1 : (examination ?? []).findIndex((ratio) => !(ratio * level <= 1 + 1e-9));
  if (beyond >= 0)
    return `examination.${beyond}: is relative to rank 1, and times its level (${level}) a probability: at most 1, got ${examination?.[beyond]}`;
  return (
    (affine && affineFault(affine)) ??
    (intervals && endsFault('intervals', intervals, examination?.length ?? 0, 'ranks')) ??
    (affineIntervals &&
      (endsFault('affineIntervals.alpha', affineIntervals.alpha, affine?.alpha.length ?? 0, 'α') ??
        endsFault('affineIntervals.beta', affineIntervals.beta, affine?.alpha.length ?? 0, 'α')))
  );
}

function affineFault({ alpha, beta }: NonNullable<StoredBias['affine']>): string | null {
  if (alpha.length !== beta.length) return `affine: must have as many α as β, got ${alpha.length} and ${beta.length}`;
  if (alpha.length === 0) return 'affine.alpha: must tell of a rank at least, got []';
  const over = alpha.findIndex((value, k) => !(value + beta[k] <= 1 + 1e-9));
  if (over >= 0) return `affine.alpha.${over}, affine.beta.${over}: α + β is a probability: at most 1, got ${alpha[over]} + ${beta[over]}`;
  const none = alpha.indexOf(0);
  return none < 0 ? null : `affine.alpha.${none}: α must not be 0: clicks would say nothing of relevance`;
}

function endsFault(key: string, ends: Ends, ranks: number, of: string): string | null {
  for (const end of ['lower', 'upper'] as const)
    if (ends[end].length !== ranks) return `${key}.${end}: must have as many ends of intervals as ${of}, ${ranks}, got ${ends[end].length}`;
  const crossed = ends.lower.findIndex((low, k) => !(low <= ends.upper[k]));
  if (crossed < 0) return null;
  return `${key}.lower.${crossed}: the lower end of an interval must not be above its upper, got ${ends.lower[crossed]} above ${ends.upper[crossed]}`;
}
