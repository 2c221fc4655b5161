import { basename, join, resolve } from 'node:path';
import fc from 'fast-check';
import { checkPathName, pathNameFault } from '../../../src/data/path-name.ts';
import { UsageError } from '../../../src/errors.ts';

test.each(['a', 'ndcg@10', "nDCG(dcg='exp-log2')@10", 'clipped ips', 'обратная', 'é'.repeat(100), 'console', 'x.con', '.hidden', '...x'])(
  '%j names a file',
  (name) => expect(pathNameFault(name)).toBeNull(),
);

test.each([
  '',
  '.',
  '..',
  '/',
  'a/b',
  '../x',
  '/etc/x',
  'a\\b',
  'a\u0000',
  'a\nb',
  '\u001b[2J',
  'a:b',
  '<b>',
  'con',
  'NUL',
  'com1.txt',
  'a.',
  'a ',
  'x'.repeat(201),
  'é'.repeat(101),
])('%j names none', (name) => expect(() => checkPathName(name)).toThrow(UsageError));

test('a name that passes stays in its folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'./\\ab :\u0000\n\ud83d\ude00'.split(''), '..') }), (name) => {
      fc.pre(pathNameFault(name) === null);
      expect(resolve(join('/folder', name))).toBe(`/folder/${name}`);
      expect(basename(name)).toBe(name);
    }),
  );
});
