import { addPoint, type CurvePoint, diverged, type Learner, type TrainingRecord } from './train.ts';
import type { TrainingOptions } from './training-options.ts';

/** Steps of a window at least; a shorter one would call a flat stretch of the curve its end. */
const windowSteps = 20;
/** Share of all that the training loss has fallen by below which what it falls by in a window is nothing left to gain. */
const settledBelow = 1e-3;
/** Windows in a row that must have settled: one alone may be where a loss turns. */
const settledWindows = 3;
/** Steps at most, as a multiple of `steps`: those are what early stopping is thought to need, and it is not used here. */
const stepsFactor = 10;

/**
 * Runs steps until the training loss has settled, whatever a held-out loss does, and keeps the last parameters: for references, whose use is to
 * say what a ranker can learn. Settled: L̄_{w−1} − L̄_w ≤ 10⁻³ (L̄_1 − L̄_w), three windows w in a row, L̄_w the mean loss of a window: 20 steps, or an
 * epoch where that is longer. It is relative to what was gained, so a learning rate that is too low does not look like an end.
 * At most 10 · `steps` are taken; the status says where that was not enough.
 * @param epoch steps that see every list once
 * @param fixedLoss the training loss on the same sample every time, taken at the end of a window instead of its mean: where batches are drawn
 * from so many pairs that the mean would not tell their draw from what is gained
 */
export function trainToConvergence<Batch>(
  learner: Learner<Batch>,
  batches: Iterator<Batch, never>,
  { steps, evaluateEvery }: Pick<TrainingOptions, 'steps' | 'evaluateEvery'>,
  epoch: number,
  fixedLoss?: () => number,
): TrainingRecord {
  const window = Math.max(windowSteps, epoch);
  const limit = stepsFactor * steps;
  const curve: CurvePoint[] = [];
  let last = learner.parameters.map((values) => values.slice());
  let lastStep = 0;
  let begunFinite = true; // the loss of the first step, before anything is learnt
  let [sum, first, before, settled] = [0, Number.NaN, Number.NaN, 0];

  const finish = (state: TrainingRecord['status']['state'], step: number, message: string): TrainingRecord => ({
    curve,
    status: { state, message, steps: step, bestStep: lastStep, heldOutLoss: learner.heldOutLoss() },
  });

  for (let step = 1; step <= limit; step++) {
    const trainingLoss = learner.step(batches.next().value);
    if (step === 1) begunFinite = Number.isFinite(trainingLoss);
    sum += trainingLoss;
    if (step % evaluateEvery === 0 || step === limit) {
      addPoint(curve, { step, trainingLoss, heldOutLoss: learner.heldOutLoss() });
      const why = diverged(learner, trainingLoss, step, begunFinite);
      if (why !== null) {
        for (const [p, values] of learner.parameters.entries()) values.set(last[p]);
        return finish('diverged', step, `${why}; parameters of step ${lastStep} kept`);
      }
      last = learner.parameters.map((values) => values.slice());
      lastStep = step;
    }
    if (step % window !== 0) continue;
    const loss = fixedLoss?.() ?? sum / window;
    if (step === window) first = loss;
    else settled = loss <= first && before - loss <= settledBelow * (first - loss) ? settled + 1 : 0;
    [sum, before] = [0, loss];
    if (settled < settledWindows) continue;
    lastStep = step;
    return finish('converged', step, `training loss settled at step ${step}`);
  }
  return finish('step-limit', limit, `training loss not settled after ${limit} steps, ${stepsFactor} times \`steps\`: allow more of them`);
}
