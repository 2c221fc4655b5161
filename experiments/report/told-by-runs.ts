import type { StoredRun } from '../records/stored-run.ts';
import { isPooled } from '../tables/study-description.ts';
import type { Presentations } from './presentation.ts';

/** The baseline that all configs name; else the naive method, as in older runs of one method, which name none. */
export function usualBaseline(runs: readonly StoredRun[]): { usual: string | null; warnings: string[] } {
  const named = [
    ...new Set(runs.map(({ config, study }) => (study.baseline === undefined ? (config.baseline ?? 'naive') : study.baseline))),
  ];
  if (named.length === 1) return { usual: named[0] as string | null, warnings: [] };
  const list = named.map((one) => one ?? 'none').join(', ');
  return { usual: 'naive', warnings: [`the runs name several baselines (${list}): naive is taken; --baseline names another`] };
}

/** What the values of the metrics are about. */
export function unitsOf(runs: readonly StoredRun[], metrics: readonly string[]): string[] {
  const described = runs.flatMap(({ study }) => study.metrics.filter((metric) => metrics.includes(metric.label) && !isPooled(metric)));
  const units = [...new Set(described.map((metric) => metric.unit))];
  return units.length === 0 ? ['query'] : units;
}

export const pooledIn = (runs: readonly StoredRun[]): Set<string> =>
  new Set(runs.flatMap(({ study }) => study.metrics.filter(isPooled).map(({ label }) => label)));

export function seedsVaryIn(runs: readonly StoredRun[]): { readonly seedsVary?: string } {
  const [words, ...others] = new Set(runs.flatMap(({ study }) => study.seedsVary ?? []));
  return words === undefined ? {} : { seedsVary: [words, ...others].join(', or ') };
}

export const lossesOf = (runs: readonly StoredRun[]): string[] => [
  ...new Set(runs.flatMap(({ study }) => study.metrics.flatMap((metric) => (metric.lowerIsBetter ? [metric.label] : [])))),
];

/** That of the tasks' registries; of a task that nobody here knows, that of the runs' configs. */
export const methodOrder = (runs: readonly StoredRun[], presentations: Presentations): string[] =>
  runs
    .flatMap(({ study }) => Object.keys(presentations(study.task)?.methods ?? {}))
    .concat(runs.flatMap(({ study }) => study.methods.map(({ name }) => name)));
