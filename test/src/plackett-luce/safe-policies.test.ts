import { readFileSync } from 'node:fs';
import { exposureDivergence, exposureRisk, exposures, proximalObjective, RankingDraws } from '../../../src/plackett-luce/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';

const theta = [1, 1 / 2, 1 / 3];
const total = theta.reduce((a, b) => a + b);
const offsets = Uint32Array.of(0, 4);
const rng = createRng('safe');
const scores = () => Array.from({ length: 4 }, () => 4 * rng.next() - 2);

test('the divergence is at least 1, 1 where exposures are equal, and infinite where the log never shows a document', () => {
  for (let i = 0; i < 50; i++) {
    const [exposure, logging] = [exposures(scores(), theta), exposures(scores(), theta)];
    expect(exposureDivergence({ offsets, exposure, logging }, total)).toBeGreaterThan(1);
    expect(exposureDivergence({ offsets, exposure, logging: exposure }, total)).toBeCloseTo(1, 12);
  }
  expect(exposureDivergence({ offsets, exposure: [1, 1 / 2, 1 / 3, 0], logging: [0, 1, 1 / 2, 1 / 3] }, total)).toBe(Infinity);
});

test('the derivative of the risk is its slope, over several queries', () => {
  const two = Uint32Array.of(0, 4, 8);
  const [exposure, logging] = [1, 2].map(() => [...exposures(scores(), theta), ...exposures(scores(), theta)]);
  const options = { total, sessions: 200, delta: 0.05 };
  const value = (d: number, by: number) =>
    exposureRisk({ offsets: two, exposure: exposure.map((e, i) => (i === d ? e + by : e)), logging }, options).value;
  exposureRisk({ offsets: two, exposure, logging }, options).gradient.forEach((slope, d) => {
    expect(slope).toBeCloseTo((value(d, 1e-5) - value(d, -1e-5)) / 2e-5, 7);
  });
});

test('queries count by their sessions', () => {
  const [exposure, logging] = [1, 2].map(() => [...exposures(scores(), theta), ...exposures(scores(), theta)]);
  const of = (q: number) => ({ offsets, exposure: exposure.slice(4 * q, 4 * q + 4), logging: logging.slice(4 * q, 4 * q + 4) });
  const both = exposureDivergence({ offsets: Uint32Array.of(0, 4, 8), exposure, logging, sessions: [3, 1] }, total);
  expect(both).toBeCloseTo((3 * exposureDivergence(of(0), total) + exposureDivergence(of(1), total)) / 4, 12);
});

test.each([0.05, 0.5])('the estimate less the risk is below the utility in all but a share of %d of logs', (delta) => {
  const [logged, target] = [
    [1, 0.5, 0, -1],
    [0, -1, 2, 0.5],
  ];
  const relevance = [0.9, 0.1, 0.5, 0.3];
  const [exposure, logging] = [exposures(target, theta), exposures(logged, theta)];
  const utility = exposure.reduce((sum, e, d) => sum + e * relevance[d], 0);
  const [sessions, logs] = [20, 2000];
  const { value: risk } = exposureRisk({ offsets, exposure, logging }, { total, sessions, delta });
  const draws = new RankingDraws();
  draws.begin(logged, 0, 4);
  let held = 0;
  for (let i = 0; i < logs; i++) {
    let estimate = 0;
    for (let s = 0; s < sessions; s++) {
      draws.draw(3, rng);
      draws.ranking.forEach((d, k) => {
        if (rng.next() < theta[k] * relevance[d]) estimate += exposure[d] / logging[d] / sessions;
      });
    }
    if (estimate - risk <= utility) held++;
  }
  expect(held / logs).toBeGreaterThanOrEqual(1 - delta);
});

test('PRPO between 0 and ∞ is the utility; between 1 and 1 nothing is gained by leaving the logging policy', () => {
  const [weight, logging] = [exposures(scores(), theta), exposures(scores(), theta)];
  const estimated = [0.7, -0.2, 0.4, -0.05];
  const reward = estimated.map((r, d) => r * logging[d]);
  const { value, gradient } = proximalObjective(weight, logging, reward, { lower: 0, upper: Infinity });
  expect(value).toBeCloseTo(
    weight.reduce((sum, w, d) => sum + w * estimated[d], 0),
    12,
  );
  gradient.forEach((slope, d) => {
    expect(slope).toBeCloseTo(estimated[d], 12);
  });
  const none = { lower: 1, upper: 1 };
  const better = logging.map((w, d) => (estimated[d] > 0 ? 1.5 : 0.5) * w);
  expect(proximalObjective(better, logging, reward, none).value).toBeCloseTo(proximalObjective(logging, logging, reward, none).value, 12);
  expect([...proximalObjective(better, logging, reward, none).gradient]).toEqual([0, 0, 0, 0]);
  expect(proximalObjective([1], [0], [0], none)).toEqual({ value: 0, gradient: Float64Array.of(0) });
});

testWithData('values of position-bias-ope.json', () => {
  const { safe, prpo } = JSON.parse(readFileSync(sharedData('online-and-off-policy/position-bias-ope.json'), 'utf8'));
  const policy = { offsets, exposure: safe.exposureTarget, logging: safe.exposureLogging };
  expect(exposureDivergence(policy, safe.Z)).toBeCloseTo(safe.d2, 12);
  expect(safe.Z * safe.d2).toBeCloseTo(safe.bound, 12);
  for (const { N, delta, value } of safe.penalty)
    expect(exposureRisk(policy, { total: safe.Z, sessions: N, delta }).value).toBeCloseTo(value, 12);
  const { metricWeightTarget, metricWeightLogging, rewards, unclipped, cases } = prpo;
  const scaled = rewards.map((r: number, d: number) => r * metricWeightLogging[d]);
  const objective = (lower: number, upper: number) => proximalObjective(metricWeightTarget, metricWeightLogging, scaled, { lower, upper });
  expect(objective(0, Infinity).value).toBeCloseTo(unclipped, 12);
  for (const { epsMinus, epsPlus, objective: value, active } of cases) {
    const found = objective(epsMinus, epsPlus);
    expect(found.value).toBeCloseTo(value, 12);
    expect(Array.from(found.gradient, (slope) => slope !== 0)).toEqual(active);
  }
});
