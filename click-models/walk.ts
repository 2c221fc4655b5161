import { UsageError } from '../src/errors.ts';
import { bernoulli } from '../src/random/bernoulli.ts';
import { binomial } from '../src/random/binomial.ts';
import type { Rng } from '../src/random/rng.ts';
import { checkList } from './check-list.ts';
import type { ClickModel, CountedPattern } from './click-model.ts';

/** P(C_k = 1 | clicks above k) of one session, for every position. @throws UsageError where lengths differ or the list is too long */
export function clickProbabilities(model: ClickModel, attraction: Float64Array, clicks: Uint8Array): Float64Array {
  checkList(model, attraction);
  checkClicks(attraction, clicks);
  let state = model.initialState;
  return attraction.map((gamma, k) => {
    const probability = model.conditional(k, gamma, state);
    state = model.next(k, gamma, state, clicks[k] === 1);
    return probability;
  });
}

/**
 * log P(clicks) of one session, natural logarithm, summed over positions; −∞ where the model rules the clicks out.
 * @throws UsageError where lengths differ or the list is too long
 */
export function logLikelihood(model: ClickModel, attraction: Float64Array, clicks: Uint8Array): number {
  checkList(model, attraction);
  checkClicks(attraction, clicks);
  let sum = 0;
  let state = model.initialState;
  for (let k = 0; k < attraction.length; k++) {
    const probability = model.conditional(k, attraction[k], state);
    sum += clicks[k] === 1 ? Math.log(probability) : Math.log1p(-probability);
    if (sum === -Infinity) return sum; // an impossible history has no state to go on from
    state = model.next(k, attraction[k], state, clicks[k] === 1);
  }
  return sum;
}

/** Draws the clicks of one session into `clicks` (overwritten). The list must not be longer than the model's positions; not checked here. */
export function sampleSession(model: ClickModel, attraction: Float64Array, rng: Rng, clicks: Uint8Array): void {
  let state = model.initialState;
  for (let k = 0; k < attraction.length; k++) {
    const clicked = bernoulli(model.conditional(k, attraction[k], state), rng);
    clicks[k] = clicked ? 1 : 0;
    state = model.next(k, attraction[k], state, clicked);
  }
}

/**
 * Draws n sessions of one list as counts: walks the positions and splits the sessions that share the clicks so far by a binomial draw into
 * those that click and those that do not. The multiset has exactly the distribution of n independent sessions, at a cost of
 * O(distinct patterns × K), whatever n is.
 * @param n whole, 0 … 2⁵³ @param visit called once for each pattern that occurred; counts sum to n
 * @throws UsageError where the list is too long
 */
export function sampleCounts(model: ClickModel, attraction: Float64Array, n: number, rng: Rng, visit: CountedPattern): void {
  checkList(model, attraction);
  const clicks = new Uint8Array(attraction.length);
  // sessions that did not click at k while others did, deepest last: a stack of our own, as long lists would overflow that of the language
  const waiting: { readonly k: number; readonly state: number; readonly count: number }[] = [];
  let [k, state, count] = [0, model.initialState, n];
  while (count > 0) {
    for (; k < clicks.length; k++) {
      const gamma = attraction[k];
      const clicked = binomial(count, model.conditional(k, gamma, state), rng);
      if (clicked > 0 && clicked < count) waiting.push({ k: k + 1, state: model.next(k, gamma, state, false), count: count - clicked });
      clicks[k] = clicked > 0 ? 1 : 0;
      state = model.next(k, gamma, state, clicked > 0);
      if (clicked > 0) count = clicked;
    }
    visit(clicks, count);
    const other = waiting.pop();
    if (other === undefined) return;
    ({ k, state, count } = other);
    clicks[k - 1] = 0;
  }
}

function checkClicks(attraction: Float64Array, clicks: Uint8Array): void {
  if (clicks.length !== attraction.length)
    throw new UsageError(`expected ${attraction.length} clicks, one per shown document; got ${clicks.length}`);
}
