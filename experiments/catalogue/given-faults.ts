import { biasSources } from '../../src/bias-source.ts';
import type { QuerySet } from '../../src/data/query-set.ts';

/** What is wrong with numbers that code outside this package gives, as the rest of a sentence that begins with where they are; null: nothing. */

/** Of a ranker: one score for every document. */
export function scoresFault(given: unknown, [set]: readonly Pick<QuerySet, 'labels'>[]): string | null {
  if (!(given instanceof Float32Array)) return 'must be a Float32Array';
  if (given.length !== set.labels.length) return `must have ${set.labels.length} scores, one per document, got ${given.length}`;
  const bad = given.findIndex(Number.isNaN);
  return bad < 0 ? null : `must be numbers, which have a rank; score ${bad + 1} of ${given.length} is NaN`;
}

/** Of where what a method weighs by comes from. */
export function sourceFault(source: unknown): string | null {
  if (source === undefined || (typeof source === 'string' && Object.hasOwn(biasSources, source))) return null;
  return `must be one of ${Object.keys(biasSources).join(', ')}, or absent, got ${String(source)}`;
}

/** Of what an estimator learnt: the share of clipped clicks, and examination by position. */
export function learnedFault({ clippedShare, examination, examinationSource }: Readonly<Record<string, unknown>>): string | null {
  if (clippedShare !== undefined && !(typeof clippedShare === 'number' && clippedShare >= 0 && clippedShare <= 1))
    return `clippedShare must be a share, from 0 to 1, or absent, got ${String(clippedShare)}`;
  const stray = sourceFault(examinationSource);
  if (stray !== null) return `examinationSource ${stray}`;
  if (examination === null) return null;
  if (!(examination instanceof Float64Array)) return 'examination must be a Float64Array, or null';
  const bad = examination.findIndex((value) => !(value >= 0 && value < Infinity));
  return bad < 0 ? null : `examination must be finite numbers of at least 0, got ${examination[bad]} at position ${bad + 1}`;
}
