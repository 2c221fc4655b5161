import type { BiasSource } from '../../src/bias-source.ts';
import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { kindsOf } from '../../src/data/compact.ts';
import { subsetLists } from '../../src/data/subset-lists.ts';
import { UsageError } from '../../src/errors.ts';
import { type Decoded, literal, nullable, optional, strictObject } from '../../src/schema.ts';
import { ContextFault } from '../context-fault.ts';
import type { LoggedClicks } from '../estimator.ts';
import { examinationCurve } from '../shown-bias.ts';
import { type BiasNeed, byRank, type EstimateBias, type EstimatedBias, type RankIntervals, ratioIntervals } from './bias-estimator.ts';

/** Examination by rank as one log tells it. */
export interface RankCurve {
  readonly ratios: Float64Array; //                 θ_k / θ_0, length K
  readonly standardErrors: Float64Array | null; // of the ratios; null where the log is too small to tell
}

/** Of estimators that find one curve by rank: `by: context` finds one for each context of the log. */
const curveOptions = strictObject({ by: optional(nullable(literal('context')), null) });

/** @param errors of log θ_k / θ_0 */
export const rankCurve = (logRatios: Float64Array, errors: Float64Array | null): RankCurve => {
  const ratios = logRatios.map(Math.exp);
  return { ratios, standardErrors: errors?.map((error, k) => error * ratios[k]) ?? null };
};

/**
 * Estimates above 1 (noise, or a rank that is seen more than the first) are kept relative to the largest, so that weightings get values in (0, 1].
 * By context every curve is relative to its own first rank: what users examine there more in one context than in another, a log does not tell
 * within contexts. `examination` is then the mean over the sessions of the log. @throws UsageError as `curveIn`, and for a context that is too rare for it
 */
function estimateCurve(
  source: BiasSource,
  log: ClickLog,
  { by }: Decoded<typeof curveOptions>,
  curveIn: (log: ClickLog) => RankCurve,
): EstimatedBias {
  if (by === 'context') return contextual(source, log, curveIn);
  const { ratios, standardErrors } = curveIn(log);
  const largest = ratios.reduce((a, b) => Math.max(a, b));
  return byRank(
    ratios.map((ratio) => ratio / largest),
    source,
    standardErrors ? { intervals: ratioIntervals(ratios, standardErrors) } : {},
  );
}

/** What every list was shown in. @throws UsageError where nobody says */
export function contextsOf({ contexts }: ClickLog): Uint32Array {
  if (contexts !== undefined) return contexts;
  throw new UsageError(
    'an estimate by context needs a log whose lists have contexts: a column "context" of its file, or a click model that tells them apart',
  );
}

function contextual(source: BiasSource, log: ClickLog, curveIn: (log: ClickLog) => RankCurve): EstimatedBias {
  const contexts = contextsOf(log);
  return fromCurves(
    source,
    log,
    Array.from({ length: kindsOf(contexts) }, (_, c) => curveOf(log, contexts, c, curveIn)),
  );
}

/** @param curves of every context of the log, without ranks where it has no lists */
export function fromCurves(source: BiasSource, log: ClickLog, curves: readonly RankCurve[]): EstimatedBias {
  const largest = curves.reduce((most, { ratios }) => ratios.reduce((a, b) => Math.max(a, b), most), 0);
  const told = curves.filter(({ ratios }) => ratios.length > 0).length;
  const shownIn = (logged: ClickLog) => {
    if (told > 1 && logged.contexts === undefined)
      throw new UsageError(
        `the bias differs between ${told} contexts, and a log that it is to be taken for has none; name its context column`,
      );
    const shown = new Float64Array(logged.docs.length);
    for (let l = 0; l < logged.queries.length; l++) {
      const context = logged.contexts?.[l] ?? 0;
      const ratios = curves[context]?.ratios ?? [];
      const [start, end] = [logged.offsets[l], logged.offsets[l + 1]];
      if (end - start > ratios.length)
        throw new ContextFault(
          context,
          (name) =>
            `a list in context ${name} has ${end - start} ranks, but the log that bias was estimated from shows ${ratios.length} there`,
        );
      for (let i = start; i < end; i++) shown[i] = ratios[i - start] / largest;
    }
    return shown;
  };
  const { sessions } = clickSums(log);
  const intervals = meanIntervals(log, sessions, curves);
  return {
    source,
    examination: examinationCurve(log, shownIn(log), sessions),
    ...(told > 1 && { meanOver: 'contexts' }),
    ...(intervals && { intervals }),
    byContext: curves.map(({ ratios, standardErrors }) => ({
      examination: ratios,
      ...(standardErrors && { intervals: ratioIntervals(ratios, standardErrors) }),
    })),
    of: (logged: LoggedClicks) => ({ kind: 'contextual', examination: shownIn(logged.log) }),
  };
}

/** The curve of one context; no ranks where it has no lists. */
function curveOf(log: ClickLog, contexts: Uint32Array, context: number, curveIn: (log: ClickLog) => RankCurve): RankCurve {
  const own = subsetLists(log, (l) => contexts[l] === context);
  if (own.queries.length === 0) return { ratios: new Float64Array(0), standardErrors: null };
  return inContext(context, () => curveIn(own));
}

/** What is found in the lists of a context. @throws UsageError that names it, for what they do not tell */
export function inContext<T>(context: number, find: () => T): T {
  try {
    return find();
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    throw new ContextFault(
      context,
      (name) => `context ${name}: ${fault.message}; or one curve for all contexts, as all-pairs without by: context`,
    );
  }
}

/** Intervals of Σ_c w_ck θ_k^c, w_ck the share of the sessions with rank k that are in context c, the curves taken as independent. */
function meanIntervals(log: ClickLog, sessions: Float64Array, curves: readonly RankCurve[]): RankIntervals | null {
  if (curves.some(({ ratios, standardErrors }) => ratios.length > 0 && standardErrors === null)) return null;
  const K = positionsOf(log);
  const seen = curves.map(() => new Float64Array(K));
  for (let l = 0; l < sessions.length; l++)
    for (let k = 0; k < log.offsets[l + 1] - log.offsets[l]; k++) seen[log.contexts?.[l] ?? 0][k] += sessions[l];
  const mean = (of: (curve: RankCurve, share: number, k: number) => number) =>
    Float64Array.from({ length: K }, (_, k) => {
      const all = seen.reduce((sum, own) => sum + own[k], 0);
      return curves.reduce((sum, curve, c) => (seen[c][k] === 0 ? sum : sum + of(curve, seen[c][k] / all, k)), 0);
    });
  const ratios = mean((curve, share, k) => share * curve.ratios[k]);
  const variances = mean((curve, share, k) => (share * (curve.standardErrors?.[k] ?? 0)) ** 2);
  return ratioIntervals(ratios, variances.map(Math.sqrt));
}

/** The entry of an estimator of a curve by rank from the clicks of the log, but for its description. */
export const fromLog = (curveIn: (log: ClickLog) => RankCurve) =>
  ({
    source: 'learnt',
    needs: ({ by }: Decoded<typeof curveOptions>): readonly BiasNeed[] => (by === 'context' ? ['contexts'] : []),
    gives: 'examination',
    options: curveOptions,
    create:
      (options: Decoded<typeof curveOptions>): EstimateBias =>
      ({ train }) =>
        estimateCurve('learnt', train.log, options, curveIn),
  }) as const;

/** Likewise from randomised sessions. @param interventions that these may be of @param missing what is said where there are none */
export const fromRandomised = (interventions: readonly string[], missing: string, curveIn: (log: ClickLog) => RankCurve) =>
  ({
    source: 'randomisation',
    needs: ({ by }: Decoded<typeof curveOptions>): readonly BiasNeed[] => (by === 'context' ? ['randomised', 'contexts'] : ['randomised']),
    interventions,
    gives: 'examination',
    options: curveOptions,
    create:
      (options: Decoded<typeof curveOptions>): EstimateBias =>
      ({ randomised }) => {
        if (!randomised) throw new UsageError(missing);
        return estimateCurve('randomisation', randomised, options, curveIn);
      },
  }) as const;
