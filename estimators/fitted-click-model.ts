import { statesOf } from '../click-models/code/terms.ts';
import { type ClickModel, clickModels, type FitOptions, fitClickModel, fitOptions } from '../click-models/index.ts';
import { shownLists } from '../click-models/score.ts';
import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import { decodeOptions } from '../src/decode-options.ts';
import { UsageError } from '../src/errors.ts';
import { type Named, named } from '../src/named.ts';
import { make } from '../src/registry.ts';
import type { LoggedClicks } from './estimator.ts';

export const clickModelChoice = named(clickModels);
export type ClickModelChoice = Named<typeof clickModels>;

/** What a click model says of a log that it was fitted to. */
export interface FittedToLog {
  readonly attraction: Float64Array; // by document row; of documents that no session saw the prior's mean
  /** P(E_k = 1 | clicks above) of every click in the order of `log.clicks`; relative to the largest where the log tells examination up to a factor only. */
  readonly examination: Float64Array;
}

const fits = new WeakMap<ClickLog, Map<string, FittedToLog>>();

/**
 * A click model fitted to a log by expectation–maximisation with a learnt prior, from the values that its options give; fitted once a log and choice.
 * @throws UsageError as {@link modelToFit}, and for contexts that the log does not have, or has more of
 */
export function fittedToLog(choice: ClickModelChoice, { log, querySet }: Pick<LoggedClicks, 'log' | 'querySet'>): FittedToLog {
  const known = fits.get(log) ?? new Map<string, FittedToLog>();
  fits.set(log, known);
  const key = JSON.stringify(choice);
  const before = known.get(key);
  if (before !== undefined) return before;
  const start = modelToFit(choice, positionsOf(log));
  const fit = { log, documents: querySet.labels.length, contexts: log.contexts ?? null };
  const { model, documents } = fitClickModel(start, fit, decodeOptions('fit', fitOptions, {}) as FitOptions);
  const examination = examinationOf(model, shownLists(model, documents, fit), log);
  const fitted = { attraction: documents.attraction, examination };
  known.set(key, fitted);
  return fitted;
}

/** The model of a choice, before it is fitted. @throws UsageError where clicks are no sign of attraction by it */
export function modelToFit(choice: ClickModelChoice, positions: number): ClickModel {
  const start: ClickModel = make('click model', clickModels, choice as never, positions);
  const { definition, name } = start;
  const stray = Object.values(definition.states).find(({ clicked }) => clicked !== 'attraction' && clicked !== 0);
  if (stray !== undefined || definition.tables.attraction?.by !== 'document')
    throw new UsageError(
      `clicks of ${name} are no sign of the attraction of a document that is examined; use a model in which a click takes just the two, as dynamic-bayesian`,
    );
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
