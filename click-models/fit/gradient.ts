import { positionsOf, sessionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { adam } from '../../src/learners/adam.ts';
import { type Decoded, integer, optional, positive, real, strictObject } from '../../src/schema.ts';
import { type ClickModel, clickModel } from '../click-model.ts';
import { documentTables } from '../definition.ts';
import type { BetaPrior } from './beta-prior.ts';
import { cellsOf } from './cells.ts';
import { type DocumentLogits, ownLogits } from './document-logits.ts';
import { checkFitLog, type FitLog, tablesToFit } from './event-tables.ts';
import { drawsOf, type FitStep, type FittedClickModel, shownIn } from './expectation-maximisation.ts';

export const usualTolerance = 1e-7;

/** How a click model is fitted by gradient. */
export const gradientOptions = strictObject({
  learningRate: optional(positive(), 0.05), // of Adam, at first
  iterations: optional(integer(1, 1_000_000), 500), // at most
  tolerance: optional(real(0, 1), usualTolerance), //    stops where ten iterations gain no more of the mean log-likelihood of a shown document
  strength: optional(real(0), 0), //           of a Beta prior about one half on attraction and satisfaction, in sessions
});
/** How a click model is fitted by its gradient. */
export type GradientOptions = Decoded<typeof gradientOptions>;

const [lowest, highest] = [1e-9, 1 - 1e-9];
/** Iterations over which a gain is measured, as single steps of Adam go up and down. */
const stretch = 10;

/**
 * The tables that maximise the likelihood of a log by its gradient in log-odds, ∂ℓ/∂ logit p = happened − p (happened + not), with the expected draws of expectation–maximisation
 * (Fisher's identity), so that it is exact for every model. Adam over the whole log; the best tables are kept, and gone back to with half the rate where ten iterations lead no higher but lower. Attraction and satisfaction may be functions of features, or of fewer
 * parameters than there are documents: what {@link DocumentLogits} make of them.
 * @param priors of attraction and satisfaction, instead of that of the options @param documents by table; one not given has a log-odds of its own for each document @throws UsageError where the log does not suit the model or the model rules its clicks out
 */
export function fitByGradient(
  start: ClickModel,
  fit: FitLog,
  { learningRate, iterations, tolerance, strength }: GradientOptions,
  documents: Readonly<Partial<Record<'attraction' | 'satisfaction', DocumentLogits>>> = {},
  priors: Readonly<Record<string, BetaPrior>> = {},
): FittedClickModel {
  checkFitLog(fit);
  const tables = tablesToFit(start, fit);
  const { values, counts, free, countEvents } = tables;
  const sessions = sessionsOf(fit.log);
  const cells = cellsOf(start.definition, fit.log, fit.documents, positionsOf(fit.log), fit.contexts ?? null, fit.log.count);
  const { rows, count } = cells ?? { rows: tables.rows, count: fit.log.count };
  const shown = shownIn(rows, count);
  const priorOf = (name: string): BetaPrior =>
    documentTables.includes(name) ? (priors[name] ?? { mean: 0.5, strength }) : { mean: 0.5, strength: 0 };
  const parts = free.map((name) => {
    for (let i = 0; i < values[name].length; i++) values[name][i] = Math.min(0.999, Math.max(0.001, values[name][i]));
    const given = name === 'attraction' || name === 'satisfaction' ? documents[name] : undefined;
    const logits = given ?? ownLogits(values[name]);
    return { name, logits, slope: new Float32Array(values[name].length), best: logits.parameters.slice(), prior: priorOf(name) };
  });
  const steps = (rate: number) =>
    parts.map(({ logits }) => adam.create({ learningRate: rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, logits.parameters.length));
  /** Makes tables of the parameters. @returns the log of the prior */
  const take = (): number => {
    let logPrior = 0;
    for (const {
      name,
      logits,
      prior: { mean, strength: m },
    } of parts) {
      const odds = logits.logits();
      for (let i = 0; i < values[name].length; i++) {
        const p = Math.min(highest, Math.max(lowest, 1 / (1 + Math.exp(-odds[i]))));
        values[name][i] = p;
        if (m > 0) logPrior += m * (mean * Math.log(p) + (1 - mean) * Math.log1p(-p));
      }
    }
    return logPrior;
  };
  const toBest = () => {
    for (const { logits, best: kept } of parts) logits.parameters.set(kept);
  };
  const convergence: FitStep[] = [];
  const enough = tolerance * shown;
  let [rate, optimisers] = [learningRate, steps(learningRate)];
  let [best, bestLogLikelihood, before, since, converged] = [-Infinity, -Infinity, -Infinity, 0, false];
  for (let pass = 1; pass <= iterations && !converged; pass++) {
    const prior = take();
    for (const { name } of parts) counts[name].fill(0);
    const logLikelihood = countEvents(rows, count, 0, count.length);
    const isPossible = Number.isFinite(logLikelihood);
    if (pass === 1 && !isPossible)
      throw new UsageError(`${start.name} rules out clicks of the log; fit it by expectation–maximisation, which leaves those out`);
    const objective = isPossible ? logLikelihood + prior : -Infinity;
    if (isPossible) convergence.push({ pass, prior: 'stands', logLikelihood: logLikelihood / sessions, objective: objective / sessions });
    if (objective > best) {
      [best, bestLogLikelihood] = [objective, logLikelihood];
      if (pass === 1) before = objective;
      for (const { logits, best: kept } of parts) kept.set(logits.parameters);
    }
    since++;
    if (!isPossible || since % stretch === 0) {
      const standsStill = best - before <= enough;
      converged = standsStill && objective >= best - enough;
      before = best;
      if (!converged && (standsStill || !isPossible)) {
        rate /= 2; // it went too far
        toBest();
        [optimisers, since] = [steps(rate), 0];
        continue;
      }
    }
    for (const [
      n,
      {
        name,
        logits,
        slope,
        prior: { mean, strength: m },
      },
    ] of parts.entries()) {
      for (let i = 0; i < slope.length; i++) {
        const [happened, not, p] = [counts[name][2 * i], counts[name][2 * i + 1], values[name][i]];
        slope[i] = (p * (happened + not + m) - happened - m * mean) / sessions;
      }
      optimisers[n].step(logits.parameters, logits.gradient(slope));
    }
  }
  toBest();
  take();
  const { definition, positions, contexts } = start;
  const all = Object.entries(values);
  return {
    model: clickModel(definition, Object.fromEntries(all.filter(([name]) => !documentTables.includes(name))), positions, contexts),
    documents: Object.fromEntries(all.filter(([name]) => documentTables.includes(name))),
    priors: Object.fromEntries(free.flatMap((name) => (documentTables.includes(name) ? [[name, priorOf(name)]] : []))),
    logLikelihood: bestLogLikelihood / sessions,
    convergence,
    converged,
    method: 'gradient',
    draws: drawsOf(tables),
    ruledOut: 0,
    firstRuledOut: null,
  };
}
