import { propensitiesPicture } from '../../../../experiments/tasks/ranking/propensities-picture.ts';
import { propensityFault } from '../../../../experiments/tasks/ranking/propensity-fault.ts';
import { propensities } from '../../../../experiments/tasks/ranking/ranking-tables.ts';
import { sourceRemark } from '../../../../experiments/tasks/shared/bias-source.ts';

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

test('one line says for every method where its propensities come from, and leaves out those that do not say', () => {
  const methods = [
    { title: 'naive', series: [] },
    { title: 'ips', series: [series([1, 1, 1], 'oracle')] },
    { title: 'dual-learning', series: [series([1, 2, 1])] },
    { title: 'clipped-ips', series: [series([1, 1, 1], 'oracle')] },
    { title: 'own', series: [series([1, 1, 1], null)] },
  ];
  const { sentence } = sourceRemark(propensities, 'Propensities');
  expect(sentence(methods)).toBe('Propensities: ips, clipped-ips told the truth (oracle); dual-learning learnt from the log');
  expect(sentence([])).toBeNull();
});
