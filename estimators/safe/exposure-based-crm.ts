import { exposureRisk } from '../../src/plackett-luce/index.ts';
import { type Decoded, maxValue, optional, pipe, positive, strictObject } from '../../src/schema.ts';
import { biasOf } from '../weightings/candidates.ts';
import { shownRanks } from './learn-policy.ts';
import { affineByRank, loggingSupport } from './logging-expectations.ts';
import { safeOptions, safePolicy } from './safe-policy.ts';

const options = strictObject({
  ...safeOptions('intervention-aware'),
  delta: optional(pipe(positive(), maxValue(1)), 0.05), // δ: the bound fails at most so often; 1: no risk is counted
});

/**
 * Exposure-based counterfactual risk minimisation: the Plackett–Luce policy with the highest lower bound of its clicks on what is relevant,
 *   (1/N) Σ_q n_q Σ_d ρ(d) γ̂_d − √((Z/N) ((1 − δ)/δ) d₂),  ρ = E_π θ_rank, of trust bias E_π(α + β),
 * with γ̂ of the weighting. Gupta, Oosterhuis & de Rijke, SIGIR 2023; 2024 for trust bias. Few sessions: it stays at the exposures of the logging policy; the risk
 * falls by 1/√N, and with many it is the policy of the weighting alone. A document that was never shown counts as worth nothing, the least it can be, so
 * that the bound holds. Clipped weightings are biased, which the bound does not know. The paper's runs have δ = 0.95.
 */
export const exposureBasedCrm = {
  description:
    'policy with the highest lower bound of its utility: stays near the logging policy until clicks tell enough (Gupta et al. 2023)',
  ownLoss: true,
  byGradient: true,
  options,
  create: (chosen: Decoded<typeof options>) =>
    safePolicy(chosen, (input, _, bias) => {
      const { alpha, beta } = affineByRank(biasOf(bias, input.train), 'exposure-based-crm');
      const theta = alpha.map((a, k) => a + beta[k]).subarray(0, shownRanks(input));
      const total = theta.reduce((sum, value) => sum + value, 0);
      return {
        samples: chosen.samples,
        theta,
        loggingOf: (logged) => loggingSupport(logged, biasOf(bias, logged)),
        objective({ offsets, sessions, weights, exposure, logging }, all) {
          const ofBatch = sessions.reduce((sum, n) => sum + n, 0);
          const told = exposure.map((rho, d) => (logging[d] > 0 ? rho : 0));
          const risk = exposureRisk({ offsets, sessions, exposure: told, logging }, { total, sessions: all, delta: chosen.delta });
          return {
            value: told.reduce((sum, rho, d) => sum + rho * weights[d], 0) / ofBatch - risk.value,
            gradient: weights.map((weight, d) => (logging[d] > 0 ? weight / ofBatch - risk.gradient[d] : 0)),
          };
        },
      };
    }),
} as const;
