import { checkRows, column, optionalColumn, type Row, rowsOf, table } from '../../../experiments/tables/table.ts';
import { UsageError } from '../../../src/errors.ts';

const mixed = table('mixed', 'a column of every type', {
  count: column('integer', 'whole'),
  share: optionalColumn('number', 'may be null', { unit: 'share' }),
  word: column('text', 'any'),
  flag: column('boolean', 'yes or no'),
});
const row: Row<typeof mixed> = { count: 3, share: 0.5, word: 'a', flag: true };

test.each(['metrics', 'per-query', 'Mixed', '2nd', 'a/b', '../x', 'a.csv', 'a_b', ''])('no table is named "%s"', (name) => {
  expect(() => table(name, '', {})).toThrow(UsageError);
  expect(() => table(name, '', {})).toThrow(`a table cannot be named "${name}": small letters, digits and -`);
});

test.each(['seed', 'method', 'Share', 'held-out', '1st', ''])('no column is named "%s"', (name) => {
  expect(() => table('mixed', '', { [name]: column('text', '') })).toThrow(UsageError);
  expect(() => table('mixed', '', { [name]: column('text', '') })).toThrow(`table "mixed": a column cannot be named "${name}"`);
});

test('what a column was declared with is in it', () => {
  expect(mixed.columns.share).toEqual({ type: 'number', description: 'may be null', optional: true, unit: 'share' });
  expect(mixed.columns.word).toEqual({ type: 'text', description: 'any', optional: false });
});

test('rows as they were declared pass, NaN among them', () => {
  expect(() => checkRows(rowsOf(mixed, [row, { ...row, share: null }, { ...row, share: Number.NaN, word: '' }]))).not.toThrow();
});

test.each([
  [{ count: 1.5 }, 'count must be of type integer, got 1.5'],
  [{ count: null }, 'count must be of type integer, got null'],
  [{ count: undefined }, 'count must be of type integer, got undefined'],
  [{ share: '0.5' }, 'share must be of type number or null, got 0.5'],
  [{ share: undefined }, 'share must be of type number or null, got undefined'],
  [{ word: 1 }, 'word must be of type text, got 1'],
  [{ word: null }, 'word must be of type text, got null'],
  [{ flag: 'true' }, 'flag must be of type boolean, got true'],
  [{ more: 1 }, '"more" is no column of it'],
  [{ toString: 1 }, '"toString" is no column of it'],
])('%j is a fault, told with its row', (change, fault) => {
  const rows = [row, { ...row, ...change } as unknown as typeof row];
  expect(() => checkRows(rowsOf(mixed, rows))).toThrow(UsageError);
  expect(() => checkRows(rowsOf(mixed, rows))).toThrow(`table "mixed", row 2: ${fault}`);
});
