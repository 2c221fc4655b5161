import { existsSync, readdirSync } from 'node:fs';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { methodGroups } from '../../../experiments/catalogue/method-groups.ts';
import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { configFile, figureConfigs, figureKinds } from '../../../experiments/documentation/figure-configs.ts';
import { figureFolder, figureOf } from '../../../experiments/documentation/method-figure.ts';
import { methodPage } from '../../../experiments/documentation/method-page.ts';
import { readTexts, textFaults } from '../../../experiments/documentation/method-texts.ts';
import { optionRows, valuesOf } from '../../../experiments/documentation/option-rows.ts';
import { methodPages } from '../../../experiments/documentation/pages.ts';
import { tryIt } from '../../../experiments/documentation/try-it.ts';
import {
  above,
  array,
  boolean,
  integer,
  literal,
  nullable,
  optional,
  picklist,
  probability,
  real,
  strictObject,
  union,
} from '../../../src/schema.ts';
import { commandsOf, made, textOf } from './documents.ts';

const groups = methodGroups();

test.each(groups)(
  'every method of $slug has formula, assumptions, use, failure, source and options: docs/methods/texts/$slug.yaml',
  async ({ slug, methods }) => {
    const texts = await readTexts(slug);
    const faults = methods.flatMap(({ name, options }) => {
      const names = options === null ? [] : optionRows(options).map((row) => row.name);
      return textFaults(slug, texts, name, names).map((fault) => `${name}: ${fault}`);
    });
    const known = ['$options', ...methods.map(({ name }) => name)];
    const strays = Object.keys(texts).filter((name) => !known.includes(name));
    expect({ faults, strays }).toEqual({ faults: [], strays: [] });
  },
);

test('what is missing, and what is too much, is told', () => {
  const whole = { formula: 'c', assumes: 'a', use: 'u', fails: 'f', source: 's', peers: 'p' };
  expect(textFaults('weightings', { ips: { ...whole, options: { clip: 'τ' } } }, 'ips', ['clip'])).toEqual([]);
  expect(textFaults('weightings', { ips: { ...whole, fails: ' ' } }, 'ips', ['clip'])).toEqual(['no fails', 'no text of the option clip']);
  expect(textFaults('weightings', {}, 'ips', [])).toHaveLength(6);
  expect(textFaults('readers', {}, 'csv', [])).toEqual(['no use', 'no fails', 'no source']);
  expect(textFaults('weightings', { ips: { ...whole, options: { clop: '' } } }, 'ips', [])).toEqual(['a text of clop, which is no option']);
  const shared = { $options: { clip: 'τ' }, ips: whole };
  expect(textFaults('weightings', shared as never, 'ips', ['clip'])).toEqual([]);
});

test('the pages in docs are those that npm run docs writes', async () => {
  const pages = await methodPages();
  const stale = [...pages].filter(([path, text]) => !existsSync(path) || textOf(path) !== text).map(([path]) => path);
  const removed = made.filter((path) => path.startsWith('docs/methods/') && !pages.has(path));
  expect({ stale, removed }).toEqual({ stale: [], removed: [] });
});

test('a page has what the registry says and what people wrote', () => {
  const options = strictObject({ clip: optional(probability(), 0.2), left: optional(nullable(integer(1)), null), given: real() });
  const group = { kind: 'Weightings (weighting of an estimator)', slug: 'other', methods: [] };
  const texts = { mine: { formula: 'c / θ', use: 'seldom.', peers: 'none', options: { clip: 'τ | or' } } };
  const page = methodPage(group, { name: 'mine', description: 'own weights', options }, texts);
  expect(page).toContain('# mine\nWeightings (weighting of an estimator)\n\nOwn weights.\n');
  expect(page).toContain('**Formula**: `c / θ`\n');
  expect(page).toContain('**Take it**: seldom.\n');
  expect(page).not.toContain('Elsewhere');
  expect(page).toContain('| `clip` | `0.2` | number in [0, 1] | τ \\| or |');
  expect(page).toContain('| `left` | `null` | whole number from 1, or null |  |');
  expect(page).toContain('| `given` | must be said | number |  |');
});

test('what a value may be, in words', () => {
  expect(valuesOf(above(0) as never)).toBe('number above 0');
  expect(valuesOf(boolean() as never)).toBe('true or false');
  expect(valuesOf(union([probability(), literal('root-n')]) as never)).toBe('number in [0, 1]; or root-n');
  expect(valuesOf(array(picklist(['a', 'b'])) as never)).toBe('list of a, b');
  const { estimators, rankers } = builtIn().parts;
  expect(optionRows(estimators.ips.options)).toEqual([
    { name: 'propensity', values: expect.stringContaining('a name, or a group with its options'), standard: 'oracle' },
  ]);
  expect(optionRows(rankers.mlp.options).find(({ name }) => name === 'hidden')).toMatchObject({ standard: '[64, 32]' });
});

const attempts = groups.flatMap(({ slug, methods }) => methods.map(({ name }) => [slug, name, tryIt(slug, name)] as const));
const ofRuns = attempts.filter(([, , command]) => command?.startsWith('counterrank run '));
test.each(ofRuns)('%s %s: %s can be run', async (slug, name) => {
  const [command] = commandsOf(`docs/methods/${slug}/${name.replaceAll('/', '-')}.md`);
  const [counterrank, run, config, ...overrides] = command.words;
  expect([counterrank, run]).toEqual(['counterrank', 'run']);
  await expect(readStudy(config, overrides)).resolves.toHaveProperty('config.name');
});

test('most methods have such a command', () => expect(ofRuns.length).toBeGreaterThan(100));

test('a ranker of ids is fitted to a log, which is simulated first', async () => {
  expect(attempts.filter(([, , command]) => command !== null).length - ofRuns.length).toBe(1);
  const [{ words: simulate }, { words: fit }] = commandsOf('docs/methods/rankers/embedding.md');
  await expect(readStudy(simulate[2], simulate.slice(3, -2))).resolves.toHaveProperty('config.name');
  expect([simulate.slice(-2), fit]).toEqual([
    ['--out', 'log'],
    ['counterrank', 'fit', 'log', '--ranker', 'embedding', '--out', 'fitted'],
  ]);
});

/** Kinds with figures: methods that no config of the repository can show, or whose figure would say nothing. */
const withoutFigure: Readonly<Record<string, readonly string[]>> = {
  'bias-estimators': ['saved'], // a file of another run, whose estimate another page shows
  'exposure-estimators': ['logged'], // of recorded logs
  measures: [
    'AP_IA',
    'ERR_IA',
    'IDCG',
    'Judged',
    'NRBP',
    'NumNonRelJudgedRet',
    'NumQ',
    'NumRel',
    'NumRet',
    'P_IA',
    'RBPresidual',
    'SetAP',
    'SetF',
    'SetP',
    'SetR',
    'StRecall',
    'Unjudged',
    'alpha_DCG',
    'alpha_nDCG',
    'nERR_IA',
    'nNRBP',
    'utility',
  ], // of subtopics, which labels do not have; of whole sets and of judgments, which no order changes
  interventions: ['top-n'], // of all ranks it is shuffle; no estimator takes less
  'pair-losses': ['squared-identity'], // of ratings; from clicks it learns nothing
  worlds: ['recorded', 'semi-synthetic', 'position-biased-lists'], // of data that is not in the repository; the last not yet
};

/** Kinds without figures, and why. */
const kindsWithoutFigures: Readonly<Record<string, string>> = {
  tasks: 'pages of their methods have figures',
  'session-metrics': 'not yet',
  'session-log-formats': 'a way to write files',
  'gold-metrics': 'not yet',
  'pair-tests': 'not yet',
  readers: 'of data that is not in the repository',
  'methods-of-ranking': 'what a bias and a weighting make, whose pages have figures',
  'methods-of-click-models': 'the last line of figures of click models',
  'methods-of-own-log': 'what a bias and a weighting make, or labels, whose pages have figures',
  'click-scores': 'not yet',
  'pooled-metrics': 'not yet',
  predictions: 'not yet',
  'metric-estimators': 'not yet',
  'estimable-metrics': 'not yet',
};

test('every kind has figures, or a reason for none', () =>
  expect([...Object.keys(figureKinds), ...Object.keys(kindsWithoutFigures)].sort()).toEqual(groups.map(({ slug }) => slug).sort()));

test.each(Object.keys(figureKinds))('every method page of %s has its figure, made by a config of the repository', async (slug) => {
  const { methods } = groups.find((group) => group.slug === slug) as (typeof groups)[number];
  for (const { name } of methods) {
    const figure = await figureOf(slug, name);
    const isNone = (withoutFigure[slug] ?? []).includes(name);
    expect([name, figure === null]).toEqual([name, isNone]);
    if (figure === null) continue;
    expect(existsSync(configFile(figure.config))).toBe(true);
    const svg = textOf(figure.file);
    for (const line of figure.lines) expect(svg).toContain(line); // in its legend
    expect(textOf(`docs/methods/${slug}/${name}.md`)).toContain(`](../${figure.file.replace('docs/methods/', '')})`);
  }
});

test('no figure and no config is left over', async () => {
  const wanted = new Set<string>();
  for (const { slug, methods } of groups) for (const { name } of methods) wanted.add((await figureOf(slug, name))?.file ?? '');
  const there = readdirSync(figureFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svg'));
  expect(there.filter((file) => !wanted.has(`${figureFolder}/${file}`))).toEqual([]);
  const configs = readdirSync('experiments/configs/figures').map((file) => file.replace('.yaml', ''));
  expect(configs.sort()).toEqual(Object.keys(figureConfigs).sort());
});
