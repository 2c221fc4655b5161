import { nearName } from '../../src/registry.ts';
import type { StudyConfig } from './config-kind.ts';
import type { Fault } from './faults.ts';

/** Labels that are taken, a baseline that is not there, no method at all. */
export const methodFaults = (config: Pick<StudyConfig, 'estimators' | 'baseline'>): Fault[] => [
  ...repeatedLabels(config),
  ...unknownBaseline(config),
];

function repeatedLabels({ estimators }: Pick<StudyConfig, 'estimators'>): Fault[] {
  const labels = estimators.map(({ label }) => label);
  return labels.flatMap((label, i) =>
    labels.indexOf(label) < i
      ? [
          {
            path: ['estimators', i, 'label'],
            problem: `"${label}" is taken by estimators.${labels.indexOf(label)}; give each its own label`,
          },
        ]
      : [],
  );
}

function unknownBaseline({ estimators, baseline }: Pick<StudyConfig, 'estimators' | 'baseline'>): Fault[] {
  const labels = estimators.map(({ label }) => label);
  if (labels.length === 0) return [{ path: ['estimators'], problem: 'must name at least one method' }];
  if (baseline === null || labels.includes(baseline)) return [];
  return [
    {
      path: ['baseline'],
      problem: `"${baseline}" is not one of the estimators${nearName(baseline, labels) || ';'} name one of ${labels.join(', ')}, or null for no tests`,
    },
  ];
}
