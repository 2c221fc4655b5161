import { readFileSync } from 'node:fs';
import { UsageError } from '../../../src/errors.ts';
import { corrections } from '../../../src/stats/corrections.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';

const pValues = [0.04, 0.01, 0.03, 0.9];

test('Bonferroni multiplies by the number of tests, up to 1', () => {
  expect([...corrections.bonferroni(pValues)]).toEqual([4 * 0.04, 4 * 0.01, 4 * 0.03, 1]);
});

test('Benjamini–Hochberg: m/j times the j-th smallest, never above a larger one', () => {
  const third = (4 / 3) * 0.04; // below 4/2 · 0.03, so it is lowered to it
  expect([...corrections['benjamini-hochberg'](pValues)]).toEqual([third, 4 * 0.01, third, 0.9]);
});

test('none leaves them as they are', () => {
  expect([...corrections.none(pValues)]).toEqual(pValues);
});

test.each(Object.entries(corrections))('%s keeps the input, takes none at all, refuses what is no probability', (_, correct) => {
  const input = [...pValues];
  const adjusted = correct(input);
  expect(input).toEqual(pValues);
  for (const [i, p] of adjusted.entries()) expect(p).toBeGreaterThanOrEqual(pValues[i]);
  expect(correct([])).toHaveLength(0);
  expect(() => correct([0.2, 1.1])).toThrow(UsageError);
  expect(() => correct([0.2, Number.NaN])).toThrow('got NaN at 1');
});

interface Golden {
  readonly tests: Record<string, { p_t: number; p_holm: number; p_bonferroni: number; p_bh: number }>;
}

testWithData('as statsmodels, seven tests', () => {
  const golden: Golden = JSON.parse(readFileSync(sharedData('significance-golden.json'), 'utf8'));
  const tests = Object.values(golden.tests);
  const raw = tests.map(({ p_t }) => p_t);
  const names = { holm: 'p_holm', bonferroni: 'p_bonferroni', 'benjamini-hochberg': 'p_bh', none: 'p_t' } as const;
  for (const [name, key] of Object.entries(names))
    for (const [i, adjusted] of corrections[name as keyof typeof names](raw).entries())
      expect(Math.abs(adjusted / tests[i][key] - 1)).toBeLessThan(1e-12);
});
