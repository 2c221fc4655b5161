import { configSchema } from '../../../experiments/config/config-schema.ts';
import { readConfig } from '../../../experiments/config/read-config.ts';
import { decodeAnyConfig, isRecommendation, readAnyConfig } from '../../../experiments/engine/any-config.ts';
import { type RecommendationConfig, recommendationTasks } from '../../../experiments/tasks/recommendation/recommendation-config.ts';
import { UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const decode = (input: object) => decodeAnyConfig(input, 'own.yaml') as RecommendationConfig;

test.each(['mnar-semi-synthetic', 'mnar-open-bandit', 'entire-space'])(
  'the shipped %s.yaml is valid, has 10 seeds, and decodes to itself again',
  async (name) => {
    const config = await readAnyConfig(`experiments/configs/${name}.yaml`);
    expect(isRecommendation(config)).toBe(true);
    expect(config.name).toBe(name);
    expect(config.seeds).toHaveLength(10);
    expect(decodeAnyConfig(structuredClone(config), 'x')).toEqual(config);
  },
);

test.each(Object.entries(recommendationTasks))('every recommender and every world of %s can be named', (task, { recommenders, worlds }) => {
  const estimators = Object.keys(recommenders);
  const config = decode({ task, estimators, baseline: null, evaluation: { metrics: ['auc'] } });
  expect(config.estimators.map(({ name }) => name)).toEqual(estimators);
  for (const name of Object.keys(worlds)) {
    const needed = { recorded: { reader: 'coat', path: 'coat' }, 'semi-synthetic': { path: 'ml-100k' } }[name];
    const trained = decode({
      task,
      world: { name, ...needed },
      estimators: ['naive'],
      evaluation: { metrics: ['auc'] },
      ...(task === 'conversions' ? {} : { exposure: 'popularity-power' }),
    });
    expect(trained.world.name).toBe(name);
  }
  expect(configSchema(task)).toMatchObject({ type: 'object', additionalProperties: false, required: ['task'] });
});

test('commands that know ranking only say so in one line', async () => {
  const refused = readConfig('experiments/configs/entire-space.yaml');
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow(
    /^[^\n]*task: "conversions" is for counterrank run, sweep, simulate, bias-variance and validate[^\n]*$/,
  );
});

test('without a task it is the config of ranking; overrides reach into either', async () => {
  expect(isRecommendation(await readAnyConfig('experiments/configs/quickstart.yaml', ['seeds=2']))).toBe(false);
  const file = folder.put('own.yaml', 'task: implicit-feedback\nestimators: [naive, ideal, clipped-ips]\n');
  const config = (await readAnyConfig(file, ['estimators.2.clip=0.3', 'world.power=2', 'training.steps=7'])) as RecommendationConfig;
  expect(config.estimators[2]).toMatchObject({ name: 'clipped-ips', clip: 0.3 });
  expect(config.world).toMatchObject({ name: 'synthetic', power: 2, users: 400 });
  expect(config.training.steps).toBe(7);
  expect(((await readAnyConfig(folder.put('bare.yaml', ''), ['task=conversions'])) as RecommendationConfig).task).toBe('conversions');
});

test.each([
  [
    { task: 'implicit' },
    'task: unknown name "implicit"; known: implicit-feedback, explicit-feedback, conversions; without a task, rankers are compared',
  ],
  [{ task: 'conversion' }, 'did you mean "conversions"?'],
  [{ task: 'conversions', exposure: 'oracle' }, 'exposure: unknown key'],
  [{ task: 'implicit-feedback', world: { name: 'synthetic', user: 3 } }, 'world.user: unknown key; did you mean "users"? known:'],
  [{ task: 'implicit-feedback', world: { name: 'semi-synthetic' } }, 'world.path: missing'],
  [{ task: 'implicit-feedback', estimators: ['dr-jl'] }, 'unknown name "dr-jl"'],
  [{ task: 'implicit-feedback', estimators: ['naive', 'naive'], evaluation: { metrics: ['auc'] } }, '"naive" is taken by estimators.0'],
  [
    { task: 'implicit-feedback', baseline: 'ips', estimators: ['naive'], evaluation: { metrics: ['auc'] } },
    '"ips" is not one of the estimators',
  ],
  [
    { task: 'implicit-feedback', estimators: ['naive', 'bpr'], evaluation: { metrics: ['log-loss'] } },
    'evaluation.metrics.0: "log-loss" needs predicted values, but bpr only ranks',
  ],
  [{ task: 'implicit-feedback', estimators: ['naive'] }, '"relative-log-loss" is relative to the method ideal'],
  [{ task: 'conversions', evaluation: { metrics: ['auc', 'auc'] } }, '"auc" is named twice'],
  [{ task: 'conversions', evaluation: { metrics: [] } }, 'must name at least one metric'],
  [{ task: 'conversions', evaluation: { metrics: ['ndgc@5'] } }, 'unknown metric "ndgc"; did you mean "ndcg"?'],
  [{ task: 'conversions', evaluation: { metrics: ['auc:seldom'] } }, 'after the colon expected rare or frequent'],
  [
    { task: 'explicit-feedback', world: { name: 'recorded', reader: 'coat', path: 'x' }, exposure: 'logged' },
    'estimators.7: ideal needs a simulated world',
  ],
  [
    { task: 'explicit-feedback', world: { name: 'recorded', reader: 'coat', path: 'x' }, estimators: ['naive'] },
    'exposure: oracle needs a simulated world',
  ],
  [{ task: 'conversions', training: { heldOutShare: 1 } }, 'training.heldOutShare: must be below 1, got 1'],
])('%j is refused', (input, message) => {
  expect(() => decode(input)).toThrow(UsageError);
  expect(() => decode(input)).toThrow(message);
});
