import {
  biasAdvice,
  biasEstimators,
  diagnoseLog,
  makeBias,
  percent,
  saidByFeatures,
  spreadByWeighting,
  triedOn,
  usersOf,
  type Verdict,
  type WeightingEntry,
  weightingAdvice,
  weightings,
} from '../../../estimators/index.ts';
import { readingText } from '../../../experiments/commands/diagnosis-text.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { relevanceByRank } from '../../../src/diagnostics/index.ts';
import { createRng } from '../../../src/random/rng.ts';

const documents = 12;
const theta = [1, 0.6, 0.3];
const gamma = Array.from({ length: documents }, (_, d) => 0.2 + 0.05 * d);

/** Each list's click patterns in the proportions that `probability` gives them. */
function logOf(
  lists: readonly (readonly number[])[],
  probability: (docs: readonly number[], clicks: readonly number[]) => number,
  kinds: readonly number[] = [],
): ClickLog {
  const builder = new ClickLogBuilder(1, Math.max(0, ...kinds) + 1);
  for (const [l, docs] of lists.entries()) {
    const list = builder.addList(Math.floor(docs[0] / 6), docs, 0, kinds[l] ?? 0);
    for (let pattern = 0; pattern < 8; pattern++) {
      const clicks = docs.map((_, k) => (pattern >> k) & 1);
      const count = Math.round(20_000 * probability(docs, clicks));
      if (count > 0) builder.addRow(list, clicks, count);
    }
  }
  return builder.build();
}
const positionBased = (docs: readonly number[], clicks: readonly number[]) =>
  docs.reduce((p, d, k) => p * (clicks[k] === 1 ? theta[k] * gamma[d] : 1 - theta[k] * gamma[d]), 1);
const cascade = (docs: readonly number[], clicks: readonly number[]) => {
  const first = clicks.indexOf(1);
  if (clicks.lastIndexOf(1) !== first) return 0;
  return docs.reduce((p, d, k) => p * (first < 0 || k < first ? 1 - gamma[d] : k === first ? gamma[d] : 1), 1);
};

/** After a click half of the users go on, to one further click at most. */
const goingOn = (docs: readonly number[], clicks: readonly number[]) => {
  const first = clicks.indexOf(1);
  if (first < 0) return cascade(docs, clicks);
  const until = clicks.map((click, k) => (k <= first ? click : 0));
  const next = clicks.indexOf(1, first + 1);
  if (next !== clicks.lastIndexOf(1) && next >= 0) return 0;
  const seen = docs.slice(first + 1, next < 0 ? docs.length : next + 1);
  const after = seen.reduce((p, d, k) => p * (next >= 0 && k === seen.length - 1 ? gamma[d] : 1 - gamma[d]), 1);
  return cascade(docs, until) * (next < 0 ? 0.5 + 0.5 * after : 0.5 * after);
};

const features = (of: (d: number) => readonly number[]): QuerySet => ({
  ...{
    queryIds: ['1', '2'],
    docIds: gamma.map((_, d) => String(d % 6)),
    offsets: Uint32Array.of(0, 6, 12),
    labels: new Float32Array(documents),
  },
  ...{ features: Float32Array.from(gamma.flatMap((_, d) => of(d))), featureCount: of(0).length },
});
const rng = createRng('diagnose');
const unrelated = features(() => [rng.next()]);
const fixed = [
  [0, 1, 2],
  [6, 7, 8],
];
const moved = [
  [0, 1, 2],
  [1, 2, 0],
  [6, 7, 8],
  [8, 6, 7],
];
/** Every order of a list turned round: each document at each rank as often. */
const turned = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
];

const diagnose = (
  log: ClickLog,
  {
    querySet = unrelated,
    randomised = null,
    candidates = true,
  }: { querySet?: QuerySet; randomised?: ClickLog | null; candidates?: boolean } = {},
) => diagnoseLog({ log, querySet, knownBias: null }, randomised, candidates);
const follows = (diagnosis: ReturnType<typeof diagnose>) => biasAdvice(diagnosis).find(({ verdict }) => verdict === 'take')?.name ?? null;

test('nothing moved: features tell ranks apart by the form of the ranker, and without them, or if they are the rank, nothing does', () => {
  const log = logOf(fixed, positionBased);
  expect([...diagnose(log).rankGroups]).toEqual([0, 1, 2]);
  expect(follows(diagnose(log))).toBe('regression-em');
  expect(follows(diagnose(log, { candidates: false }))).toBeNull();
  const isRank = diagnose(log, { querySet: features((d) => [d % 6]) });
  expect(isRank.features?.lost).toBe(1);
  expect(follows(isRank)).toBeNull();
  expect(biasAdvice(isRank).find(({ name }) => name === 'dual-learning')).toMatchObject({
    verdict: 'no',
    why: expect.stringContaining('cannot be told apart'),
  });
  expect(biasAdvice(isRank).find(({ name }) => name === 'all-pairs')).toMatchObject({
    verdict: 'no',
    why: expect.stringContaining('3 groups'),
  });
});

test('what a log does not tell is said alike: trust by a form alone, a rank that nobody clicked', () => {
  const of = (log: ClickLog, name: string) => biasAdvice(diagnose(log)).find((one) => one.name === name);
  expect(of(logOf(fixed, positionBased), 'trust-bias')).toMatchObject({
    verdict: 'no',
    why: expect.stringMatching(/^ranks fall into 3 groups.*relevance: features alone, by the form/),
  });
  const silent = logOf(fixed, (docs, clicks) => (clicks[2] === 1 ? 0 : positionBased(docs, clicks)));
  expect(of(silent, 'dual-learning')).toMatchObject({ verdict: 'no', why: expect.stringContaining('no click at rank 3') });
  expect(saidByFeatures({ lost: 0 })).toBeNull();
});

test('documents that moved tie ranks together: all-pairs; sessions in random order come first', () => {
  const log = logOf(moved, positionBased);
  expect(usersOf(diagnose(log))).toBe('position-based');
  expect(follows(diagnose(log))).toBe('all-pairs');
  expect(follows(diagnose(log, { randomised: logOf(turned, positionBased) }))).toBe('randomisation');
});

test('sessions whose documents are not at every rank as often were not in random order: all-pairs, if they are said to be', () => {
  const said = diagnose(logOf(moved, positionBased), { randomised: logOf(moved, positionBased) });
  expect(follows(said)).toBe('rand-pair'); // which then refuses them, as they are of no policy
  expect(biasAdvice(said).find(({ name }) => name === 'randomisation')).toMatchObject({
    verdict: 'no',
    why: expect.stringMatching(/^documents of the sessions that are said to be in random order are not at every rank as often .* 33 %/),
  });
  expect(triedOn(said)).toEqual(['rand-pair', 'adjacent-swap', 'fair-pairs', 'all-pairs']);
});

test('clicks that exclude each other, or come in company, ask for a click model where documents are ids; a ranker learns from means over lists', () => {
  const ids = { candidates: false };
  expect(usersOf(diagnose(logOf(moved, goingOn)))).toBe('cascade');
  expect(follows(diagnose(logOf(moved, goingOn)))).toBe('all-pairs');
  const manyOf = { ...logOf(moved, goingOn), count: logOf(moved, goingOn).count.map((count) => 20 * count) };
  const many = diagnose(manyOf);
  expect([usersOf(many), many.log.sessions > 200_000]).toEqual(['cascade', true]);
  expect(biasAdvice(many)[0]).toMatchObject({ name: 'click-model', verdict: 'take', model: 'dynamic-bayesian' });
  expect(weightingAdvice(many, 'click-model', 1).name).toBe('click-model-labels');
  expect(weightingAdvice(diagnose(manyOf, ids), 'click-model', 1).name).toBe('clipped-ips'); // no features
  expect(biasAdvice(diagnose(logOf(moved, goingOn), ids))[0]).toMatchObject({
    name: 'click-model',
    verdict: 'take',
    model: 'dynamic-bayesian',
  });
  const readers = (docs: readonly number[], clicks: readonly number[]) =>
    0.5 * positionBased(docs, clicks) + (clicks.includes(1) ? 0 : 0.5);
  expect(usersOf(diagnose(logOf(moved, readers)))).toBe('differ');
  expect(biasAdvice(diagnose(logOf(moved, readers), ids))[0]).toMatchObject({
    name: 'click-model',
    verdict: 'take',
    model: 'user-browsing',
  });
});

test('users who stop at their first click: attraction of a click model as labels, which need no weight; with sessions enough, the mean that documents tell which moved', () => {
  const many = diagnose(logOf(moved, cascade));
  expect([usersOf(many), many.log.sessions >= 10_000]).toEqual(['one-click', true]);
  expect(biasAdvice(many)[0]).toMatchObject({ name: 'all-pairs', verdict: 'take' });
  expect(biasAdvice(diagnose(logOf(fixed, cascade)))[0]).toMatchObject({ name: 'click-model', verdict: 'take' });
  const log = logOf(moved, cascade);
  const stopping = diagnose({ ...log, count: log.count.map((count) => count / 10) });
  expect([usersOf(stopping), stopping.log.sessions < 10_000]).toEqual(['one-click', true]);
  expect(biasAdvice(stopping)[0]).toMatchObject({ name: 'click-model', verdict: 'take', model: 'dynamic-bayesian' });
  expect(weightingAdvice(stopping, 'click-model', 1).name).toBe('click-model-labels');
});

test('rates of moved documents that are affine in relevance: trust, by both click models; α and β are taken out', () => {
  const [alpha, beta] = [
    [0.5, 0.5, 0.5],
    [0.4, 0.1, 0],
  ]; // β/α differs by rank: else clicks are proportional to γ + β/α
  const trusting = (docs: readonly number[], clicks: readonly number[]) =>
    docs.reduce((p, d, k) => p * (clicks[k] === 1 ? alpha[k] * gamma[d] + beta[k] : 1 - alpha[k] * gamma[d] - beta[k]), 1);
  const everywhere = [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [6, 7, 8],
    [7, 8, 6],
    [8, 6, 7],
  ];
  const found = diagnose(logOf(everywhere, trusting));
  expect(usersOf(found)).toBe('trust');
  expect(biasAdvice(found)[0]).toMatchObject({ name: 'trust-bias', verdict: 'take' });
  expect(weightingAdvice(found, 'trust-bias', 1).name).toBe('affine');
  const plain = diagnose(logOf(everywhere, positionBased)).trust;
  expect(plain?.penalty).toBeCloseTo(2 * 3 * Math.log(120_000), 1);
  expect(plain?.gain).toBeLessThan(plain?.penalty ?? 0);
  expect(diagnose(logOf(fixed, trusting)).trust).toBeNull(); // nothing moved
});

test('estimators that take some of the pairs of ranks follow where they would not refuse the log, and say which ranks they lack', () => {
  const verdicts = (lists: readonly (readonly number[])[]) => {
    const log = logOf(lists, positionBased);
    const advice = biasAdvice(diagnose(log));
    return (['pivot-one', 'adjacent-chain'] as const).map((name) => {
      const { verdict, why } = advice.find((one) => one.name === name) as Verdict;
      const estimate = () =>
        makeBias({ name } as never, biasEstimators)({ train: { log, querySet: unrelated, knownBias: null }, rng: createRng('1') } as never);
      if (verdict === 'can') expect(estimate).not.toThrow();
      else expect(estimate).toThrow(why);
      return verdict === 'can' ? 'can' : why.match(/ranks [^:]*/)?.[0];
    });
  };
  const swapsOfTopAndOfBottom = [
    [0, 1, 2],
    [1, 0, 2],
    [6, 7, 8],
    [6, 8, 7],
  ];
  const swapsWithTheTop = [
    [0, 1, 2],
    [1, 0, 2],
    [6, 7, 8],
    [8, 7, 6],
  ];
  expect(verdicts(moved)).toEqual(['can', 'can']);
  expect(verdicts(swapsOfTopAndOfBottom)).toEqual(['ranks 1 and 3', 'can']);
  expect(verdicts(swapsWithTheTop)).toEqual(['can', 'ranks 2 and 3']);
});

test('what was tried and refused does not follow, and says why', () => {
  const log = diagnose(logOf(moved, positionBased), { randomised: logOf(turned, positionBased) });
  const first = (...refused: string[]) => biasAdvice(log, new Map(refused.map((name) => [name, `${name} cannot`])))[0].name;
  expect(first()).toBe('randomisation');
  expect(first('randomisation')).toBe('rand-pair');
  expect(first('randomisation', 'rand-pair', 'adjacent-swap', 'fair-pairs')).toBe('all-pairs');
  const none = biasAdvice(log, new Map([['all-pairs', 'too few clicks']]));
  for (const name of ['all-pairs', 'pivot-one', 'adjacent-chain'])
    expect(none.find((one) => one.name === name)).toMatchObject({ verdict: 'no', why: 'too few clicks' });
});

test('a log without clicks, or of one rank, tells no bias by any estimator', () => {
  const silent = diagnose(logOf(moved, (_, clicks) => Number(!clicks.includes(1))));
  const oneRank = diagnose(logOf([[0], [6]], (_, clicks) => 0.5 * Number(clicks.length === 1)));
  for (const [diagnosis, why] of [
    [silent, 'no session of the log has a click'],
    [oneRank, 'one rank'],
  ] as const) {
    expect(biasAdvice(diagnosis).every(({ verdict, why: said }) => verdict === 'no' && said.includes(why))).toBe(true);
    expect(weightingAdvice(diagnosis, null, null).why).toContain(why);
  }
});

test('shares near 0 and 1 keep what tells them from it', () => {
  expect([0, 0.004, 0.2, 0.999, 1, -0.0001].map(percent)).toEqual(['0 %', '0.40 %', '20 %', '99.90 %', '100 %', '0 %']);
});

test('documents never shown count among the candidates of queries that have sessions', () => {
  expect(diagnose(logOf(fixed, positionBased)).neverShown).toBe(0.5);
  expect(diagnose(logOf([fixed[0]], positionBased)).neverShown).toBe(0.5);
  expect(diagnose(logOf(fixed, positionBased), { candidates: false }).neverShown).toBeNull();
});

test('of several policies: what all of them show, and a weighting over all', () => {
  const two = diagnose(
    logOf(
      [
        [0, 1, 2],
        [1, 2, 3],
      ],
      positionBased,
      [0, 1],
    ),
  );
  expect(two.policies).toBe(2);
  expect(two.byAllPolicies).toBeCloseTo(4 / 6, 3);
  expect(weightingAdvice(two, 'all-pairs', 1).name).toBe('intervention-aware');
});

test('weighting: a clip for few sessions, a bias by the form of a ranker or by click, and clicks that are worth little; else ips', () => {
  const log = diagnose(logOf(moved, positionBased));
  const many = { ...log, log: { ...log.log, sessions: 100_000 } };
  expect(weightingAdvice(many, 'click-model', 1).name).toBe('clipped-ips');
  expect(weightingAdvice(many, 'regression-em', 1).name).toBe('clipped-ips');
  expect(weightingAdvice(many, null, 1).verdict).toBe('no');
  expect(weightingAdvice(many, 'all-pairs', 1).name).toBe('ips');
  expect(weightingAdvice(many, 'all-pairs', 0.05).name).toBe('clipped-ips');
  const of = (sessions: number) => weightingAdvice({ ...log, log: { ...log.log, sessions } }, 'all-pairs', 1);
  expect([500, 5000, 60_000].map(of)).toMatchObject([
    { name: 'clipped-ips', clip: 0.2 },
    { name: 'clipped-ips', clip: 0.1 },
    { name: 'ips' },
  ]);
});

test('relevance by rank: CTR over examination, and its share of what CTR loses', () => {
  const impressions = Float64Array.of(1, 1, 1);
  const alone = relevanceByRank(Float64Array.of(0.5, 0.3, 0.15), Float64Array.from(theta), impressions);
  expect(alone.relevance.every((value) => Math.abs(value - 1) < 1e-12)).toBe(true);
  expect(alone.share).toBeCloseTo(0, 12);
  const half = relevanceByRank(
    Float64Array.from(theta, (t) => 0.5 * t * t),
    Float64Array.from(theta),
    impressions,
  );
  expect([...half.relevance]).toEqual(theta.map((t) => expect.closeTo(t, 12)));
  expect(half.share).toBeCloseTo(0.5, 12);
  expect(relevanceByRank(Float64Array.of(0.5, 0.5), Float64Array.of(1, 1), Float64Array.of(1, 1)).share).toBeNaN();
  expect(relevanceByRank(Float64Array.of(0.4445019), Float64Array.of(1), Float64Array.of(12_000_000)).share).toBeNaN(); // a mean of one number is off by rounding
});

test('every weighting has a spread of the clicks, or says why not', () => {
  const log = logOf(moved, positionBased);
  const examination = Float64Array.from(theta);
  const all = spreadByWeighting(
    weightings as Readonly<Record<string, WeightingEntry>>,
    { log, querySet: unrelated, knownBias: null },
    {
      source: 'given',
      examination,
      of: () => ({ kind: 'examination', examination }),
    },
  );
  expect(all.map(({ name }) => name)).toEqual(Object.keys(weightings));
  for (const { name, spread, why } of all) {
    expect((spread === null) === ['affine', 'policy-aware-affine', 'direct-method'].includes(name)).toBe(true);
    expect((spread === null) === (why !== '')).toBe(true);
    expect(spread === null || (spread.effective > 0 && spread.effective <= spread.clicks * (1 + 1e-12))).toBe(true);
  }
});

test('sessions that click everything are left out of how users read a list, and told', () => {
  const share = 0.1;
  const withBots =
    (probability: typeof positionBased): typeof positionBased =>
    (docs, clicks) =>
      (1 - share) * probability(docs, clicks) + (clicks.includes(0) ? 0 : share);
  const affine: typeof positionBased = (docs, clicks) =>
    docs.reduce((p, d, k) => {
      const rate = [0.8, 0.5, 0.3][k] * gamma[d] + [0.05, 0.1, 0.15][k] * (1 - gamma[d]);
      return p * (clicks[k] === 1 ? rate : 1 - rate);
    }, 1);
  for (const [probability, users] of [
    [positionBased, 'position-based'],
    [affine, 'trust'],
    [cascade, 'one-click'],
    [goingOn, 'cascade'],
  ] as const) {
    const chance = moved.reduce((sum, docs) => sum + probability(docs, [1, 1, 1]), 0) / moved.length;
    const [people, all] = [probability, withBots(probability)].map((one) => diagnose(logOf(moved, one)));
    expect([people.clickingEverything, usersOf(people)]).toEqual([null, users]);
    expect(usersOf(all)).toBe(users);
    const everything = all.clickingEverything ?? { sessions: 0, expected: 0 };
    expect(everything.sessions / all.log.sessions - share).toBeCloseTo((1 - share) * chance, 4);
    expect(everything.expected / all.log.sessions).toBeLessThan(0.045);
    expect(readingText(all)).toContain('that click everything');
    expect(readingText(people)).not.toContain('everything');
  }
});
