import type { SearchSession } from '../data/search-session.ts';
import { type LabelSource, ownLabel } from './label-options.ts';

/** Options that every metric of one evaluation shares: pass them to `parseSessionMetric`, or `num`. */
export type LabelSettings = {
  readonly labels: LabelSource;
  readonly highestGrade: number;
};

/** What is known of a log's labels from its form. */
export interface LabelledLog {
  readonly sessions: readonly SearchSession[];
  readonly labels: LabelSource;
  readonly highestGrade: number | null;
}

/**
 * Where the labels of some logs come from and how high they go, so that all are scored alike: what the caller says; else what the form of the
 * first log says, or where no result has a grade, usefulness or clicks. The highest grade is that of the form's scale, 1 for clicks, else the
 * highest label in the logs, rounded up.
 */
export function settleLabels(logs: readonly LabelledLog[], given: { labels?: LabelSource; highestGrade?: number } = {}): LabelSettings {
  const sources: readonly LabelSource[] = given.labels !== undefined ? [given.labels] : [logs[0]?.labels ?? 'click', 'grade', 'usefulness'];
  const labels = sources.find(
    (source) => source === 'click' || given.labels === source || logs.some(({ sessions }) => hasLabels(sessions, source)),
  );
  const settled = labels ?? 'click';
  const scales = logs.map((log) => (log.labels === settled ? log.highestGrade : null));
  const onScale = scales.every((scale) => scale !== null) && scales.length > 0;
  const highest = settled === 'click' ? 1 : onScale ? Math.max(...(scales as number[])) : highestLabel(logs, settled);
  return { labels: settled, highestGrade: given.highestGrade ?? highest };
}

function hasLabels(sessions: readonly SearchSession[], source: 'grade' | 'usefulness'): boolean {
  return sessions.some(({ queries }) => queries.some(({ results }) => results.some((result) => result[source] !== undefined)));
}

function highestLabel(logs: readonly LabelledLog[], source: LabelSource): number {
  let highest = 1;
  for (const label of labelsOf(logs, source)) highest = Math.max(highest, label);
  return Math.ceil(highest);
}

/** Of all results, and of the judgments where these are the labels. */
export function* labelsOf(logs: readonly Pick<LabelledLog, 'sessions'>[], source: LabelSource): Generator<number> {
  for (const { sessions } of logs)
    for (const { queries, judged = [] } of sessions) {
      if (source === 'grade') yield* judged;
      for (const { results } of queries) for (const result of results) yield ownLabel(result, source);
    }
}
