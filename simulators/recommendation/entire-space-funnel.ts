import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import { sigmoid } from '../../src/losses/pair-loss.ts';
import { bernoulli } from '../../src/random/bernoulli.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import { gumbelTopK } from '../../src/random/gumbel-top-k.ts';
import type { Rng } from '../../src/random/rng.ts';
import { shuffle } from '../../src/random/shuffle.ts';
import { type Decoded, integer, modelWidth, optional, real, strictObject } from '../../src/schema.ts';
import { numberedIds } from './recommendation-world.ts';

/** Sizes and probabilities of the world `entire-space`. */
export const entireSpaceOptions = strictObject({
  users: optional(integer(1), 500),
  items: optional(integer(2), 200),
  rank: optional(modelWidth(), 4), //              of interest, and of intent
  impressions: optional(integer(1), 60), //      per user, of different items
  testImpressions: optional(integer(1), 20), //  per user, of yet other items, all of whose conversions are known
  popularity: optional(real(0), 1), //           standard deviation of the popularity that impressions follow
  meanClick: optional(real(-20, 20), -2), //     on the logit scale
  meanConversion: optional(real(-20, 20), -1.5),
  spread: optional(real(0), 1.5), //             standard deviation of interest and of intent on the logit scale
  correlation: optional(real(-1, 1), 0.6), //    between interest and intent: the selection bias of click space
});
/** Decoded {@link entireSpaceOptions}. */
export type EntireSpaceOptions = Decoded<typeof entireSpaceOptions>;

/** A drawn world of impressions, clicks and conversions. Sizes: U users, I items. */
export interface EntireSpaceFunnel {
  readonly log: InteractionLog; //     impressions with clicks, and conversions of clicked ones
  readonly test: InteractionLog; //    other impressions
  /** The truth of every pair, length U · I: P(click | impression), and P(conversion | click). */
  readonly click: Float64Array;
  readonly conversion: Float64Array;
  /** Of every test impression: whether it would convert if it were clicked, also where it was not. */
  readonly testConversions: Uint8Array;
}

/** @throws UsageError when a user would see more items than there are */
export function checkEntireSpace({ items: I, impressions, testImpressions }: EntireSpaceOptions): void {
  if (impressions + testImpressions > I)
    throw new UsageError(`impressions + testImpressions must be at most the ${I} items, got ${impressions + testImpressions}`);
}

/**
 * Impression → click → conversion. pCTR = σ(m_c + s x_ui), pCVR = σ(m_v + s y_ui); x and y have low rank and unit variance, and y = ρ x +
 * √(1 − ρ²) y', so that clicked impressions convert more often than impressions do (ρ > 0). Impressions follow popularity.
 * @throws UsageError as {@link checkEntireSpace}
 */
export function simulateEntireSpace(options: EntireSpaceOptions, rng: Rng): EntireSpaceFunnel {
  const { users: U, items: I, impressions, testImpressions, correlation, spread } = options;
  checkEntireSpace(options);
  const [interest, own] = [lowRank(options, rng.fork('interest')), lowRank(options, rng.fork('intent'))];
  const click = Float64Array.from(interest, (x) => sigmoid(options.meanClick + spread * x));
  const conversion = Float64Array.from(interest, (x, at) =>
    sigmoid(options.meanConversion + spread * (correlation * x + Math.sqrt(1 - correlation ** 2) * own[at])),
  );
  const [popular, shown, mixed, clicks, conversions] = ['popularity', 'shown', 'mixed', 'clicks', 'conversions'].map((label) =>
    rng.fork(label),
  );
  const logits = Float64Array.from({ length: I }, () => options.popularity * gaussian(popular));
  const seen = Array.from({ length: U }, () => shuffle(gumbelTopK(logits, impressions + testImpressions, shown), mixed)); // so that both parts are as popular
  const part = (from: number, size: number) => {
    const items = new Uint32Array(U * size);
    seen.forEach((order, u) => {
      items.set(order.slice(from, from + size).sort(), u * size);
    });
    const at = (row: number) => Math.floor(row / size) * I + items[row];
    const clicked = Uint8Array.from(items, (_, row) => Number(bernoulli(click[at(row)], clicks)));
    const potential = Uint8Array.from(items, (_, row) => Number(bernoulli(conversion[at(row)], conversions)));
    const log: InteractionLog = {
      userIds: numberedIds(U),
      itemIds: numberedIds(I),
      offsets: Uint32Array.from({ length: U + 1 }, (_, u) => u * size),
      items,
      clicks: clicked,
      ratings: null,
      conversions: potential.map((would, row) => would * clicked[row]),
      propensities: null,
      positions: null,
      timestamps: null,
      repeated: false,
    };
    return { log, potential };
  };
  const train = part(0, impressions);
  const test = part(impressions, testImpressions);
  return { log: train.log, test: test.log, click, conversion, testConversions: test.potential };
}

/** Σ_f p_uf q_if/√rank over √2 plus user and item effects: unit variance over pairs, length U · I. */
function lowRank({ users: U, items: I, rank }: EntireSpaceOptions, rng: Rng): Float64Array {
  const normals = (count: number) => Float64Array.from({ length: count }, () => gaussian(rng));
  const [P, Q, a, b] = [normals(U * rank), normals(I * rank), normals(U), normals(I)];
  return Float64Array.from({ length: U * I }, (_, at) => {
    const [u, i] = [Math.floor(at / I), at % I];
    let taste = 0;
    for (let f = 0; f < rank; f++) taste += P[u * rank + f] * Q[i * rank + f];
    return Math.SQRT1_2 * (taste / Math.sqrt(rank)) + 0.5 * (a[u] + b[i]);
  });
}
