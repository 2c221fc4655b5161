import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { estimators } from '../../../../estimators/index.ts';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig as decodeConfig, readRankingConfig } from '../../../../experiments/catalogue/ranking-config.ts';
import { configSchema } from '../../../../experiments/config/config-schema.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';

const readConfig = async (...words: Parameters<typeof readRankingConfig>) => (await readRankingConfig(...words)).config;
const home = mkdtempSync(join(tmpdir(), 'counterrank-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};
const small = file('small.yaml', 'name: small\nestimators: [naive, {name: clipped-ips, clip: 0.1}]\n');

const ranking = builtIn().kindOf({}, 'x');

test('an empty config is the default comparison', () => {
  const config = decodeConfig({}, 'x');
  expect(config.seeds).toEqual(['1', '2', '3', '4', '5']);
  expect(config.estimators.map(({ label }) => label)).toContain('dual-learning');
  expect(config.training.optimiser).toMatchObject({ name: 'adam', learningRate: expect.any(Number) });
  expect(config.data.path).toBe(null);
});

test('every registered estimator can be named, and decodes to itself again', () => {
  const names = Object.keys(estimators);
  const config = decodeConfig({ estimators: names, simulation: { clickModel: 'trust-bias' } }, 'x');
  expect(config.estimators.map(({ name }) => name)).toEqual(names);
  expect(decodeConfig(structuredClone(config), 'x')).toEqual(config);
});

test('the quickstart is valid', async () => {
  const config = await readConfig('experiments/configs/quickstart.yaml');
  expect(config.simulation.sessions).toBe(1_000_000);
  expect(config.seeds.length).toBeGreaterThanOrEqual(5);
});

test('JSON reads as YAML does', async () => {
  expect(await readConfig(file('small.json', '{"name": "small", "estimators": ["naive", {"name": "clipped-ips", "clip": 0.1}]}'))).toEqual(
    await readConfig(small),
  );
});

test('overrides reach elements of lists, switch to real data, and change a group that the file does not have', async () => {
  const config = await readConfig(small, [
    'estimators.1.clip=0.3',
    'data.path=folder',
    'training.optimiser.learningRate=1e-3',
    'seeds=[7, a]',
  ]);
  expect(config.estimators[1]).toEqual({ name: 'clipped-ips', label: 'clipped-ips', clip: 0.3, propensity: { name: 'oracle' } });
  expect(config.data.path).toBe('folder');
  expect(config.training.optimiser).toMatchObject({ name: 'adam', learningRate: 1e-3 });
  expect(config.seeds).toEqual(['7', 'a']);
});

test.each([
  [['sessons=4'], 'sessons: unknown key'],
  [['estimators=[naive, naive]'], 'estimators.1.label: "naive" is taken by estimators.0; give each its own label'],
  [['estimators=[]'], 'estimators: must name at least one method'],
  [['baseline=nave'], 'baseline: "nave" is not one of the estimators; did you mean "naive"? name one of naive, clipped-ips, or null'],
  [['estimators.1.propensity=randomisation'], 'estimators.1.propensity: randomisation needs simulation.randomisedSessions above 0'],
  [
    ['estimators.1.propensity={clickModel: contextual-position-based}'],
    'estimators.1.propensity: contextual-position-based tells 2 contexts apart, but lists of simulation.clickModel position-based have 1',
  ],
  [
    [
      'simulation.clickModel=contextual-position-based',
      'estimators=[{name: click-model-labels, clickModel: {name: contextual-position-based, contexts: [{}]}}]',
    ],
    'estimators.0.clickModel: contextual-position-based knows one context, but lists of simulation.clickModel contextual-position-based have 2',
  ],
  [['estimators.1.propensity={clickModel: trust-bias}'], 'estimators.1.propensity: clicks of trust-bias are no sign'],
  [['estimators=[{name: click-model-labels, clickModel: trust-bias}]'], 'estimators.0.clickModel: clicks of trust-bias are no sign'],
  [
    ['estimators=[{name: click-model-labels, clickModel: dynamic-bayesian, fit: {method: counting}}]'],
    'estimators.0.clickModel: fit of dynamic-bayesian: dynamic-bayesian cannot be fitted by counting, as clicks hide what its users did; use method em',
  ],
  [
    ['estimators.1.propensity={clickModel: position-based, fit: {method: counting}}'],
    'estimators.1.propensity: fit of position-based: position-based cannot be fitted by counting',
  ],
  [['estimators.1.propensity=rand-pair'], 'estimators.1.propensity: rand-pair needs simulation.randomisedSessions above 0'],
  [
    ['estimators.1.propensity=rand-pair', 'simulation.randomisedSessions=9'],
    'estimators.1.propensity: rand-pair learns from simulation.intervention rand-pair, but it is shuffle',
  ],
  [
    ['estimators.1.propensity=randomisation', 'simulation.randomisedSessions=9', 'simulation.intervention={name: top-n, n: 5}'],
    'estimators.1.propensity: randomisation tells nothing of ranks that are not shuffled, but simulation.intervention shuffles 5 of 10 positions',
  ],
  [['estimators.1.propensity=[1, 0.5]'], 'estimators.1.propensity: gives 2 values, but simulation.positions is 10; give one per position'],
  [['estimators.1.propensity=[2, 1]', 'simulation.positions=2'], 'estimators.1.propensity.0: must be at most 1, got 2'],
  ...['random-click', 'global-ctr', 'rank-ctr'].map((name): [string[], string] => [
    ['estimators=[naive, expected-relevance]', `simulation.clickModel=${name}`],
    `estimators.1.name: expected-relevance is what corrected clicks come to, and clicks of ${name} say nothing of documents; use skyline`,
  ]),
  [
    ['estimators.1.propensity={clickModel: document-ctr}'],
    'estimators.1.propensity: by document-ctr every rank is looked at, so that there is no bias to be corrected: use the weighting naive',
  ],
  [['estimators=[naive, affine]'], 'estimators.1.name: affine corrects trust bias, but simulation.clickModel is position-based'],
  [
    ['simulation.clickModel={name: position-based, examination: [1]}'],
    'simulation.clickModel: examination gives 1 values for 10 positions',
  ],
  [['simulation.positions=1e9'], 'simulation.positions: must be at most 5000, got 1000000000'],
  [['training.steps=1e300'], 'training.steps: must be at most 100000000, got 1e+300'],
  [['simulation.sessions=1e300'], 'simulation.sessions: must be at most 9007199254740991, got 1e+300'],
  [['simulation.sessions=.inf'], 'simulation.sessions: must be a whole number, got Infinity'],
  [['evaluation.metrics=[ndcg@10.0]'], 'evaluation.metrics.0: '],
  [['seeds=[1, 1]'], 'seeds: must be at least one seed, none twice'],
  [['name=../x'], 'name: must name a file'],
  [['estimators.0.label=a/b'], 'estimators.0.label: must name a file'],
  [['evaluation.metrics=[ndcg@0]'], 'evaluation.metrics.0: the cutoff of "ndcg@0" must be a whole number of at least 1, got 0'],
  [['evaluation.metrics=[ndgc@5]'], 'evaluation.metrics.0: unknown metric "ndgc"; did you mean "ndcg"?'],
  [['evaluation.metrics=[ndcg, ndcg]'], 'evaluation.metrics: "ndcg" is named twice'],
  [['evaluation={metrics: [], searchSessions: null}'], 'evaluation.metrics: must name at least one metric'],
  [['data.scale=minmax'], 'data.scale: unknown name "minmax"; did you mean "min-max"?'],
])('%s: %s', async (overrides, fault) => {
  const attempt = readConfig(small, overrides);
  await expect(attempt).rejects.toThrow(UsageError);
  await expect(attempt).rejects.toThrow(fault);
});

test('a log that is given needs no simulated randomisation', async () => {
  const config = await readConfig(small, ['estimators.1.propensity=randomisation'], { simulated: false });
  expect(config.estimators[1]).toMatchObject({ propensity: { name: 'randomisation' } });
});

test.each(['document-ctr', 'position-based', 'trust-bias', 'cascade', 'dynamic-bayesian', 'user-browsing'])(
  'clicks of %s say something of documents, so that unbiased estimators have a limit',
  async (clickModel) => {
    const config = await readConfig(small, ['estimators=[naive, expected-relevance]', `simulation.clickModel=${clickModel}`]);
    expect(config.estimators).toHaveLength(2);
  },
);

test.each(['position-based', 'cascade', 'dynamic-bayesian', 'user-browsing', 'dependent-click'])(
  '%s can be fitted as a bias',
  async (name) => {
    const config = await readConfig(small, [`estimators=[naive, {bias: {clickModel: ${name}}, weighting: ips}]`]);
    expect(config.estimators).toHaveLength(2);
  },
);

test('a missing file is one line, broken YAML says where', async () => {
  await expect(readConfig(join(home, 'none.yaml'))).rejects.toThrow(/^cannot read the config ".*none\.yaml": no such file/);
  const broken = readConfig(file('broken.yaml', 'seeds: 5\nname: "x\n'));
  await expect(broken).rejects.toThrow(DataError);
  await expect(broken).rejects.toThrow(/broken\.yaml:\d+:\d+: /);
  await expect(broken).rejects.not.toThrow(/\n/);
  await expect(readConfig(file('list.yaml', '- 1\n'))).rejects.toThrow(/a config is a group of keys/);
});

test('the JSON Schema knows every key, every method and nothing else', () => {
  const schema = configSchema(ranking);
  const text = JSON.stringify(schema);
  for (const name of Object.keys(estimators)) expect(text).toContain(`"${name}"`);
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  expect(Object.keys((schema as { properties: object }).properties)).toEqual(
    expect.arrayContaining([...Object.keys(decodeConfig({}, 'x')), 'seed', 'estimator', 'extends', 'preset', 'sweep', 'launcher']),
  );
});

test('the JSON Schema says once what stands at many places, and is small enough for an editor', () => {
  const { title, $defs, ...schema } = configSchema(ranking) as { $defs: Record<string, object>; [key: string]: unknown };
  const { reference, ...definitions } = $defs;
  const inFull = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inFull);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, anyOf } = node as { $ref?: string; anyOf?: { $ref?: string }[] };
    if (anyOf?.[1]?.$ref === '#/$defs/reference') return anyOf[0]; // what may be a reference too
    if ($ref !== undefined) return inFull(definitions[$ref.replace('#/$defs/', '')]);
    return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, inFull(part)]));
  };
  expect(inFull(schema)).toEqual(toJsonSchema(ranking.file, { typeMode: 'input', errorMode: 'ignore' }));
  expect(title).toBe('Counterrank run config');
  expect(reference).toBeDefined();
  expect(JSON.stringify(configSchema(ranking), null, 2).length).toBeLessThan(300_000);
});

test('where the JSON Schema expects a number or a name, a reference to one may stand', () => {
  const { properties, $defs } = configSchema(ranking) as {
    properties: { simulation: { properties: { sessions: object } } };
    $defs: { reference: { pattern: string } };
  };
  expect(properties.simulation.properties.sessions).toMatchObject({ anyOf: [{ type: 'integer' }, { $ref: '#/$defs/reference' }] });
  const pattern = new RegExp($defs.reference.pattern);
  const [open, close] = ['${', '}']; // apart, as a reference within a plain text is taken for a slip
  expect(['???', `${open}env:N,5${close}`, `${open}a.b${close}`].every((text) => pattern.test(text))).toBe(true);
  expect(['5', 'a', '??', `${open}${close}`].some((text) => pattern.test(text))).toBe(false);
});
