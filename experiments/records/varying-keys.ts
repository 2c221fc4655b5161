import type { FlatConfig, Scalar } from './flatten-config.ts';
import type { StoredRun } from './stored-run.ts';

/** Keys of the config in which the runs differ, in the order of the config; one that some run lacks differs. */
export function varyingKeys(runs: readonly Pick<StoredRun, 'keys'>[]): string[] {
  return differing(runs.map(({ keys }) => keys));
}

/**
 * Keys `estimator.…` in which methods differ: options in which two methods of one name do, and `estimator.name` where it is not the label
 * everywhere. What a key means is up to the method, so different methods are not compared.
 */
export function varyingMethodKeys(runs: readonly Pick<StoredRun, 'methods'>[]): string[] {
  const byName = new Map<Scalar, FlatConfig[]>();
  for (const { methods } of runs)
    for (const { keys } of methods) {
      const name = keys.get('estimator.name') ?? null;
      byName.set(name, [...(byName.get(name) ?? []), keys]);
    }
  const options = [...byName.values()].flatMap(differing).filter((key) => key !== 'estimator.label');
  const renamed = runs.some(({ methods }) => methods.some(({ label, keys }) => keys.get('estimator.name') !== label));
  return [...new Set([...(renamed ? ['estimator.name'] : []), ...options])];
}

function differing(configs: readonly FlatConfig[]): string[] {
  const keys = new Set(configs.flatMap((config) => [...config.keys()]));
  return [...keys].filter((key) => new Set(configs.map((config) => config.get(key) ?? null)).size > 1);
}
