import type { SearchSession } from '../../../src/data/search-session.ts';
import { UsageError } from '../../../src/errors.ts';
import { parseSessionMetric } from '../../../src/session-metrics/index.ts';

const session = (...grades: number[]): SearchSession => ({
  id: 's',
  queries: [{ results: grades.map((grade, i) => ({ id: `d${i}`, grade, clicked: false })) }],
});
const value = (text: string, one: SearchSession, shared: object = {}) => parseSessionMetric(text, { ...shared }).compute([one])[0];

const withGain = ['NUM', 'U-measure', 'time-U-measure', 'esNDCG', 'sDCG', 'nsDCG', 'sDCG/q', 'sRBP'];

test.each(withGain)('%s takes grades of 0 … 1000 with linear gain, in proportion, and refuses them with exponential gain', (name) => {
  const [high, low] = [session(0, 1000, 250), session(0, 4, 1)];
  const scales = [{ highestGrade: 1000 }, { highestGrade: 4 }];
  const linear = `${name}(gain=linear)`;
  const times = /^sDCG/.test(name) ? 250 : 1; // sums of gains; the others are shares
  const byLabel = name === 'time-U-measure'; // reading takes a time that depends on the label
  if (!byLabel) expect(value(linear, high, scales[0])).toBeCloseTo(times * value(linear, low, scales[1]), 10);
  expect(value(linear, high, scales[0])).toBeGreaterThan(0);
  expect(() => value(`${name}(gain=exponential)`, high, scales[0])).toThrow(UsageError);
});
