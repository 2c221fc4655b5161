import { missingValues } from '../../../src/data/missing-values.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { createRng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';
import type { Parts } from '../../parts/parts.ts';
import { checkKnowsMissing } from './knows-missing.ts';
import type { RankingConfig } from './ranking-config.ts';
import { rankersOf } from './ranking-faults.ts';

/**
 * Before anything is learnt: whether some ranker of a study would meet missing features in any of its sets, the first of which is learnt from.
 * Errors as {@link checkKnowsMissing}.
 */
export function checkMissingOfStudy(
  { rankers }: Pick<Parts, 'rankers'>,
  config: Pick<RankingConfig, 'ranker' | 'estimators'>,
  sets: readonly QuerySet[],
): void {
  if (sets.every((set) => missingValues(set) === null)) return;
  for (const ranker of rankersOf(config)) {
    const scorer = make('ranker', rankers, ranker, sets[0].featureCount, createRng('asked'), sets[0]);
    try {
      checkKnowsMissing(scorer, sets);
    } finally {
      scorer.dispose();
    }
  }
}
