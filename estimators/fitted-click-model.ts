import { statesOf } from '../click-models/code/terms.ts';
import { type ClickModel, clickModels, type FitOptions, fitClickModelBy, fitFault, fitOptions } from '../click-models/index.ts';
import { shownLists } from '../click-models/score.ts';
import { type ClickLog, positionsOf, sessionsOf } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';
import { type Named, named } from '../src/named.ts';
import type { Rng } from '../src/random/rng.ts';
import { make } from '../src/registry.ts';
import { optional } from '../src/schema.ts';
import type { LoggedClicks } from './estimator.ts';
import type { FitEnding } from './fit-ending.ts';

export const clickModelChoice = named(clickModels);
export type ClickModelChoice = Named<typeof clickModels>;

/** How it is fitted: by expectation–maximisation with a learnt prior, unless said otherwise. */
export const clickModelFit = optional(fitOptions, {});

/** What a click model says of a log that it was fitted to. */
export interface FittedToLog {
  readonly attraction: Float64Array; // by document row; of documents that no session saw the prior's mean
  /** P(E_k = 1 | clicks above) of every click in the order of `log.clicks`; relative to the largest where the log tells examination up to a factor only. */
  readonly examination: Float64Array;
  readonly ending: FitEnding;
}

const fits = new WeakMap<ClickLog, Map<string, FittedToLog>>();

/**
 * A click model fitted to a log, from the values that its options give; fitted once a log, choice and way to fit.
 * @param rng of what is hashed, and of the weights that a network starts at
 * @throws UsageError as {@link modelToFit}, and for contexts or features that the log does not have
 */
export function fittedToLog(
  choice: ClickModelChoice,
  { log, querySet }: Pick<LoggedClicks, 'log' | 'querySet'>,
  options: FitOptions,
  rng: Rng,
): FittedToLog {
  const known = fits.get(log) ?? new Map<string, FittedToLog>();
  fits.set(log, known);
  const key = JSON.stringify([choice, options]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const start = modelToFit(choice, positionsOf(log), options);
  const fit = { log, documents: querySet.labels.length, contexts: log.contexts ?? null };
  const features = querySet.featureCount > 0 ? querySet : null;
  const { model, documents, ruledOut, converged } = fitClickModelBy(start, fit, options, rng, features);
  const examination = examinationOf(model, shownLists(model, documents, fit), log);
  const ending = { model: choice.name, ruledOut: ruledOut / sessionsOf(log), converged };
  const fitted = { attraction: documents.attraction, examination, ending };
  known.set(key, fitted);
  return fitted;
}

/** The model of a choice, before it is fitted. @throws UsageError where clicks are no sign of attraction by it, and for ways to fit that do not suit it */
export function modelToFit(choice: ClickModelChoice, positions: number, options?: FitOptions): ClickModel {
  const start: ClickModel = make('click model', clickModels, choice as never, positions);
  const { definition, name } = start;
  const stray = Object.values(definition.states).find(({ clicked }) => clicked !== 'attraction' && clicked !== 0);
  if (stray !== undefined || definition.tables.attraction?.by !== 'document')
    throw new UsageError(
      `clicks of ${name} are no sign of the attraction of a document that is examined; use a model in which a click takes just the two, as dynamic-bayesian`,
    );
  const fault = options === undefined ? null : fitFault(options, start);
  if (fault !== null) throw new UsageError(`fit of ${name}: ${fault}`);
  return start;
}

/** Whether what is examined depends on the clicks above. */
export const readsByClicks = ({ definition }: ClickModel): boolean =>
  statesOf(definition).length > 1 || Object.values(definition.tables).some(({ by }) => by === 'lastClick' || by === 'distance');

function examinationOf({ walk, definition }: ClickModel, lists: ReturnType<typeof shownLists>, log: ClickLog): Float64Array {
  const examination = new Float64Array(log.clicks.length);
  let most = 0;
  for (let row = 0; row < log.list.length; row++) {
    const list = lists[log.list[row]];
    const at = log.clickOffsets[row];
    walk.begin();
    for (let k = 0; at + k < log.clickOffsets[row + 1]; k++) {
      walk.look(k, list);
      examination[at + k] = walk.examined;
      if (walk.examined > most) most = walk.examined;
      walk.move(k, log.clicks[at + k]);
    }
  }
  return (definition.upToFactor ?? []).length > 0 ? examination.map((theta) => theta / most) : examination;
}

/** Σ over the rows of each list of count · value, one per shown document. @param values one per position of each row, in the order of `log.clicks` */
export function shownSums(log: ClickLog, values: (i: number) => number): Float64Array {
  const sums = new Float64Array(log.docs.length);
  for (let row = 0; row < log.list.length; row++) {
    const [shown, at] = [log.offsets[log.list[row]], log.clickOffsets[row]];
    for (let k = 0; at + k < log.clickOffsets[row + 1]; k++) sums[shown + k] += log.count[row] * values(at + k);
  }
  return sums;
}
