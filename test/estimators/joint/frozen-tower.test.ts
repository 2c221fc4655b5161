import { estimators, type LearningInput } from '../../../estimators/index.ts';
import { addedBias } from '../../../estimators/two-tower.ts';
import { fitTwoTower, twoTowerOptions } from '../../../estimators/two-tower-fit.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { exactClicks, inputOf, linearly } from './world.ts';

const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const theta = [0.9, 0.5, 0.3, 0.15];
/** What a linear ranker cannot say, and lists are ordered by; clicks are rare, so that bias is a factor of them and added in log-odds alike. */
const curved = (x: ArrayLike<number>) => linearly(x) + 3 * x[0] ** 2 - 8;
const confounded = exactClicks({ queries: 10, relevance: curved, click: (k, y) => sigma(Math.log(theta[k]) + y), production: 2 });
const input = inputOf(confounded, { steps: 100 });
const defaults = decodeOptions('two-tower', twoTowerOptions, {});

/** log θ_k/θ_1 of log-odds by rank. */
const relative = (logits: ArrayLike<number>) => Array.from(logits, (logit) => logit - logits[0]);
const truth = relative(theta.map(Math.log));
const learnt = (options: object, own: LearningInput = input) => {
  const { create, options: schema } = estimators['two-tower'];
  return create(decodeOptions('two-tower', schema, options) as never)(own);
};
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

test('where production orders by what the ranker cannot say, joint towers put it into the bias; a frozen one has the bias of all-pairs', () => {
  const joint = relative(fitTwoTower(input, defaults).numbers[0]);
  expect(farthest(joint, truth)).toBeGreaterThan(0.4);
  expect(joint[3]).toBeLessThan(truth[3]);
  const { examination, bias, rank, scorer } = learnt({ biasTower: { frozen: 'all-pairs' } });
  expect(farthest(relative(addedBias(confounded.log, examination as Float64Array)), truth)).toBeLessThan(0.05);
  expect(bias?.source).toBe('learnt');
  expect(rank(confounded.querySet)).toEqual(scorer?.score(confounded.querySet.features));
});

test('the relevance tower beside a frozen one is that beside the truth, which the joint one is not', () => {
  const scores = (options: object) => learnt(options).scorer?.parameters.subarray(0, 3) as Float32Array;
  const told = scores({ biasTower: { frozen: theta } });
  expect(farthest(scores({ biasTower: { frozen: 'all-pairs' } }), told)).toBeLessThan(0.02);
  expect(farthest(scores({}), told)).toBeGreaterThan(0.05);
});

test('a bias of fewer ranks than lists have is refused', () => {
  expect(() => learnt({ biasTower: { frozen: [0.9, 0.5] } })).toThrow(/2 ranks?/);
});

test('log-odds that are added are those of the mean click at each rank', () => {
  // two sessions of one list, a click at either rank; θ 1 and ½: c = 2/(2 · 1.5)
  const log = {
    queries: Uint32Array.of(0),
    offsets: Uint32Array.of(0, 2),
    docs: Uint32Array.of(0, 1),
    list: Uint32Array.of(0, 0),
    clickOffsets: Uint32Array.of(0, 2, 4),
    clicks: Uint8Array.of(1, 0, 0, 1),
    count: Float64Array.of(1, 1),
  };
  const c = 2 / (2 * 1.5);
  const added = addedBias(log, Float64Array.of(0.8, 0.4)); // relative to the best
  expect(added[0]).toBeCloseTo(Math.log(c / (1 - c)), 10);
  expect(added[1]).toBeCloseTo(Math.log(c / 2 / (1 - c / 2)), 10);
});
