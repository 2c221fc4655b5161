import type { StoredRun } from '../records/stored-run.ts';
import { isProvenance, provenanceKeys } from './provenance-keys.ts';
import { valueAt } from './value-at.ts';

const separator = '\u0000';

/** Says whether a method was measured before with the same config and seed, in another run. @param keys grouped by: runs that these tell apart are no repeats */
export function repeatedMeasurements(keys: readonly string[] = []) {
  const asked = keys.filter(isProvenance);
  const first = new Map<string, string>();
  const identities = new Map<string, string>();
  const repeats = new Set<string>();
  const isRepeat = (run: StoredRun, label: string, seed: string): boolean => {
    const identity = valueAt(identities, [run.id, label, seed].join(separator), () => identityOf(run, label, seed, asked));
    const where = valueAt(first, identity, () => run.id);
    if (where !== run.id) repeats.add(run.id);
    return where !== run.id;
  };
  const warnings = (): string[] => {
    if (repeats.size === 0) return [];
    const some = [...repeats].slice(0, 3).join(', ');
    const rest = repeats.size > 3 ? ` and ${repeats.size - 3} more runs` : '';
    return [`what ${some}${rest} measured is in an earlier run with the same config and seed: only that one counts`];
  };
  return Object.assign(isRepeat, { warnings });
}

/** What decides about the numbers of a method with a seed. */
function identityOf(run: StoredRun, label: string, seed: string, asked: readonly string[]): string {
  const { config, methods } = run;
  const { seeds, estimators, name, labels, baseline, backend, ...others } = config;
  return JSON.stringify([
    asked.map((key) => provenanceKeys[key](run)),
    others,
    [...(methods.find((method) => method.label === label)?.keys ?? [])],
    seed,
  ]);
}
