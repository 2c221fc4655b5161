import type { Scalar } from '../records/flatten-config.ts';
import type { Group } from './measurements.ts';

/** Registered methods in the order of their registry, so that a table does not depend on which run finished first; those that are composed behind the last of them that learns. */
export function inRegistryOrder(rows: readonly Group[], order: readonly string[]): Group[] {
  const learners = rows.filter(({ name, reference }) => !reference && order.includes(name));
  const last = learners.length === 0 ? order.length : Math.max(...learners.map(({ name }) => order.indexOf(name))) + 0.5;
  const rank = ({ name }: Group) => (order.includes(name) ? order.indexOf(name) : last);
  return [...rows].sort((a, b) => rank(a) - rank(b) || compareValues(a.values, b.values));
}

/** Numbers by size, texts by letters, the first value that differs decides. */
export function compareValues(a: readonly Scalar[], b: readonly Scalar[]): number {
  for (const [i, one] of a.entries()) {
    const other = b[i];
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one) < String(other) ? -1 : 1;
  }
  return 0;
}
