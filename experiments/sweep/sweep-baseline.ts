import { nearName } from '../../src/registry.ts';
import type { StudyConfig } from '../config/config-kind.ts';

/**
 * What is wrong with the baseline of runs that each have one method, which is compared with that of other runs: they name several, or one that
 * no run has. null for nothing, and where all have the same method, so that there is nothing to compare.
 */
export function baselineFault(runs: readonly { readonly config: StudyConfig; readonly baseline?: string | null }[]): string | null {
  const alone = runs.filter(({ config }) => config.baseline === null && config.estimators.length === 1);
  const labels = [...new Set(runs.flatMap(({ config }) => config.estimators.map(({ label }) => label)))];
  const [baseline, ...others] = new Set(alone.flatMap((run) => (run.baseline === undefined ? [] : [run.baseline])));
  if (others.length > 0) return severalBaselines([baseline, ...others]);
  if (baseline === undefined || baseline === null || labels.length === 1 || labels.includes(baseline)) return null;
  return `"${baseline}" is none of the methods of the sweep${nearName(baseline, labels) || ';'} name one of ${labels.join(', ')}, as in baseline=${labels[0]}, or baseline=null for no tests`;
}

export const severalBaselines = (named: readonly (string | null | undefined)[]): string =>
  `runs of one method each are compared with one baseline, but they name ${named.map((one) => one ?? 'none').join(' and ')}; give one`;
