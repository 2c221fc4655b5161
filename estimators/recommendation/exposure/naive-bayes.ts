import { UsageError } from '../../../src/errors.ts';
import { type Decoded, optional, real, strictObject } from '../../../src/schema.ts';
import type { EstimateExposure } from './exposure.ts';

const options = strictObject({ smoothing: optional(real(0), 1) });

/**
 * P(O = 1 | r) = P(r | O = 1) P(O = 1) / P(r): the rating's share among the observed over its share in a small uniform sample, times the
 * share of pairs that are observed. Schnabel et al., ICML 2016. Shares are smoothed by a pseudo-count. The sample is never of the test part.
 * An unobserved pair has no rating: its exposure is the share of pairs that are observed.
 */
export const naiveBayes = {
  description: 'by rating, from a small sample of ratings of random pairs (Schnabel et al. 2016)',
  source: 'randomisation' as const,
  options,
  create:
    ({ smoothing }: Decoded<typeof options>): EstimateExposure =>
    ({ log, target, uniformSample }) => {
      if (uniformSample === null)
        throw new UsageError(
          'exposure: naive-bayes needs a sample of uniformly random pairs that is not of the test part; set data.uniformSample',
        );
      const observed = new Map<number, number>();
      const random = new Map<number, number>();
      const count = (table: Map<number, number>, value: number) => table.set(value, (table.get(value) ?? 0) + 1);
      for (let row = 0; row < log.items.length; row++) count(observed, target(row));
      for (let row = 0; row < uniformSample.log.items.length; row++) count(random, uniformSample.target(row));
      const values = [...new Set([...observed.keys(), ...random.keys()])];
      const share = (table: Map<number, number>, value: number, total: number) =>
        ((table.get(value) ?? 0) + smoothing) / (total + smoothing * values.length);
      const seen = log.items.length / (log.userIds.length * log.itemIds.length);
      const theta = new Map(
        values.map((value) => {
          const ratio = share(observed, value, log.items.length) / share(random, value, uniformSample.log.items.length);
          return [value, Math.min(1, ratio * seen)] as const;
        }),
      );
      const unknown = values.filter((value) => !random.has(value));
      const notes = unknown.map((value) => `no rating of ${value} in the uniform sample; its share is the pseudo-count's`);
      if ([...theta.values()].some((p) => !(p > 0))) throw new UsageError('naive-bayes: a rating has no share; set smoothing above 0');
      return { pair: () => Math.min(1, seen), row: (row) => theta.get(target(row)) as number, notes };
    },
};
