import type { Table } from './table.ts';

/** A metric as tables and pages need to know it. */
export interface MetricDescription {
  readonly label: string;
  readonly description: string;
  readonly unit: string; //            what one value is about: query, user, search-session …; 'all': one value over everything
  readonly lowerIsBetter: boolean;
}

export interface MethodDescription {
  readonly label: string;
  readonly name: string; //       key of its registry
  readonly reference: boolean; // does not learn from clicks: a point to compare with
}

/** study.json: what the other files of a run folder hold, so that they are read without the code that made them. */
export interface StudyDescription {
  readonly task: string;
  readonly baseline?: string | null; // label of another run's method that its one method is compared with; null: no tests; absent where the config says it
  readonly seedsVary?: string; //       all that seeds vary, where the data are the same for all of them
  readonly metrics: readonly MetricDescription[];
  readonly methods: readonly MethodDescription[];
  readonly tables: readonly Table[];
}

/** One value over everything: none for a single query or user. */
export const isPooled = ({ unit }: MetricDescription): boolean => unit === 'all';
