import { UsageError } from '../src/errors.ts';
import { bernoulli } from '../src/random/bernoulli.ts';
import { binomial } from '../src/random/binomial.ts';
import type { Rng } from '../src/random/rng.ts';
import { checkList, type Shown } from './check-list.ts';
import type { ClickModel, CountedPattern } from './click-model.ts';
import type { ShownList, Walk } from './code/walk-code.ts';

/** P(C_k = 1 | clicks above k) of one session, for every position. @throws UsageError as {@link checkList}, and where lengths differ */
export const clickProbabilities = (model: ClickModel, shown: Shown, clicks: Uint8Array): Float64Array =>
  givenClicks(model, shown, clicks, ({ outcome }) => outcome[1]);

/** P(E_k = 1 | clicks above k) of one session, for every position: what a click is weighted by (Vardasbi et al., SIGIR 2020). @throws as {@link clickProbabilities} */
export const examinationGivenClicks = (model: ClickModel, shown: Shown, clicks: Uint8Array): Float64Array =>
  givenClicks(model, shown, clicks, ({ examined }) => examined);

function givenClicks(model: ClickModel, shown: Shown, clicks: Uint8Array, of: (walk: Walk) => number): Float64Array {
  const list = checkList(model, shown);
  checkClicks(list, clicks);
  const { walk } = model;
  walk.begin();
  return Float64Array.from(clicks, (click, k) => {
    walk.look(k, list);
    const value = of(walk);
    walk.move(k, click);
    return value;
  });
}

/**
 * log P(clicks) of one session, natural logarithm, summed over positions; −∞ where the model rules the clicks out.
 * @throws UsageError as {@link clickProbabilities}
 */
export function logLikelihood(model: ClickModel, shown: Shown, clicks: Uint8Array): number {
  const list = checkList(model, shown);
  checkClicks(list, clicks);
  const { walk } = model;
  walk.begin();
  let sum = 0;
  for (let k = 0; k < clicks.length; k++) {
    walk.look(k, list);
    sum += Math.log(walk.outcome[clicks[k]]);
    if (sum === -Infinity) return sum; // an impossible history has no state to go on from
    walk.move(k, clicks[k]);
  }
  return sum;
}

/** Draws the clicks of one session into `clicks` (overwritten). The list must suit the model; not checked here. */
export function sampleSession({ walk }: ClickModel, list: ShownList, rng: Rng, clicks: Uint8Array): void {
  walk.begin();
  for (let k = 0; k < clicks.length; k++) {
    walk.look(k, list);
    clicks[k] = bernoulli(walk.outcome[1], rng) ? 1 : 0;
    walk.move(k, clicks[k]);
  }
}

/**
 * Draws n sessions of one list as counts: walks the positions and splits the sessions that share the clicks so far by a binomial draw into
 * those that click and those that do not. The multiset has exactly the distribution of n independent sessions, at a cost of
 * O(distinct patterns × K), whatever n is.
 * @param n whole, 0 … 2⁵³ @param visit called once for each pattern that occurred; counts sum to n
 * @throws UsageError as {@link checkList}
 */
export function sampleCounts(model: ClickModel, shown: Shown, n: number, rng: Rng, visit: CountedPattern): void {
  const list = checkList(model, shown);
  if (!(Number.isInteger(n) && n >= 0)) throw new UsageError(`sessions must be a whole number of at least 0, got ${n}`);
  const { walk } = model;
  const [K, H] = [list.attraction.length, walk.state.length];
  const clicks = new Uint8Array(K);
  // by position: how many did not click there while others did, and where the walk stood. A stack of our own, as long lists would overflow that of the language
  const [waiting, states, lasts] = [new Float64Array(K), new Float64Array(K * H), new Int32Array(K)];
  let [k, count] = [0, n];
  walk.begin();
  while (count > 0) {
    for (; k < K; k++) {
      walk.look(k, list);
      const clicked = binomial(count, walk.outcome[1], rng);
      if (clicked > 0 && clicked < count) {
        waiting[k] = count - clicked;
        states.set(walk.state, k * H);
        lasts[k] = walk.last;
      }
      clicks[k] = clicked > 0 ? 1 : 0;
      walk.move(k, clicks[k]);
      if (clicked > 0) count = clicked;
    }
    visit(clicks, count);
    do k--;
    while (k >= 0 && waiting[k] === 0);
    if (k < 0) return;
    count = waiting[k];
    waiting[k] = 0;
    for (let h = 0; h < H; h++) walk.state[h] = states[k * H + h];
    walk.last = lasts[k];
    walk.look(k, list);
    clicks[k] = 0;
    walk.move(k, 0);
    k++;
  }
}

function checkClicks({ attraction }: ShownList, clicks: Uint8Array): void {
  if (clicks.length !== attraction.length)
    throw new UsageError(`expected ${attraction.length} clicks, one per shown document; got ${clicks.length}`);
  const odd = clicks.findIndex((click) => click > 1);
  if (odd >= 0) throw new UsageError(`a click must be 0 or 1, got ${clicks[odd]} at rank ${odd + 1}`);
}
