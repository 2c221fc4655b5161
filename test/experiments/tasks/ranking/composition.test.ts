import type { WeightingEntry } from '../../../../estimators/index.ts';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig } from '../../../../experiments/catalogue/ranking-config.ts';
import { runTask } from '../../../../experiments/engine/run-task.ts';
import { ranking } from '../../../../experiments/tasks/ranking/index.ts';
import { rankingFaults } from '../../../../experiments/tasks/ranking/ranking-faults.ts';
import { defaultLosses, listwiseSoftmax, type RankingLoss } from '../../../../src/losses/index.ts';
import { withoutOptions } from '../../../../src/losses/loss.ts';
import { openBackend } from '../../../../src/tensor/backend.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const small = {
  seeds: 1,
  baseline: null,
  data: { synthetic: { trainQueries: 16, validationQueries: 6, testQueries: 10, features: 4 } },
  simulation: { sessions: 4000, validationSessions: 500, temperature: 0.5, listsPerQuery: 2, randomisedSessions: 2000 },
  training: { steps: 20 },
  evaluation: { metrics: ['ndcg@5'], searchSessions: null },
};
const decode = (estimators: readonly unknown[], more: object = {}) => decodeRankingConfig({ ...small, ...more, estimators }, 'test');

async function values(estimators: readonly unknown[], more: object = {}): Promise<Record<string, readonly number[]>> {
  const config = decode(estimators, more);
  const { result } = await runTask(ranking(builtIn().parts), config, { onProgress: () => {} });
  return Object.fromEntries(result.methods.map((label, m) => [label, [...result.values[0][m][0]]]));
}

test('a group with a bias and a weighting needs no name, and is called by both', () => {
  const [both, plain, own] = decode([
    { bias: 'randomisation', weighting: { name: 'clipped-ips', clip: 0.3 } },
    { weighting: 'naive' },
    { bias: [1, 0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.2, 0.1, 0.1], weighting: 'ips', label: 'own' },
  ]).estimators;
  expect(both).toEqual({
    name: 'counterfactual',
    label: 'clipped-ips+randomisation',
    bias: { name: 'randomisation', by: null },
    weighting: { name: 'clipped-ips', clip: 0.3 },
  });
  expect(plain.label).toBe('naive+oracle');
  expect(own).toMatchObject({ label: 'own', bias: { name: 'given' }, weighting: { name: 'ips' } });
});

test('the old names are short forms: the same learner, put together, comes to the same values', async () => {
  const found = await values([
    'naive',
    { weighting: 'naive', label: 'naive-composed' },
    { name: 'clipped-ips', clip: 0.3, propensity: 'randomisation' },
    { bias: 'randomisation', weighting: { name: 'clipped-ips', clip: 0.3 }, label: 'clipped-composed' },
  ]);
  expect(found['naive-composed']).toEqual(found.naive);
  expect(found['clipped-composed']).toEqual(found['clipped-ips']);
  expect(found['clipped-ips']).not.toEqual(found.naive);
});

test("a method's own ranker and loss take the place of the study's", async () => {
  const own = { label: 'own', loss: 'pairwise-logistic' };
  const found = await values(['naive', { name: 'naive', ...own }]);
  const ofStudy = await values(['naive'], { training: { steps: 20, loss: 'pairwise-logistic' } });
  expect(found.own).toEqual(ofStudy.naive);
  expect(found.own).not.toEqual(found.naive);
  await openBackend('cpu');
  const network = await values([{ name: 'naive', ranker: { name: 'mlp', hidden: [4] } }], { backend: 'cpu' });
  expect(network.naive).not.toEqual(found.naive);
});

const faultsOf = (estimators: readonly unknown[], more: object = {}): string => {
  try {
    decode(estimators, more);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  [[{ bias: 'orcle', weighting: 'ips' }], /estimators\.0\.bias: unknown name "orcle"; did you mean "oracle"\?/],
  [[{ bias: { name: 'orcle' }, weighting: 'ips' }], /estimators\.0\.bias\.name: unknown name "orcle"/],
  [[{ bias: 'given', weighting: 'ips' }], /estimators\.0\.bias\.examination: missing/],
  [[{ bias: 'oracle', weighting: { name: 'clipped-ips', clipp: 1 } }], /estimators\.0\.weighting\.clipp: unknown key; did you mean "clip"/],
  [
    [{ bias: 'randomisation', weighting: 'affine' }],
    /estimators\.0\.weighting: affine corrects by α and β of trust bias, which randomisation does not give; .*oracle/,
  ],
  [[{ bias: 'oracle', weighting: 'affine' }], /estimators\.0\.bias: of position-based clicks has no α and β/],
  [[{ bias: [1, 0.5], weighting: 'ips' }], /estimators\.0\.bias: gives 2 values, but simulation\.positions is 10/],
  [[{ name: 'random', loss: 'pairwise-logistic' }], /estimators\.0\.loss: random trains no ranker/],
  [[{ name: 'regression-em', loss: 'list-mle' }], /estimators\.0\.loss: regression-em learns by a loss of its own; leave it out/],
  [[{ name: 'prpo', loss: 'list-mle' }], /estimators\.0\.loss: prpo learns by a loss of its own/],
  [
    [{ name: 'prpo', ranker: 'gradient-boosted-trees' }],
    /estimators\.0\.name: prpo has no second derivatives, which gradient-boosted-trees need/,
  ],
  [
    [{ bias: 'trust-bias', weighting: 'intervention-aware', loss: 'approx-ndcg' }],
    /estimators\.0\.loss: intervention-aware has weights below 0 \(unbiased corrections can be\), which the loss approx-ndcg does not take/,
  ],
  [
    [{ bias: 'all-pairs', weighting: 'naive' }],
    /estimators\.0\.bias: the weighting naive corrects by no bias, so all-pairs would be ignored/,
  ],
  [[{ bias: 'click-model', weighting: 'inverse-logging-propensity' }], /inverse-logging-propensity corrects by no bias, so click-model/],
  [[{ wheighting: 'ips' }], /estimators\.0/],
  [[{}], /estimators\.0/],
  [[{ bias: 'oracle' }], /estimators\.0\.weighting: missing/],
])('%j is refused with its path', (estimators, fault) => {
  expect(faultsOf(estimators)).toMatch(fault);
});

test.each(['approx-ndcg', 'lambda-loss', 'reciprocal-rank', 'unique-softmax'])(
  'the oracle of trust bias has corrections below 0, which %s does not take',
  (loss) => {
    const method = [{ bias: 'oracle', weighting: 'intervention-aware', loss }];
    expect(faultsOf(method, { simulation: { ...small.simulation, clickModel: 'trust-bias' } })).toMatch(
      /intervention-aware has weights below 0/,
    );
    expect(faultsOf(method)).toBe('none'); // of position-based users it has none
  },
);

test('what a regression says is above 0, by α and β too: direct-method goes with every loss of documents, under trust bias as well', () => {
  const simulation = { ...small.simulation, clickModel: 'trust-bias' };
  for (const { name: loss } of defaultLosses())
    for (const bias of ['oracle', 'trust-bias'])
      expect(faultsOf([{ bias, weighting: 'direct-method', loss }], { simulation })).toBe('none');
});

test('an estimator of bias that needs randomised sessions is refused without them', () => {
  const simulation = { ...small.simulation, randomisedSessions: 0 };
  expect(faultsOf([{ bias: 'randomisation', weighting: 'ips' }], { simulation })).toMatch(
    /estimators\.0\.bias: randomisation needs simulation\.randomisedSessions above 0/,
  );
});

describe('an estimator of bias that does not go with the weighting, or the log, by its options', () => {
  const home = temporaryFolder();
  const kept = (name: string, more: object) => {
    const file = home.put(
      name,
      JSON.stringify({
        format: 'counterrank bias',
        version: 1,
        source: 'learnt',
        intervals: null,
        examination: null,
        affine: null,
        ...more,
      }),
    );
    return { name: 'saved', file };
  };
  const curve = kept('curve.json', { examination: Array.from({ length: 10 }, (_, k) => 1 / (k + 1)) });
  const short = kept('short.json', { examination: [1, 0.5] });
  const trust = kept('trust.json', { affine: { alpha: Array(10).fill(0.5), beta: Array(10).fill(0.1) } });
  const cascade = { name: 'click-model', model: 'dynamic-bayesian' };
  const contextual = { name: 'click-model', model: 'contextual-position-based' };
  const byClicks =
    /estimators\.0\.weighting: .* cannot correct by click-model, .* clicks above.*; use ips, clipped-ips, self-normalised-ips/;

  test.each([
    [cascade, 'policy-aware-ips', byClicks],
    [cascade, 'intervention-aware', byClicks],
    [cascade, 'doubly-robust', byClicks],
    [cascade, 'direct-method', byClicks],
    [cascade, 'propensity-ratio', byClicks],
    [cascade, 'clipped-ips', /^none$/],
    ['click-model', 'policy-aware-ips', /^none$/],
    [trust, 'ips', /estimators\.0\.weighting: ips corrects by examination, which saved does not give/],
    [curve, 'affine', /estimators\.0\.weighting: affine corrects by α and β of trust bias, which saved does not give/],
    [curve, 'ips', /^none$/],
    [trust, 'affine', /^none$/],
    [short, 'ips', /estimators\.0\.bias: gives 2 values, but simulation\.positions is 10/],
    [{ name: 'saved', file: 'none.json' }, 'ips', /^[^\n]*estimators\.0\.bias: no bias in "none\.json": [^\n]*$/],
    [{ name: 'all-pairs', by: 'context' }, 'ips', /estimators\.0\.bias: all-pairs tells contexts apart, .* position-based have none/],
    [contextual, 'ips', /estimators\.0\.bias: contextual-position-based tells 2 contexts apart, but .* have 1/],
  ])('%j with %s', (bias, weighting, fault) => {
    expect(faultsOf([{ bias, weighting, loss: weighting === 'propensity-ratio' ? 'pairwise-logistic' : 'listwise-softmax' }])).toMatch(
      fault,
    );
  });

  test('short forms likewise', () => {
    expect(faultsOf([{ name: 'ips', propensity: trust }])).toMatch(
      /estimators\.0\.propensity: ips corrects by examination, which saved does not/,
    );
  });

  test('where it goes with both, it is trained', async () => {
    const both = await values([
      { bias: cascade, weighting: 'clipped-ips', label: 'cascade' },
      { bias: 'click-model', weighting: 'policy-aware-ips', label: 'by rank' },
    ]);
    const ofContexts = await values([{ bias: contextual, weighting: 'policy-aware-ips', label: 'contextual' }], {
      simulation: { ...small.simulation, clickModel: 'contextual-position-based' },
    });
    for (const ndcg of Object.values({ ...both, ...ofContexts })) expect(ndcg.every(Number.isFinite)).toBe(true);
  });
});

/** Documents that have ids beside four features. */
const shop = temporaryFolder();
beforeAll(() => {
  const line = (q: number, d: number) => {
    const features = [1, 2, 3, 4].map((f) => `${f}:${Math.sin(7 * q + 3 * d + f).toFixed(3)}`);
    return `${(q + 3 * d) % 5} qid:${q} ${features.join(' ')} # docid = d${(q + 2 * d) % 30}\n`;
  };
  const part = (first: number, queries: number) =>
    Array.from({ length: queries }, (_, q) => Array.from({ length: 8 }, (_, d) => line(first + q, d)).join('')).join('');
  shop.put('train.txt', part(0, 16));
  shop.put('vali.txt', part(50, 6));
  shop.put('test.txt', part(80, 10));
});

describe.each(Object.entries(builtIn().parts.weightings as Readonly<Record<string, WeightingEntry>>))(
  '%s',
  (weighting, { takes, weights }) => {
    const simulation = { ...small.simulation, sessions: 1000, positions: 5, ...(takes === 'affine' && { clickModel: 'trust-bias' }) };
    const ofFewUnits: Readonly<Record<string, object>> = {
      mlp: { hidden: [3] },
      transformer: { layers: 1, heads: 1, width: 4, feedForward: 4 },
      embedding: { of: 'document', hidden: [3], dimension: 2 },
    };
    const rankers = Object.keys(builtIn().parts.rankers).map((name) => ({ name, ...ofFewUnits[name] }));

    const faultOf = ({ name, takesPairs, positiveWeights }: RankingLoss) => {
      if (weights === 'pairs' && !takesPairs)
        return `propensity-ratio weighs pairs of documents, and the loss ${name} takes one weight for each: use pairwise-hinge or pairwise-logistic`;
      return weights === 'signed' && positiveWeights ? `${weighting} has weights below 0` : null;
    };
    const methodOf = ({ name }: RankingLoss, ranker: unknown = 'linear') => ({ bias: 'oracle', weighting, loss: name, ranker });

    test('with every loss and ranker: trained, or refused when the config is read', async () => {
      await openBackend('cpu');
      const more = { simulation, training: { steps: 2 }, backend: 'cpu', data: { path: shop.in('.') } };
      for (const loss of defaultLosses().filter(faultOf))
        expect(faultsOf([methodOf(loss)], more)).toMatch(`estimators.0.loss: ${faultOf(loss)}`);
      const taken = defaultLosses().filter((loss) => faultOf(loss) === null);
      const methods = taken.flatMap((loss) => rankers.map((ranker, r) => ({ ...methodOf(loss, ranker), label: `${loss.name} ${r}` })));
      for (const ndcg of Object.values(await values(methods, more))) expect(ndcg.every(Number.isFinite)).toBe(true);
    });
  },
);

test('a loss of a plugin that is undefined below 0 is refused for weightings with such weights, and what takes them is named', () => {
  const { parts } = builtIn();
  const logarithmic = withoutOptions('', { ...listwiseSoftmax, name: 'logarithmic', positiveWeights: true });
  const withLoss = { ...parts, losses: { ...parts.losses, logarithmic } } as typeof parts;
  const config = decode(['skyline', 'naive', { bias: 'oracle', weighting: 'doubly-robust' }]);
  const loss = { name: 'logarithmic' as 'listwise-softmax' };
  const faults = rankingFaults(withLoss, { ...config, training: { ...config.training, loss } }, true);
  expect(faults).toEqual([
    {
      path: ['estimators', 2, 'loss'],
      problem: expect.stringMatching(
        /^doubly-robust has weights below 0 .* the loss logarithmic does not take: use .*listwise-softmax or /,
      ),
    },
  ]);
});

test('dual learning asks of a loss for ratios of relevance: one whose scores tell an order only is refused, and what tells them is named', () => {
  const training = { steps: 20, loss: 'list-mle' };
  expect(faultsOf(['naive', 'dual-learning'], { training })).toMatch(
    'estimators.1.loss: dual-learning learns from ratios of relevance, and scores of the loss list-mle tell none: use listwise-softmax or pairwise-logistic or pointwise-sigmoid',
  );
  expect(
    decode(['naive', { name: 'dual-learning', loss: 'listwise-softmax' }, { bias: 'dual-learning', weighting: 'ips' }], { training }),
  ).toBeDefined();
});

test('a loss has options beside its name, of the study and of one method', async () => {
  const [, own] = decode(['naive', { name: 'ips', loss: { name: 'approx-ndcg', temperature: 1 } }], {
    training: { steps: 2, loss: 'plackett-luce' },
  }).estimators;
  expect(own.loss).toEqual({ name: 'approx-ndcg', temperature: 1, normalise: true });
  const twice = [1, 2].map(() => values(['naive', 'ips'], { training: { steps: 5, loss: { name: 'plackett-luce', samples: 2 } } }));
  const [one, two] = await Promise.all(twice);
  expect(one).toEqual(two); // the draws are of the seed
});
