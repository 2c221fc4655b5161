import { sessionsOf } from '../../src/data/click-log.ts';
import { proximalObjective } from '../../src/plackett-luce/index.ts';
import { type Decoded, nullable, optional, real, strictObject } from '../../src/schema.ts';
import { clipOption, clipValue } from '../weightings/clip.ts';
import { shownRanks } from './learn-policy.ts';
import { loggingExpectations } from './logging-expectations.ts';
import { safeOptions, safePolicy } from './safe-policy.ts';

const options = strictObject({
  ...safeOptions('doubly-robust'),
  lower: optional(clipOption, 'root-n'), // ε₋, of ω/ω₀: by default δ(N) = min(10/√N, 1)
  upper: optional(nullable(real(1)), null), // ε₊; null: 1/ε₋
});

/**
 * Proximal ranking policy optimisation: the Plackett–Luce policy with the highest estimated DCG at the ranks shown, where what a document gains ends once its expected
 * discount ω is ε₊ times that of the logging policy, and what it loses at ε₋ times ({@link proximalObjective}). Gupta et al., CIKM 2024. Safe whatever users do: it assumes
 * nothing of them. With δ(N) for ε₋ and its inverse for ε₊ it may not leave the logging policy up to 100 sessions, and is free as they grow. A document that was never
 * shown counts for nothing.
 */
export const prpo = {
  description:
    'policy within ratios of the logging policy, which more sessions widen: proximal ranking policy optimisation (Gupta et al. 2024)',
  ownLoss: true,
  byGradient: true,
  options,
  create: (chosen: Decoded<typeof options>) =>
    safePolicy(chosen, (input) => {
      const lower = clipValue(chosen.lower, sessionsOf(input.train.log));
      const ratios = { lower, upper: chosen.upper ?? 1 / lower };
      const theta = Float64Array.from({ length: shownRanks(input) }, (_, k) => 1 / Math.log2(2 + k));
      return {
        samples: chosen.samples,
        theta,
        loggingOf: (logged) => loggingExpectations(logged, { kind: 'examination', examination: theta }).alpha,
        objective({ sessions, weights, exposure, logging }) {
          const ofBatch = sessions.reduce((sum, n) => sum + n, 0);
          const reward = weights.map((weight, d) => (logging[d] * weight) / ofBatch);
          return proximalObjective(exposure, logging, reward, ratios);
        },
      };
    }),
} as const;
