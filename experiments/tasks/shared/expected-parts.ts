import type { ExpectedWork } from '../../engine/task.ts';

/** A method's part of a seed. */
export interface Part {
  readonly what: string; // takes the time: the ranker, or the method
  readonly seconds: number;
  readonly lighter: string | null; // an override that takes less
}

/** Of the longest part, from which on another is worth naming; how many are named. */
const [worthNaming, mostNamed] = [0.2, 3];

/** `mlp × 30, prpo × 5`: the parts that take the time, the longest first, `…` for more of them; null where there are none. */
export function expectedOf(parts: readonly Part[], seeds: number): ExpectedWork | null {
  if (parts.length === 0) return null;
  const sums = new Map<string, { seconds: number; count: number; lighter: string | null }>();
  for (const { what, seconds, lighter } of parts) {
    const sum = sums.get(what) ?? { seconds: 0, count: 0, lighter };
    sums.set(what, { ...sum, seconds: sum.seconds + seconds, count: sum.count + 1 });
  }
  const all = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  const ranked = [...sums].sort(([, a], [, b]) => b.seconds - a.seconds);
  const named = ranked.filter(([, { seconds }]) => seconds >= worthNaming * ranked[0][1].seconds);
  const words = named.slice(0, mostNamed).map(([what, { count }]) => `${what} × ${count * seeds}`);
  return {
    seconds: all * seeds,
    what: [...words, ...(named.length > mostNamed ? ['…'] : [])].join(', '),
    parts: seeds,
    lighter: ranked[0][1].lighter ?? (seeds > 1 ? 'seeds=1' : null),
  };
}
