import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readStudy } from '../../experiments/catalogue/read-study.ts';
import { planSweep } from '../../experiments/sweep/plan-sweep.ts';
import { blocksOf, written } from './documentation/documents.ts';

const quickstart = 'experiments/configs/quickstart.yaml';

/** Of a run that is not there. */
const needsFile = /file: runs\//;
const yamlBlocks = written
  .flatMap((file) => blocksOf(file, 'yaml').map((text, i): [string, string] => [`${file} ${i + 1}`, text]))
  .filter(([, text]) => !needsFile.test(text));

test('there are configs to try', () => expect(yamlBlocks.length).toBeGreaterThan(8));

test.each(yamlBlocks)('the config %s is valid, beside the files that it names', async (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'counterrank-'));
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  put('base.yaml', `extends: ${resolve(quickstart)}\n`);
  put('config.yaml', text);
  const { plugins = [], sweep } = parse(text) as { plugins?: string[]; sweep?: object };
  for (const name of plugins) {
    put(name, blocksOf('docs/own-method.md', 'ts').find((block) => block.includes(`'${basename(name, '.ts')}': {`)) as string);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(process.cwd(), join(folder, 'node_modules/counterrank'));
  }
  const file = join(folder, 'config.yaml');
  const planned = sweep && (await planSweep(file, { overrides: [], zip: [], skip: [] }));
  if (planned) expect(planned.runs.length).toBeGreaterThan(1);
  else await expect(readStudy(file, [])).resolves.toHaveProperty('config.name');
});

/** What looks like YAML in the text and is something else: an entry of a plugin, a builder's method, files that are not there. */
const noConfig = /^(handlesTies|reference|clickModel|extends|plugins): /;
const recorded = [
  'task=explicit-feedback',
  'world={name: recorded, reader: csv, path: none}',
  'evaluation.metrics=[auc]',
  'exposure=logged',
];
const bases: readonly (readonly [string, readonly string[]])[] = [
  [quickstart, []],
  ['experiments/configs/mnar-semi-synthetic.yaml', []],
  ['experiments/configs/mnar-semi-synthetic.yaml', [...recorded, 'estimators=[naive]']],
  ['experiments/configs/entire-space.yaml', []],
  ['experiments/configs/click-models.yaml', ['estimators=[document-ctr]']],
  ['experiments/configs/bias.yaml', ['estimators=[all-pairs]']],
];
/** Pages whose spans of code that look like keys are keys. */
const documents = [
  'README.md',
  ...[
    'results',
    'configs',
    'sweeps',
    'comparing',
    'click-logs',
    'search-sessions',
    'trec-runs',
    'own-method',
    'recommendation',
    'notebooks',
  ].map((name) => `docs/${name}.md`),
  'docs/own-task.md',
  'docs/tutorial.md',
  'experiments/SWEEPS.md',
  'experiments/notebooks/README.md',
];
const spans = documents.flatMap((file) =>
  [
    ...readFileSync(file, 'utf8')
      .replaceAll(/^```.*?^```/gms, '')
      .matchAll(/`([a-z][\w.]*: [^`]+|[a-z]\w*(?:\.\w+)+=[^`]+|\{name: [^`]+)`/g),
  ]
    .map(([, text]): [string, string] => [file, text])
    .filter(([, text]) => !noConfig.test(text) && !text.startsWith('key.')),
);

test('there are keys to try', () => expect(spans.length).toBeGreaterThan(15));

test.each(spans)('%s: %s is a key of a config as it stands there', async (_, text) => {
  const choice = text.startsWith('{') ? text : text.startsWith('propensity: ') ? `{name: ips, ${text}}` : null;
  const words = choice === null ? [text.replaceAll("'", '').replace(/: |=/, '=')] : [`estimators=[${choice}]`, `ranker=${choice}`];
  const keyOf = (word: string) => word.split('=')[0];
  const tries = words.flatMap((word) =>
    bases.map(([file, before]) => readStudy(file, [...before.filter((other) => keyOf(other) !== keyOf(word)), 'baseline=null', word])),
  );
  await expect(Promise.any(tries)).resolves.toHaveProperty('config.name');
});
