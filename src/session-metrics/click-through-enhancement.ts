import type { SearchSession } from '../data/search-session.ts';
import { type LabelSource, ownLabel } from './label-options.ts';

/**
 * Labels of whole search sessions: every appearance of a document gets the best label that it has anywhere in its search session, as a grade.
 * So a document that was skipped in one query and clicked in a later one counts from its first appearance on. Usable before any metric that takes
 * grades; NUM does the same by itself. Chen, Dou & Mao, arXiv 2401.12445. The sessions that are given stay as they are; of labels other than grades
 * the result knows no judgments beside (`judged`), as those are on another scale.
 */
export function clickThroughEnhancement(sessions: readonly SearchSession[], labels: LabelSource = 'click'): SearchSession[] {
  return sessions.map(({ judged, ...session }) => {
    const best = new Map<string, number>();
    for (const { results } of session.queries)
      for (const result of results) best.set(result.id, Math.max(best.get(result.id) ?? 0, ownLabel(result, labels)));
    return {
      ...session,
      ...(labels === 'grade' && judged !== undefined && { judged }),
      queries: session.queries.map((query) => ({
        ...query,
        results: query.results.map((result) => ({ ...result, grade: best.get(result.id) ?? 0 })),
      })),
    };
  });
}
