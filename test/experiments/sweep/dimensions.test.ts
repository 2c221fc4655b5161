import { combinations, sweepSpace } from '../../../experiments/sweep/dimensions.ts';
import { UsageError } from '../../../src/errors.ts';

const none = { grid: {}, zip: [], skip: [] };
const all = (section: Partial<typeof none> | object, overrides: string[] = [], zip: string[] = []) =>
  [...combinations(sweepSpace({ ...none, ...section }, { overrides, zip }))].map((words) => words.join(' '));

test('every combination, the last key fastest; single values go with every run, where they were typed', () => {
  expect(all({}, ['a=1,2', 'c=x', 'b=3..4'])).toEqual(['a=1 c=x b=3', 'a=1 c=x b=4', 'a=2 c=x b=3', 'a=2 c=x b=4']);
});

test('there are as many combinations as the product of the groups, all different', () => {
  const runs = all({ grid: { a: '1..3', b: ['x', 'y'] }, zip: [{ c: [1, 2, 3, 4], d: '5..8' }] }, ['e=1,2']);
  expect(new Set(runs).size).toBe(3 * 2 * 4 * 2);
});

test('zipped keys go together, of the file and of the command line, also when other words stand between', () => {
  expect(all({ zip: [{ a: [1, 2], b: ['x', 'y'] }] })).toEqual(['a=1 b=x', 'a=2 b=y']);
  expect(all({}, ['a=1,2', 'c=0', 'b=x,y'], ['a,b'])).toEqual(['a=1 c=0 b=x', 'a=2 c=0 b=y']);
  expect(all({}, ['z=7,8', 'a=1,2', 'b=x,y'], ['b,a'])).toEqual(['z=7 a=1 b=x', 'z=7 a=2 b=y', 'z=8 a=1 b=x', 'z=8 a=2 b=y']);
  expect(all({}, ['a=1,2', 'b=3,4', 'c=5,6', 'd=7,8'], ['a,c', 'b,d'])).toEqual([
    'a=1 b=3 c=5 d=7',
    'a=1 b=4 c=5 d=8',
    'a=2 b=3 c=6 d=7',
    'a=2 b=4 c=6 d=8',
  ]);
});

test('what is typed replaces the values of the file', () => {
  expect(all({ grid: { a: [1, 2], b: [3, 4] } }, ['a=9'])).toEqual(['b=3 a=9', 'b=4 a=9']);
  expect(all({ grid: { a: [1, 2] } }, ['a=8,9'])).toEqual(['a=8', 'a=9']);
});

test('values of a file are written so that they can be typed', () => {
  expect(all({ grid: { a: ['x', '1..2', 'p, q', 5, null, { name: 'mlp' }, '12'] } })).toEqual([
    'a=x',
    'a="1..2"',
    'a="p, q"',
    'a=5',
    'a=null',
    'a={"name":"mlp"}',
    'a="12"',
  ]);
});

test.each([
  [{ grid: { a: [1, 2] }, zip: [{ a: [1, 2] }] }, [], [], /"a" is swept twice/],
  [{}, ['a=1,2', 'a=3,4'], [], /"a" is swept twice/],
  [{}, ['a=1,2', 'b=1,2,3'], ['a,b'], /equally many values: a has 2, b has 3/],
  [{}, ['a=1,2', 'b=1'], ['a,b'], /"b" is zipped but has no values/],
  [{}, ['a=1,2', 'b=1,2', 'c=1,2'], ['a,b', 'b,c'], /"b" is zipped twice/],
  [{}, ['a=1,2'], ['a'], /name two keys or more/],
  [{ grid: { a: '1,,2' } }, [], [], /sweep\.grid\.a: 1,,2.*empty/],
])('%j %j %j is refused', (section, overrides, zip, message) => {
  expect(() => all(section, overrides, zip)).toThrow(UsageError);
  expect(() => all(section, overrides, zip)).toThrow(message);
});
