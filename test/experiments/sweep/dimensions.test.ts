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

test('of keys that the file zips, a typed value keeps those that stand beside it', () => {
  const section = { zip: [{ size: [100, 10, 1], held: [25, 5, 1], rate: [0.3, 0.1, 0.3] }], grid: { g: [1, 2] } };
  expect(all(section, ['size=10'])).toEqual(['g=1 held=5 rate=0.1 size=10', 'g=2 held=5 rate=0.1 size=10']);
  expect(all(section, ['size=1e1', 'g=1'])).toEqual(['held=5 rate=0.1 size=1e1 g=1']);
  expect(all(section, ['size=1,100', 'g=1'])).toEqual(['held=1 rate=0.3 size=1 g=1', 'held=25 rate=0.3 size=100 g=1']);
  expect(all(section, ['rate=0.3', 'g=1'])).toEqual(['size=100 held=25 rate=0.3 g=1', 'size=1 held=1 rate=0.3 g=1']);
  expect(all(section, ['rate=0.1,0.3', 'g=1'])).toEqual([
    'size=10 held=5 rate=0.1 g=1',
    'size=100 held=25 rate=0.3 g=1',
    'size=1 held=1 rate=0.3 g=1',
  ]);
  expect(all(section, ['size=100', 'rate=0.3', 'g=1'])).toEqual(['held=25 size=100 rate=0.3 g=1']);
  expect(all(section, ['size=7,8', 'held=1,2', 'rate=9', 'g=1'])).toEqual(['size=7 held=1 rate=9 g=1', 'size=8 held=2 rate=9 g=1']);
  expect(all({ zip: [{ a: ['x', { name: 'mlp' }], b: [1, 2] }] }, ['a={name: mlp}'])).toEqual(['b=2 a={name: mlp}']);
});

test('typed keys join those that the file zips with one of them', () => {
  const section = { zip: [{ a: [1, 2], b: [3, 4] }] };
  expect(all(section, ['a=2,1', 'c=x,y'], ['a,c'])).toEqual(['b=4 a=2 c=x', 'b=3 a=1 c=y']);
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
  [
    { zip: [{ a: [1, 2], b: [3, 4], c: [5, 6] }] },
    ['a=7'],
    [],
    /^a=7: the file changes it together with b, c, for a 1 \| 2 only; give those too: a=7 b=… c=…$/,
  ],
  [
    { zip: [{ a: [1, 2], b: [3, 4], c: [5, 6] }] },
    ['a=1', 'b=4'],
    [],
    /^a=1 b=4: the file changes them together with c, for a 1 \| 2, b 3 \| 4 only/,
  ],
  [{ zip: [{ a: [1, 2], b: [3, 4] }] }, ['a=1,2', 'b=7,8,9'], [], /zips a, b: give them equally many values, got 2 and 3/],
  [{ grid: { a: '1,,2' } }, [], [], /sweep\.grid\.a: 1,,2.*empty/],
])('%j %j %j is refused', (section, overrides, zip, message) => {
  expect(() => all(section, overrides, zip)).toThrow(UsageError);
  expect(() => all(section, overrides, zip)).toThrow(message);
});
