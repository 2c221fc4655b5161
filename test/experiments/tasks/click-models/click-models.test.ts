import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clickModels, eyeTracking, readStoredClickModel, scoreClickModel, valuesFor } from '../../../../click-models/index.ts';
import { placeOf } from '../../../../click-models/place-of.ts';
import { decodeStudy, meansOf, type RunResult, rowsIn, runTask } from '../../../../experiments/index.ts';
import {
  clickThrough,
  convergence,
  examination,
  fits,
  identification,
  parameters,
  perplexities,
  scores,
} from '../../../../experiments/tasks/click-models/click-model-tables.ts';
import { readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import { splitClickLog } from '../../../../src/data/split-click-log.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { sharedData, testWithData } from '../../../src/metrics/read-trec.ts';

const home = temporaryFolder();

async function run(input: object): Promise<RunResult> {
  const { task, config } = decodeStudy({ task: 'click-models', ...input }, 'test');
  return (await runTask(task, config)).result;
}

/** Value of a metric by method and seed. */
const measured = (result: RunResult, method: string, metric: string, s = 0): number =>
  meansOf(result)[s][result.methods.indexOf(method)][result.metrics.findIndex(({ label }) => label === metric)];

const small = { synthetic: { trainQueries: 60, validationQueries: 2, testQueries: 2, features: 6 } };

describe('on a simulated log', () => {
  const estimators = ['rank-ctr', 'document-ctr', 'position-based', 'user-browsing', 'dynamic-bayesian', 'truth'];
  const result = run({
    seeds: 2,
    data: small,
    simulation: { sessions: 40_000, positions: 6, clickModel: 'dynamic-bayesian' },
    estimators,
  });

  test('the model of the users beats the others, and the truth is the ceiling', async () => {
    const all = await result;
    for (const s of [0, 1]) {
      const ppl = (method: string) => measured(all, method, 'conditional-perplexity', s);
      const learnt = estimators.filter((method) => method !== 'truth');
      expect(Math.min(...learnt.map(ppl))).toBe(ppl('dynamic-bayesian'));
      expect(ppl('truth')).toBeLessThan(ppl('dynamic-bayesian'));
      expect(ppl('dynamic-bayesian')).toBeLessThan(ppl('document-ctr') - 0.01);
      expect(ppl('document-ctr')).toBeLessThan(ppl('rank-ctr'));
      for (const method of learnt) {
        expect(measured(all, method, 'log-likelihood', s)).toBeLessThan(measured(all, 'truth', 'log-likelihood', s));
        expect(measured(all, method, 'ndcg@5', s)).toBeLessThan(1);
      }
      expect(measured(all, 'truth', 'ndcg@5', s)).toBeCloseTo(1, 12); // attraction rises with the grade
    }
  });

  test('metrics are means of their tables: over ranks, and over queries', async () => {
    const all = await result;
    for (const method of estimators) {
      const own = rowsIn(all, perplexities).filter((row) => row.method === method && row.seed === '1');
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(own.map((row) => row.conditional))).toBeCloseTo(measured(all, method, 'conditional-perplexity'), 12);
      expect(mean(own.map((row) => row.marginal))).toBeCloseTo(measured(all, method, 'perplexity'), 12);
      const rates = rowsIn(all, clickThrough).filter((row) => row.method === method && row.seed === '1');
      expect(Math.sqrt(mean(rates.map((row) => (row.observed - row.expected) ** 2)))).toBeCloseTo(measured(all, method, 'ctr-error'), 12);
      for (const row of rowsIn(all, scores).filter((one) => one.method === method && one.seed === '1' && one.lower !== null))
        expect([row.score, (row.lower as number) < row.value && row.value < (row.upper as number)]).toEqual([row.score, true]);
    }
    const truth = rowsIn(all, perplexities).filter(({ method }) => method === 'truth');
    for (const row of truth) expect(row.true).toBe(row.conditional);
  });

  test('users-browsing has a parameter for every rank and last click, in the places that its walk draws from', async () => {
    const rows = rowsIn(await result, parameters).filter(({ method, seed }) => method === 'user-browsing' && seed === '1');
    expect(rows).toHaveLength(21); // 1 + 2 + … + 6
    const { tables } = clickModels['user-browsing'].create({ by: 'last-click', examination: 'published', eta: 1 }, 6).definition;
    for (const { place, rank, last_click } of rows)
      expect(place).toBe(1 + placeOf(tables.examination, (rank as number) - 1, (last_click as number) - 1, 0, 6));
  });

  test('a fit says how it ended, and all of its passes are kept', async () => {
    const all = await result;
    for (const row of rowsIn(all, fits)) {
      const steps = rowsIn(all, convergence).filter(({ method, seed }) => method === row.method && seed === row.seed);
      expect(steps.at(-1)?.step).toBe(row.passes);
      const standing = steps.filter(({ prior }) => prior === 'stands').map(({ objective }) => objective);
      expect(standing.findIndex((value, i) => value < standing[i - 1] - 1e-12)).toBe(-1); // but for rounding
      expect([row.training_sessions, row.test_sessions]).toEqual([24_800, 15_200]); // 62 % of 40,000
    }
    expect(rowsIn(all, fits).map(({ method }) => method)).not.toContain('truth');
  });
});

test('position-based users: parameters and examination are one curve, beside the true one, with intervals where they are asked for', async () => {
  const all = await run({
    seeds: 1,
    data: small,
    simulation: { sessions: 40_000, positions: 4, clickModel: 'position-based' },
    estimators: ['position-based', 'truth'],
    baseline: null,
    evaluation: { metrics: ['perplexity'], resamples: 40 },
  });
  const curve = rowsIn(all, examination).filter(({ method }) => method === 'position-based');
  const own = rowsIn(all, parameters).filter(({ method }) => method === 'position-based');
  expect(own.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  for (const [k, { value, lower, upper, true: truth }] of own.entries()) {
    expect(truth).toBeCloseTo(eyeTracking[k] / eyeTracking[0], 12);
    expect(curve[k].true).toBeCloseTo(eyeTracking[k] / eyeTracking[0], 12);
    expect(curve[k].estimated).toBeCloseTo(value, 10);
    expect(value / (truth as number)).toBeGreaterThan(0.85);
    expect(value / (truth as number)).toBeLessThan(1.15);
    if (k > 0) expect([(lower as number) < value, value < (upper as number)]).toEqual([true, true]);
    expect(curve[k].lower).toBeCloseTo(lower as number, 9); // θ of a list of any documents is θ itself
    expect(curve[k].upper).toBeCloseTo(upper as number, 9);
  }
  expect(own.map((row) => row.identified)).toEqual(own.map(() => 'up-to-factor'));
  expect(rowsIn(all, identification).map(({ parameter, identified }) => [parameter, identified])).toEqual([
    ['examination', 'up-to-factor'],
  ]);
});

test('true parameters stand beside those of the very model only: not of another mixture', async () => {
  const all = await run({
    seeds: 1,
    data: small,
    simulation: { sessions: 3000, positions: 3, clickModel: { name: 'mixture', models: ['position-based', 'cascade'] } },
    estimators: [
      { name: 'mixture', label: 'other' },
      { name: 'mixture', label: 'same', models: ['position-based', 'cascade'] },
    ],
    baseline: null,
    evaluation: { metrics: ['perplexity'] },
  });
  const known = (method: string) => rowsIn(all, parameters).filter((row) => row.method === method && row.true !== null);
  expect(known('other')).toEqual([]);
  expect(known('same').map(({ parameter }) => parameter)).toEqual(['examination1', 'examination1', 'examination1', 'share1']);
  expect(known('same').at(-1)?.true).toBe(0.5);
});

/** A log in the order of its lines. */
const logOf = (name: string, rows: readonly object[]) => home.put(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
const shown = (clicks: number[], count = 1, more: object = {}) => ({ query: 'q', docs: ['a', 'b'], clicks, count, ...more });

test('on a log of one list, split by time: every number is what its definition says', async () => {
  const path = logOf('one-list.jsonl', [shown([1, 0], 3), shown([0, 0], 5), shown([1, 1], 2), shown([0, 1], 4), shown([0, 0], 6)]);
  const all = await run({ seeds: 1, log: { path }, split: { by: 'time', share: 0.5 }, estimators: ['rank-ctr'], baseline: null });
  const rates = [(3 + 2 + 0.5) / (10 + 1), (2 + 0.5) / (10 + 1)]; // one draw, half of it happened, beside 10 sessions
  expect(rowsIn(all, parameters).map(({ value }) => value)).toEqual(rates.map((rate) => expect.closeTo(rate, 12)));
  const clicks = [0, 4]; // of the 10 test sessions
  const log2 = rates.map((rate, k) => (clicks[k] * Math.log2(rate) + (10 - clicks[k]) * Math.log2(1 - rate)) / 10);
  const perplexity = log2.map((mean) => 2 ** -mean);
  expect(rowsIn(all, perplexities).map(({ conditional }) => conditional)).toEqual(perplexity.map((one) => expect.closeTo(one, 12)));
  expect(measured(all, 'rank-ctr', 'perplexity')).toBeCloseTo((perplexity[0] + perplexity[1]) / 2, 12);
  expect(measured(all, 'rank-ctr', 'log-likelihood')).toBeCloseTo((Math.LN2 * (log2[0] + log2[1])) / 2, 12);
  expect(measured(all, 'rank-ctr', 'query-log-likelihood')).toBeCloseTo((Math.LN2 * (log2[0] + log2[1])) / 2, 12);
  expect(rowsIn(all, clickThrough).map(({ observed }) => observed)).toEqual([0, 0.4]);
  expect(all.metrics.map(({ label }) => label)).not.toContain('ndcg@5'); // there are no labels
});

describe('test documents that no training session shows', () => {
  const path = logOf('unseen.jsonl', [
    { query: 'q', docs: ['a', 'b'], clicks: [1, 0], count: 6 },
    { query: 'r', docs: ['a'], clicks: [0], count: 2 },
    { query: 'q', docs: ['a', 'c'], clicks: [0, 1], count: 3 },
    { query: 'q', docs: ['b', 'a'], clicks: [0, 0], count: 5 },
  ]);
  const config = { seeds: 1, log: { path }, estimators: ['document-ctr'], evaluation: { metrics: ['pooled-perplexity'] } };
  const split = (unseen: string) => ({ ...config, split: { by: 'time', share: 0.5, unseen } });

  test('are given the mean of the prior', async () => {
    const all = await run(split('prior'));
    const [fit] = rowsIn(all, fits);
    expect([fit.test_sessions, fit.unseen, fit.dropped]).toEqual([8, 3, 0]);
    const [, second] = rowsIn(all, clickThrough);
    const [mean, strength] = [fit.attraction_mean as number, fit.attraction_strength as number];
    const known = (6 + strength * mean) / (6 + strength); // of "a", which is clicked in all of its 6 sessions at q
    expect(second.expected).toBeCloseTo((3 * mean + 5 * known) / 8, 9);
    expect(all.warnings.join()).toContain('3 of 8 test sessions show documents that no training session shows');
  });

  test('or, without a prior, the mean of those that sessions show: the rule of a stored model for documents that it does not know', async () => {
    const estimators = [{ name: 'document-ctr', fit: { prior: 'none' } }];
    const [, second] = rowsIn(await run({ ...split('prior'), estimators, baseline: null }), clickThrough);
    const mean = (1 + 0 + 0) / 3; // of "a" and "b" at q, and "a" at r
    expect(second.expected).toBeCloseTo((3 * mean + 5 * 1) / 8, 7);
  });

  test('or their sessions are left out, and counted', async () => {
    const [fit] = rowsIn(await run(split('drop')), fits);
    expect([fit.test_sessions, fit.unseen, fit.dropped]).toEqual([5, 3, 3]);
    const none = logOf('none.jsonl', [shown([1, 0]), { query: 'q', docs: ['c'], clicks: [1] }]);
    await expect(run({ ...split('drop'), log: { path: none } })).rejects.toThrow(
      'split.unseen: drop leaves no test session, as each shows a document that no training session showed; use prior',
    );
  });
});

test('clicks that a model rules out count as smallestProbability, and are told of', async () => {
  const path = logOf('cascade.jsonl', [shown([1, 0], 4), shown([0, 1], 6), shown([1, 1], 4), shown([0, 0], 6)]);
  const all = await run({
    seeds: 1,
    log: { path },
    split: { by: 'time', share: 0.5 },
    estimators: ['cascade'],
    baseline: null,
    evaluation: { smallestProbability: 1e-3 },
  });
  const [fit] = rowsIn(all, fits);
  expect([fit.test_sessions, fit.impossible, fit.ruled_out]).toEqual([10, 4, 0]);
  const [, second] = rowsIn(all, perplexities);
  const { expected } = rowsIn(all, clickThrough)[1];
  expect(expected).toBeGreaterThan(0);
  const above = rowsIn(all, clickThrough)[0].expected; // then nobody looks further
  const ofNoClick = Math.log2(1 - expected / (1 - above));
  expect(second.conditional).toBeCloseTo(2 ** (-(4 * Math.log2(1e-3) + 6 * ofNoClick) / 10), 9);
});

test('models that tell contexts apart and models that do not, on one log', async () => {
  const rows = ['phone', 'desk'].flatMap((device, d) => [
    shown([1, 0], 20, { device }),
    shown([0, 1], 4 + 12 * d, { device }),
    { ...shown([1, 0], 4 + 12 * d, { device }), docs: ['b', 'a'] },
  ]);
  const all = await run({
    seeds: 1,
    log: { path: logOf('devices.jsonl', rows), context: 'device' },
    estimators: ['document-ctr', 'contextual-position-based'],
  });
  const own = rowsIn(all, parameters).filter(({ method }) => method === 'contextual-position-based');
  expect(own.map(({ context, rank }) => [context, rank])).toEqual([
    ['phone', 1],
    ['phone', 2],
    ['desk', 1],
    ['desk', 2],
  ]);
});

test('more contexts than a model has parameters for are told of before anything is fitted', async () => {
  const path = logOf(
    'three-devices.jsonl',
    ['phone', 'desk', 'watch'].map((device) => shown([1, 0], 9, { device })),
  );
  const config = { task: 'click-models', seeds: 1, log: { path, context: 'device' }, split: { by: 'session', share: 0.6 } };
  const { task, config: decoded } = decodeStudy({ ...config, estimators: ['document-ctr', 'contextual-position-based'] }, 'test');
  const prepared = await task.prepare(decoded, { get: async (_stage, _key, _kept, compute) => compute() });
  await expect(prepared.seed('1')).rejects.toThrow('contextual-position-based has parameters for 2 contexts, but the log has 3');
});

test('contexts are simulated, and fitted beside the true curve of each', async () => {
  const all = await run({
    seeds: 1,
    data: small,
    simulation: { sessions: 60_000, positions: 4, clickModel: 'contextual-position-based' }, // eye tracking to the power 1 and 2
    estimators: ['document-ctr', 'position-based', 'contextual-position-based', 'truth'],
  });
  const own = rowsIn(all, parameters).filter(({ method }) => method === 'contextual-position-based');
  expect(own.map(({ context, rank }) => [context, rank])).toEqual(
    ['1', '2'].flatMap((context) => [1, 2, 3, 4].map((rank) => [context, rank])),
  );
  for (const { context, rank, value, true: truth } of own) {
    expect(truth).toBeCloseTo(eyeTracking[(rank as number) - 1] ** Number(context) / eyeTracking[0], 12);
    expect(Math.abs(Math.log(value / (truth as number)))).toBeLessThan(Math.log(1.15));
  }
  const ppl = (method: string) => measured(all, method, 'conditional-perplexity');
  expect(ppl('contextual-position-based')).toBeLessThan(ppl('position-based'));
  expect(ppl('truth')).toBeLessThan(ppl('contextual-position-based'));
});

test('what is saved foretells as the run did', async () => {
  const path = logOf('saved.jsonl', [shown([1, 0], 30), shown([0, 1], 8), { ...shown([0, 0], 9), docs: ['b', 'a'] }, shown([0, 0], 20)]);
  const { task, config } = decodeStudy(
    { task: 'click-models', seeds: 1, log: { path }, estimators: ['position-based'], baseline: null },
    'test',
  );
  const prepared = await task.prepare(config, { get: async (_stage, _key, _kept, compute) => compute() });
  const study = await prepared.seed('1');
  const learnt = await study.learn(config.estimators[0]);
  const folder = home.in('saved');
  await learnt.save?.(folder);
  const stored = await readStoredClickModel(join(folder, 'click-model.json'), clickModels);
  const named = await readNamedClickLog(path);
  const [, test] = splitClickLog(named, { by: 'session', share: 0.62, seed: 'run/1/split' });
  const { documents, unseen } = valuesFor(stored, named);
  const again = scoreClickModel(stored.model, documents, { log: test, documents: named.docIds.length });
  const [values] = await learnt.evaluate();
  expect(unseen).toBe(0);
  expect(again.conditionalPerplexity.meanOfRanks.value).toBeCloseTo(values[0], 12);
});

test('satisfaction that rises with features is found from them, also of documents that few sessions show', async () => {
  const byGradient = { name: 'dynamic-bayesian', fit: { method: 'gradient', iterations: 500, satisfaction: 'features' } };
  const all = await run({
    seeds: 1,
    data: small,
    simulation: { sessions: 5_000, positions: 6, clickModel: 'dynamic-bayesian' },
    estimators: [
      { ...byGradient, label: 'features' },
      { ...byGradient, label: 'one number', fit: { ...byGradient.fit, satisfaction: 'hash', compression: 1e9 } }, // one number for all
    ],
    baseline: null,
  });
  const ppl = (method: string) => measured(all, method, 'conditional-perplexity');
  expect(ppl('features')).toBeLessThan(ppl('one number'));
});

test.each([
  [
    { estimators: [{ name: 'position-based', fit: { method: 'gradient', satisfaction: 'features' } }], baseline: null },
    'estimators.0.fit: position-based has no satisfaction by document that could come from features; use satisfaction: documents',
  ],
  [
    {
      log: { path: 'log' },
      estimators: [{ name: 'dynamic-bayesian', fit: { method: 'gradient', satisfaction: 'features' } }],
      baseline: null,
    },
    'estimators.0.fit: satisfaction from features needs documents with features, and a log has none of its own; use hash',
  ],
  [{ split: { by: 'time' } }, 'split.by: time: the sessions of a simulated log have no order; use session or query'],
  [
    { log: { path: 'log' }, split: { by: 'time' }, seeds: 2, estimators: ['document-ctr'] },
    'split.by: time: the split is the same with each of 2 seeds; set seeds: 1',
  ],
  [{ split: { by: 'query', unseen: 'drop' } }, 'split.unseen: drop: split by query every test document is unseen'],
  [{ log: { path: 'log' } }, 'estimators.7.name: truth is known of a simulated log only; leave it out, or set log: null'],
  [
    { estimators: ['document-ctr', 'contextual-position-based'] },
    'estimators.1.name: contextual-position-based tells 2 contexts apart, and the simulated log has one; leave it out, or simulate with',
  ],
  [
    { log: { path: 'log' }, estimators: ['document-ctr', 'contextual-position-based'] },
    'estimators.1.name: contextual-position-based tells 2 contexts apart; name the column of the context in log.context',
  ],
  [
    {
      simulation: { clickModel: { name: 'contextual-position-based', contexts: [{}, {}, {}] } },
      estimators: ['document-ctr', 'contextual-position-based'],
    },
    'estimators.1.name: contextual-position-based tells 2 contexts apart, and the simulated log has 3; give it more',
  ],
  ...[
    { name: 'contextual-position-based', contexts: [{}] },
    { name: 'pages', pageSize: 5, model: { name: 'contextual-position-based', contexts: [{}] } },
  ].map((one): [object, string] => [
    { simulation: { clickModel: 'contextual-position-based' }, estimators: ['document-ctr', one] },
    `estimators.1.name: ${one.name} knows one context, and the simulated log has 2; give it as many`,
  ]),
  [
    { simulation: { positions: 3, clickModel: { name: 'position-based', examination: [1, 0.5] } } },
    'simulation.clickModel: examination gives 2 values for 3 positions',
  ],
  [
    { estimators: ['document-ctr', { name: 'position-based', examination: [1, 0.5] }] },
    'estimators.1.name: examination gives 2 values for 10 positions',
  ],
  [
    { estimators: ['document-ctr', { name: 'mixture', models: ['grid', 'document-rank-ctr'] }] },
    'estimators.1.name: grid and document-rank-ctr cannot be mixed: of one a document has an attraction for each rank',
  ],
  [
    { estimators: ['document-ctr', { name: 'pages', pager: 'next' }] },
    'estimators.1.name: pages with pager "next": simulated lists have no entries for "next page"; use pager: null',
  ],
  [
    { simulation: { clickModel: { name: 'pages', pager: 'next' } } },
    'simulation.clickModel: pages with pager "next": simulated lists have no entries for "next page"; use pager: null',
  ],
  [{ simulation: { clickModel: { name: 'pages', pageSize: 0 } } }, 'simulation.clickModel.pageSize: must be at least 1, got 0'],
  [
    { estimators: ['document-ctr', { name: 'position-based', fit: { method: 'counting' } }] },
    'estimators.1.fit: position-based cannot be fitted by counting',
  ],
  [
    { evaluation: { resamples: 5 } },
    'evaluation.resamples: must be 0, for no intervals, or at least 40, for ends of 95 % intervals; got 5',
  ],
  [{ evaluation: { metrics: [] } }, 'evaluation.metrics: must name at least one metric'],
  [{ evaluation: { metrics: ['perplexity', 'perplexity'] } }, 'evaluation.metrics: "perplexity" is named twice'],
  [{ evaluation: { metrics: ['perplexity@3'] } }, 'evaluation.metrics.0: metric "perplexity@3": perplexity has no cutoff'],
  [{ evaluation: { metrics: ['perplexitty'] } }, 'unknown metric "perplexitty"; did you mean "perplexity"?'],
  [
    { log: { path: 'log' }, estimators: ['document-ctr'], evaluation: { metrics: ['ndcg@10'] } },
    'evaluation.metrics: ndcg@10 needs labels, which a click log does not have; leave it out',
  ],
])('%j is refused', (config, message) => {
  expect(() => decodeStudy({ task: 'click-models', ...config }, 'test')).toThrow(message);
});

describe('users of several pages', () => {
  const users = { name: 'pages', pageSize: 3, nextPage: 0.5 };
  test('whose clicks on "next page" are not logged: the model finds them in simulated clicks, and beats the one without pages', async () => {
    const all = await run({
      seeds: 1,
      data: small,
      simulation: { sessions: 40_000, positions: 9, clickModel: users },
      estimators: ['document-ctr', 'dynamic-bayesian', { name: 'pages', pageSize: 3 }],
    });
    expect(measured(all, 'pages', 'conditional-perplexity')).toBeLessThan(measured(all, 'dynamic-bayesian', 'conditional-perplexity'));
    expect(measured(all, 'pages', 'ctr-error')).toBeLessThan(measured(all, 'dynamic-bayesian', 'ctr-error'));
    const found = rowsIn(all, parameters).find(({ parameter }) => parameter === 'nextPage');
    expect(found).toMatchObject({ place: 1, rank: null, true: 0.5 });
    expect(Math.abs((found?.value as number) - 0.5)).toBeLessThan(0.1);
  });
});

testWithData('Yandex RelPred: document CTR is behind position-based, that behind dynamic Bayesian and user browsing', async () => {
  const path = fileURLToPath(sharedData('click-logs/yandex-relpred/train.tsv'));
  const all = await run({ seeds: 1, log: { path }, estimators: ['document-ctr', 'position-based', 'user-browsing', 'dynamic-bayesian'] });
  const ppl = (method: string) => measured(all, method, 'conditional-perplexity');
  expect(ppl('position-based')).toBeLessThan(ppl('document-ctr'));
  expect(ppl('user-browsing')).toBeLessThan(ppl('position-based') - 0.01);
  expect(ppl('dynamic-bayesian')).toBeLessThan(ppl('position-based') - 0.01);
});
