import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { methodGroups } from '../../../../experiments/catalogue/method-groups.ts';
import { learnedRows, learnMethod } from '../../../../experiments/tasks/ranking/learn-methods.ts';
import type { Logs } from '../../../../experiments/tasks/ranking/learning-input.ts';
import { propensitiesPicture } from '../../../../experiments/tasks/ranking/propensities-picture.ts';
import { propensityFault } from '../../../../experiments/tasks/ranking/propensity-fault.ts';
import { propensities } from '../../../../experiments/tasks/ranking/ranking-tables.ts';
import { sourceRemark } from '../../../../experiments/tasks/shared/bias-source.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { strictObject } from '../../../../src/schema.ts';
import { tinyConfig } from '../../tiny-runs.ts';

const truth = [1, 0.5, 0.2];
/** One seed's rows of propensities that are so many times the true ones. */
const series = (factors: readonly number[], source: string | null = 'learnt', known = true, seed = '1') => ({
  seed,
  rows: truth.map((theta, k) => ({ rank: k + 1, estimated: theta * factors[k], true: known ? theta : null, source })),
});

test('propensities off by more than 1.5, up or down, are told with the worst rank and in how many seeds', () => {
  expect(propensityFault([series([1, 1.49, 0.67])])).toBeNull();
  expect(propensityFault([series([1, 1.6, 0.25])])).toBe('off by more than a factor of 1.5, at worst 0.25 times the truth at rank 3');
  expect(propensityFault([series([1, 1.6, 1]), series([1, 1, 1], 'learnt', true, '2'), series([1, 1.2, 2], 'learnt', true, '3')])).toBe(
    'off by more than a factor of 1.5 in 2 of 3 seeds, at worst 2 times the truth at rank 3',
  );
});

test('without a truth nothing can be told', () => {
  expect(propensityFault([series([1, 9, 9], 'learnt', false)])).toBeNull();
  expect(propensityFault([])).toBeNull();
});

test('a picture calls the curve by where it comes from', () => {
  expect(propensitiesPicture('ips', [series([1, 1, 1], 'oracle')])?.alt).toMatch(
    /^Propensities of ips by rank, told the truth \(oracle\) \(true\): 1/,
  );
  expect(propensitiesPicture('dla', [series([1, 1, 1])])?.alt).toMatch(/learnt from the log/);
  expect(JSON.stringify(propensitiesPicture('x', [series([1, 1, 1], null)]))).not.toMatch(/learnt|oracle|estimated"/);
});

const examination = Float64Array.of(1, 0.5);
const learnt = (entry: object, changes: object = {}) => {
  const own = {
    ...{ description: 'own', options: strictObject({}), ...entry },
    create: () => () => ({ rank: () => new Float32Array(0), scorer: null, examination, record: null, ...changes }),
  };
  const { parts } = builtIn();
  const changed = { ...parts, estimators: { ...parts.estimators, own } } as typeof parts;
  const querySet = { labels: new Float32Array(0) };
  const logs = { train: { querySet }, heldOut: null } as unknown as Logs;
  const learned = learnMethod(changed, tinyConfig(), { name: 'own', label: 'own' } as never, logs, createRng('x'));
  return learnedRows(learned, null)[0].rows.map(({ source }) => source);
};

test("an entry of a plugin says where its propensities come from; what it learns may say better; where neither does, nobody's word is taken", () => {
  expect(learnt({ source: 'given' })).toEqual(['given', 'given']);
  expect(learnt({ source: 'given' }, { examinationSource: 'oracle' })).toEqual(['oracle', 'oracle']);
  expect(learnt({})).toEqual([null, null]);
  expect(propensitiesPicture('x', [series([1, 1, 1], null)])?.alt).toMatch(/of unknown source/);
});

test('list shows the one source of an entry, of ours and of a plugin', () => {
  const own = { description: 'own', source: 'logged' };
  const catalogue = builtIn();
  const parts = { ...catalogue.parts, estimators: { ...catalogue.parts.estimators, own } } as typeof catalogue.parts;
  const described = new Map(
    methodGroups({ ...catalogue, parts })
      .filter(({ kind }) => !kind.startsWith('Weightings'))
      .flatMap(({ methods }) => methods.map(({ name, description }) => [name, description])),
  );
  expect(described.get('own')).toBe('own; as logged');
  expect(described.get('affine')).toMatch(/; told the truth \(oracle\)$/);
  expect(described.get('naive-bayes')).toMatch(/; from randomised traffic$/);
});

test('one line says for every method where its propensities come from, and of which nobody says', () => {
  const methods = [
    { title: 'naive', series: [] },
    { title: 'ips', series: [series([1, 1, 1], 'oracle')] },
    { title: 'dual-learning', series: [series([1, 2, 1])] },
    { title: 'clipped-ips', series: [series([1, 1, 1], 'oracle')] },
    { title: 'own', series: [series([1, 1, 1], null)] },
  ];
  const { sentence } = sourceRemark(propensities, 'Propensities');
  expect(sentence(methods)).toBe(
    'Propensities: ips, clipped-ips told the truth (oracle); dual-learning learnt from the log; own of unknown source',
  );
  expect(sentence([])).toBeNull();
});
