import { ipsErrors } from '../../../estimators/recommendation/explicit/error-weights.ts';
import { learnFromErrors } from '../../../estimators/recommendation/explicit/learn-from-errors.ts';
import { observedBatches, observedRows } from '../../../estimators/recommendation/explicit/observed-batches.ts';
import { learnPairwise } from '../../../estimators/recommendation/implicit/learn-pairwise.ts';
import type { RecommendationInput } from '../../../estimators/recommendation/index.ts';
import { InteractionBuilder } from '../../../src/data/interactions/interaction-builder.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { pairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import { pairLosses } from '../../../src/losses/pair-loss.ts';
import { matrixFactorisation } from '../../../src/models/matrix-factorisation.ts';
import type { PairModel } from '../../../src/models/pair-model.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from '../../src/random/goodness-of-fit.ts';

const builder = new InteractionBuilder({ file: 'made' });
for (const [user, item] of [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 3],
  [2, 4],
  [2, 0],
])
  builder.add({ user: `u${user}`, item: `i${item}`, rating: (user + item) % 2 }, 1);
const log = builder.build();
const I = log.itemIds.length;
const model = (label: string): PairModel =>
  matrixFactorisation(
    { dimension: 3, biases: true, initialScale: 0.3, initialBias: 0 },
    { users: 3, items: I, optimiser: { name: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, l2: 0 },
    createRng(label),
  );
const input: RecommendationInput = {
  log,
  exposure: { pair: () => 0.5, row: () => 0.5, notes: [] },
  oracle: null,
  loss: pairLosses.log,
  target: (row) => (log.ratings as Float32Array)[row],
  training: decodeOptions('training', pairTrainingOptions, { steps: 400, batch: 64, heldOutShare: 0, patience: null }),
  rng: createRng('details'),
  newModel: model,
};

describe('pairwise learning', () => {
  const drawn = (othersClicked: boolean) => {
    const counts = new Float64Array(I);
    let wrong = 0;
    const weight = (user: number, item: number, other: number, clicked: number) => {
      const isClicked = [
        [0, 1, 2],
        [1, 3],
        [0, 4],
      ][user]
        .map((i) => log.itemIds.indexOf(`i${i}`))
        .includes(other);
      if (item === other || (clicked === 1) !== isClicked) wrong++;
      if (user === 0 && item === log.itemIds.indexOf('i0')) counts[other]++;
      return 1;
    };
    learnPairwise({ ...input, training: { ...input.training, steps: 100 } }, { weight, floor: Number.NEGATIVE_INFINITY, othersClicked });
    expect(wrong).toBe(0);
    return log.itemIds.map((id) => counts[log.itemIds.indexOf(id)]);
  };
  const uniformOver = (ids: string[]) => log.itemIds.map((id) => (ids.includes(id) ? 1 / ids.length : 0));

  test('draws the other item uniformly from all other items, clicked ones too, where the estimator asks for that', () => {
    expect(Math.abs(chiSquareZ(drawn(true), uniformOver(['i1', 'i2', 'i3', 'i4'])))).toBeLessThan(4.5);
  });
  test('and from those without a click otherwise', () => {
    expect(Math.abs(chiSquareZ(drawn(false), uniformOver(['i3', 'i4'])))).toBeLessThan(4.5);
  });
  test('a user who clicked everything moves nothing, and does not hang', () => {
    const all = new InteractionBuilder({ file: 'made' });
    for (const item of ['a', 'b']) all.add({ user: 'u', item }, 1);
    const before = model('prediction').parameters[0].slice(0, 4);
    let learned: PairModel | null = null;
    const newModel = () => {
      learned = matrixFactorisation(
        { dimension: 3, biases: true, initialScale: 0.3, initialBias: 0 },
        { users: 1, items: 2, optimiser: { name: 'sgd', learningRate: 1, momentum: 0 }, l2: 0 },
        createRng('prediction'),
      );
      return learned;
    };
    learnPairwise(
      { ...input, log: all.build(), newModel, training: { ...input.training, steps: 3, batch: 4 } },
      { weight: () => 1, floor: 0, othersClicked: false },
    );
    expect((learned as unknown as PairModel).parameters[0]).toEqual(before);
  });
});

test('the imputation model learns to make imputed errors equal errors: g goes to the target where the prediction stands still', () => {
  const models = new Map<string, PairModel>();
  const fixed: PairModel = { parameters: [], score: (_users, _items, count, out) => out.fill(1.3, 0, count), step() {} };
  const newModel = (label: string) => {
    const made = label === 'prediction' ? fixed : model(label);
    models.set(label, made);
    return made;
  };
  learnFromErrors({ ...input, newModel }, { weigh: ipsErrors, imputation: (p) => 1 / p });
  const t = new Float32Array(7);
  models.get('imputation')?.score(Uint32Array.of(0, 0, 0, 1, 1, 2, 2), log.items, 7, t);
  t.forEach((score, row) => {
    expect(Math.abs(pairLosses.log.predict(score) - (log.ratings as Float32Array)[row])).toBeLessThan(0.2);
  });
});

describe('the population D', () => {
  test('is all pairs; under a uniform policy of impressions, every impression with every item: IPS weights sum to 1', () => {
    expect(observedRows(log, () => true).perPair).toBeCloseTo(1 / (3 * I), 12);
    const impressions = { ...log, repeated: true };
    const { all, perPair } = observedRows(impressions, () => true);
    expect(all.length * perPair * I).toBeCloseTo(1, 12);
  });
  test('is drawn uniformly over pairs, and over impressions times items', () => {
    const draw = (repeated: boolean) => {
      const own = { ...log, repeated };
      const batches = observedBatches(
        own,
        observedRows(own, () => true),
        4,
        500,
        createRng('population'),
      );
      const [users, items] = [new Float64Array(3), new Float64Array(I)];
      for (let k = 0; k < 10; k++) {
        const { populationUsers, populationItems } = batches.next().value;
        populationUsers.forEach((u, j) => {
          users[u]++;
          items[populationItems[j]]++;
        });
      }
      expect(Math.abs(chiSquareZ(items, new Float64Array(I).fill(1 / I)))).toBeLessThan(4.5);
      return users;
    };
    expect(Math.abs(chiSquareZ(draw(false), [1 / 3, 1 / 3, 1 / 3]))).toBeLessThan(4.5);
    expect(Math.abs(chiSquareZ(draw(true), [3 / 7, 2 / 7, 2 / 7]))).toBeLessThan(4.5);
  });
});
