import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { methodGroups } from '../../experiments/catalogue/method-groups.ts';
import { readRankingConfig } from '../../experiments/catalogue/ranking-config.ts';
import { readStudy } from '../../experiments/catalogue/read-study.ts';
import { planSweep } from '../../experiments/sweep/plan-sweep.ts';

const readme = readFileSync('README.md', 'utf8');
const quickstart = 'experiments/configs/quickstart.yaml';

test.each(methodGroups())('names every method of $kind', ({ methods }) => {
  expect(methods.map(({ name }) => name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

const documents = ['README.md', 'docs/own-task.md', 'docs/tutorial.md', 'experiments/SWEEPS.md', 'experiments/notebooks/README.md'];
const blocksOf = (file: string, language: string) =>
  [...readFileSync(file, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text);
const yamlBlocks = documents.flatMap((file) => blocksOf(file, 'yaml').map((text, i): [string, string] => [`${file} ${i + 1}`, text]));

test('there are configs to try', () => expect(yamlBlocks.length).toBeGreaterThan(4));

test.each(yamlBlocks)('the config %s is valid, beside the files that it names', async (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'counterrank-'));
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  put('base.yaml', `extends: ${resolve(quickstart)}\n`);
  put('config.yaml', text);
  const { plugins = [], sweep } = parse(text) as { plugins?: string[]; sweep?: object };
  for (const name of plugins) {
    put(name, blocksOf('README.md', 'ts').find((block) => block.includes(`'${basename(name, '.ts')}': {`)) as string);
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

test('the overrides it shows are valid', async () => {
  const commands = [...readme.matchAll(/^counterrank run quickstart\.yaml (.*)$/gm)].map(([, words]) => words);
  expect(commands.length).toBeGreaterThan(3);
  for (const words of commands) {
    const typed = [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
    const overrides = typed.filter((word) => word.includes('='));
    await expect(readRankingConfig(quickstart, overrides)).resolves.toHaveProperty('config.name');
  }
});

test('the sweeps it shows can be planned', async () => {
  const commands = [...readme.replaceAll(/\\\n\s*/g, '').matchAll(/^counterrank sweep quickstart\.yaml (.*?)(?: +#.*)?$/gm)].map(
    ([, words]) => words,
  );
  expect(commands.length).toBeGreaterThan(3);
  for (const words of commands) {
    const typed = [...words.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare);
    const after = (option: string) => typed.filter((_, i) => typed[i - 1] === option);
    const overrides = typed.filter((word, i) => word.includes('=') && !typed[i - 1]?.startsWith('--'));
    const plan = await planSweep(quickstart, { overrides, zip: after('--zip'), skip: after('--skip') });
    expect(plan.runs.length).toBeGreaterThan(1);
  }
});
