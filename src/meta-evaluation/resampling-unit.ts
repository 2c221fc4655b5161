import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { resample } from '../stats/bootstrap.ts';

/** What is drawn with replacement: search sessions, or all sessions of a topic or of a user at once, where those are not independent. */
export type ResamplingUnit = 'session' | 'topic' | 'user';

/**
 * The cluster of every search session, numbered from 0 in order of appearance.
 * @throws UsageError where a session does not say its topic or user, or there are fewer than two of them
 */
export function clustersOf(sessions: readonly SearchSession[], unit: ResamplingUnit): { readonly of: Uint32Array; readonly count: number } {
  if (unit === 'session') return { of: Uint32Array.from(sessions, (_, i) => i), count: sessions.length };
  const numbers = new Map<string, number>();
  const of = Uint32Array.from(sessions, (session) => {
    const name = session[unit];
    if (name === undefined) throw new UsageError(`search session ${session.id} has no ${unit}: resample by session instead`);
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  if (numbers.size < 2) throw new UsageError(`all search sessions have one ${unit}: resample by session instead`);
  return { of, count: numbers.size };
}

/** {@link resample} by clusters: a session is counted as often as its cluster was drawn. The array is reused. */
export function resampleClusters(
  { of, count }: { readonly of: Uint32Array; readonly count: number },
  resamples: number,
  rng: Rng,
  visit: (counts: Float64Array, resample: number) => void,
): void {
  const counts = new Float64Array(of.length);
  resample(count, resamples, rng, (drawn, b) => {
    for (let i = 0; i < of.length; i++) counts[i] = drawn[of[i]];
    visit(counts, b);
  });
}
