import { meansOf } from '../../../experiments/tables/run-result.ts';
import { compareMethods } from '../../../src/stats/compare-methods.ts';
import { holmCorrection, meanInterval, pairedTTest } from '../../../src/stats/index.ts';
import { fakeResult, summariseFake } from '../fake-result.ts';

const summary = summariseFake();
const ofMethod = (m: number, metric = 1) => meansOf(fakeResult).map((ofSeed) => ofSeed[m][metric]);
const naive = 1;

test('means and differences are over seeds, paired', () => {
  const cell = summary.methods[2].cells[1];
  expect(cell.mean).toEqual(meanInterval(ofMethod(2)));
  expect(cell.difference).toEqual(meanInterval(ofMethod(2).map((value, s) => value - ofMethod(naive)[s])));
  expect(cell.p).toBe(pairedTTest(ofMethod(2), ofMethod(naive)).p);
});

test("Holm's correction is over the other methods, metric by metric", () => {
  const others = [0, 2, 3, 4, 5];
  const adjusted = holmCorrection(others.map((m) => pairedTTest(ofMethod(m), ofMethod(naive)).p));
  expect(others.map((m) => summary.methods[m].cells[1].adjustedP)).toEqual([...adjusted]);
});

test('the baseline is compared with nothing', () => {
  expect(summary.methods[naive].cells[0]).toMatchObject({ difference: null, p: null, adjustedP: null });
});

test('the best is the highest of the methods that learn from clicks, not the skyline', () => {
  const best = summary.methods.filter(({ cells }) => cells[1].best).map(({ method }) => method);
  expect(best).toEqual(['ips']);
  expect(summary.methods[5].cells[1].mean.value).toBeGreaterThan(summary.methods[2].cells[1].mean.value);
});

test('of a loss the best is the lowest', () => {
  const [ndcg1, ndcg10, num] = fakeResult.metrics;
  const { methods, lowerIsBetter } = summariseFake({ ...fakeResult, metrics: [ndcg1, { ...ndcg10, lowerIsBetter: true }, num] });
  expect(lowerIsBetter).toEqual(['ndcg@10']);
  expect(methods.filter(({ cells }) => cells[1].best).map(({ method }) => method)).toEqual(['naive']); // production is no learner
});

test('a drift is noted with the number of seeds, and so is a ranker that never left where it started', () => {
  expect(summary.methods[4].notes).toEqual(['propensities drifted in 1 of 5 seeds']);
  expect(summary.methods[3].notes).toEqual(['nothing learnt, as no step lowered the held-out loss, in 2 of 5 seeds']);
  expect(summary.methods[2].notes).toEqual([]);
});

test('one sample gives means without a test; a baseline that is not there none either', () => {
  const methods = ['a', 'b'].map((label) => ({ label, name: label, reference: false, notes: [] }));
  const one = compareMethods({ samples: 'seeds', baseline: 'a', methods, metrics: ['m'], values: [[[0.5], [0.7]]] });
  expect(one.methods[1].cells[0]).toMatchObject({ p: null, adjustedP: null, best: true });
  expect(one.methods[1].cells[0].difference?.value).toBeCloseTo(0.2, 12);
  expect(
    compareMethods({
      samples: 'seeds',
      baseline: null,
      methods,
      metrics: ['m'],
      values: [
        [[1], [2]],
        [[1], [3]],
      ],
    }).methods[1].cells[0].difference,
  ).toBe(null);
});

test('a method without a value in a sample has no mean, no difference and no part in the tests or the race', () => {
  const methods = ['a', 'b', 'c'].map((label) => ({ label, name: label, reference: false, notes: [] }));
  const values = [
    [[0.5], [Number.NaN], [0.7]],
    [[0.6], [0.9], [0.75]],
    [[0.4], [0.9], [0.7]],
  ];
  const found = compareMethods({ samples: 'seeds', baseline: 'a', methods, metrics: ['m'], values });
  expect(found.methods[1].cells[0]).toMatchObject({ mean: { value: Number.NaN, n: 0 }, difference: null, p: null, best: false });
  expect(found.methods[2].cells[0].best).toBe(true);
  expect(found.methods[2].cells[0].adjustedP).toBe(found.methods[2].cells[0].p);
});
