import { checkComplete, type SomeFeatures } from '../../../src/data/missing-values.ts';
import type { Scorer } from '../../../src/models/scorer.ts';

/** @throws UsageError where a scorer is to learn from features of which some are missing, and knows no such */
export function checkKnowsMissing({ name, knowsMissing = false, featureCount }: Scorer, sets: readonly SomeFeatures[]): void {
  if (knowsMissing || featureCount === 0) return;
  for (const set of sets) checkComplete(set, `ranker ${name}, unlike gradient-boosted-trees,`);
}
