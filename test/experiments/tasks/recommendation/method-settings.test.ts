import { builtInParts } from '../../../../experiments/parts/parts.ts';
import { rowsIn } from '../../../../experiments/tables/run-result.ts';
import { modelOf, trainingOf } from '../../../../experiments/tasks/recommendation/method-settings.ts';
import { training } from '../../../../experiments/tasks/shared/training.ts';
import { decode, run } from './decode-and-run.ts';

const study = {
  task: 'implicit-feedback',
  seeds: 1,
  world: { name: 'synthetic', users: 30, items: 25 },
  model: { name: 'matrix-factorisation', dimension: 8, biases: false },
  training: { steps: 10, batch: 64, l2: 1e-3 },
  evaluation: { metrics: ['auc'] },
};
const withMethod = (method: object) => ({ ...study, estimators: ['naive', { name: 'naive', label: 'own', ...method }] });
const settingsOf = (method: object) => {
  const { config } = decode(withMethod(method));
  const [common, own] = config.estimators.map((one) => ({
    model: modelOf(builtInParts, config, one),
    training: trainingOf(config, one),
  }));
  return { common, own };
};

test("a method's own keys take the place of the study's, the others stay; another model has its own defaults", () => {
  const { common, own } = settingsOf({ model: { dimension: 2 }, training: { steps: 4, patience: null } });
  expect(own.model).toEqual({ ...common.model, dimension: 2 });
  expect(own.training).toEqual({ ...common.training, steps: 4, patience: null });
  expect(common.training.l2).toBe(1e-3);
  for (const model of ['feature-mlp', { name: 'feature-mlp' }])
    expect(Object.keys(settingsOf({ model }).own.model)).toEqual(expect.arrayContaining(['name', 'hidden']));
});

test('they are kept in the record, and are what is trained with', async () => {
  const input = withMethod({ model: { dimension: 2 }, training: { steps: 4 } });
  expect(decode(input).config.estimators[1]).toMatchObject({ model: { dimension: 2 }, training: { steps: 4 } });
  const result = await run(input);
  expect(rowsIn(result, training).map(({ method, steps }) => [method, steps])).toEqual([
    ['naive', 10],
    ['own', 4],
  ]);
  const alike = await run(withMethod({ training: { l2: 1e-3 }, model: { name: 'matrix-factorisation', biases: false } }));
  expect(alike.values[0][1]).toEqual(alike.values[0][0]);
});

test.each([
  [{ model: { dimensions: 2 } }, /estimators\.1\.model\.dimensions: unknown key; did you mean "dimension"/],
  [{ model: { dimension: 'x' } }, /estimators\.1\.model\.dimension: must be a number, got "x"/],
  [{ model: { hidden: [2] } }, /estimators\.1\.model\.hidden: is no option of matrix-factorisation; known: dimension, biases/],
  [{ model: { name: 'feature-mlp', dimension: 2 } }, /estimators\.1\.model\.dimension: is no option of feature-mlp/],
  [{ model: 'feature-ml' }, /estimators\.1\.model: unknown name "feature-ml"; did you mean "feature-mlp"/],
  [{ training: { l2: -1 } }, /estimators\.1\.training\.l2: must be at least 0, got -1/],
  [{ training: { rate: 1 } }, /estimators\.1\.training\.rate: unknown key/],
  [
    { name: 'expo-mf', model: { dimension: 2 } },
    /estimators\.1\.model: expo-mf is not trained step by step: it takes no model; leave it out/,
  ],
  [{ name: 'popularity', training: { steps: 2 } }, /estimators\.1\.training: popularity is not trained step by step/],
])('%j is refused with its path', (method, fault) => {
  expect(() => decode(withMethod(method))).toThrow(fault);
});

test('an estimated metric needs the same held-out data of every method', () => {
  const with_ = (heldOutShare: number) => ({
    ...withMethod({ training: { heldOutShare } }),
    exposure: 'popularity-power',
    evaluation: { metrics: ['snips-dcg@5'] },
  });
  expect(() => decode(with_(0.2))).toThrow(/needs the same held-out data of every method/);
  expect(() => decode(with_(0.1))).not.toThrow();
});

test.each(['implicit-feedback', 'explicit-feedback', 'conversions'])('%s takes them', (task) => {
  const estimators = ['naive', { name: 'naive', label: 'own', model: { dimension: 2 }, training: { steps: 4 } }];
  expect(() => decode({ task, estimators, evaluation: { metrics: ['auc'] } })).not.toThrow();
});
