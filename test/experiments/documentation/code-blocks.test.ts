import { type ClickModel, type ClickModelDefinition, clickModel, clickModels, gone } from '../../../click-models/index.ts';
import { checkedPages } from '../../../experiments/documentation/checked-pages.ts';
import { blocksOf, textOf, written } from './documents.ts';

/** Languages of blocks of code, and the pages where they stand: who runs them. */
const accounts: Readonly<Record<string, readonly string[] | 'all'>> = {
  sh: 'all', //     npm run docs:check
  yaml: 'all', //   readme.test.ts
  ts: 'all', //     readme-scripts.test.ts, but for own-task (coin-flip.test.ts), tutorial (tutorial.test.ts) and click-models (below)
  json: 'all', //   below
  sql: ['docs/log-store.md'], //    count-log.test.ts, but for Spark's, which is not here
  python: ['docs/log-store.md'], // not run: neither pandas nor Polars is here
};
const fences = written.flatMap((file) =>
  [...textOf(file).matchAll(/^ *```+([^\n]*)\n.*?^ *```+$/gms)].map(([, language]) => ({ file, language })),
);

test('every block of code is one that somebody runs', () => {
  expect(fences.length).toBeGreaterThan(80);
  const named = fences.filter(({ language }) => language !== ''); // the others are what is printed, and drawings
  expect(named.filter(({ file, language }) => accounts[language] !== 'all' && accounts[language]?.includes(file) !== true)).toEqual([]);
  expect([blocksOf('docs/log-store.md', 'sql').length, blocksOf('docs/log-store.md', 'python').length]).toEqual([3, 1]);
});

test('pages with shell blocks are those that are checked', async () => {
  const checked = await checkedPages('.');
  expect(
    [...new Set(fences.filter(({ language }) => language === 'sh').map(({ file }) => file))].filter((file) => !checked.includes(file)),
  ).toEqual([]);
});

test('lines of logs are JSON', () => {
  const lines = written.flatMap((file) => blocksOf(file, 'json')).flatMap((block) => block.trim().split('\n'));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(JSON.parse(line)).toBeInstanceOf(Object);
});

test('the definition of a click model that the docs show is the one of its name', () => {
  const [block, ...others] = blocksOf('docs/click-models.md', 'ts');
  expect(others).toEqual([]);
  const script = block.replace('const definition: ClickModelDefinition', 'const definition');
  const shown = new Function('clickModel', 'gone', `${script}; return { definition, model };`)(clickModel, gone) as {
    definition: ClickModelDefinition;
    model: ClickModel;
  };
  const registered = clickModels['dynamic-bayesian'].create({ continuation: 0.9 } as never, 10) as ClickModel & Record<string, unknown>;
  expect(shown.definition.name).toBe('dynamic-bayesian');
  expect(JSON.stringify(shown.model)).toBe(JSON.stringify(registered));
});
