import { sessionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import type { Rng } from '../../src/random/rng.ts';
import { percentileInterval } from '../../src/stats/bootstrap.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { relativeTables } from '../definition.ts';
import { diagnoseClickModel } from '../diagnose.ts';
import type { FitLog } from './event-tables.ts';
import { type FittedClickModel, fitClickModel } from './expectation-maximisation.ts';
import type { FitOptions } from './fit-options.ts';

/** A number in a scale without ends: the log-odds of a probability, the logarithm of a ratio; and back. */
const logOdds = { to: (p: number) => Math.log(p / (1 - p)), from: (odds: number) => 1 / (1 + Math.exp(-odds)) };
const logarithm = { to: Math.log, from: Math.exp };

/** With fewer draws an end of a 95 % interval, which leaves out 2.5 % of them, would be the outermost draw or beyond. */
export const fewestResamples = 40;

/** Intervals of a fit: of its tables, and of what else is made of each of the fits. */
export interface FitIntervals {
  readonly tables: Readonly<Record<string, readonly Estimate[]>>;
  readonly curve: readonly Estimate[];
}

/** Ratios that are made of a fit, as examination over that of rank 1. @param count sessions of each row of the log that it is of */
export type CurveOfFit = (fitted: Pick<FittedClickModel, 'model' | 'documents'>, count: Float64Array) => Float64Array;

/** Intervals of tables alone, see {@link fitIntervals}. */
export const tableIntervals = (
  fitted: FittedClickModel,
  fit: FitLog,
  options: FitOptions,
  resamples: number,
  rng: Rng,
): FitIntervals['tables'] => fitIntervals(fitted, fit, options, resamples, rng, () => new Float64Array()).tables;

/**
 * Intervals, 95 %, of all tables that documents share, by the bootstrap over sessions: the rows' counts drawn anew as many times, each fitted from where the fit stands, with its priors.
 * A fit stops short of the maximum, and fits that go on from there climb further, all the same way: near 0 and 1 further than sessions by chance would move them. So the log itself is
 * fitted on as well, all of them for as many iterations as the fit took, and an interval is that of θ*_b − θ' about the fit's own value, θ' that of the log fitted on, in log-odds
 * (ratios: in logarithms): how far the fit had still to go falls out, and what is left is what sessions do.
 * Tables that are known up to a factor are as {@link relativeTables} has them: propensities over their first. Efron 1979.
 * @throws UsageError for a fit by gradient, fewer than 40 resamples, or sessions that are no whole numbers
 * @param curve ratios that are to have intervals too, made of each fit and its sessions; as many of each
 * @returns by table one estimate a value, whose value is that of the fit; bounds are NaN where the log has no draw of it or does not tell it ({@link diagnoseClickModel}), and of a log of one session
 */
export function fitIntervals(
  { model, documents, priors, method, draws, convergence }: FittedClickModel,
  fit: FitLog,
  options: FitOptions,
  resamples: number,
  rng: Rng,
  curve: CurveOfFit,
): FitIntervals {
  if (method === 'gradient')
    throw new UsageError('intervals are of fits by expectation–maximisation or counting, as they fit again; fit so, or ask for none');
  if (!(Number.isSafeInteger(resamples) && resamples >= fewestResamples))
    throw new UsageError(`resamples must be a whole number of at least ${fewestResamples}, for ends of 95 % intervals, got ${resamples}`);
  const sessions = sessionsOf(fit.log);
  if (!Number.isSafeInteger(sessions) || !fit.log.count.every(Number.isSafeInteger))
    throw new UsageError('intervals are of resampled sessions, and counts of the log are no whole numbers of them; ask for no resamples');
  const diagnosis = diagnoseClickModel(model, fit).tables;
  const { tables, upToFactor = [], toldByOthers = [] } = model.definition;
  const names = Object.keys(model.parameters).filter((name) => tables[name].fixed !== true);
  const ratios = [...upToFactor, ...toldByOthers.filter((product) => product.length > 1)].flat();
  const scales = [...names.map((name) => (ratios.includes(name) ? logarithm : logOdds)), logarithm];
  /** Tables as clicks tell them, and behind them the curve. */
  const valuesOf = (own: Pick<FittedClickModel, 'model' | 'documents'>, count: Float64Array) => {
    const relative = relativeTables(model.definition, own.model.parameters);
    return [...names.map((name) => relative[name]), curve(own, count)];
  };
  const equally = { ...options, everyIteration: true, iterations: convergence[convergence.length - 1].pass };
  const goOn = (count: Float64Array) => {
    const again = fitClickModel(model, fit, equally, { documents, priors }, count);
    return valuesOf(again, count).map((values, n) => values.map(scales[n].to));
  };
  const own = valuesOf({ model, documents }, fit.log.count);
  const reached = goOn(fit.log.count);
  const drawn = own.map((values) => Array.from(values, () => new Float64Array(resamples)));
  for (let b = 0; b < resamples; b++)
    for (const [n, values] of goOn(multinomial(sessions, fit.log.count, rng)).entries()) {
      const { to, from } = scales[n];
      for (const [i, value] of values.entries()) drawn[n][i][b] = from(to(own[n][i]) + value - reached[n][i]);
    }
  const estimate = (n: number, i: number, isTold: boolean): Estimate =>
    sessions > 1 && isTold
      ? percentileInterval(own[n][i], drawn[n][i], sessions)
      : { value: own[n][i], standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n: 0 };
  return {
    tables: Object.fromEntries(
      names.map((name, n) => [name, Array.from(own[n], (_, i) => estimate(n, i, draws[name][i] > 0 && diagnosis[n].known[i]))]),
    ),
    curve: Array.from(own[names.length], (_, i) => estimate(names.length, i, true)),
  };
}
