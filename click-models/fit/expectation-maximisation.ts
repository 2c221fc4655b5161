import { positionsOf, sessionsOf } from '../../src/data/click-log.ts';
import { logByQuery } from '../../src/data/log-by-query.ts';
import { UsageError } from '../../src/errors.ts';
import type { DenseArchitecture } from '../../src/models/scorer.ts';
import { type ClickModel, clickModel } from '../click-model.ts';
import type { Rows } from '../code/counts-code.ts';
import { documentTables } from '../definition.ts';
import { type BetaPrior, learnPrior, logDensity, placeOfPrior, priorAt } from './beta-prior.ts';
import { cellsOf } from './cells.ts';
import { checkFitLog, type EventTables, type FitLog, possibleRows, tablesToFit } from './event-tables.ts';
import { Extrapolation, highest, lowest } from './extrapolation.ts';
import { countingFault, type FitOptions } from './fit-options.ts';
import { factorsOf, levelFactors } from './level-factors.ts';
import { ShiftLevels } from './level-shifts.ts';
import { observedDraws, observedShares } from './observed-draws.ts';
import { segmentsOf } from './segments.ts';

/** A model as fitted to a log. */
export interface FittedClickModel {
  readonly model: ClickModel; //           with the fitted values of all tables but those of documents
  readonly documents: Readonly<Record<string, Float64Array>>; // attraction and satisfaction by document row, as far as the model has them
  readonly priors: Readonly<Record<string, BetaPrior>>; //       of those: the mean is what documents are given that no session showed
  readonly logLikelihood: number; //       of a session with these values, mean
  readonly convergence: readonly FitStep[];
  readonly converged: boolean;
  readonly method: 'em' | 'counting' | 'gradient';
  readonly draws: Readonly<Record<string, Float64Array>>; // expected draws of every value of tables that documents share: 0 where the log tells nothing of it
  readonly scorers?: Readonly<Record<string, DocumentScorer>>; // what makes attraction, satisfaction of features, of those that are so fitted
  readonly ruledOut: number; // sessions whose clicks the model rules out, as a second click of a cascade: left out
  readonly starts?: readonly number[]; // where it is the best of several fits: the log-likelihood of a session that each came to
  readonly firstRuledOut: number | null; // the first row of the log whose clicks it rules out; null: none
}

/** A function of features whose value is the log-odds of attraction, or of satisfaction. */
export interface DocumentScorer {
  readonly architecture: DenseArchitecture;
  readonly parameters: Float32Array;
}

/** A pass over the log of a fit by expectation–maximisation. */
export interface FitStep {
  readonly pass: number; //          over the log, from 1; those that were taken back are missing
  readonly prior: 'moves' | 'stands'; // what it is worth can be compared from step to step only where the prior stands
  readonly logLikelihood: number; // of a session, mean
  readonly objective: number; //     with the log of the prior, as far as it depends on the tables
}

/** What tables that all documents share start from: one draw, half of it happened, so that a cell that few sessions reach is not ruled out. */
const weakPrior: BetaPrior = { mean: 0.5, strength: 1 };
/** A prior stands once a pass that looks anew at which draws are observed moves it by no more than this, after one that does not by less than {@link settledMove}; see {@link moveOf}. */
const settledLook = 1e-4;
const settledMove = 1e-6;
/** A log-likelihood that lacks so much has every parameter within √(2 · 0.01) = 0.14 standard errors of its own. */
const nearEnough = 0.01;

/**
 * The tables that maximise the likelihood of a log, times a Beta prior on attraction and satisfaction whose mean, and strength unless given, are learnt from the log first
 * (empirical Bayes, by the draws that clicks tell of: {@link observedShares}). Exact expectation–maximisation: the expected draws of every event given all clicks of its session, then each probability set to
 * (happened + prior)/(draws + prior) (Dempster, Laird & Rubin, J. R. Stat. Soc. B 39, 1977). Every second iteration is extrapolated ({@link Extrapolation}), with the prior as long as that
 * moves; from when it stands taken back where the objective falls, so that it never falls. Unless a
 * tolerance is given it stops where the last third of its passes gained the objective less than 0.01, or 10⁻¹⁰ a shown document where that is more ({@link gainedLately}): as gains shrink more slowly the longer a climb takes, about as much may be left. Costs O(distinct rows × K) an iteration, of models without memory O(distinct documents and ranks), of those that start anew at a click O(lists × K³) at most.
 * @param start also where the tables start from: a fitted model is a warm start @param count sessions of each row, instead of the log's own; `everyIteration`: as many iterations as are given, converged or not
 * @throws UsageError where the log does not suit the model, or the model rules out all its clicks
 */
export function fitClickModel(
  start: ClickModel,
  fit: FitLog,
  { method, prior, iterations, tolerance, accelerate, everyIteration = false }: FitOptions & { readonly everyIteration?: boolean },
  from: { readonly documents?: Readonly<Record<string, Float64Array>>; readonly priors?: Readonly<Record<string, BetaPrior>> } = {},
  count: Float64Array = fit.log.count,
): FittedClickModel {
  const hides = countingFault(start);
  if (method === 'counting' && hides !== null) throw new UsageError(hides);
  if (count === fit.log.count) checkFitLog(fit);
  const { log, before } = logByQuery(fit.log);
  const contexts = (before && fit.contexts && before.lists.map((l) => fit.contexts?.[l] ?? 0)) ?? fit.contexts ?? null;
  const tables = tablesToFit(start, { ...fit, log, contexts });
  for (const [name, values] of Object.entries(from.documents ?? {})) {
    const own = tables.values[name];
    if (own === undefined) continue;
    if (values.length !== own.length)
      throw new UsageError(`${name} to start from has ${values.length} values for ${own.length} of the log`);
    const bad = values.findIndex((value) => !(value >= 0 && value <= 1));
    if (bad >= 0) throw new UsageError(`${name}[${bad}] to start from must be in [0, 1], got ${values[bad]}`);
    own.set(values);
  }
  for (const [name, { mean, strength }] of Object.entries(from.priors ?? {}))
    if (!(mean >= 0 && mean <= 1 && strength >= 0 && strength < Infinity))
      throw new UsageError(`the prior of ${name} to start from needs a mean in [0, 1] and a strength from 0, got ${mean} and ${strength}`);
  for (const name of tables.free) clamp(tables.values[name]);
  const ordered = count === fit.log.count ? log.count : before === null ? count : Float64Array.from(before.rows, (row) => count[row]);
  const cells = method === 'em' ? cellsOf(start.definition, log, fit.documents, positionsOf(log), contexts, ordered) : null;
  const possible = cells === null ? possibleRows(tables, ordered) : { weight: ordered, ruledOut: 0 };
  if (possible.weight.every((own) => own === 0))
    throw new UsageError(
      `${start.name} rules out the clicks of every session; use a model in which users go on after a click, as dependent-click`,
    );
  const sessions = sessionsOf({ count: possible.weight });
  const segments =
    cells === null && method === 'em' && possible.ruledOut === 0 ? segmentsOf(start.definition, tables.rows, possible.weight) : null;
  const { rows, count: weight } = cells ?? segments ?? { rows: tables.rows, count: possible.weight };
  const shown = shownIn(rows, weight);
  const priors: Record<string, BetaPrior> = {};
  for (const name of tables.free) {
    const learns = documentTables.includes(name) && prior !== 'none';
    priors[name] = learns
      ? (from.priors?.[name] ?? { mean: meanOf(tables.values[name]), strength: prior === 'learnt' ? 2 : prior })
      : { ...weakPrior, strength: documentTables.includes(name) ? 0 : weakPrior.strength };
  }
  const learning = tables.free.filter((name) => documentTables.includes(name) && prior !== 'none' && from.priors?.[name] === undefined);
  const convergence: FitStep[] = [];
  let [passes, stands] = [0, false];

  /** Counts events by the tables as they are. @returns the log-likelihood */
  const countNow = (toLastClick = false): number => {
    for (const name of tables.free) tables.counts[name].fill(0);
    return tables.countEvents(rows, weight, 0, weight.length, toLastClick);
  };
  /** A pass. @returns the objective */
  const expect = (toLastClick = false): number => {
    const logLikelihood = countNow(toLastClick);
    const objective = logLikelihood + logPrior(tables, priors);
    passes++;
    convergence.push({
      pass: passes,
      prior: stands ? 'stands' : 'moves',
      logLikelihood: logLikelihood / sessions,
      objective: objective / sessions,
    });
    return objective;
  };
  const factors = factorsOf(start.definition);
  const shifts = new ShiftLevels(start.definition, tables.values);
  const maximise = () => {
    for (const name of tables.free) setShares(tables.values[name], tables.counts[name], priors[name]);
    levelFactors(factors, tables, priors);
    shifts.level(tables, priors);
  };

  if (method === 'counting') {
    expect(start.definition.counting === 'to-last-click');
    for (const name of learning) {
      const learnt = learnPrior(tables.counts[name], priors[name], 500);
      priors[name] = prior === 'learnt' ? learnt : { mean: learnt.mean, strength: priors[name].strength };
    }
    maximise();
    convergence.pop(); // of the tables that the count started from
    stands = true;
    expect();
    return fitted(true);
  }
  let objective = Number.NaN; // not to be compared with while the prior moves
  const values = tables.free.map((name) => tables.values[name]);
  const places = learning.map((name) => placeOfPrior(priors[name])); // extrapolated with the tables, as each follows the other at a snail's pace
  const ahead = accelerate ? new Extrapolation([...values, ...places]) : null;
  const draws = learning.map((name) => new Float64Array(tables.counts[name].length));
  let shares: Readonly<Record<string, Float64Array>> = {}; // of draws that are observed, looked at anew ever more seldom, and at the end
  let [settled, again] = [learning.length === 0, false];
  while (!settled && passes < iterations) {
    expect();
    ahead?.before();
    const last = again;
    const looked = last || Number.isInteger(Math.log2(passes));
    if (looked) shares = observedShares(tables, learning, countNow);
    let moves = 0;
    for (const [i, name] of learning.entries()) {
      const before = priors[name];
      const after = learnPrior(observedDraws(tables.counts[name], tables.values[name], shares[name], draws[i]), before);
      priors[name] = prior === 'learnt' ? after : { mean: after.mean, strength: before.strength };
      moves = Math.max(moves, moveOf(before, priors[name], draws[i]));
      places[i].set(placeOfPrior(priors[name]));
    }
    again = !looked && moves < settledMove;
    settled = last && moves < settledLook;
    maximise();
    if (settled) continue;
    ahead?.after();
    for (const [i, name] of learning.entries()) {
      const at = priorAt(places[i]);
      priors[name] = prior === 'learnt' ? at : { mean: at.mean, strength: priors[name].strength };
    }
  }
  let converged = false;
  const objectives: number[] = [];
  stands = true;
  const squarem = accelerate ? new Extrapolation(values) : null;
  while (!converged && passes < iterations) {
    const now = expect();
    if (now < objective && squarem?.takeBack()) {
      convergence.pop(); // the extrapolation overshot: on from where plain iteration had come
      continue;
    }
    objectives.push(now);
    converged =
      !everyIteration &&
      (tolerance === null ? gainedLately(objectives) < Math.max(nearEnough, 1e-10 * shown) : now - objective <= tolerance * shown);
    objective = now;
    squarem?.before();
    maximise();
    if (!converged && passes < iterations) squarem?.after(); // the last pass ends where an iteration does
  }
  return fitted(converged && settled);

  function fitted(done: boolean): FittedClickModel {
    const { definition, positions, contexts } = start;
    const values = Object.entries(tables.values);
    const own = Object.fromEntries(values.filter(([name]) => !documentTables.includes(name)));
    return {
      model: clickModel(definition, own, positions, contexts),
      documents: Object.fromEntries(values.filter(([name]) => documentTables.includes(name))),
      priors: Object.fromEntries(Object.entries(priors).filter(([name]) => documentTables.includes(name))),
      logLikelihood: countNow() / sessions,
      convergence,
      converged: done,
      method,
      draws: drawsOf(tables),
      ruledOut: possible.ruledOut,
      firstRuledOut: possible.ruledOut === 0 ? null : firstWithout(possible.weight, before?.rows ?? null),
    };
  }
}

/** The first row of a log without sessions. @param places of the rows, where they have been put in another order */
function firstWithout(sessions: Float64Array, places: Uint32Array | null): number {
  let first = Infinity;
  for (let row = 0; row < sessions.length; row++) if (sessions[row] === 0) first = Math.min(first, places?.[row] ?? row);
  return first;
}

/** Documents shown, over all sessions. */
export function shownIn({ clickOffsets }: Pick<Rows, 'clickOffsets'>, count: Float64Array): number {
  let shown = 0;
  for (let row = 0; row < count.length; row++) shown += count[row] * (clickOffsets[row + 1] - clickOffsets[row]);
  return shown;
}

/**
 * What the last third of a climb gained, of six steps at least; Infinity before there are twice as many. What is left is told by no rate that early gains shrink by (Aitken): extrapolated steps are uneven, and what
 * is slow shows last. A climb whose slowest part takes τ steps to shrink by e has yet to come to less than it gained in its last third once it has gone 3 ln 2 τ: e^(−t/τ) < e^(−2t/3τ) − e^(−t/τ).
 */
export function gainedLately(objectives: readonly number[]): number {
  const last = objectives.length - 1;
  const lately = Math.max(6, Math.floor(objectives.length / 3));
  return last < 12 ? Number.POSITIVE_INFINITY : objectives[last] - objectives[last - lately];
}

/** Expected draws of the tables that documents share, as counted last; none of those that are not fitted. */
export function drawsOf({ free, counts }: EventTables): Readonly<Record<string, Float64Array>> {
  const own = Object.keys(counts).filter((name) => !documentTables.includes(name));
  return Object.fromEntries(
    own.map((name) => [
      name,
      Float64Array.from({ length: counts[name].length / 2 }, (_, i) =>
        free.includes(name) ? counts[name][2 * i] + counts[name][2 * i + 1] : 0,
      ),
    ]),
  );
}

/** How far a prior has moved: its mean, or what an event of as many draws as one has on average is drawn to it by, a hundredth of that. */
function moveOf(before: BetaPrior, after: BetaPrior, draws: Float64Array): number {
  const each = (2 * draws.reduce((sum, own) => sum + own, 0)) / draws.length;
  const drawn = ({ strength }: BetaPrior) => strength / (strength + each) || 0;
  return Math.max(Math.abs(after.mean - before.mean), Math.abs(drawn(after) - drawn(before)) / 100);
}

/** p_i ← (h_i + mμ)/(h_i + n_i + m); stays where there is neither a draw nor a prior. */
function setShares(values: Float64Array, counts: Float64Array, { mean, strength }: BetaPrior): void {
  for (let i = 0; i < values.length; i++) {
    const [happened, not] = [counts[2 * i], counts[2 * i + 1]];
    const all = happened + not + strength;
    if (all > 0) values[i] = Math.min(highest, Math.max(lowest, (happened + strength * mean) / all));
  }
}

/** What the prior adds to the log-likelihood, but for a constant. */
function logPrior({ free, values }: EventTables, priors: Readonly<Record<string, BetaPrior>>): number {
  let sum = 0;
  for (const name of free) sum += logDensity(priors[name], values[name], null);
  return sum;
}

function clamp(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.min(highest, Math.max(lowest, values[i]));
}

const meanOf = (values: Float64Array): number =>
  Math.min(0.999, Math.max(0.001, values.reduce((sum, p) => sum + p, 0) / values.length)) || 0.5;
