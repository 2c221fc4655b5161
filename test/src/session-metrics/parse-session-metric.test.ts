import { UsageError } from '../../../src/errors.ts';
import { parseSessionMetric } from '../../../src/session-metrics/parse-session-metric.ts';

test.each([
  ['NUM', 'NUM'],
  ['NUM()', 'NUM'],
  [' NUM( L=50000 , C = 500 )', 'NUM(L=50000,C=500)'],
  ['NUM(C=500,trailtextLength=5e4)', 'NUM(L=50000,C=500)'],
  ['NUM(L=132000)', 'NUM'],
  ['NUM(clickEnhancement=false,labels=click)', 'NUM(labels=click,clickEnhancement=false)'],
])('%s is %s, and so is what is printed', (text, name) => {
  const parsed = parseSessionMetric(text);
  expect(parsed).toMatchObject({ name, metric: 'NUM' });
  const again = parseSessionMetric(parsed.name);
  expect(again.name).toBe(name);
  expect(again.options).toEqual(parsed.options);
});

test('shared defaults reach the metrics that have the option; the text wins', () => {
  expect(parseSessionMetric('NUM', { highestGrade: 4, nothing: 1 }).name).toBe('NUM(H=4)');
  expect(parseSessionMetric('NUM(H=3)', { highestGrade: 4 }).name).toBe('NUM(H=3)');
});

test.each([
  ['NUN', /unknown session metric "NUN"; did you mean "NUM"\?/],
  ['NUM(M=3)', /NUM has no option "M"/],
  ['NUM(clickEnhancment=true)', /did you mean "clickEnhancement"\?/],
  ['NUM(L=0)', /trailtextLength/],
  ['NUM(L=ten)', /trailtextLength/],
  ['NUM(L=1,L=2)', /"L" is set twice/],
  ['NUM(L=1,trailtextLength=2)', /"trailtextLength" is set twice/],
  ['NUM(L)', /expected option=value, got "L"/],
  ['NUM(L=1', /expected a name and perhaps options/],
  ['', /expected a name/],
  ['constructor', /unknown session metric/],
])('refuses %j', (text, message) => {
  expect(() => parseSessionMetric(text)).toThrow(UsageError);
  expect(() => parseSessionMetric(text)).toThrow(message);
});
