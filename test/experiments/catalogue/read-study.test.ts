import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { readRankingConfig } from '../../../experiments/catalogue/ranking-config.ts';
import { decodeStudy, readStudy } from '../../../experiments/catalogue/read-study.ts';
import { configSchema } from '../../../experiments/config/config-schema.ts';
import { conversionWorlds } from '../../../experiments/tasks/conversions/conversion-worlds.ts';
import { explicitWorlds } from '../../../experiments/tasks/explicit-feedback/explicit-worlds.ts';
import { implicitWorlds } from '../../../experiments/tasks/implicit-feedback/implicit-worlds.ts';
import type { RecommendationConfig } from '../../../experiments/tasks/recommendation/recommendation-config.ts';
import { UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const { parts, tasks } = builtIn();
const decode = (input: object) => decodeStudy(input, 'own.yaml').config as RecommendationConfig;
const read = async (file: string, overrides: readonly string[] = []) => (await readStudy(file, overrides)).config as RecommendationConfig;

test.each([
  ['mnar-semi-synthetic', 'implicit-feedback'],
  ['mnar-open-bandit', 'explicit-feedback'],
  ['entire-space', 'conversions'],
])('the shipped %s.yaml is valid, has 10 seeds, and decodes to itself again', async (name, task) => {
  const { config, task: found } = await readStudy(`experiments/configs/${name}.yaml`);
  expect([config.task, found]).toEqual([task, tasks[task]]);
  expect(config.name).toBe(name);
  expect(config.seeds).toHaveLength(10);
  expect(decodeStudy(structuredClone(config), 'x').config).toEqual(config);
});

test.each([
  ['implicit-feedback', implicitWorlds(parts)],
  ['explicit-feedback', explicitWorlds(parts)],
  ['conversions', conversionWorlds],
])('every recommender and every world of %s can be named', (task, worlds) => {
  const estimators = Object.keys(tasks[task].methods);
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
  expect(configSchema(tasks[task])).toMatchObject({ type: 'object', additionalProperties: false, required: ['task'] });
});

test('commands that know ranking only say so in one line', async () => {
  const refused = readRankingConfig('experiments/configs/entire-space.yaml');
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow(/^[^\n]*task: "conversions" is for counterrank run and sweep[^\n]*$/);
});

test('without a task it is the config of ranking; overrides reach into either', async () => {
  const quickstart = await readStudy('experiments/configs/quickstart.yaml', ['seeds=2']);
  expect([quickstart.config.task, quickstart.task]).toEqual([undefined, tasks.ranking]);
  const file = folder.put('own.yaml', 'task: implicit-feedback\nestimators: [naive, ideal, clipped-ips]\n');
  const config = await read(file, ['estimators.2.clip=0.3', 'world.power=2', 'training.steps=7']);
  expect(config.estimators[2]).toMatchObject({ name: 'clipped-ips', clip: 0.3 });
  expect(config.world).toMatchObject({ name: 'synthetic', power: 2, users: 400 });
  expect(config.training.steps).toBe(7);
  expect((await read(folder.put('bare.yaml', '{}'), ['task=conversions'])).task).toBe('conversions');
  expect((await read(folder.put('gone.yaml', 'task: gone'), ['seeds=3', 'task=conversions'])).task).toBe('conversions');
});

test('the task of ranking may be named: the config is the same', () => {
  expect(decode({ task: 'ranking', seeds: 2 })).toEqual(decode({ seeds: 2 }));
  expect(decode({ task: 'ranking' })).not.toHaveProperty('task');
});

test.each([
  [
    { task: 'implicit' },
    'task: unknown name "implicit"; known: ranking, implicit-feedback, explicit-feedback, conversions, click-models, bias, own-log; without a task, rankers are compared, and one of a plugin needs its file (plugins: or --plugin)',
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
    'ideal needs a simulated world',
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
