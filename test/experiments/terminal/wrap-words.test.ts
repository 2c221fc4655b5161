import { forScreen, hangingColumns, wrapWords } from '../../../experiments/terminal/wrap-words.ts';

const text = 'one two three four five six';

test('lines are broken between words, and no wider than asked', () => {
  expect(wrapWords(text, 13)).toBe('one two three\nfour five six');
  expect(wrapWords(text, 13, 2)).toBe('one two three\n  four five\n  six');
  expect(wrapWords('a-word-that-is-longer x', 5)).toBe('a-word-that-is-longer\nx');
  expect(wrapWords('short\nlines', 80)).toBe('short\nlines');
});

test('what programs read is left as it is', () => {
  expect(forScreen(text, { columns: 13, terminal: false })).toBe(text);
});

test('descriptions hang below each other', () => {
  const screen = { columns: 40, terminal: true };
  expect(hangingColumns([['  ips', 'inverse propensity scoring, weights by examination']], screen)).toBe(
    '  ips  inverse propensity scoring,\n       weights by examination',
  );
});
