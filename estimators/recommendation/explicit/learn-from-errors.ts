import { indexesWhere, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { holdOutRows } from '../../../src/learners/held-out-pairs.ts';
import { train } from '../../../src/learners/train.ts';
import type { PairModel } from '../../../src/models/pair-model.ts';
import { type RecommendationInput, type Recommender, scored } from '../recommender.ts';
import { type ErrorSample, naiveErrors, selfNormalisedErrors, type WeighErrors } from './error-weights.ts';
import { type ObservedBatch, observedBatches, observedRows } from './observed-batches.ts';

/** How an imputation model g is trained: Σ_o weight(p) (e − ê)², where ê is the loss against g's prediction. */
export type ImputationWeight = (propensity: number) => number;

export interface ErrorLearning {
  readonly weigh: WeighErrors;
  readonly imputation: ImputationWeight | null; // null: nothing is imputed
}

/**
 * Trains a prediction model on an estimate of its mean error over all pairs; where errors are imputed, an imputation model takes a step
 * before each of its steps. Imputed error: ê = e(s, σ(t)), t the imputation model's score, the prediction's score s as in e.
 * Early stopping on the self-normalised error of held-out rows (naive: the plain mean), which no imputation enters.
 */
export function learnFromErrors(
  input: RecommendationInput,
  { weigh, imputation }: ErrorLearning,
  stopOn: WeighErrors = selfNormalisedErrors,
): Recommender {
  const { log, loss, target, exposure, training, rng } = input;
  const model = input.newModel('prediction');
  const imputer = imputation && input.newModel('imputation');
  const isHeld = holdOutRows(log.items.length, training.heldOutShare, rng.fork('held-out'));
  const rows = observedRows(log, (row) => isHeld[row] === 0);
  const n = Math.min(training.batch, rows.all.length);
  const m = imputer ? n : 1;
  const weights = new Float64Array(n).fill((rows.all.length * rows.perPair) / n);
  const populationWeights = new Float64Array(m).fill(1 / m);
  const [s, t, slope] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  const [ps, pt, populationSlope] = [new Float32Array(m), new Float32Array(m), new Float32Array(m)];
  const [p, y] = [new Float64Array(n), new Float64Array(n)];
  const [imputed, populationImputed] = [new Float64Array(n), new Float64Array(m)];

  const stepBoth = joinedStep(model, n, m);

  const impute = (batch: ObservedBatch, by: PairModel, weight: ImputationWeight): void => {
    by.score(batch.users, batch.items, n, t);
    let total = 0;
    for (let k = 0; k < n; k++) total += weight(p[k]);
    for (let k = 0; k < n && total > 0; k++) {
      const g = loss.predict(t[k]);
      const difference = loss.value(s[k], y[k]) - loss.value(s[k], g);
      slope[k] = ((-2 * weight(p[k])) / total) * difference * loss.targetDerivative(s[k], g) * loss.predictionSlope(t[k]);
    }
    if (total > 0) by.step(batch.users, batch.items, n, slope);
    by.score(batch.users, batch.items, n, t);
    by.score(batch.populationUsers, batch.populationItems, m, pt);
    for (let k = 0; k < n; k++) imputed[k] = loss.value(s[k], loss.predict(t[k]));
    for (let j = 0; j < m; j++) populationImputed[j] = loss.value(ps[j], loss.predict(pt[j]));
  };

  const step = (batch: ObservedBatch): number => {
    model.score(batch.users, batch.items, n, s);
    for (let k = 0; k < n; k++) p[k] = exposure.row(batch.rows[k]);
    for (let k = 0; k < n; k++) y[k] = target(batch.rows[k]);
    if (imputer && imputation) {
      model.score(batch.populationUsers, batch.populationItems, m, ps);
      impute(batch, imputer, imputation);
    }
    const sample: ErrorSample = {
      propensities: p,
      weights,
      populationWeights,
      populationPropensities: () => Float64Array.from(batch.populationUsers, (user, j) => exposure.pair(user, batch.populationItems[j])),
      imputed: () => imputed,
      populationImputed: () => populationImputed,
    };
    const { error, imputed: onImputed, population } = weigh(sample);
    let value = 0;
    for (let k = 0; k < n; k++) {
      value += error[k] * loss.value(s[k], y[k]) + onImputed[k] * imputed[k];
      slope[k] = error[k] * loss.derivative(s[k], y[k]);
      if (onImputed[k] !== 0) slope[k] += onImputed[k] * loss.derivative(s[k], loss.predict(t[k]));
    }
    if (imputer) {
      for (let j = 0; j < m; j++) {
        value += population[j] * populationImputed[j];
        populationSlope[j] = population[j] === 0 ? 0 : population[j] * loss.derivative(ps[j], loss.predict(pt[j]));
      }
      stepBoth(batch, slope, populationSlope);
    } else model.step(batch.users, batch.items, n, slope);
    return value;
  };

  const heldOutLoss = heldOutError(input, model, isHeld, stopOn);
  const record = train<ObservedBatch>(
    { parameters: imputer ? [...model.parameters, ...imputer.parameters] : model.parameters, step, heldOutLoss },
    observedBatches(log, rows, training.batch, m, rng.fork('batches')),
    training,
  );
  return { ...scored(model), predict: loss.predict, record, exposure: weigh === naiveErrors ? null : exposure };
}

/** Steps a model along the gradient of two sums of pairs at once. */
function joinedStep(model: PairModel, n: number, m: number) {
  const [users, items, derivative] = [new Uint32Array(n + m), new Uint32Array(n + m), new Float32Array(n + m)];
  return (batch: ObservedBatch, slope: Float32Array, populationSlope: Float32Array): void => {
    users.set(batch.users);
    users.set(batch.populationUsers, n);
    items.set(batch.items);
    items.set(batch.populationItems, n);
    derivative.set(slope);
    derivative.set(populationSlope, n);
    model.step(users, items, n + m, derivative);
  };
}

/** The weighted error of the held-out rows at the model's present parameters; null where none is held out or training does not stop early. */
function heldOutError(
  { log, loss, target, exposure, training }: RecommendationInput,
  model: PairModel,
  isHeld: Uint8Array,
  weigh: WeighErrors,
) {
  const all = indexesWhere(isHeld.length, (row) => isHeld[row] === 1);
  const users = rowUsers(log);
  if (training.patience === null || all.length === 0) return () => null;
  const [u, i] = [all.map((row) => users[row]), all.map((row) => log.items[row])];
  const propensities = Float64Array.from(all, (row) => exposure.row(row));
  const none = new Float64Array(0);
  const sample = {
    propensities,
    weights: propensities,
    populationWeights: none,
    populationPropensities: () => none,
    imputed: () => none,
    populationImputed: () => none,
  };
  const { error } = weigh(sample);
  const scores = new Float32Array(all.length);
  return () => {
    model.score(u, i, all.length, scores);
    let sum = 0;
    for (let k = 0; k < all.length; k++) sum += error[k] * loss.value(scores[k], target(all[k]));
    return sum;
  };
}
