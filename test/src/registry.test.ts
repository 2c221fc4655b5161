import { UsageError } from '../../src/errors.ts';
import { lookup, nearName } from '../../src/registry.ts';

test('a name is looked up among own keys only, and a bad one is told the good ones', () => {
  const table = { cascade: 1, 'position-based': 2 };
  expect(lookup('click model', table, 'cascade')).toBe(1);
  expect(() => lookup('click model', table, 'constructor')).toThrow(
    new UsageError('unknown click model "constructor"; known: cascade, position-based'),
  );
});

test.each([
  ['dual-lerning', ['naive', 'dual-learning'], '; did you mean "dual-learning"?'],
  ['ndgc', ['ndcg', 'err'], '; did you mean "ndcg"?'],
  ['snips', ['ips', 'naive'], '; did you mean "ips"?'],
  ['nsdcg', ['sDCG', 'nsDCG'], '; did you mean "nsDCG"?'],
  ['rr', ['R', 'RR'], '; did you mean "RR"?'],
  ['bm25', ['naive', 'ips'], ''],
  ['9', ['1', '2'], ''], // every other one-letter name is one letter away
  ['x', [], ''],
])('near %s among %j: %s', (name, known, offer) => expect(nearName(name, known)).toBe(offer));
