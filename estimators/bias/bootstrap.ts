import { sessionsOf } from '../../src/data/click-log.ts';
import { withCounts } from '../../src/data/split-click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import { type Decoded, integer, optional } from '../../src/schema.ts';
import { normalQuantile } from '../../src/stats/normal.ts';
import { studentQuantile } from '../../src/stats/student-t.ts';
import { type AffineBias, type EstimateBias, type EstimatedBias, type RankIntervals, ratioIntervals } from './bias-estimator.ts';

/** Resamples of the sessions that intervals come from; 0: none. Each costs a fit. */
export const bootstrapOption = optional(integer(0, 10_000), 0);

/** Of fewer the spread is left to chance: of 10 its standard error is a quarter of it. */
const fewestResamples = 10;

/** An estimator with the option `bootstrap`, of those whose spread no formula tells. */
export const resampling =
  <Options extends { readonly bootstrap: Decoded<typeof bootstrapOption> }>(
    create: (options: Omit<Options, 'bootstrap'>) => EstimateBias,
  ) =>
  ({ bootstrap, ...chosen }: Options): EstimateBias =>
    bootstrapped(create(chosen), bootstrap);

/**
 * The same estimate with 95 % intervals from its spread over resamples of the sessions it learns from, by Student's t: of θ_k/θ_1 by its logarithm, of α_k and β_k as they are. About the value that
 * the estimator comes to: of a biased one they do not tell the bias. None, with the reason, where a resample does not tell the bias, as when a rank is left without a click. Efron 1979.
 * @throws UsageError for 1 to 9 resamples
 */
export function bootstrapped(estimate: EstimateBias, resamples: number): EstimateBias {
  if (resamples === 0) return estimate;
  if (resamples < fewestResamples)
    throw new UsageError(`the spread of ${resamples} resamples says nothing; take ${fewestResamples} at least, or 0 for no intervals`);
  return (input) => {
    const found = estimate(input);
    const { log } = input.train;
    const [sessions, rng] = [sessionsOf(log), input.rng.fork('bootstrap')];
    const others: Curves[] = [];
    if (!log.count.every(Number.isSafeInteger) || !Number.isSafeInteger(sessions))
      return { ...found, withoutIntervals: 'counts of the log are no whole numbers of sessions, which could be drawn anew' };
    try {
      for (let b = 0; b < resamples; b++) {
        const resampled = withCounts(log, Float64Array.from(multinomial(sessions, log.count, rng)));
        const { examination, affine = null, byContext = [] } = estimate({ ...input, train: { ...input.train, log: resampled } });
        others.push({ examination, affine, byContext });
      }
    } catch (error) {
      if (error instanceof UsageError) return { ...found, withoutIntervals: `of a resample, ${error.message}` };
      throw error;
    }
    return { ...found, ...spreadOf(found, others) };
  };
}

/** Of a spread that so many resamples tell, itself unsure: by how much Student's t with as many degrees of freedom widens an interval of 95 % beyond the normal one. */
export const fewWiden = (resamples: number): number => studentQuantile(0.95, resamples) / normalQuantile(0.975);

interface Curves {
  readonly examination: Float64Array | null;
  readonly affine: AffineBias | null;
  readonly byContext: NonNullable<EstimatedBias['byContext']>;
}

function spreadOf(
  { examination, affine, byContext }: EstimatedBias,
  others: readonly Curves[],
): Pick<EstimatedBias, 'intervals' | 'affineIntervals' | 'byContext'> {
  const wider = fewWiden(others.length);
  const deviation = (own: number, values: readonly number[]) =>
    wider * Math.sqrt(values.reduce((sum, value) => sum + (value - own) ** 2, 0) / values.length);
  const ratiosOf = (own: Float64Array, ofOthers: readonly (Float64Array | null | undefined)[]) => {
    const errors = own.map((theta, k) => {
      const logs = ofOthers.map((other) => Math.log(other?.[k] ?? Number.NaN));
      return theta * deviation(Math.log(theta), logs);
    });
    return errors.every(Number.isFinite) ? { intervals: ratioIntervals(own, errors) } : {};
  };
  if (examination !== null)
    return {
      ...ratiosOf(
        examination,
        others.map((other) => other.examination),
      ),
      ...(byContext && {
        byContext: byContext.map((own, c) => ({
          ...own,
          ...ratiosOf(
            own.examination,
            others.map((other) => other.byContext[c]?.examination),
          ),
        })),
      }),
    };
  if (affine === undefined) return {};
  const z = normalQuantile(0.975);
  const intervalsOf = (which: 'alpha' | 'beta', lowest: number): RankIntervals => {
    const errors = affine[which].map((value, k) =>
      deviation(
        value,
        others.map((other) => (other.affine as AffineBias)[which][k]),
      ),
    );
    return {
      lower: affine[which].map((value, k) => Math.max(lowest, value - z * errors[k])),
      upper: affine[which].map((value, k) => Math.min(1, value + z * errors[k])),
    };
  };
  return { affineIntervals: { alpha: intervalsOf('alpha', -1), beta: intervalsOf('beta', 0) } };
}
