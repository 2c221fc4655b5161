import {
  type ClickModel,
  cascade,
  clickMarginals,
  contextualPositionBased,
  dependentClick,
  examinationMarginals,
  positionBased,
  trustBias,
} from '../../click-models/index.ts';
import { type ClickSimulation, simulateClickLog } from '../../simulators/click-log.ts';
import { type ClickLog, checkClickLog, clickSums, positionsOf, sessionsOf } from '../../src/data/click-log.ts';
import { compact } from '../../src/data/compact.ts';
import { createRng } from '../../src/random/rng.ts';
import { twoSampleChiSquareZ } from '../src/random/goodness-of-fit.ts';
import { smallQueries } from './small-queries.ts';

const positions = 4;
const querySet = smallQueries(6, 0, 2, 5);
const documents = querySet.labels.length;
const attraction = Float64Array.from(querySet.labels, (label) => 0.1 + 0.2 * label);
const scores = Float32Array.from({ length: documents }, (_, d) => (d * 7) % 5);
const models: ClickModel[] = [
  positionBased.create({ examination: 'eye-tracking', eta: 1 }, positions),
  cascade.create({}, positions),
  dependentClick.create({ continuation: 0.6 }, positions),
  trustBias.create({ affine: null }, positions),
];

const simulate = (clickModel: ClickModel, sessions: number, options: Partial<ClickSimulation> = {}, seed = 'log') =>
  simulateClickLog({ querySet, scores, attraction, clickModel, sessions, positions, ...options }, createRng(seed));

const shownAttraction = ({ offsets, docs }: ClickLog, l: number) =>
  Float64Array.from(docs.subarray(offsets[l], offsets[l + 1]), (d) => attraction[d]);

/** Sessions of each (list, clicks), under a name. */
function rowCounts(log: ClickLog): Map<string, number> {
  const counts = new Map<string, number>();
  for (let r = 0; r < log.list.length; r++) {
    const l = log.list[r];
    const clicks = log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1]);
    counts.set(`${log.docs.subarray(log.offsets[l], log.offsets[l + 1])} | ${clicks}`, log.count[r]);
  }
  return counts;
}

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) => {
  test.each(['counted', 'one-by-one'] as const)(
    '%s: a valid log, nothing twice, every session in it, no list longer than the cutoff',
    (sampling) => {
      const { log } = simulate(model, 5_000, { sampling, temperature: 1, listsPerQuery: 3 });
      checkClickLog(log, { queries: 4, documents });
      expect(sessionsOf(log)).toBe(5_000);
      expect(positionsOf(log)).toBe(positions);
      expect(rowCounts(log).size).toBe(log.list.length);
      expect(compact(log)).toEqual(log);
    },
  );

  test('counting draws what walking every session draws (two-sample chi-square, 40,000 sessions each)', () => {
    const counted = rowCounts(simulate(model, 40_000, {}, 'counted').log);
    const walked = rowCounts(simulate(model, 40_000, { sampling: 'one-by-one' }, 'walked').log);
    const rows = [...new Set([...counted.keys(), ...walked.keys()])];
    const [a, b] = [counted, walked].map((counts) => rows.map((row) => counts.get(row) ?? 0));
    expect(Math.abs(twoSampleChiSquareZ(a, b))).toBeLessThan(4.5);
  });

  test('10⁹ sessions: clicks per shown document are the stated marginals within 5 standard errors', () => {
    const { log } = simulate(model, 1e9);
    const { clicks, sessions } = clickSums(log);
    expect(sessionsOf(log)).toBe(1e9);
    for (let l = 0; l < log.queries.length; l++)
      clickMarginals(model, shownAttraction(log, l)).forEach((p, k) => {
        const rate = clicks[log.offsets[l] + k] / sessions[l];
        expect(Math.abs(rate - p)).toBeLessThanOrEqual(5 * Math.sqrt((p * (1 - p)) / sessions[l]));
      });
  });

  test('sessions spread evenly over the queries that show something', () => {
    const { log } = simulate(model, 1e9);
    expect([...log.queries]).toEqual([0, 2, 3]);
    for (const sessions of clickSums(log).sessions) expect(Math.abs(sessions / 1e9 - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / 1e9));
  });

  test('one seed gives one log, another seed another', () => {
    const options = { temperature: 1, listsPerQuery: 2 };
    expect(simulate(model, 1000, options, 'a')).toEqual(simulate(model, 1000, options, 'a'));
    expect(simulate(model, 1000, options, 'a').log).not.toEqual(simulate(model, 1000, options, 'b').log);
  });

  test('the truth names the model, its parameters and what attracts, and examines each shown document as the model says', () => {
    const { log, truth } = simulate(model, 10_000, { temperature: 1, listsPerQuery: 3 });
    expect(truth.clickModel).toEqual({ name: model.name, parameters: model.parameters });
    expect(truth.attraction).toEqual(attraction);
    const { kind, examination } = truth.examination;
    expect(kind).toBe(model.bias === null ? 'contextual' : 'examination');
    expect(examination).toHaveLength(kind === 'contextual' ? log.docs.length : positions);
    for (let l = 0; l < log.queries.length; l++)
      examinationMarginals(model, shownAttraction(log, l)).forEach((theta, k) => {
        expect(examination[kind === 'contextual' ? log.offsets[l] + k : k]).toBe(theta);
      });
  });
});

const [pbm, cascades, , trust] = models;

test('truth by formula: θ by position, Π (1 − γ) above a document in a cascade, α and β beside θ under trust', () => {
  expect([...simulate(pbm, 100).truth.examination.examination]).toEqual([0.68, 0.61, 0.48, 0.34]);
  const { log, truth } = simulate(cascades, 100);
  let above = 1;
  for (let i = log.offsets[0]; i < log.offsets[1]; i++) {
    expect(truth.examination.examination[i]).toBeCloseTo(above, 15);
    above *= 1 - attraction[log.docs[i]];
  }
  expect(truth.affine).toBeNull();
  const theta = 0.35 / 2 + 0.65 / 1.05; // of rank 2
  const { affine, examination } = simulate(trust, 100).truth;
  expect(examination.examination[1]).toBeCloseTo(theta, 15);
  expect(affine?.alpha[1]).toBeCloseTo(theta * (1 / 1.005 - 0.325), 15);
  expect(affine?.beta[1]).toBeCloseTo(theta * 0.325, 15);
});

test('selection bias: what ranks below the cutoff is never shown', () => {
  const { log } = simulate(pbm, 1000, { positions: 2 });
  expect([...log.docs]).toEqual([2, 4, 7, 6, 12, 9]); // scores by document: 0 2 4 1 3 0 | 2 4 | 1 3 0 2 4
});

test('a query with fewer documents than positions shows them all', () => {
  const { log } = simulate(pbm, 1000);
  const lengths = Array.from(log.queries, (_, l) => log.offsets[l + 1] - log.offsets[l]);
  expect(lengths).toEqual([4, 2, 4]);
});

test('lists without a session are left out: one session, one list, one row', () => {
  const { log } = simulate(pbm, 1, { listsPerQuery: 20, temperature: 1 });
  expect([log.queries.length, log.list.length, log.count[0]]).toEqual([1, 1, 1]);
});

test.each(['counted', 'one-by-one'] as const)('%s: lists of a single session are kept', (sampling) => {
  const { log } = simulate(pbm, 60, { sampling, listsPerQuery: 500, temperature: 10 });
  expect(sessionsOf(log)).toBe(60);
  expect(clickSums(log).sessions.filter((n) => n === 1).length).toBeGreaterThan(20);
});

test('more positions shown than the model has parameters for is refused', () => {
  expect(() => simulate(pbm, 10, { positions: 5 })).toThrow(
    'position-based has parameters for 4 positions, but a list shows 5; show fewer or give more',
  );
});

test.each([
  [{ sessions: 0 }, 'sessions must be a whole number in [1, 2^53], got 0'],
  [{ sessions: 2.5 }, 'sessions must be a whole number in [1, 2^53], got 2.5'],
  [{ positions: 0 }, 'positions must be a whole number of at least 1, got 0'],
  [{ scores: new Float32Array(3) }, 'expected 13 production scores, one per document, got 3'],
  [{ attraction: new Float64Array(3) }, 'expected 13 attraction probabilities, one per document, got 3'],
  [{ attraction: new Float64Array(13).fill(2) }, 'attraction at rank 1 must be in [0, 1], got 2'],
])('%j is refused', (fault, message) => {
  expect(() => simulate(pbm, 10, fault)).toThrow(message);
});

test('a query set that shows nothing cannot be clicked', () => {
  const empty = smallQueries(0, 0);
  const nothing = { querySet: empty, scores: new Float32Array(0), attraction: new Float64Array(0) };
  expect(() => simulate(pbm, 10, nothing)).toThrow('no query has documents to show: nobody can click');
});

test('contexts: each has half of the sessions and lists of its own, whose clicks and examination are those of its curve', () => {
  const curves = [
    { examination: [1, 0.8, 0.6, 0.4], eta: 1 },
    { examination: [1, 0.3, 0.2, 0.1], eta: 1 },
  ];
  const model = contextualPositionBased.create({ contexts: curves }, positions);
  const { log, truth, contexts } = simulateClickLog(
    { querySet, scores, attraction, clickModel: model, sessions: 1e8, positions },
    createRng('contexts'),
  );
  checkClickLog(log, { queries: 4, documents });
  expect(contexts).toHaveLength(log.queries.length);
  expect(log.queries.length).toBe(6);
  const { clicks, sessions } = clickSums(log);
  for (const context of [0, 1]) {
    const own = Array.from(sessions).filter((_, l) => contexts?.[l] === context);
    expect(Math.abs(own.reduce((sum, n) => sum + n, 0) / 1e8 - 0.5)).toBeLessThan(0.001);
  }
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      const theta = curves[contexts?.[l] ?? 0].examination[i - log.offsets[l]];
      expect(truth.examination.examination[i]).toBe(theta);
      const p = theta * attraction[log.docs[i]];
      expect(Math.abs(clicks[i] / sessions[l] - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / sessions[l]));
    }
  expect(
    simulateClickLog({ querySet, scores, attraction, clickModel: pbm, sessions: 10, positions }, createRng('one')).contexts,
  ).toBeNull();
});

describe('several logging policies', () => {
  const policies = [
    { share: 3, scores },
    { share: 1, scores: scores.map((score) => -score), temperature: 0.5, listsPerQuery: 3 },
  ];
  const { log } = simulate(models[0], 1e6, { policies });

  test('lists say which they are of, and sessions come to the shares, whatever the lists per query', () => {
    const { sessions } = clickSums(log);
    const second = sessions.reduce((sum, n, l) => sum + (log.policies?.[l] === 1 ? n : 0), 0);
    expect(Math.abs(second - 25e4)).toBeLessThan(4 * Math.sqrt(1e6 * 0.25 * 0.75));
    const ofSecond = [...sessions.keys()].filter((l) => log.policies?.[l] === 1);
    const queries = new Set(log.queries); // those with documents
    expect(ofSecond.length).toBeGreaterThan(queries.size);
    for (const query of queries) {
      const own = ofSecond.filter((l) => log.queries[l] === query).reduce((sum, l) => sum + sessions[l], 0);
      expect(Math.abs(own - 25e4 / queries.size)).toBeLessThan(4 * Math.sqrt(25e4 / queries.size));
    }
  });

  test('equal lists of two policies are two lists', () => {
    const twice = simulate(models[0], 1e4, { policies: [policies[0], policies[0]] }).log;
    expect([...(twice.policies ?? [])].filter((p) => p === 0)).toHaveLength(twice.queries.length / 2);
  });

  test('one policy of its own is the log without', () => {
    const { policies: _, ...one } = simulate(models[0], 1e4, { policies: [policies[0]] }).log;
    expect(one).toEqual(simulate(models[0], 1e4).log);
  });

  test('a share of 0 is refused', () => {
    expect(() => simulate(models[0], 10, { policies: [policies[0], { share: 0, scores }] })).toThrow(
      /share of logging policy 1 must be finite and above 0, got 0/,
    );
  });
});
