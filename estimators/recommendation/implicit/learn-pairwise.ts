import { UsageError } from '../../../src/errors.ts';
import { holdOutPairs } from '../../../src/learners/held-out-pairs.ts';
import { clickedPairs, isClicked } from '../../../src/learners/pair-sampler.ts';
import { train } from '../../../src/learners/train.ts';
import { sigmoid, softplus } from '../../../src/losses/pair-loss.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { type RecommendationInput, type Recommender, scored } from '../recommender.ts';

/** T triples: a clicked item of a user, and another item of that user. Arrays are reused by the next batch. */
interface Triples {
  readonly users: Uint32Array; //   length 2T: every user twice, for clicked and other
  readonly items: Uint32Array; //   length 2T: T clicked, then T others
  readonly clicked: Uint8Array; //  length T: whether the other was clicked too
}

/** What a triple counts, given the user, the clicked item, the other item and whether that was clicked too. */
export type TripleWeight = (user: number, item: number, other: number, otherClicked: number) => number;

export interface PairwiseSetting {
  readonly weight: TripleWeight;
  readonly floor: number; //          no triple's term is below this: −∞ leaves them as they are
  readonly othersClicked: boolean; // whether the other item is drawn from all other items, or from those without a click
}

/** max(w · (−ln σ(d)), floor) and its derivative by d. @param result [value, derivative], overwritten */
export function tripleTerm(weight: number, difference: number, floor: number, result: Float64Array): void {
  const value = weight * softplus(-difference);
  result[0] = Math.max(value, floor);
  result[1] = value < floor ? 0 : -weight * sigmoid(-difference);
}

/** Trains a fresh model on mean max(w(u, i, j) · (−ln σ(s_ui − s_uj)), floor) over clicked pairs (u, i) and other items j. */
export function learnPairwise(input: RecommendationInput, { weight, floor, othersClicked }: PairwiseSetting): Recommender {
  const { log, training, rng } = input;
  if (log.repeated) throw new UsageError('learning from pairs of items needs one row a pair, but this log has repeated impressions');
  const model = input.newModel('prediction');
  const heldOut = holdOutPairs(training.heldOutShare, rng.fork('held-out'));
  const size = Math.max(1, training.batch >> 1);
  const term = new Float64Array(2);
  const triples = (keep: (user: number, item: number) => boolean, count: number, stream: Rng) => {
    const clicked = clickedPairs(log, keep);
    if (clicked.users.length === 0) return null;
    const batch: Triples = { users: new Uint32Array(2 * count), items: new Uint32Array(2 * count), clicked: new Uint8Array(count) };
    return () => {
      for (let t = 0; t < count; t++) {
        const row = Math.floor(stream.next() * clicked.users.length);
        const user = clicked.users[row];
        let other = clicked.items[row];
        // a user who clicked everything has no item to compare with; after many tries the clicked item stands for itself, which moves nothing
        for (let tries = 0; tries < 1000; tries++) {
          other = Math.floor(stream.next() * log.itemIds.length);
          if (other !== clicked.items[row] && (othersClicked || !isClicked(log, user, other))) break;
          other = clicked.items[row];
        }
        batch.users[t] = batch.users[count + t] = user;
        batch.items[t] = clicked.items[row];
        batch.items[count + t] = other;
        batch.clicked[t] = isClicked(log, user, other) ? 1 : 0;
      }
      return batch;
    };
  };
  const lossOf = ({ users, items, clicked }: Triples, scores: Float32Array, derivative: Float32Array): number => {
    const count = clicked.length;
    let value = 0;
    for (let t = 0; t < count; t++) {
      const same = items[t] === items[count + t];
      tripleTerm(same ? 0 : weight(users[t], items[t], items[count + t], clicked[t]), scores[t] - scores[count + t], floor, term);
      value += term[0] / count;
      derivative[t] = term[1] / count;
      derivative[count + t] = -derivative[t];
    }
    return value;
  };
  const draw = triples((user, item) => !heldOut.has(user, item), size, rng.fork('batches'));
  if (draw === null) throw new UsageError('the log has no click: nothing to learn from');
  const validation =
    training.patience === null ? null : triples(heldOut.has, Math.min(training.heldOutPairs, 20_000), rng.fork('validation'))?.();
  const [scores, derivative] = [new Float32Array(2 * size), new Float32Array(2 * size)];
  const [heldScores, unused] = [new Float32Array(validation?.users.length ?? 0), new Float32Array(validation?.users.length ?? 0)];
  const batches = (function* (): Generator<Triples, never> {
    while (true) yield draw();
  })();
  const record = train<Triples>(
    {
      parameters: model.parameters,
      step(batch) {
        model.score(batch.users, batch.items, 2 * size, scores);
        const value = lossOf(batch, scores, derivative);
        model.step(batch.users, batch.items, 2 * size, derivative);
        return value;
      },
      heldOutLoss() {
        if (!validation) return null;
        model.score(validation.users, validation.items, validation.users.length, heldScores);
        return lossOf(validation, heldScores, unused);
      },
    },
    batches,
    training,
  );
  return { ...scored(model), predict: null, record };
}
