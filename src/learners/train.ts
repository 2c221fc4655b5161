import type { ListBatch } from './batches.ts';
import type { TrainingOptions } from './training-options.ts';

/** What the training loop drives: a ranker, perhaps with a propensity model beside it; batches are of lists, or of what the learner takes. */
export interface Learner<Batch = ListBatch> {
  /** One optimiser step on a batch. @returns the loss per unit of its normaliser, before the step */
  step(batch: Batch): number;
  /** The early-stopping criterion: a loss on held-out clicks. Null where nothing is held out. */
  heldOutLoss(): number | null;
  /** Everything that training moves; copied where the criterion is best, and put back at the end. */
  readonly parameters: readonly Float32Array[];
  /**
   * A sentence if the estimates ran away, else null. Asked at every evaluation with null (are they beyond all bounds?),
   * and with the parameters of the best held-out loss when training is about to stop as it has not improved.
   */
  drift?(best: readonly Float32Array[] | null): string | null;
}

export interface CurvePoint {
  readonly step: number;
  readonly trainingLoss: number;
  readonly heldOutLoss: number | null;
}

/** How a training ended, and whose parameters were kept. */
export interface TrainingStatus {
  readonly state: 'converged' | 'early-stopped' | 'step-limit' | 'propensities-drifted' | 'diverged';
  readonly message: string;
  readonly steps: number; //    taken
  readonly bestStep: number; // whose parameters were kept
  readonly heldOutLoss: number | null; // of those parameters
}

/** How a training went: losses by step, and how it ended. */
export interface TrainingRecord {
  readonly curve: CurvePoint[];
  readonly status: TrainingStatus;
}

/** Evaluations in a row that must barely move before training counts as converged: one alone may be the turning point of a curve. */
const settledEvaluations = 3;

/**
 * Runs steps until the held-out loss has not improved for as long as `patience` says, moves less than `tolerance`, the estimates drift,
 * or the steps are used up; then puts the best parameters back. Without held-out data the last parameters are kept,
 * or where training diverged those of the last evaluation before.
 */
export function train<Batch>(
  learner: Learner<Batch>,
  batches: Iterator<Batch, never>,
  options: Pick<TrainingOptions, 'steps' | 'evaluateEvery' | 'patience' | 'tolerance'>,
): TrainingRecord {
  const { steps, evaluateEvery, patience, tolerance } = options;
  const curve: CurvePoint[] = [];
  let best = learner.parameters.map((values) => values.slice());
  let bestLoss = learner.heldOutLoss() ?? Infinity;
  let bestStep = 0;
  let previous = bestLoss;
  let settled = 0;
  let begunFinite = true; // the loss of the first step, before anything is learnt

  const finish = (state: TrainingStatus['state'], step: number, why: string): TrainingRecord => {
    learner.parameters.forEach((values, p) => {
      values.set(best[p]);
    });
    const kept =
      bestStep === step ? '' : `; parameters of step ${bestStep} kept${bestLoss < Infinity ? ', where the held-out loss was lowest' : ''}`;
    const heldOutLoss = bestLoss < Infinity ? bestLoss : null;
    return { curve, status: { state, message: `${why}${kept}`, steps: step, bestStep, heldOutLoss } };
  };

  for (let step = 1; step <= steps; step++) {
    const trainingLoss = learner.step(batches.next().value);
    if (step === 1) begunFinite = Number.isFinite(trainingLoss);
    if (step % evaluateEvery !== 0 && step !== steps) continue;
    const heldOutLoss = learner.heldOutLoss();
    addPoint(curve, { step, trainingLoss, heldOutLoss });
    const ranAway = diverged(learner, trainingLoss, step, begunFinite);
    if (ranAway === null && (heldOutLoss === null || patience === null || heldOutLoss < bestLoss)) {
      best = learner.parameters.map((values) => values.slice());
      bestLoss = heldOutLoss ?? Infinity;
      bestStep = step;
    }
    if (ranAway !== null) return finish('diverged', step, ranAway);
    const stale = patience !== null && waitedEnough(step, bestStep, evaluateEvery, patience);
    const drift = learner.drift?.(stale ? best : null) ?? null;
    if (drift !== null) return finish('propensities-drifted', step, `${drift} at step ${step}`);
    if (heldOutLoss === null || patience === null) continue;
    if (stale)
      return finish('early-stopped', step, `no lower held-out loss for ${Math.ceil((step - bestStep) / evaluateEvery)} evaluations`);
    settled = Math.abs(previous - heldOutLoss) <= tolerance * Math.abs(heldOutLoss) ? settled + 1 : 0;
    if (settled === settledEvaluations) return finish('converged', step, `held-out loss settled at step ${step}`);
    previous = heldOutLoss;
  }
  return finish('step-limit', steps, `all ${steps} steps taken`);
}

/** Whether training that was best at an earlier step is to be given up. */
function waitedEnough(step: number, best: number, evaluateEvery: number, patience: NonNullable<TrainingOptions['patience']>): boolean {
  const { minimum, increase } = typeof patience === 'number' ? { minimum: patience, increase: 1 } : patience;
  return step - best >= minimum * evaluateEvery && step >= increase * best;
}

/** Adds a point to a curve; where training diverged there is none to draw. */
export function addPoint(curve: CurvePoint[], point: CurvePoint): void {
  if (Number.isFinite(point.trainingLoss) && Number.isFinite(point.heldOutLoss ?? 0)) curve.push(point);
}

/** What to tell where a loss or a parameter is no number any more; null where all are. @param begunFinite whether the loss of the first step was a number */
export function diverged(
  { parameters }: Pick<Learner, 'parameters'>,
  trainingLoss: number,
  step: number,
  begunFinite: boolean,
): string | null {
  if (Number.isFinite(trainingLoss) && parameters.every((values) => values.every(Number.isFinite))) return null;
  const way = begunFinite
    ? 'lower the learning rate, or a penalty (l2) that is large'
    : 'so it was before anything was learnt: look for extreme features (data.scale), counts or weights, or lower the learning rate';
  return `training diverged (loss ${trainingLoss}) at step ${step}: ${way}`;
}
