import type { Scalar } from '../records/flatten-config.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { chooseGrouping } from '../report/grouping.ts';

/**
 * Keys that tell the runs of a benchmark apart, sessions last; one that follows from others is left out, as held-out sessions that go with sessions, or how a ranker is trained that goes
 * with its name. The click model is there even where it is one.
 */
export function tellingKeys(runs: readonly StoredRun[]): string[] {
  const kept: string[] = [];
  const place = (key: string) => (key.endsWith('.name') ? 0 : key === 'simulation.sessions' ? 1 : 2);
  const keys = [...chooseGrouping(runs, null).columnKeys].sort((a, b) => place(a) - place(b));
  for (const key of keys) if (!follows(runs, key, kept)) kept.push(key);
  const users = 'simulation.clickModel.name';
  if (!kept.includes(users) && runs.every((run) => run.keys.has(users))) kept.unshift(users);
  return kept.sort((a, b) => Number(place(a) === 1) - Number(place(b) === 1));
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
