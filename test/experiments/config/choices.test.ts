import fc from 'fast-check';
import { isSweep, parseChoices, parseValue } from '../../../experiments/config/choices.ts';
import { UsageError } from '../../../src/errors.ts';

const values = (text: string) => parseChoices(text, text).map(({ value }) => value);

test.each([
  ['naive,ips, dual-learning', ['naive', 'ips', 'dual-learning']],
  ['1e4,true,null,0.5', [1e4, true, null, 0.5]],
  ['1..4', [1, 2, 3, 4]],
  ['1..3,7', [1, 2, 3, 7]],
  ['0..1..0.25', [0, 0.25, 0.5, 0.75, 1]],
  ['0.3..0..-0.1', [0.3, 0.2, 0.1, 0]],
  ['0..0.3..0.1', [0, 0.1, 0.2, 0.3]],
  ['-1..1', [-1, 0, 1]],
  ['1e-7..3e-7..1e-7', [1e-7, 2e-7, 3e-7]],
  ['1000000000001..1000000000003', [1000000000001, 1000000000002, 1000000000003]],
  ['-2..1', [-2, -1, 0, 1]],
  ['10..1..-3', [10, 7, 4, 1]],
  ['range(0,5,2)', [0, 2, 4]],
  ['range(3)', [0, 1, 2]],
  ['range(0,6,2), 9', [0, 2, 4, 9]],
  ['log(1e4,1e7,4)', [1e4, 1e5, 1e6, 1e7]],
  ['log(1, 100, 3)', [1, 10, 100]],
  ['log(12345,123456,3)', [12345, 39040, 123456]],
  ['[1, 2],[3]', [[1, 2], [3]]],
  ['naive,{name: mlp, hidden: [4, 2]}', ['naive', { name: 'mlp', hidden: [4, 2] }]],
  [`"a, b",'c, d'`, ['a, b', 'c, d']],
  ["'it''s, so',x", ["it's, so", 'x']],
  ["it's,so", ["it's", 'so']],
  ['../data,..,2../b', ['../data', '..', '2../b']],
  ['"0..x"', ['0..x']],
  ['see a..b', ['see a..b']],
  ['"1..3"', ['1..3']],
  ['0x10,0o7,1_000,0b1,010', ['0x10', '0o7', '1_000', '0b1', 10]], // numbers are decimal
  ['[1,\n 2]', [[1, 2]]],
  ['{a: "x, }"},b', [{ a: 'x, }' }, 'b']],
])('%s has the values %j', (text, expected) => {
  expect(values(text)).toEqual(expected);
});

test.each([
  ['a,,b', /a value is empty; write null/],
  ['5..1', /5\.\.1 has no values; write low\.\.high/],
  ['1..5..0', /has no values/],
  ['9007199254740990..9007199254740993', /has 9007199254740992, beyond ±9007199254740991/],
  ['1..1.5', /1\.\.1\.5 does not meet its end in steps of 1; write low/],
  ['0..1..0.3', /does not meet its end in steps of 0\.3/],
  ['range(0x1,3)', /takes numbers/],
  ['a\nb', /in YAML a line break within a text is a blank, "\\n" in double quotes one/],
  ['["a\nb"]', /a line break/],
  ['range(5,0)', /range\(5,0\) has no values/],
  ['range(a)', /takes numbers/],
  ['log(0,1,3)', /must be log\(from,to,count\) with from and to above 0/],
  ['log(1,10,1)', /count of at least 2/],
  ['log(1,10,100001)', /at most 100000$/],
  ['1..100001', /1\.\.100001 has 100001 values, more than 100000; write/],
  ['range(0,1e6)', /has 1000000 values, more than 100000/],
  ['0..x', /"0\.\.x": 0\.\.x is no range: write low\.\.high, or low\.\.high\.\.step, in numbers; text goes in quotes, '"0\.\.x"'/],
  ['a,x..5', /x\.\.5 is no range/],
  ['1...5', /1\.\.\.5 is no range/],
  ['1..', /is no range/],
  ['..5', /is no range/],
  ['1 ..5', /is no range/],
  ['1..5..x', /is no range/],
  ['[1,2', /a closing ] is missing/],
  ['"a,b', /a closing " is missing/],
])('%s is refused', (text, message) => {
  expect(() => values(text)).toThrow(UsageError);
  expect(() => values(text)).toThrow(message);
});

test('several values or a range outside of quotes and brackets are a sweep', () => {
  expect(['a,b', '1..3', 'range(3)', 'log(1,10,2)'].map((text) => isSweep(text, text))).toEqual([true, true, true, true]);
  expect(['a', '[1,2]', '"a,b"', '{a: 1, b: 2}', '"1..3"', '1.5'].some((text) => isSweep(text, text))).toBe(false);
});

test('what can only be a broken range is no single value either', () => {
  expect(() => isSweep('0..x', 'seed=0..x')).toThrow(/"seed=0\.\.x": 0\.\.x is no range/);
  expect(isSweep('"0..x"', 'x')).toBe(false);
});

test('any values, written as JSON with commas between, are read back', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 5 }), (list) => {
      const written = list.map((value) => JSON.stringify(value));
      expect(values(written.join(','))).toEqual(JSON.parse(`[${written.join(',')}]`));
    }),
  );
});

test.each([
  ['/data/my #1 set', 'in YAML "#1 set" is a comment'],
  ['{a: 1 # one\n}', 'in YAML "# one" is a comment'],
  ['...', 'in YAML "..." is a mark of a document'],
  ['a\n---\nb', 'in YAML "---" is a mark of a document'],
  ['%x', 'in YAML "%x" is a directive'],
  ['*.txt', 'in YAML "*.txt" refers to something else'],
  ['[*a]', 'in YAML "*a" refers to something else'],
  ['&a 1', 'in YAML "&a" refers to something else'],
  ['!a b', 'in YAML "!a" gives a value another type'],
  ['{a: 1, "a": 2}', 'Map keys must be unique'],
  ['{[a]: 1}', 'a key must be a text'],
  [`${'['.repeat(51)}${']'.repeat(51)}`, 'more than 50 lists and groups within each other'],
  ['- a', 'a group is written {key: value}, a list [a, b]'],
  ['a: b', 'a group is written {key: value}, a list [a, b]'],
  ['|', 'a group is written {key: value}, a list [a, b]'],
])('a value is one value and nothing beside it: %j is refused', (text, message) => {
  expect(() => parseValue(text, `key=${text}`)).toThrow(UsageError);
  expect(() => parseValue(text, `key=${text}`)).toThrow(message);
});

test.each([
  ['"/data/my #1 set"', '/data/my #1 set'],
  ["'...'", '...'],
  ['"*.txt"', '*.txt'],
  ['a#b', 'a#b'],
  ['data/*.txt', 'data/*.txt'],
  ['{a: [1, "#"]}', { a: [1, '#'] }],
])('in quotes, or within a word, any mark is text: %s', (text, value) => {
  expect(parseValue(text, text)).toEqual(value);
});
