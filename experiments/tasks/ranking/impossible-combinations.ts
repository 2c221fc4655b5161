import { UsageError } from '../../../src/errors.ts';
import { nearName } from '../../../src/registry.ts';
import type { Fault } from '../../config/faults.ts';
import type { RunConfig } from './run-config.ts';
import { makeClickModel } from './simulate-logs.ts';

/** Faults that no single value has: what the values say together. */
export function impossibleCombinations(config: RunConfig, simulated: boolean): Fault[] {
  return [...methodFaults(config), ...(simulated ? simulationFaults(config) : []), ...evaluationFaults(config)];
}

interface Methods {
  readonly estimators: readonly { readonly label: string }[];
  readonly baseline: string | null;
}

const methodFaults = (config: Methods): Fault[] => [...repeatedLabels(config), ...unknownBaseline(config)];

export function repeatedLabels({ estimators }: Methods): Fault[] {
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

/** The baseline must be there; so must a method. */
export function unknownBaseline({ estimators, baseline }: Methods): Fault[] {
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

/** What the simulated log cannot offer a method, and a click model whose values do not fit the positions. */
function simulationFaults({ estimators, simulation }: RunConfig): Fault[] {
  const faults = estimators.flatMap((estimator, i): Fault[] => {
    const fault = (key: string, problem: string) => [{ path: ['estimators', i, key], problem }];
    if (estimator.name === 'affine' && simulation.clickModel.name !== 'trust-bias')
      return fault(
        'name',
        `affine corrects trust bias, but simulation.clickModel is ${simulation.clickModel.name}; use ips, or set trust-bias`,
      );
    if (!('propensity' in estimator)) return [];
    const { propensity } = estimator;
    if (propensity === 'randomisation' && simulation.randomisedSessions === 0)
      return fault('propensity', 'randomisation needs simulation.randomisedSessions above 0');
    if (Array.isArray(propensity) && propensity.length < simulation.positions)
      return fault(
        'propensity',
        `gives ${propensity.length} values, but simulation.positions is ${simulation.positions}; give one per position`,
      );
    return [];
  });
  try {
    makeClickModel(simulation);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    faults.push({ path: ['simulation', 'clickModel'], problem: error.message });
  }
  return faults;
}

function evaluationFaults({ evaluation }: RunConfig): Fault[] {
  const twice = evaluation.metrics.find((metric, i) => evaluation.metrics.indexOf(metric) < i);
  if (twice !== undefined) return [{ path: ['evaluation', 'metrics'], problem: `"${twice}" is named twice` }];
  if (evaluation.metrics.length > 0 || evaluation.searchSessions !== null) return [];
  return [{ path: ['evaluation', 'metrics'], problem: 'must name at least one metric, or set evaluation.searchSessions' }];
}
