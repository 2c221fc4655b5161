import { statesOf } from '../click-models/code/terms.ts';
import {
  type ClickModel,
  clickModels,
  type FitLog,
  type FitOptions,
  type FittedClickModel,
  fitClickModelBy,
  fitFault,
  fitOptions,
} from '../click-models/index.ts';
import { shownLists } from '../click-models/shown-lists.ts';
import { type ClickLog, positionsOf, sessionsOf } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';
import { type Named, named } from '../src/named.ts';
import type { Rng } from '../src/random/rng.ts';
import { make } from '../src/registry.ts';
import { optional, picklist } from '../src/schema.ts';
import { documentsByBias } from './documents-by-bias.ts';
import type { LoggedClicks } from './estimator.ts';
import type { FitEnding } from './fit-ending.ts';
import { examinedByClick, examinedInLists } from './fitted-examination.ts';

export const clickModelChoice = named(clickModels);
/** A click model by name with its decoded options. */
export type ClickModelChoice = Named<typeof clickModels>;

/** How it is fitted: by expectation–maximisation with a learnt prior, unless said otherwise. */
export const clickModelFit = optional(fitOptions, {});

/** What examination is told after, of models in which clicks above change it: the clicks of its session, or nothing but the list. */
export const givenOption = optional(picklist(['clicks-above', 'list']), 'clicks-above');

/** A click model as fitted to a log. */
export interface FittedToLog {
  readonly model: ClickModel;
  readonly ending: FitEnding;
  /** Attraction and satisfaction by document row of a log: as fitted, or of another log by the same bias, of documents that no session saw the prior's mean. */
  documentsIn(logged: LogOfQueries): Readonly<Record<string, Float64Array>>;
  /** P(E_k = 1 | clicks above) of every click of a log, in the order of `log.clicks`; relative to the largest of the log it was fitted to where that tells examination up to a factor only. */
  examinationByClick(logged: LogOfQueries): Float64Array;
  /** Likewise of every shown document of a log, for models in which it does not depend on the clicks above. */
  examinationByList(log: ClickLog): Float64Array;
}

export type LogOfQueries = Pick<LoggedClicks, 'log' | 'querySet'>;

const fits = new WeakMap<ClickLog, Map<string, FittedToLog>>();

/**
 * A click model fitted to a log, from the values that its options give; fitted once a log, choice and way to fit.
 * @param rng of what is hashed, and of the weights that a network starts at
 * @throws UsageError as {@link modelToFit}, and for contexts or features that the log does not have
 */
export function fittedToLog(choice: ClickModelChoice, logged: LogOfQueries, options: FitOptions, rng: Rng): FittedToLog {
  const { log } = logged;
  const known = fits.get(log) ?? new Map<string, FittedToLog>();
  fits.set(log, known);
  const key = JSON.stringify([choice, options]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const start = modelToFit(choice, positionsOf(log), options);
  const fitted = ofFit(choice.name, logged, fitClickModelBy(start, fitLogOf(logged), options, rng, featuresOf(logged)));
  known.set(key, fitted);
  return fitted;
}

const fitLogOf = ({ log, querySet }: LogOfQueries): FitLog => ({
  log,
  documents: querySet.labels.length,
  contexts: log.contexts ?? null,
});
const featuresOf = ({ querySet }: LogOfQueries) => (querySet.featureCount > 0 ? querySet : null);

function ofFit(name: string, own: LogOfQueries, found: FittedClickModel): FittedToLog {
  const { model, ruledOut, converged } = found;
  const documents = once((logged: LogOfQueries) =>
    logged.log === own.log ? found.documents : documentsByBias(found, fitLogOf(logged), logged.querySet.features),
  );
  const levelled = (model.definition.upToFactor ?? []).length > 0;
  let largest: number | null = levelled ? null : 1;
  /** @param examined of the log that it was fitted to */
  const over = (examination: Float64Array, examined: () => Float64Array) => {
    largest ??= examined().reduce((most, theta) => Math.max(most, theta), 0);
    const scale = largest;
    return scale === 1 ? examination : examination.map((theta) => theta / scale);
  };
  const byClick = (logged: LogOfQueries) => examinedByClick(model, shownLists(model, documents(logged), fitLogOf(logged)), logged.log);
  const byList = (log: ClickLog) => examinedInLists(model, log);
  return {
    model,
    ending: { model: name, ruledOut: ruledOut / sessionsOf(own.log), converged },
    documentsIn: documents,
    examinationByClick: once((logged: LogOfQueries) => over(byClick(logged), () => byClick(own))),
    examinationByList: (log) => over(byList(log), () => byList(own.log)),
  };
}

/** What a function makes of a log, made when it is first asked for. */
function once<T extends object>(make: (logged: LogOfQueries) => T): (logged: LogOfQueries) => T {
  const made = new WeakMap<ClickLog, T>();
  return (logged) => {
    const value = made.get(logged.log) ?? make(logged);
    made.set(logged.log, value);
    return value;
  };
}

/** The model of a choice, before it is fitted. @throws UsageError where clicks are no sign of attraction by it, and for ways to fit that do not suit it */
export function modelToFit(choice: ClickModelChoice, positions: number, options?: FitOptions): ClickModel {
  const start: ClickModel = make('click model', clickModels, choice as never, positions);
  const { definition, name } = start;
  const stray = Object.values(definition.states).find(({ clicked }) => clicked !== 'attraction' && clicked !== 0);
  if (stray !== undefined || definition.tables.attraction?.by !== 'document')
    throw new UsageError(
      `clicks of ${name} are no sign of the attraction of a document that is examined; use a model in which a click takes just the two, as dynamic-bayesian${name === 'trust-bias' ? '; α and β of trust bias are what bias: trust-bias tells, for weightings as affine' : ''}`,
    );
  const fault = options === undefined ? null : fitFault(options, start);
  if (fault !== null) throw new UsageError(`fit of ${name}: ${fault}`);
  return start;
}

/** Whether what is examined depends on the clicks above. */
export const readsByClicks = ({ definition }: ClickModel): boolean =>
  statesOf(definition).length > 1 || Object.values(definition.tables).some(({ by }) => by === 'lastClick' || by === 'distance');
