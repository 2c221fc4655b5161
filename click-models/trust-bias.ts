import { UsageError } from '../src/errors.ts';
import { array, type Decoded, nullable, optional, probability, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, either, type Shift } from './definition.ts';
import { perPosition } from './per-position.ts';

const options = strictObject({
  affine: optional(nullable(strictObject({ alpha: array(probability()), beta: array(probability()) })), null), // null: Oosterhuis' values
});

/** θ_k = P(E_k = 1), and P(click | examined) where the document is relevant, ε⁺_k, and where it is not, ε⁻_k. */
interface Trust {
  readonly examination: Float64Array;
  readonly relevant: Float64Array;
  readonly irrelevant: Float64Array;
}

/** The values of Oosterhuis' experiments (TOIS 41, 2023) at rank r: θ = .35/r + .65/(1 + .05(r − 1)), ε⁺ = 1/(1 + .005(r − 1)), ε⁻ = .65/r. */
function oosterhuis(positions: number): Trust {
  const byRank = (f: (rank: number) => number) => Float64Array.from({ length: positions }, (_, k) => f(k + 1));
  return {
    examination: byRank((rank) => 0.35 / rank + 0.65 / (1 + 0.05 * (rank - 1))),
    relevant: byRank((rank) => 1 / (1 + 0.005 * (rank - 1))),
    irrelevant: byRank((rank) => 0.65 / rank),
  };
}

/** α and β alone do not tell θ: the smallest that allows them is taken, where an examined relevant document is always clicked (ε⁺ = 1). */
function fromAffine(alpha: Float64Array, beta: Float64Array): Trust {
  const examination = alpha.map((a, k) => a + beta[k]);
  const above = examination.findIndex((theta) => theta > 1);
  if (above >= 0)
    throw new UsageError(
      `alpha[${above}] + beta[${above}] is the click probability of a relevant document: at most 1, got ${examination[above]}`,
    );
  return { examination, relevant: alpha.map(() => 1), irrelevant: beta.map((b, k) => (b === 0 ? 0 : b / examination[k])) };
}

/** γ/c, αc and β as it is: what a document without relevance has stays. Of ε⁺ = 1. */
const lessRelevance: Shift = {
  of: ['attraction', 'examination', 'irrelevant'],
  move({ attraction, examination, irrelevant }, c, moved) {
    for (let i = 0; i < attraction.length; i++) moved.attraction[i] = attraction[i] / c;
    for (let k = 0; k < examination.length; k++) {
      const grown = irrelevant[k] + (1 - irrelevant[k]) * c;
      moved.examination[k] = examination[k] * grown;
      moved.irrelevant[k] = irrelevant[k] / grown;
    }
  },
};

/** (1 − γ)/c, αc and α + β as it is: what a document that is sure to be relevant has stays. Of ε⁺ = 1. */
const lessIrrelevance: Shift = {
  of: ['attraction', 'irrelevant'],
  move({ attraction, irrelevant }, c, moved) {
    for (let i = 0; i < attraction.length; i++) moved.attraction[i] = 1 - (1 - attraction[i]) / c;
    for (let k = 0; k < irrelevant.length; k++) moved.irrelevant[k] = 1 - (1 - irrelevant[k]) * c;
  },
};

const definition: ClickModelDefinition = {
  name: 'trust-bias',
  tables: { attraction: { by: 'document' }, examination: { by: 'rank' }, relevant: { by: 'rank' }, irrelevant: { by: 'rank' } },
  start: 'list',
  states: { list: { examined: 'examination', clicked: either('attraction', 'relevant', 'irrelevant') } },
  upToFactor: [[]], // ε⁻ and θ take it up
  held: { relevant: 1 }, // the least θ that allows α and β
  shifts: [lessRelevance, lessIrrelevance],
  confounded: [
    {
      tables: ['examination', 'relevant', 'irrelevant'],
      why: 'they tell α = θ(ε⁺ − ε⁻) and β = θε⁻, and these only up to where attraction is 0 and 1',
    },
  ],
};

/**
 * P(C_k = 1) = θ_k (ε⁺_k γ_k + ε⁻_k (1 − γ_k)) = α_k γ_k + β_k with α = θ(ε⁺ − ε⁻), β = θε⁻, and γ the probability of relevance:
 * users who trust the ranking also click what is not relevant. A log tells α and β, never θ, ε⁺ and ε⁻ apart: a fit has ε⁺ = 1, the least θ that allows them.
 * Agarwal et al., WWW 2019; the affine form Vardasbi et al., CIKM 2020.
 */
export const trustBias = {
  description: 'trust bias: position-based, and high ranks are clicked even where not relevant (Agarwal et al. 2019, Vardasbi et al. 2020)',
  options,
  /** @throws UsageError when alpha or beta give fewer values than positions, or α + β is above 1 */
  create: ({ affine }: Decoded<typeof options>, positions: number): ClickModel =>
    clickModel(
      definition,
      {
        ...(affine === null
          ? oosterhuis(positions)
          : fromAffine(perPosition('alpha', affine.alpha, positions), perPosition('beta', affine.beta, positions))),
      },
      positions,
    ),
};
