import {
  type ClickModel,
  type ClickModelScore,
  examinationMarginals,
  type FitIntervals,
  type FitLog,
  type FittedClickModel,
  relativeTables,
  type TableDiagnosis,
} from '../../../click-models/index.ts';
import { shownLists } from '../../../click-models/shown-lists.ts';
import { examinationCurve } from '../../../estimators/index.ts';
import type { BiasSource } from '../../../src/bias-source.ts';
import { clickSums, sessionsOf } from '../../../src/data/click-log.ts';
import { type Row, rowsOf, type TableRows } from '../../tables/table.ts';
import { clickThrough, convergence, examination, fits, identification, parameters, perplexities, scores } from './click-model-tables.ts';
import { clickScores } from './scores.ts';
import type { Documents, StudyLog } from './study-log.ts';

/** A model with its documents, as fitted or as simulated with. */
export interface ModelOfLog {
  readonly model: ClickModel;
  readonly documents: Documents;
}

/** What the truth of a simulation is compared by. */
export interface TrueCurves {
  readonly model: ClickModel;
  readonly examination: Float64Array;
  readonly score: ClickModelScore;
}

/** What the training log tells of a model; of a true one nothing is asked. */
export interface ToldOfModel {
  readonly intervals: FitIntervals; // of examination as `curve`, by rank
  readonly diagnosis: readonly TableDiagnosis[];
}

/** Where no intervals are asked for. */
export const noIntervals: FitIntervals = { tables: {}, curve: [] };

/** A bound, where there is one. */
const orNull = (bound = Number.NaN): number | null => (Number.isNaN(bound) ? null : bound);

/** P(examined) of every rank over that of the first: mean over the sessions of a log. @param count sessions of each row, instead of the log's own */
export function examinationByRank({ model, documents }: ModelOfLog, fit: FitLog, count = fit.log.count): Float64Array {
  const { sessions } = clickSums({ ...fit.log, count });
  const shown = new Float64Array(fit.log.docs.length);
  const listOf = shownLists(model, documents, fit);
  for (let l = 0; l < sessions.length; l++) if (sessions[l] > 0) shown.set(examinationMarginals(model, listOf(l)), fit.log.offsets[l]);
  return examinationCurve(fit.log, shown, sessions);
}

/** What tables keep of a model, however it was come by. */
export function modelRows(
  { model }: Pick<ModelOfLog, 'model'>,
  score: ClickModelScore,
  examined: Float64Array,
  told: ToldOfModel,
  contexts: readonly string[] | null,
  truth: TrueCurves | null,
): TableRows[] {
  const { perplexity, conditionalPerplexity, ctrByRank } = score;
  const source: BiasSource = model === truth?.model ? 'oracle' : 'learnt';
  return [
    rowsOf(parameters, parameterRows(model, told, contexts, truth?.model ?? null)),
    rowsOf(
      perplexities,
      perplexity.byRank.map((marginal, k) => {
        const conditional = conditionalPerplexity.byRank[k];
        return {
          ...{ rank: k + 1, sessions: marginal.n, true: truth?.score.conditionalPerplexity.byRank[k].value ?? null },
          ...{ marginal: marginal.value, marginal_lower: orNull(marginal.lower), marginal_upper: orNull(marginal.upper) },
          ...{ conditional: conditional.value, conditional_lower: orNull(conditional.lower), conditional_upper: orNull(conditional.upper) },
        };
      }),
    ),
    rowsOf(
      clickThrough,
      ctrByRank.map(({ observed, expected }, k) => ({ rank: k + 1, observed, expected })),
    ),
    rowsOf(
      examination,
      Array.from(examined, (estimated, k) => {
        const [lower, upper] = [orNull(told.intervals.curve[k]?.lower), orNull(told.intervals.curve[k]?.upper)];
        return { rank: k + 1, estimated, lower, upper, true: truth?.examination[k] ?? null, source };
      }).filter((row) => Number.isFinite(row.estimated)),
    ),
    rowsOf(
      scores,
      Object.entries(clickScores).flatMap(([label, { of }]) => {
        if (of === null) return [];
        const { value, lower, upper } = of(score);
        return [{ score: label, value, lower: orNull(lower), upper: orNull(upper) }];
      }),
    ),
  ];
}

/** What tables keep of a fit. */
export function fitRows(
  diagnosis: readonly TableDiagnosis[],
  { logLikelihood: reached, convergence: steps, converged, ruledOut, priors }: FittedClickModel,
  { train, test, unseen, dropped }: StudyLog,
  { impossible }: ClickModelScore,
): TableRows[] {
  const prior = (name: string) => (priors[name]?.strength > 0 ? priors[name] : null);
  const [attraction, satisfaction] = [prior('attraction'), prior('satisfaction')];
  return [
    rowsOf(
      convergence,
      steps.map(({ pass, prior: state, logLikelihood, objective }) => ({
        ...{ step: pass, prior: state, log_likelihood: logLikelihood, objective },
      })),
    ),
    rowsOf(fits, [
      {
        ...{ passes: steps.at(-1)?.pass ?? 0, converged, log_likelihood: reached },
        ...{
          training_sessions: sessionsOf(train.log),
          ruled_out: ruledOut,
          test_sessions: sessionsOf(test.log),
          impossible,
          unseen,
          dropped,
        },
        ...{ attraction_mean: attraction?.mean ?? null, attraction_strength: attraction?.strength ?? null },
        ...{ satisfaction_mean: satisfaction?.mean ?? null, satisfaction_strength: satisfaction?.strength ?? null },
      },
    ]),
    rowsOf(
      identification,
      diagnosis.map(({ table, known: _, ...rest }) => ({ parameter: table, ...rest })),
    ),
  ];
}

/** A row for each parameter, with the true one where the simulation's model has the same tables. */
function parameterRows(
  model: ClickModel,
  { intervals: { tables: intervals }, diagnosis }: ToldOfModel,
  contexts: readonly string[] | null,
  truth: ClickModel | null,
): Row<typeof parameters>[] {
  const { tables } = model.definition;
  const isSame = truth !== null && JSON.stringify(truth.definition) === JSON.stringify(model.definition); // a name stands for several, as of mixtures
  const known = isSame ? relativeTables(truth.definition, truth.parameters) : {};
  return Object.entries(relativeTables(model.definition, model.parameters))
    .filter(([table]) => tables[table].fixed !== true)
    .flatMap(([table, values]) => {
      const own = known[table]?.length === values.length ? known[table] : null;
      const told = diagnosis.find((one) => one.table === table) ?? null;
      const identified = (i: number) => (told === null ? null : told.known[i] ? told.identified : 'no');
      return Array.from(values, (value, i) => ({
        ...{ parameter: table, place: i + 1, ...indexOf(tables[table].by, i, model.positions, contexts), value },
        ...{
          lower: orNull(intervals[table]?.[i].lower),
          upper: orNull(intervals[table]?.[i].upper),
          true: own?.[i] ?? null,
          identified: identified(i),
        },
      }));
    });
}

/** What the value at a place of a table belongs to; the inverse of the places that walks draw from. */
function indexOf(by: string, place: number, positions: number, contexts: readonly string[] | null) {
  const none = { rank: null, last_click: null, context: null };
  if (by === 'rank') return { ...none, rank: place + 1 };
  if (by === 'context') return { ...none, rank: (place % positions) + 1, context: contexts?.[Math.floor(place / positions)] ?? null };
  if (by !== 'lastClick') return none;
  const k = Math.floor((Math.sqrt(8 * place + 1) - 1) / 2);
  return { ...none, rank: k + 1, last_click: place - (k * (k + 1)) / 2 };
}
