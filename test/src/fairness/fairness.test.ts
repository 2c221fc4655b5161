import { readFileSync } from 'node:fs';
import {
  amortisedUnfairness,
  disparateImpactRatio,
  disparateTreatmentRatio,
  expectedExposure,
  exposureDisparity,
  exposureHinge,
  groupExposureHinge,
  targetExposure,
} from '../../../src/fairness/index.ts';
import { exposures, RankingDraws, rankingLogProbability } from '../../../src/plackett-luce/index.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';

const merit = [1, 0.5, 0.5, 0];

test('exposure in proportion to merit is fair by every measure', () => {
  const exposure = merit.map((r) => 0.7 * r);
  const groups = [
    [0, 3],
    [1, 2],
  ] as const;
  expect(exposureDisparity(exposure, merit).value).toBeCloseTo(0, 15);
  expect(exposureHinge(exposure, merit)).toBe(0);
  expect(disparateTreatmentRatio(exposure, merit, groups)).toBeCloseTo(1, 12);
  expect(amortisedUnfairness([{ attention: exposure, relevance: merit }])).toBeCloseTo(0, 12);
  expect(amortisedUnfairness([])).toBe(0);
});

test('two rankings that make up for one another are fair together', () => {
  const [one, other] = [
    { attention: [1, 0], relevance: [1, 1] },
    { attention: [0, 1], relevance: [1, 1] },
  ];
  expect(amortisedUnfairness([one])).toBeCloseTo(1, 12);
  expect(amortisedUnfairness([one, other])).toBeCloseTo(0, 12);
});

test('a group without merit, or without documents, has no ratio', () => {
  expect(disparateTreatmentRatio([1, 1, 1, 1], merit, [[0], [3]])).toBeNull();
  expect(disparateImpactRatio([1, 1, 1, 1], merit, [[3], [0]])).toBeNull();
  expect(disparateTreatmentRatio([1, 1, 1, 1], merit, [[0], []])).toBeNull();
  expect(exposureHinge([1, 1], [1, 0])).toBe(0);
});

test('the derivative of the disparity is its slope', () => {
  const exposure = [0.5, 0.4, 0.2, 0.9];
  exposureDisparity(exposure, merit).gradient.forEach((slope, d) => {
    const value = (by: number) =>
      exposureDisparity(
        exposure.map((e, i) => (i === d ? e + by : e)),
        merit,
      ).value;
    expect(slope).toBeCloseTo((value(1e-4) - value(-1e-4)) / 2e-4, 9);
  });
  expect(exposureDisparity([1], [1])).toEqual({ value: 0, gradient: Float64Array.of(0) });
});

test('expected exposure: loss = disparity − relevance + ‖target‖², and 0 at the target', () => {
  const target = targetExposure([2, 0, 1, 1], [1, 0.5, 0.25]);
  expect([...target]).toEqual([1, 0, 0.375, 0.375]);
  const { loss, disparity, relevance } = expectedExposure([0.3, 0.9, 0.2, 0.4], target);
  expect(loss).toBeCloseTo(disparity - relevance + target.reduce((sum, t) => sum + t * t, 0), 12);
  expect(expectedExposure(target, target).loss).toBe(0);
});

testWithData('values of fairness.json', () => {
  const given = JSON.parse(readFileSync(sharedData('online-and-off-policy/fairness.json'), 'utf8'));
  const { scores, relevance, dcgWeights, exposureDcg, groups } = given;
  const exposure = exposures(scores, dcgWeights);
  exposure.forEach((e, d) => {
    expect(e).toBeCloseTo(exposureDcg[d], 12);
  });
  const looks = [1, 0.5, 0.25, 0.125];
  const target = targetExposure(relevance, looks);
  expect([...target]).toEqual(given.expectedExposure.target);
  const found = expectedExposure(exposures(scores, looks), target);
  expect(found.loss).toBeCloseTo(given.expectedExposure.loss, 12);
  expect(found.disparity).toBeCloseTo(given.expectedExposure.disparity, 12);
  expect(found.relevance).toBeCloseTo(given.expectedExposure.relevance, 12);
  expect(disparateTreatmentRatio(exposure, relevance, groups)).toBeCloseTo(given.dtr, 12);
  expect(disparateImpactRatio(exposure, relevance, groups)).toBeCloseTo(given.dir, 12);
  expect(exposureHinge(exposure, relevance)).toBeCloseTo(given.individualHinge, 12);
  expect(groupExposureHinge(exposure, relevance, groups)).toBeCloseTo(given.groupHinge, 12);
  expect(amortisedUnfairness([{ attention: exposure, relevance }])).toBeCloseTo(given.amortisedL1, 12);
  const { value, gradient } = exposureDisparity(exposure, relevance);
  expect(value).toBeCloseTo(given.disparitySquared, 12);
  gradient.forEach((slope, d) => {
    expect(slope).toBeCloseTo(given.disparityGradientExposure[d], 12);
  });
  const slopes = new Float64Array(4);
  const draws = new RankingDraws();
  draws.begin(scores, 0, 4);
  const documents = [0, 1, 2, 3];
  for (const a of documents)
    for (const b of documents)
      for (const c of documents) {
        const ranking = [a, b, c, 6 - a - b - c];
        if (new Set(ranking).size < 4) continue;
        draws.take(ranking);
        draws.policyGradient(gradient, dcgWeights, Math.exp(rankingLogProbability(scores, ranking)), slopes);
      }
  slopes.forEach((slope, d) => {
    expect(slope).toBeCloseTo(given.disparityGradientScores[d], 9);
  });
});
