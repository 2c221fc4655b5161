import type { EventTables } from './event-tables.ts';

/** How far log-odds are moved to see how scores follow. */
const step = 0.05;

/**
 * Of each value p of the named tables, the share of its expected draws that clicks tell of: 1 where they show each draw, 0 where they show none and expectation is but what p says. By the information in them, I, over
 * that in N draws that are seen, N p(1 − p) (Louis, J. R. Stat. Soc. B 44, 1982): the score of the clicks by ln(p/(1 − p)) is happened − p N (Fisher's identity), and I is how fast it falls. All values are
 * moved at once, each up or down by lot, so that what others do to a score falls out on average. One count of the log.
 * @param count counts the log's events by the tables as they are; they have been so counted before, and are so again after
 */
export function observedShares(
  { values, counts, free }: EventTables,
  names: readonly string[],
  count: () => void,
): Readonly<Record<string, Float64Array>> {
  const before = Object.fromEntries(free.map((name) => [name, counts[name].slice()]));
  const own = Object.fromEntries(names.map((name) => [name, values[name].slice()]));
  const shares: Record<string, Float64Array> = {};
  const up = (t: number, i: number) => lot(2 * i + t);
  for (const [t, name] of names.entries())
    for (const [i, p] of own[name].entries()) values[name][i] = 1 / (1 + ((1 - p) / p) * Math.exp(up(t, i) ? -step : step));
  count();
  for (const [t, name] of names.entries())
    shares[name] = own[name].map((p, i) => {
      const [h, n] = [before[name][2 * i], before[name][2 * i + 1]];
      const known = (h + n) * p * (1 - p);
      if (!(known > 1e-9)) return 1;
      const [moved, draws] = [values[name][i], counts[name][2 * i] + counts[name][2 * i + 1]];
      const fall = h - p * (h + n) - (counts[name][2 * i] - moved * draws);
      return Math.min(1, Math.max(0, (up(t, i) ? fall : -fall) / (step * known)));
    });
  for (const name of names) values[name].set(own[name]);
  for (const name of free) counts[name].set(before[name]);
  return shares;
}

/**
 * Draws that happened and did not, at 2i and 2i + 1, that have the score of the clicks at p, h − pN, and their information: h − pN(1 − r) of rN, r the share that is observed. Where that is below 0, or more than
 * there are, none happened, or all, of as many as have the score.
 */
export function observedDraws(counts: Float64Array, values: Float64Array, shares: Float64Array, draws: Float64Array): Float64Array {
  for (let i = 0; i < shares.length; i++) {
    const [p, h, n] = [values[i], counts[2 * i], counts[2 * i + 1]];
    const score = h - p * (h + n);
    const told = shares[i] * (h + n);
    const happened = score + p * told;
    draws[2 * i] = happened < 0 ? 0 : happened > told ? score / (1 - p) : happened;
    draws[2 * i + 1] = happened < 0 ? -score / p : happened > told ? 0 : told - happened;
  }
  return draws;
}

/** A fair lot for a number, the same each time: the top bit of it mixed (the finaliser of MurmurHash3). */
function lot(i: number): boolean {
  let x = Math.imul(i ^ (i >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >= 0;
}
