import { nearName } from '../../src/registry.ts';
import type { Fault } from '../../src/schema-faults.ts';
import type { StudyConfig } from './config-kind.ts';

/** Labels that are taken, a baseline that is not there, no method at all. */
export function methodFaults({ estimators, baseline }: Pick<StudyConfig, 'estimators' | 'baseline'>): Fault[] {
  const labels = estimators.map(({ label }) => label);
  if (labels.length === 0) return [{ path: ['estimators'], problem: 'must name at least one method' }];
  const taken = new Map<string, number>();
  const repeated = labels.flatMap((label, i): Fault[] => {
    const first = taken.get(label);
    if (first === undefined) taken.set(label, i);
    if (first === undefined) return [];
    return [{ path: ['estimators', i, 'label'], problem: `"${label}" is taken by estimators.${first}; give each its own label` }];
  });
  if (baseline === null || labels.includes(baseline)) return repeated;
  const way = `${nearName(baseline, labels) || ';'} name one of ${labels.join(', ')}, or null for no tests`;
  return [...repeated, { path: ['baseline'], problem: `"${baseline}" is not one of the estimators${way}` }];
}
