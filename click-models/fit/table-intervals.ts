import { sessionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import type { Rng } from '../../src/random/rng.ts';
import { percentileInterval } from '../../src/stats/bootstrap.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import type { FitLog } from './event-tables.ts';
import { type FittedClickModel, fitClickModel } from './expectation-maximisation.ts';
import type { FitOptions } from './fit-options.ts';

/**
 * Intervals, 95 %, of all tables that documents share, by the bootstrap over sessions: the rows' counts drawn anew as many times, each fitted from where the fit stands, with its priors.
 * Tables that are known up to a factor are divided by their first value, as propensities are. Efron 1979.
 * @throws UsageError for a fit by gradient, or fewer than two resamples
 * @returns by table one estimate a value, whose value is that of the fit; bounds are NaN where the log has no draw of it
 */
export function tableIntervals(
  { model, documents, priors, method, draws }: FittedClickModel,
  fit: FitLog,
  options: FitOptions,
  resamples: number,
  rng: Rng,
): Readonly<Record<string, readonly Estimate[]>> {
  if (method === 'gradient')
    throw new UsageError('intervals are of fits by expectation–maximisation or counting, as they fit again; fit so, or ask for none');
  if (!(Number.isSafeInteger(resamples) && resamples >= 2))
    throw new UsageError(`resamples must be a whole number of at least 2, got ${resamples}`);
  const sessions = sessionsOf(fit.log);
  const { tables, upToFactor = [] } = model.definition;
  const names = Object.keys(model.parameters).filter((name) => tables[name].fixed !== true);
  const relative = (name: string, values: Float64Array) => (upToFactor.includes(name) ? values.map((value) => value / values[0]) : values);
  const drawn = names.map((name) => Array.from(model.parameters[name], () => new Float64Array(resamples)));
  for (let b = 0; b < resamples; b++) {
    const count = multinomial(sessions, fit.log.count, rng);
    const again = fitClickModel(model, fit, options, { documents, priors }, count).model.parameters;
    for (const [n, name] of names.entries())
      relative(name, again[name]).forEach((value, i) => {
        drawn[n][i][b] = value;
      });
  }
  return Object.fromEntries(
    names.map((name, n) => [
      name,
      Array.from(relative(name, model.parameters[name]), (value, i) =>
        draws[name][i] > 0
          ? percentileInterval(value, drawn[n][i], sessions)
          : { value, standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n: 0 },
      ),
    ]),
  );
}
