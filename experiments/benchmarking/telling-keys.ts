import type { Scalar } from '../records/flatten-config.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { chooseGrouping } from '../report/grouping.ts';

/** Keys that tell the runs of a benchmark apart, sessions last; one that follows from those before it, as held-out sessions that go with sessions, is left out. */
export function tellingKeys(runs: readonly StoredRun[]): string[] {
  const kept: string[] = [];
  for (const key of chooseGrouping(runs, null).columnKeys) if (!follows(runs, key, kept)) kept.push(key);
  const last = (key: string) => Number(key === 'simulation.sessions');
  return kept.sort((a, b) => last(a) - last(b));
}

function follows(runs: readonly StoredRun[], key: string, from: readonly string[]): boolean {
  const values = new Map<string, Scalar>();
  return runs.every(({ keys }) => {
    const place = JSON.stringify(from.map((one) => keys.get(one) ?? null));
    const value = keys.get(key) ?? null;
    if (!values.has(place)) values.set(place, value);
    return values.get(place) === value;
  });
}
