import type { Expectations } from '../../../estimators/index.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';

/** A query of four documents, of which three are shown by Plackett–Luce policies: small enough to enumerate. */
export const K = 3;
export const documents: readonly number[] = [0, 1, 2, 3];
export const candidates = { offsets: Uint32Array.of(0, documents.length) };

/** Every list of the first K with its probability. */
export function plackettLuce(scores: readonly number[]): readonly (readonly [list: readonly number[], probability: number])[] {
  const extend = (list: readonly number[], probability: number): [readonly number[], number][] => {
    if (list.length === K) return [[list, probability]];
    const left = documents.filter((d) => !list.includes(d));
    const mass = left.reduce((sum, d) => sum + Math.exp(scores[d]), 0);
    return left.flatMap((d) => extend([...list, d], (probability * Math.exp(scores[d])) / mass));
  };
  return extend([], 1);
}

/** E_π of a value of the rank, 0 where not shown. */
export const expectedOf = (policy: ReturnType<typeof plackettLuce>, values: ArrayLike<number>): Float64Array =>
  Float64Array.from(documents, (d) => policy.reduce((sum, [list, p]) => sum + (list.includes(d) ? p * values[list.indexOf(d)] : 0), 0));

export const concat = (...parts: readonly Expectations[]): Expectations => ({
  alpha: Float64Array.from(parts.flatMap(({ alpha }) => [...alpha])),
  beta: Float64Array.from(parts.flatMap(({ beta }) => [...beta])),
});

/** All lists with all click patterns, as often as they come of `sessions` sessions of each policy. P(click) = α_k γ_d + β_k. */
export function exactLog(
  policies: readonly { readonly lists: ReturnType<typeof plackettLuce>; readonly sessions: number }[],
  { alpha, beta }: { readonly alpha: ArrayLike<number>; readonly beta: ArrayLike<number> },
  relevance: ArrayLike<number>,
) {
  const builder = new ClickLogBuilder(1, policies.length);
  for (const [policy, { lists, sessions }] of policies.entries())
    for (const [docs, probability] of lists)
      for (let pattern = 0; pattern < 2 ** K; pattern++) {
        const clicks = docs.map((_, k) => (pattern >> k) & 1);
        const chance = clicks.reduce((p, c, k) => {
          const click = alpha[k] * relevance[docs[k]] + beta[k];
          return p * (c === 1 ? click : 1 - click);
        }, probability);
        if (chance > 0) builder.addRow(builder.addList(0, docs, 0, policy), clicks, sessions * chance);
      }
  return builder.build();
}
