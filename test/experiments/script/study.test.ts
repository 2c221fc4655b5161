import type { Learn } from '../../../estimators/index.ts';
import { estimators, learnWeighted } from '../../../estimators/index.ts';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig, meansOf, ownMethod, runTask, study } from '../../../experiments/index.ts';
import { UsageError } from '../../../src/errors.ts';

const synthetic = { trainQueries: 20, validationQueries: 8, testQueries: 10, features: 4 };
const small = study('small')
  .data({ synthetic })
  .simulation({ sessions: 20_000, validationSessions: 5_000 })
  .training({ steps: 20 })
  .evaluation({ metrics: ['ndcg@5', 'ndcg@10'], searchSessions: null })
  .seeds(2);
const again: Learn = (input) => estimators.naive.create()(input);

test('steps set the config keys they are named after, add up, and leave the study they came from as it was', () => {
  const changed = small
    .simulation({ clickModel: { name: 'position-based', eta: 2 } })
    .ranker('linear')
    .baseline(null)
    .estimators('ips');
  expect(changed.config()).toEqual(
    decodeRankingConfig(
      {
        name: 'small',
        seeds: 2,
        baseline: null,
        data: { synthetic },
        simulation: { sessions: 20_000, validationSessions: 5_000, clickModel: { name: 'position-based', eta: 2 } },
        ranker: 'linear',
        training: { steps: 20 },
        evaluation: { metrics: ['ndcg@5', 'ndcg@10'], searchSessions: null },
        estimators: ['ips'],
      },
      'test',
    ),
  );
  expect(small.config().simulation.clickModel).toMatchObject({ eta: 1 });
  expect(small.config().estimators).toEqual(decodeRankingConfig({}, 'test').estimators);
});

test('a study finds what the engine finds for its config', async () => {
  const one = small.estimators('naive', { name: 'clipped-ips', label: 'clip 0.5', clip: 0.5 });
  const { run, values, compare } = await one.run();
  expect(meansOf(run)).toEqual(meansOf((await runTask(builtIn().tasks.ranking, one.config())).result));
  const [a, b] = [values('clip 0.5', 'ndcg@10'), values('naive', 'ndcg@10')];
  expect(a).toEqual(meansOf(run).map((ofSeed) => ofSeed[1][1]));
  expect(compare('clip 0.5', 'naive', 'ndcg@10').difference.value).toBeCloseTo((a[0] - b[0] + a[1] - b[1]) / 2, 12);
});

test('an own estimator is a row like any other: the same learner gives the same numbers; it may be the baseline', async () => {
  const { run, summary, table } = await small.estimators('naive', 'ips', ownMethod('mine', again)).baseline('mine').run();
  expect(run.methods).toEqual(['naive', 'ips', 'mine']);
  expect(run.values.map((ofSeed) => ofSeed[2])).toEqual(run.values.map((ofSeed) => ofSeed[0]));
  expect(summary.baseline).toBe('mine');
  expect(summary.methods[0].cells[0].difference?.value).toBe(0);
  expect(table().text(80)).toMatch(/^mine +0\.\d{4}/m);
});

test('the label of an own estimator may be any text, and does not reach the config', async () => {
  const odd = small.estimators('naive', ownMethod('+ clicks × rank, twice', again)).baseline('+ clicks × rank, twice');
  expect(odd.config().estimators.map(({ label }) => label)).toEqual(['naive']);
  expect((await odd.run()).summary).toMatchObject({
    baseline: '+ clicks × rank, twice',
    methods: [{ method: 'naive' }, { method: '+ clicks × rank, twice' }],
  });
});

test('an estimator made of learnWeighted with clicks as they are is naive', async () => {
  const world = await small.simulate();
  const mine = world.learn((input) => ({ ...learnWeighted(input, (_, clicks) => clicks, 'sessions'), examination: null }));
  expect(mine.scorer?.parameters).toEqual(world.learn('naive').scorer?.parameters);
});

describe('a world', () => {
  test('is what a run of its seed works on', async () => {
    const { run } = await small.estimators('naive').run();
    const world = await small.simulate(2);
    expect(world.evaluate(world.learn('naive'))['ndcg@5']).toEqual(run.values[1][0][0]);
    expect(world.truth?.propensities[0]).toBe(1);
    expect((await small.simulate(1)).logs.train.log).not.toEqual(world.logs.train.log);
  });

  test('of logs that are given learns the same from the same clicks, and knows no truth', async () => {
    const { splits, logs, learn } = await small.simulate(1);
    const given = await small
      .data(splits)
      .data({ scale: 'none' })
      .seeds(1)
      .onLogs({ train: logs.train.log, heldOut: logs.heldOut?.log ?? null });
    expect(given.truth).toBeNull();
    expect(given.learn('dual-learning').examination).toEqual(learn('dual-learning').examination);
    expect(() => given.learn('ips')).toThrow(/oracle needs a simulated log/);
    expect(() => given.learn('production')).toThrow(/no production ranker is known/);
  });
});

test('data in memory take the place of the configured ones', async () => {
  const { splits } = await small.simulate(1);
  const { run } = await small.data(splits).data({ scale: 'none' }).estimators('naive').run();
  expect(meansOf(run)).toEqual(meansOf((await small.estimators('naive').run()).run));
});

test.each([
  ['an unknown baseline', () => small.estimators('naive').baseline('nave').config(), /^small: baseline: "nave".*did you mean "naive"/],
  ['a label taken', () => small.estimators('naive', ownMethod('naive', again)).config(), /estimators\.1\.label: "naive" is taken/],
  ['no method', () => small.estimators().baseline(null).config(), /must name at least one method/],
  ['all faults at once', () => small.seeds(0).training({ steps: 0 }).config(), /2 faults\n.*seeds.*\n.*training\.steps/],
  ['no label', () => ownMethod(' ', again), /needs a label/],
])('%s is told before anything runs', (_, make, message) => {
  expect(make).toThrow(UsageError);
  expect(make).toThrow(message);
});

test('asking a result for what it has not names what it has', async () => {
  const result = await small.estimators('naive').run();
  expect(() => result.values('nave', 'ndcg@5')).toThrow(/unknown method "nave"; did you mean "naive"/);
  expect(() => result.metricPicture('ndcg@1')).toThrow(/unknown metric "ndcg@1"/);
  expect(() => result.propensityPicture('naive')).toThrow(/naive has no propensities to draw/);
  expect(result.curvePicture('naive').alt).toContain('Learning curves of naive');
});
