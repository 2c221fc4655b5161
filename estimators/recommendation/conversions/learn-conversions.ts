import { indexesWhere, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../../src/errors.ts';
import { type Learner, train } from '../../../src/learners/train.ts';
import { trainToConvergence } from '../../../src/learners/train-to-convergence.ts';
import { sigmoid } from '../../../src/losses/pair-loss.ts';
import { scorePair } from '../../../src/models/pair-model.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { pairExposure } from '../exposure/exposure.ts';
import { type RecommendationInput, type Recommender, scored } from '../recommender.ts';
import type { ConversionLoss, ConversionTerm } from './conversion-loss.ts';

export interface WeightedLoss {
  readonly loss: ConversionLoss;
  readonly weight: number;
}

export interface ConversionSetting {
  readonly keep?: (row: number) => boolean; //   which impressions are trained and stopped on
  readonly until?: 'held-out' | 'converged'; // early stopping on the same loss of held-out impressions, or to the end on all, as references are
}

/** A batch of impressions. Arrays are reused by the next batch. */
interface Impressions {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly clicked: Uint8Array;
  readonly converted: Float64Array;
}

const towers = ['click', 'conversion', 'imputation'] as const;

/**
 * Trains three models of pairs, of clicks, of conversions given a click, and (where a loss moves it) of imputed conversions, on the mean
 * over all impressions of a sum of losses. Scores are those of the conversion model; the exposure is that of a conversion, P(click), by the
 * click model where a loss moves it.
 * @throws UsageError where no impression is left
 */
export function learnConversions(
  input: RecommendationInput,
  losses: readonly WeightedLoss[],
  { keep = () => true, until = 'held-out' }: ConversionSetting = {},
): Recommender {
  const { log, target, training, rng } = input;
  const models = towers.map((tower) => input.newModel(tower));
  const held = rng.fork('held-out');
  const share = until === 'held-out' ? training.heldOutShare : 0;
  const part = Uint8Array.from(log.items, (_, row) => (held.next() < share ? 1 : 0) + (keep(row) ? 0 : 2));
  const rowsOf = (which: number) => indexesWhere(part.length, (row) => part[row] === which);
  const [rows, heldRows] = [rowsOf(0), rowsOf(1)];
  if (rows.length === 0) throw new UsageError('no impression is left to learn from');
  const userOf = rowUsers(log);
  const fill = (batch: Impressions, row: (b: number) => number): Impressions => {
    for (let b = 0; b < batch.users.length; b++) {
      const at = row(b);
      batch.users[b] = userOf[at];
      batch.items[b] = log.items[at];
      batch.clicked[b] = log.clicks[at];
      batch.converted[b] = target(at);
    }
    return batch;
  };
  const measure = (size: number) => {
    const scores = towers.map(() => new Float32Array(size));
    const slopes = towers.map(() => new Float32Array(size));
    const term: ConversionTerm = { value: 0, click: 0, conversion: 0, imputation: 0 };
    const impression = { clicked: 0, converted: 0, click: 0, conversion: 0, imputation: 0 };
    const lossOf = ({ users, items, clicked, converted }: Impressions): number => {
      models.forEach((model, m) => {
        model.score(users, items, size, scores[m]);
      });
      let value = 0;
      for (let b = 0; b < size; b++) {
        term.value = term.click = term.conversion = term.imputation = 0;
        impression.clicked = clicked[b];
        impression.converted = converted[b];
        impression.click = scores[0][b];
        impression.conversion = scores[1][b];
        impression.imputation = scores[2][b];
        for (const { loss, weight } of losses) loss(impression, weight / size, term);
        value += term.value;
        slopes[0][b] = term.click;
        slopes[1][b] = term.conversion;
        slopes[2][b] = term.imputation;
      }
      return value;
    };
    return { lossOf, slopes };
  };
  const empty = (size: number): Impressions => ({
    users: new Uint32Array(size),
    items: new Uint32Array(size),
    clicked: new Uint8Array(size),
    converted: new Float64Array(size),
  });
  const size = Math.min(training.batch, rows.length);
  const onBatch = measure(size);
  const validation = training.patience === null || heldRows.length === 0 ? null : fill(empty(heldRows.length), (b) => heldRows[b]);
  const onHeldOut = measure(heldRows.length);
  const draws = rng.fork('batches');
  const drawn = (batch: Impressions, from: Rng) => fill(batch, () => rows[Math.floor(from.next() * rows.length)]);
  const batches = (function* (): Generator<Impressions, never> {
    const batch = empty(size);
    while (true) yield drawn(batch, draws);
  })();
  let clicksLearnt = false;
  const learner: Learner<Impressions> = {
    parameters: models.flatMap((model) => model.parameters),
    step(batch) {
      const value = onBatch.lossOf(batch);
      models.forEach((model, m) => {
        if (!onBatch.slopes[m].some((slope) => slope !== 0)) return;
        model.step(batch.users, batch.items, size, onBatch.slopes[m]);
        clicksLearnt ||= m === 0;
      });
      return value;
    },
    heldOutLoss: () => validation && onHeldOut.lossOf(validation),
  };
  const toTheEnd = () => {
    const fixedSize = Math.min(rows.length, training.heldOutPairs);
    const fixed = drawn(empty(fixedSize), rng.fork('validation'));
    const { lossOf } = measure(fixedSize);
    return trainToConvergence(learner, batches, training, Math.ceil(rows.length / size), () => lossOf(fixed));
  };
  const record = until === 'held-out' ? train(learner, batches, training) : toTheEnd();
  const pCtr = (user: number, item: number) => sigmoid(scorePair(models[0], user, item));
  return { ...scored(models[1]), predict: sigmoid, record, exposure: clicksLearnt ? pairExposure(userOf, log, pCtr, []) : null };
}
