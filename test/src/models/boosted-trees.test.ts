import { UsageError } from '../../../src/errors.ts';
import { type ListBatch, wholeBatch } from '../../../src/learners/batches.ts';
import { rankingLearner } from '../../../src/learners/ranking-learner.ts';
import { train } from '../../../src/learners/train.ts';
import { defaultLosses, listwiseSoftmax, losses, pointwiseSigmoid } from '../../../src/losses/index.ts';
import { boostedTrees } from '../../../src/models/boosted-trees.ts';
import type { ScoreLoss } from '../../../src/models/scorer.ts';
import { createRng } from '../../../src/random/rng.ts';
import { readLightGbm } from '../../../src/trees/read-lightgbm.ts';
import { lightGbmText } from '../../../src/trees/write-lightgbm.ts';
import { boosted, drawn, singles, squares, treeOptions } from '../trees/world.ts';

const F = 3;
const lambdaRank = losses['lambda-loss'].create({ mu: 0, normalise: true });
const l2 = 0.7;
const few = { leaves: 2, minimumLeafDocuments: 1, minimumLeafCurvature: 0, l2, learningRate: 0.3 };

/** Every split of some documents by the middle of two neighbouring values, with what it gains by the formula; scores 0, so G = −Σ y, H = n. */
function everySplit(features: Float32Array, targets: readonly number[], docs: readonly number[]) {
  const worth = (of: readonly number[]) => of.reduce((sum, d) => sum + targets[d], 0) ** 2 / (of.length + l2);
  return Array.from({ length: F }, (_, f) => {
    const values = [...new Set(docs.map((d) => features[d * F + f]))].filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
    return [...values.slice(1).map((x, i) => (x + values[i]) / 2), Infinity].flatMap((threshold) =>
      [false, true].map((missingLeft) => {
        const goesLeft = (d: number) => (Number.isNaN(features[d * F + f]) ? missingLeft : features[d * F + f] <= threshold);
        const [left, right] = [docs.filter(goesLeft), docs.filter((d) => !goesLeft(d))];
        const gain = left.length > 0 && right.length > 0 ? worth(left) + worth(right) - worth(docs) : 0;
        return { feature: f, threshold, missingLeft, gain, left, right };
      }),
    );
  })
    .flat()
    .reduce((best, one) => (one.gain > best.gain + 1e-12 ? one : best));
}

test.each([1, 2, 3, 4, 5])('the best split is that of all splits, its leaves are worth −rate · G/(H + l2): seed %p', (seed) => {
  const rng = createRng(`split ${seed}`);
  const features = drawn(14 * F, rng);
  if (seed > 3) for (const cell of [2, 7, 11, 20, 30]) features[cell] = Number.NaN;
  const targets = Array.from({ length: 14 }, () => rng.next() - 0.5);
  const expected = everySplit(features, targets, [...targets.keys()]);
  const { scorer } = boosted(singles(features, F), squares(targets), few, 1);
  const [tree] = scorer.trees();
  expect(tree.feature[0]).toBe(expected.feature);
  expect(tree.gain[0] * 14).toBeCloseTo(expected.gain, 6);
  const scores = scorer.score(features);
  for (const docs of [expected.left, expected.right]) {
    const value = (0.3 * docs.reduce((sum, d) => sum + targets[d], 0)) / (docs.length + l2);
    for (const d of docs) expect(scores[d]).toBeCloseTo(value, 6);
  }
});

test('leaf by leaf: the next split is the one that gains most in any leaf', () => {
  const rng = createRng('leaves');
  const features = drawn(40 * F, rng, 2);
  const targets = Array.from({ length: 40 }, () => rng.next() - 0.5);
  const groups = [[...targets.keys()]];
  while (groups.length < 6) {
    const splits = groups.map((docs) => everySplit(features, targets, docs));
    const chosen = splits.reduce((best, split, g) => (split.gain > splits[best].gain ? g : best), 0);
    groups.splice(chosen, 1, splits[chosen].left, splits[chosen].right);
  }
  const { scorer } = boosted(singles(features, F), squares(targets), { ...few, leaves: 6 }, 1);
  const scores = scorer.score(features);
  for (const docs of groups)
    for (const d of docs) expect(scores[d]).toBeCloseTo((0.3 * docs.reduce((sum, e) => sum + targets[e], 0)) / (docs.length + l2), 6);
  expect([...scorer.trees()[0].documents].sort()).toEqual(groups.map(({ length }) => length).sort());
});

test('missing values go where they belong, and alone where they are unlike all others', () => {
  const x = Float32Array.of(1, 2, 3, 4, Number.NaN, Number.NaN);
  const like = (targets: readonly number[]) => boosted(singles(x, 1), squares(targets), { ...few, l2: 0 }, 1).scorer;
  const low = like([1, 1, -1, -1, 1, 1]);
  expect([low.trees()[0].missing[0], low.trees()[0].missingLeft[0], low.trees()[0].threshold[0]]).toEqual([2, 1, 2.5]);
  expect([...low.score(Float32Array.of(-9, Number.NaN, 9))].map(Math.sign)).toEqual([1, 1, -1]);
  const high = like([1, 1, -1, -1, -1, -1]);
  expect([...high.score(Float32Array.of(-9, Number.NaN, 9))].map(Math.sign)).toEqual([1, -1, -1]);
  const alone = like([1, 1, 1, 1, -1, -1]);
  expect([...alone.score(Float32Array.of(-9, Number.NaN, 9))].map(Math.sign)).toEqual([1, -1, 1]);
});

test('the rules of growth hold', () => {
  const features = drawn(300 * F, createRng('rules'), 3);
  const targets = Array.from({ length: 300 }, (_, d) => Math.sin(9 * features[d * F]) + features[d * F + 1]);
  const trees = (options: object) => boosted(singles(features, F), squares(targets), options, 5).scorer.trees();
  for (const { documents } of trees({ minimumLeafDocuments: 17 })) expect(Math.min(...documents)).toBeGreaterThanOrEqual(17);
  for (const { documents } of trees({ minimumLeafDocuments: 1, minimumLeafCurvature: 40 }))
    expect(Math.min(...documents)).toBeGreaterThanOrEqual(40); // each bends by 1
  for (const { value } of trees({ leaves: 7 })) expect(value).toHaveLength(7);
  for (const { left, right } of trees({ leaves: 50, minimumLeafDocuments: 1, maximumDepth: 2 })) {
    expect(left.length).toBe(3);
    expect([left[0], right[0]].sort()).toEqual([1, 2]);
  }
  for (const { feature } of trees({ featureFraction: 0.3 })) expect(new Set(feature).size).toBe(1); // ⌈0.9⌉
});

/** Lists that share documents: five of four from ten. */
function sharedLists(weightOf: (doc: number) => number): ListBatch {
  const rng = createRng('shared');
  const features = drawn(10 * F, rng, 2);
  const docs = Uint32Array.from({ length: 20 }, (_, i) => (i * 3 + Math.floor(i / 4)) % 10);
  const querySet = { queryIds: [], docIds: [], offsets: Uint32Array.of(0, 10), features, featureCount: F, labels: new Float32Array(10) };
  const sessions = Float64Array.of(3, 1, 2, 5, 1);
  const weights = Float64Array.from(docs, (d, i) => weightOf(d) * sessions[Math.floor(i / 4)]);
  return wholeBatch(querySet, { offsets: Uint32Array.of(0, 4, 8, 12, 16, 20), docs, weights, sessions });
}
const untrained = { optimiser: { name: 'none', step: () => {} }, maximumGradientNorm: null, l2: 0, normaliser: 'sessions' } as const;

test.each(defaultLosses().map((loss) => [loss.name, loss] as const))('%s falls as trees are added', (_, loss) => {
  const batch = sharedLists((d) => (d % 3) / 4);
  const scorer = boostedTrees(F, treeOptions({ minimumLeafDocuments: 1, leaves: 4, learningRate: 0.05 }), createRng('falls'));
  const learner = rankingLearner({ ...untrained, scorer, loss }, batch);
  const values = Array.from({ length: 60 }, () => {
    const before = learner.step(batch);
    return loss.name === 'plackett-luce' ? (learner.heldOutLoss() as number) : before; // of rankings that are drawn, what is expected
  });
  expect(values.at(-1)).toBeLessThan(values[0]);
  if (loss === listwiseSoftmax || loss === pointwiseSigmoid)
    for (let t = 1; t < 60; t++) expect(values[t]).toBeLessThanOrEqual(values[t - 1]);
});

test('a list that is counted twice is as two of the same', () => {
  const once = sharedLists((d) => (d % 3) / 4);
  const { offsets, rows, weights, sessions, features, lists } = once;
  const twice = {
    features,
    lists: Uint32Array.of(0, 1, 2, 3, 4, 5),
    rows: Uint32Array.of(...rows, ...rows.subarray(0, 4)),
    offsets: Uint32Array.of(...offsets, 24),
    weights: Float64Array.of(...weights, ...weights.subarray(0, 4)),
    sessions: Float64Array.of(...sessions, sessions[0]),
  };
  const counted = {
    ...{ features, lists, rows, offsets },
    weights: weights.map((w, i) => (i < 4 ? 2 : 1) * w),
    sessions: sessions.map((n, l) => (l === 0 ? 2 : 1) * n),
  };
  const scores = (batch: ListBatch) => {
    const scorer = boostedTrees(F, treeOptions({ minimumLeafDocuments: 1, leaves: 4 }), createRng('twice'));
    const learner = rankingLearner({ ...untrained, scorer, loss: listwiseSoftmax }, null);
    for (let t = 0; t < 5; t++) learner.step(batch);
    return [...scorer.score(features)];
  };
  const doubled = scores(twice);
  scores(counted).forEach((score, d) => {
    expect(score).toBeCloseTo(doubled[d], 5);
  });
  expect(scores(once)).not.toEqual(doubled);
});

test('the rules of growth are in sessions, whatever a loss is divided by', () => {
  const scores = (weight: number) => {
    const batch = sharedLists((d) => (weight * (d % 3)) / 4);
    const scorer = boostedTrees(F, treeOptions({ minimumLeafDocuments: 1, leaves: 4, l2: 3 }), createRng('rules'));
    const learner = rankingLearner({ ...untrained, scorer, loss: lambdaRank, normaliser: 'weights' }, null);
    for (let t = 0; t < 5; t++) learner.step(batch);
    return [...scorer.score(batch.features)];
  };
  const expected = scores(1);
  expect(Math.max(...expected)).toBeGreaterThan(0);
  scores(20).forEach((score, d) => {
    expect(score).toBeCloseTo(expected[d], 6); // NDCG does not know by what gains are multiplied
  });
});

test('where nothing bends there is no step: gains stay finite, and what is saved can be read', () => {
  const features = Float32Array.of(1, 2, 3, 4, 5, 6);
  const loss: ScoreLoss = (_, gradient, curvature) => {
    gradient.set([1, 1, -1, -1, -1, -1]);
    curvature?.set([0, 0, 0, 1, 1, 1]);
    return 1;
  };
  const { scorer } = boosted(singles(features, 1), loss, { minimumLeafDocuments: 1, minimumLeafCurvature: 0, l2: 0, leaves: 4 }, 3);
  for (const { gain, value } of scorer.trees()) expect([...gain, ...value].every(Number.isFinite)).toBe(true);
  const text = lightGbmText(scorer.trees(), 1);
  expect(lightGbmText(readLightGbm(text, 'model.txt').trees, 1)).toBe(text);
});

test('rounds see the scores that the saved trees give, also of lists that were not drawn, and after a step back', () => {
  const features = drawn(50 * F, createRng('drawn'), 2);
  features[5] = Number.NaN;
  const targets = Array.from({ length: 50 }, (_, d) => features[d * F] + (d % 2));
  const lists = singles(features, F);
  const scorer = boostedTrees(
    F,
    treeOptions({ minimumLeafDocuments: 2, leaves: 5, listFraction: 0.5, featureFraction: 0.7 }),
    createRng('1'),
  );
  const { boosting, parameters } = scorer;
  for (let t = 0; t < 12; t++) {
    if (t === 8) parameters[0] = 3;
    boosting?.round(lists, (scores, ...slopes) => {
      expect(scores).toEqual(scorer.score(features));
      expect(boosting.keptScore(features)).toEqual(scores);
      return squares(targets)(scores, ...slopes);
    });
  }
  expect(scorer.trees()).toHaveLength(7);
});

test('one seed gives the same bytes, another draws other lists and features', () => {
  const features = drawn(60 * F, createRng('same'), 2);
  const targets = Array.from({ length: 60 }, (_, d) => Math.cos(7 * features[d * F]) + features[d * F + 2]);
  const text = (seed: string, more: object) =>
    lightGbmText(boosted(singles(features, F), squares(targets), { minimumLeafDocuments: 3, ...more }, 8, seed).scorer.trees(), F);
  const fractions = { listFraction: 0.6, featureFraction: 0.5 };
  expect(text('a', fractions)).toBe(text('a', fractions));
  expect(text('a', fractions)).not.toBe(text('b', fractions));
  expect(text('a', {})).toBe(text('b', {}));
});

test('training ends where held-out lists are foretold best, and keeps those trees', () => {
  const rng = createRng('early');
  const noisy = () => {
    const features = drawn(200 * F, rng, 3);
    const targets = Array.from({ length: 200 }, (_, d) => features[d * F] + rng.next() - 0.5);
    return { ...singles(features, F), lists: new Uint32Array(200), weights: Float64Array.from(targets) };
  };
  const [batch, heldOut] = [noisy(), noisy()];
  const scorer = boostedTrees(F, treeOptions({ minimumLeafDocuments: 1, learningRate: 0.3 }), createRng('1'));
  const learner = rankingLearner({ ...untrained, scorer, loss: pointwiseSigmoid }, heldOut);
  function* batches(): Generator<ListBatch, never> {
    while (true) yield batch;
  }
  const { status } = train(learner, batches(), { steps: 300, evaluateEvery: 1, patience: 10, tolerance: 0 });
  expect(status).toMatchObject({ state: 'early-stopped', steps: status.bestStep + 10 });
  expect(scorer.trees()).toHaveLength(status.bestStep);
  expect(learner.heldOutLoss()).toBeCloseTo(status.heldOutLoss as number, 12);
});

test('a loss without second derivatives, and a method that wants a gradient by parameters, are told so', () => {
  const lists = singles(Float32Array.of(1, 2), 1);
  expect(() => boosted(lists, (_, gradient) => gradient.fill(1)[0], {}, 1)).toThrow(UsageError);
  const { scorer } = boosted(lists, squares([1, 0]), {}, 1);
  expect(() => scorer.lossGradient(lists.features, squares([1, 0]), new Float32Array(1))).toThrow(UsageError);
});

test('what has nothing to learn adds a tree that says nothing; what is no number ends training', () => {
  const lists = singles(Float32Array.of(1, 2), 1);
  const { scorer } = boosted(lists, squares([0, 0]), {}, 2);
  expect([scorer.parameters[0], ...scorer.score(Float32Array.of(1, 2))]).toEqual([2, 0, 0]);
  expect(boosted(lists, squares([1, Number.NaN]), {}, 1).scorer.parameters[0]).toBeNaN();
  expect(boosted(lists, squares([1, Number.NaN]), {}, 3).values.at(-1)).toBeNaN(); // held-out lists are asked every few rounds only
});
