import fc from 'fast-check';
import { UsageError } from '../../../src/errors.ts';
import {
  auc,
  averagePrecision,
  debiasedAuc,
  debiasedMetric,
  doublyRobustLabels,
  ipsLabels,
  pooledDebiasedAveragePrecision,
  rankLabels,
  rankWorth,
  saitoAveragePrecision,
  saitoDcg,
  saitoRecall,
} from '../../../src/metrics/index.ts';
import { moments, outcomes } from '../../estimators/recommendation/enumerate.ts';
import { ordersByScore } from './orders.ts';

test('AUC is the share of pairs in the right order, ties by half', () => {
  const item = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(item, { minLength: 2, maxLength: 30 }), (items) => {
      const [relevant, others] = [items.filter(([, y]) => y), items.filter(([, y]) => !y)];
      let wins = 0;
      for (const [s] of relevant) for (const [t] of others) wins += s > t ? 1 : s === t ? 0.5 : 0;
      const value = auc(
        Float32Array.from(items, ([s]) => s),
        items.map(([, y]) => Number(y)),
      );
      if (relevant.length === 0 || others.length === 0) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(wins / (relevant.length * others.length), 12);
    }),
  );
});

test('AUC refuses NaN and a length mismatch', () => {
  expect(() => auc(Float32Array.of(1, Number.NaN), [0, 1])).toThrow(/scores\[1\] is NaN/);
  expect(() => auc(Float32Array.of(1), [0, 1])).toThrow(UsageError);
});

test("Saito's DCG weighs ranks 1 and 2 alike, then 1/log2(rank), with linear gains", () => {
  const ranked = Float32Array.of(0, 1, 1, 0, 2);
  const [all] = saitoDcg(ranked, Uint32Array.of(0, 5));
  expect(all).toBeCloseTo(1 / 1 + 1 / Math.log2(3) + 2 / Math.log2(5), 12);
  expect([...saitoDcg(ranked, Uint32Array.of(0, 5), { cutoff: 2 })]).toEqual([1]);
  expect([...saitoDcg(Float32Array.of(1, 1), Uint32Array.of(0, 2))]).toEqual([2]);
});

test("Saito's MAP sums precision at hits without dividing it, an irrelevant item counting 0.001", () => {
  const ranked = Float32Array.of(0, 1, 1, 0, 1);
  const offsets = Uint32Array.of(0, 5);
  const at2 = 1.001 / 2;
  const at3 = 2.001 / 3;
  expect(saitoAveragePrecision(ranked, offsets)[0]).toBeCloseTo(at2 + at3 + 3.002 / 5, 12);
  expect(saitoAveragePrecision(ranked, offsets, { cutoff: 3 })[0]).toBeCloseTo(at2 + at3, 12);
  expect([...saitoAveragePrecision(Float32Array.of(0, 0), Uint32Array.of(0, 2))]).toEqual([0]);
});

test("Saito's recall counts an irrelevant item 0.001: of none relevant it is k/n, unless such users are left out", () => {
  const offsets = Uint32Array.of(0, 4, 14);
  const ranked = Float32Array.of(1, 0, 0, 1, ...Array<number>(10).fill(0));
  const [some, none] = saitoRecall(ranked, offsets, { cutoff: 3 });
  expect(some).toBeCloseTo(1.002 / 2.002, 12);
  expect(none).toBeCloseTo(3 / 10, 12);
  expect(saitoRecall(ranked, offsets, { cutoff: 3, emptyQueries: 'skip' })[1]).toBeNaN();
  expect(saitoRecall(ranked, offsets, { emptyQueries: 'one' })[1]).toBe(1);
});

describe('estimates of metrics from partly observed labels', () => {
  const labels = [1, 0, 1, 1];
  const theta = [0.8, 0.5, 0.3, 0.9];
  const imputed = [0.6, 0.4, 0.2, 0.7];
  const scores = Float32Array.of(0.1, 0.9, 0.5, 0.7); // ranks 4, 1, 3, 2
  const offsets = Uint32Array.of(0, 4);
  const observation = (happened: readonly number[], propensities: readonly number[]) => ({
    offsets,
    observed: Uint8Array.from(happened),
    labels: Float32Array.from(labels, (y, i) => (happened[i] === 1 ? y : 99)), // what is not observed must not be looked at
    propensities: Float64Array.from(propensities),
  });
  const all = outcomes(theta);
  const wrong = [0.5, 0.9, 0.9, 0.5];

  test('IPS labels are unbiased under the true propensities; doubly robust ones under true propensities or true imputations', () => {
    labels.forEach((y, i) => {
      expect(moments(all, (o) => ipsLabels(observation(o, theta))[i]).mean).toBeCloseTo(y, 10);
      expect(moments(all, (o) => doublyRobustLabels(observation(o, theta), imputed)[i]).mean).toBeCloseTo(y, 10);
      expect(moments(all, (o) => doublyRobustLabels(observation(o, wrong), labels)[i]).mean).toBeCloseTo(y, 10);
      expect(Math.abs(moments(all, (o) => doublyRobustLabels(observation(o, wrong), imputed)[i]).mean - y)).toBeGreaterThan(0.05);
    });
  });

  test('with full observation both are the metric: DCG and recall over the number of relevant items', () => {
    const full = observation([1, 1, 1, 1], [1, 1, 1, 1]);
    for (const estimated of [ipsLabels(full), doublyRobustLabels(full, imputed)]) {
      expect(debiasedMetric(scores, full, estimated, 'dcg', 3)[0]).toBeCloseTo((rankWorth.dcg(3) + rankWorth.dcg(2)) / 3, 6);
      expect(debiasedMetric(scores, full, estimated, 'recall', 2)[0]).toBeCloseTo(1 / 3, 6);
      expect(debiasedMetric(scores, full, estimated, 'saito-dcg', 4)[0]).toBeCloseTo((1 / 2 + 1 / Math.log2(3) + 1) / 3, 6);
    }
  });

  test('the numerator is unbiased for the sum over all items, and the quotient is its ratio to the labels', () => {
    const truth = rankWorth.dcg(4) + rankWorth.dcg(3) + rankWorth.dcg(2);
    const numerator = (o: readonly number[]) => {
      const estimated = ipsLabels(observation(o, theta));
      const total = estimated.reduce((a, b) => a + b, 0);
      return total > 0 ? debiasedMetric(scores, { offsets }, estimated, 'dcg', 4)[0] * total : 0;
    };
    expect(moments(all, numerator).mean).toBeCloseTo(truth, 8);
  });

  test('a user of whom nothing relevant was observed has no estimate; propensities of 0 are refused', () => {
    expect(debiasedMetric(scores, { offsets }, ipsLabels(observation([0, 1, 0, 0], theta)), 'dcg', 4)[0]).toBeNaN();
    expect(() => ipsLabels(observation([1, 1, 1, 1], [0.5, 0, 0.5, 0.5]))).toThrow(/propensities\[1\] must be in \(0, 1\], got 0/);
  });
});

describe('estimates of average precision and AUC, which are sums over two pairs', () => {
  const labels = [1, 0, 1, 1, 0];
  const theta = [0.8, 0.5, 0.3, 0.9, 0.6];
  const wrong = [0.5, 0.9, 0.9, 0.5, 0.3];
  const imputed = [0.6, 0.4, 0.2, 0.7, 0.5];
  const scores = Float32Array.of(0.1, 0.9, 0.5, 0.7, 0.5); // the last ties with the third
  const offsets = Uint32Array.of(0, 3, 5); // two users
  const observation = (happened: readonly number[], propensities: readonly number[]) => ({
    offsets,
    observed: Uint8Array.from(happened),
    labels: Float32Array.from(labels, (y, i) => (happened[i] === 1 ? y : 99)),
    propensities: Float64Array.from(propensities),
  });
  const all = outcomes(theta);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  /** [numerator, normaliser] by their definition, pair by pair. */
  const apParts = (s: Float32Array, ends: ArrayLike<number>, of: Float64Array, cutoff: number): [number, number] => {
    const users = Array.from({ length: ends.length - 1 }, (_, u) => Array.from({ length: ends[u + 1] - ends[u] }, (_, k) => ends[u] + k));
    const terms = users.map((pairs) => {
      const orders = ordersByScore(pairs.map((i) => s[i])).map((order) => order.map((at) => pairs[at]));
      const ofOrder = (order: number[]) =>
        sum(order.slice(0, cutoff).flatMap((i, k) => [of[i] / (k + 1), ...order.slice(0, k).map((l) => (of[i] * of[l]) / (k + 1))]));
      return sum(orders.map(ofOrder)) / orders.length;
    });
    return [sum(terms), sum([...of])];
  };
  const aucParts = (s: Float32Array, of: Float64Array): [number, number] => {
    const others = [...of].flatMap((y, i) => [...of].flatMap((other, j) => (i === j ? [] : [[y * (1 - other), s[i] - s[j]]])));
    return [sum(others.map(([weight, gap]) => weight * (gap > 0 ? 1 : gap === 0 ? 0.5 : 0))), sum(others.map(([weight]) => weight))];
  };
  const known = Float64Array.from(labels);

  test('of known labels they are the metrics: AP weighted by what is relevant to a user, AUC over all pairs', () => {
    const { ranked, ties } = rankLabels(scores, Float32Array.from(labels), offsets);
    for (const cutoff of [1, 2, 3]) {
      const ap = averagePrecision(ranked, offsets, { cutoff, ties });
      expect(pooledDebiasedAveragePrecision(scores, { offsets }, known, cutoff)).toBeCloseTo((2 * ap[0] + 1 * ap[1]) / 3, 12);
    }
    expect(debiasedAuc(scores, known)).toBeCloseTo(auc(scores, labels), 12);
  });

  test('of any labels they are what their definitions say, pair by pair; undefined where the normaliser is not above 0', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -2, max: 6 }));
    fc.assert(
      fc.property(
        fc.array(fc.array(pair, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (users, cutoff) => {
          const s = Float32Array.from(users.flat(), ([score]) => score);
          const of = Float64Array.from(users.flat(), ([, label]) => label / 4);
          const ends = Uint32Array.from([0, ...users.map((_, u) => users.slice(0, u + 1).flat().length)]);
          for (const [value, [numerator, normaliser]] of [
            [pooledDebiasedAveragePrecision(s, { offsets: ends }, of, cutoff), apParts(s, ends, of, cutoff)],
            [debiasedAuc(s, of), aucParts(s, of)],
          ] as const)
            if (normaliser > 1e-9) expect(value).toBeCloseTo(numerator / normaliser, 8);
            else if (normaliser < -1e-9) expect(value).toBeNaN();
        },
      ),
    );
  });

  test.each([
    ['average precision', (of: Float64Array) => apParts(scores, offsets, of, 2)],
    ['AUC', (of: Float64Array) => aucParts(scores, of)],
  ])('%s: numerator and normaliser are unbiased under true propensities, or true imputations, and not otherwise', (_, parts) => {
    const expectation = (part: number, make: (o: readonly number[]) => Float64Array) => moments(all, (o) => parts(make(o))[part]).mean;
    for (const part of [0, 1])
      for (const make of [
        (o: readonly number[]) => ipsLabels(observation(o, theta)),
        (o: readonly number[]) => doublyRobustLabels(observation(o, theta), imputed),
        (o: readonly number[]) => doublyRobustLabels(observation(o, wrong), labels),
      ])
        expect(expectation(part, make)).toBeCloseTo(parts(known)[part], 9);
    const neither = expectation(0, (o) => doublyRobustLabels(observation(o, wrong), imputed));
    expect(Math.abs(neither - parts(known)[0])).toBeGreaterThan(0.02);
  });

  test('a NaN score and a length mismatch are usage errors', () => {
    for (const estimate of [debiasedAuc, (s: Float32Array, y: Float64Array) => pooledDebiasedAveragePrecision(s, { offsets }, y, 2)]) {
      expect(() => estimate(scores, Float64Array.of(1))).toThrow(UsageError);
      expect(() => estimate(Float32Array.of(0, 0, Number.NaN, 0, 0), known)).toThrow(/scores\[2\] is NaN/);
    }
  });
});
