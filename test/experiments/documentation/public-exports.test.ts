import { existsSync } from 'node:fs';
import { apiPages } from '../../../experiments/documentation/api-pages.ts';
import { type PublicArea, publicAreas, publicExports } from '../../../experiments/documentation/public-exports.ts';
import { textOf } from './documents.ts';

const areas = Object.keys(publicAreas) as PublicArea[];

test.each(areas)('every export of %s has a docstring', (area) => {
  const without = publicExports(area).filter(({ docstring }) => docstring === null || docstring === '');
  expect(without.map(({ name, file }) => `${name} (${file})`)).toEqual([]);
});

test.each(areas)('every value that %s exports is found in its sources', async (area) => {
  const module = (await import(`../../../${area}/index.ts`)) as object;
  const found = new Set(publicExports(area).map(({ name }) => name));
  expect(Object.keys(module).filter((name) => !found.has(name))).toEqual([]);
});

test('what is found of an export', () => {
  const one = publicExports('estimators').find(({ name }) => name === 'clippedIps');
  expect(one).toMatchObject({ file: 'estimators/short-forms.ts' });
  const head = publicExports('src').find(({ name }) => name === 'err');
  expect(head?.docstring).toContain('Chapelle et al., CIKM 2009');
});

test('the pages of the API are those that npm run docs writes', () => {
  const stale = [...apiPages()].filter(([path, text]) => !existsSync(path) || textOf(path) !== text).map(([path]) => path);
  expect(stale).toEqual([]);
});
