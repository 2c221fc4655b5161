import type { SearchSessionTruth } from '../../simulators/index.ts';

export const sessionTruthHead = ['search_session', 'ended', 'gain', 'seconds', 'expected_satisfaction', 'skipped_then_clicked'];

/** One row per search session: what it was drawn with. */
export function* sessionTruthRows(truth: readonly SearchSessionTruth[]): Generator<(string | number | null)[]> {
  for (const { id, ended, gain, seconds, expectedSatisfaction, skippedThenClicked } of truth)
    yield [id, ended, gain, seconds, expectedSatisfaction, skippedThenClicked];
}
