import { type ClickLog, positionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { chainedRatios, type LinkSums, type Parent } from './chained-ratios.ts';
import { type ClickMoments, clickMoments, squaredSum } from './click-moments.ts';
import { fromRandomised, type RankCurve, rankCurve } from './rank-curve.ts';

/** Sessions that saw two ranks swapped with probability ½. */
export interface SwapDesign {
  readonly name: string; //   of the intervention
  readonly parent: Parent; // the rank above that rank k was swapped with
  /** Whether lists of a policy, 1 or more, have rank k > 0 (0-based) and its parent swapped or not. */
  swaps(policy: number, k: number): boolean;
  readonly policies: string; // what policies number, for who has others
  readonly withoutPair?: readonly number[]; // policies of the design that may have no pair in short lists
}

/**
 * θ_k / θ_parent = clicks at rank k / clicks at its parent over the sessions that had either order with probability ½, chained to rank 1.
 * Delta method over sessions: Var log θ_k/θ_0 = Σ_s ψ_k(s)², where a swap adds c_k(s)/Σc_k − c_parent(s)/Σc_parent to ψ_k.
 * @throws UsageError for policies of another intervention, and a rank that was never clicked
 */
export function swapCurve(log: ClickLog, { name, parent, swaps, policies, withoutPair = [] }: SwapDesign): RankCurve {
  const ranks = Array.from({ length: positionsOf(log) }, (_, k) => k);
  if (log.policies === undefined)
    throw new UsageError(
      `${name} needs randomised sessions whose lists say their policy: ${policies}; randomisation takes whole lists in random order`,
    );
  const links: number[][] = []; // ranks that lists of each policy swap with their parent
  for (const policy of new Set(log.policies)) {
    links[policy] = policy === 0 ? [] : ranks.filter((k) => k > 0 && swaps(policy, k));
    if (policy > 0 && links[policy].length === 0 && !withoutPair.includes(policy))
      throw new UsageError(
        `policy ${policy} is none of ${name}, whose policies are ${policies}; were the sessions randomised in another way?`,
      );
  }
  const groups = clickMoments(log);
  const K = ranks.length;
  const newSums = (): LinkSums => ({ below: new Float64Array(K), above: new Float64Array(K) });
  const add = ({ below, above }: LinkSums, { policy, length }: ClickMoments, clicksAt: (rank: number) => number) => {
    for (const k of links[policy]) {
      if (k >= length) break;
      below[k] += clicksAt(k);
      above[k] += clicksAt(parent(k));
    }
    return { below, above };
  };
  const sums = newSums();
  for (const group of groups) add(sums, group, (k) => group.both[k * K + k]);
  const silent = ranks.find((k) => k > 0 && (sums.below[k] === 0 || sums.above[k] === 0));
  if (silent !== undefined) {
    const [above, below] = [parent(silent) + 1, silent + 1];
    throw new UsageError(
      `no click at rank ${sums.below[silent] === 0 ? below : above} of the randomised sessions that swap ranks ${above} and ${below}: more of them are needed, or fewer positions`,
    );
  }
  const { logRatios, influence } = chainedRatios(parent, sums);
  const variances = new Float64Array(K);
  for (const group of groups) {
    const ofClick = ranks.map((i) => influence(add(newSums(), group, (k) => Number(k === i)))); // a click at rank i, on every log ratio
    for (const k of ranks)
      variances[k] += squaredSum(
        group,
        Float64Array.from(ofClick, (errors) => errors[k]),
      );
  }
  return rankCurve(logRatios, variances.map(Math.sqrt));
}

/** The entry of a design, but for its description. */
export const swapEstimator = (design: SwapDesign) =>
  fromRandomised(
    [design.name],
    `propensity: ${design.name} needs sessions shown by that intervention; set simulation.randomisedSessions above 0 and simulation.intervention`,
    (log) => swapCurve(log, design),
  );
