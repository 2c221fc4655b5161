import { sessionsOf } from '../../src/data/click-log.ts';
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
 * @returns by table one estimate a value, whose value is that of the fit
 */
export function tableIntervals(
  { model, documents, priors }: FittedClickModel,
  fit: FitLog,
  options: FitOptions,
  resamples: number,
  rng: Rng,
): Readonly<Record<string, readonly Estimate[]>> {
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
      Array.from(relative(name, model.parameters[name]), (value, i) => percentileInterval(value, drawn[n][i], sessions)),
    ]),
  );
}
