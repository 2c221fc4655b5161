import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Finished } from '../copied-package.ts';
import { tinyConfig } from '../sweep/run-program.ts';
import { linkBuild, userFolder } from './user-folder.ts';

const head = "import { strictObject } from 'counterrank';\nconst options = strictObject({});\n";
/** A plugin whose estimator `mine` has this `create`, in its fourth line. */
const withCreate = (create: string) =>
  `${head}export const estimators = { mine: { description: 'mine', options, create:\n${create}\n} };\n`;
/** A plugin with one entry, called `mine` unless it says otherwise. */
const withEntry = (entry: string, kind = 'estimators', name = 'mine') => `${head}export const ${kind} = { '${name}': ${entry} };\n`;
const all =
  'tasks, estimators, biasEstimators, weightings, clickModels, rankers, losses, optimisers, metrics, implicitRecommenders, explicitRecommenders, conversionRecommenders, exposureEstimators, readers, pairModels';

const declare = "declareTable('Flips', 'flips', {})";
const misdeclared = 'a table cannot be named "Flips": small letters, digits and -, and none of metrics, per-query';

/** What the file says; and what is said of it, behind `error: plugin FILE: `. */
const mistakes: readonly (readonly [title: string, file: string, text: string | null, said: string, words?: readonly string[]])[] = [
  ['is not there', 'gone.ts', null, 'cannot read "gone.ts": no such file or folder; check the path'],
  ['is a device', 'zero.ts', null, '"zero.ts" is a pipe or a device, which may never end; name a file'],
  ['is a folder', 'node_modules', null, 'cannot read "node_modules": it is a folder; name a file'],
  ['is no TypeScript', 'syntax.ts', 'const a: number = 1;\nconst b = ;\n', 'line 2: SyntaxError: Unexpected token'],
  ['is no JavaScript', 'syntax.mjs', 'const a = 1;\nconst b = ;\nexport {};', "line 2: SyntaxError: Unexpected token ';'"],
  ['imports what is no TypeScript', 'helped.ts', "import './syntax.ts';\n", 'line 2 of syntax.ts: SyntaxError: Unexpected token'],
  ['imports a file that is not there', 'lost.ts', "import './gone.ts';\n", "Error: Cannot find module 'gone.ts' imported from lost.ts"],
  [
    'imports what the package does not have',
    'imports.ts',
    "import { learnwell } from 'counterrank/estimators';\nexport const estimators = { learnwell };\n",
    "line 1: SyntaxError: The requested module 'counterrank/estimators' does not provide an export named 'learnwell'",
  ],
  ['throws when it is read', 'throws.ts', "\nthrow new TypeError('not today');\n", 'line 2: TypeError: not today'],
  ['throws a text', 'text.mjs', "throw 'not today';\nexport {};\n", 'threw not today'],
  ['throws an object', 'object.mjs', "throw { reason: 'not today' };\nexport {};\n", "threw { reason: 'not today' }"],
  [
    'exports nothing',
    'nothing.ts',
    'export const power = 2;\n',
    `exports nothing to add; export one of ${all}, each a group of entries by name`,
  ],
  [
    'exports a group of nothing',
    'hollow.ts',
    'export const estimators = {};\nexport default { metrics: {} };\n',
    `exports nothing to add; export one of ${all}, each a group of entries by name`,
  ],
  ['is of another kind', 'text.txt', 'export {};\n', 'must be a file .ts, .mts, .js, .mjs or .cjs'],
  [
    'misspells a kind',
    'near.ts',
    'export const estimator = {};\n',
    'exports "estimator", which is no kind of method; did you mean "estimators"?',
  ],
  [
    'misspells one in its default',
    'default.ts',
    'export default { metrics: {}, loses: {} };\n',
    'exports "loses", which is no kind of method; did you mean "losses"?',
  ],
  [
    'exports a list',
    'list.ts',
    'export const estimators = [];\n',
    "estimators must be a group of entries by name, such as { 'my-method': … }",
  ],
  [
    'takes a name of the package',
    'naive.ts',
    withEntry('{}', 'estimators', 'naive'),
    'estimator "naive" is there already; give it another name',
  ],
  ['takes the name of a measure apart', 'num.ts', withEntry('{}', 'metrics', 'num'), 'metric "num" is there already; give it another name'],
  [
    'has a name with capitals',
    'capital.ts',
    withEntry('{}', 'losses', 'Mine'),
    'loss "Mine" must have a name of small letters, digits and single -, such as rank-weighted',
  ],
  [
    'has an entry that is a function',
    'bare.ts',
    withEntry('() => 1'),
    'estimator "mine" must be a group with description, options, create',
  ],
  [
    'does not describe',
    'mute.ts',
    withEntry("{ description: ' ' }"),
    'estimator "mine" has no description: one line of text that counterrank list shows',
  ],
  [
    'has no options',
    'options.ts',
    withEntry("{ description: 'd' }"),
    'estimator "mine": options must be a strictObject of its options, perhaps empty; there is none',
  ],
  [
    'has a group of options',
    'group.ts',
    withEntry("{ description: 'd', options: { power: 1 } }"),
    'estimator "mine": options must be a strictObject of its options, perhaps empty, got one with power',
  ],
  [
    'has an option that is the name of every method',
    'reserved.ts',
    withEntry("{ description: 'd', options: strictObject({ label: options }) }"),
    'estimator "mine": options must not have "label", which configs call every choice by',
  ],
  [
    'describes itself in two lines',
    'long.ts',
    withEntry("{ description: 'one\\ntwo', options }"),
    'estimator "mine" has no description: one line of text that counterrank list shows',
  ],
  [
    'imports an entry point that is none',
    'entry.ts',
    "import { x } from 'counterrank/nope';\nexport const estimators = { x };\n",
    'Error: no "counterrank/nope" is in the package; it has counterrank and counterrank/ with click-models, simulators, estimators, experiments, score, register',
  ],
  [
    'is TypeScript in a package',
    'node_modules/plug/p.ts',
    'export {};\n',
    'in a package, which is not stripped of types, a plugin must be JavaScript',
  ],
  ['has no create', 'create.ts', withEntry("{ description: 'd', options }"), 'estimator "mine": create must be a function; there is none'],
  [
    'has a loss that is not made from options',
    'loss.ts',
    withEntry("{ description: 'd', loss: () => 1 }", 'losses'),
    'loss "mine": options must be a strictObject of its options, perhaps empty; there is none',
  ],
  [
    'has an optimiser without a learning rate',
    'optimiser.ts',
    withEntry("{ description: 'd', options: strictObject({ rate: options }) }", 'optimisers'),
    'optimiser "mine": options must be a strictObject with the option learningRate, got one with rate',
  ],
  ['throws in create', 'increate.ts', withCreate("() => { throw new RangeError('no'); }"), 'line 4: RangeError: no'],
  [
    'throws in learn',
    'inlearn.ts',
    withCreate('() =>\n (input: any) => input.log.docs'),
    "line 5: TypeError: Cannot read properties of undefined (reading 'docs')",
  ],
  [
    'has a helper that throws',
    'helper.ts',
    `import { boom } from './boom.ts';\n${withCreate('() => () => boom()')}`,
    'line 2 of boom.ts: RangeError: boom',
  ],
  [
    'has an option whose check throws',
    'check.ts',
    `import { check, optional, real, pipe, strictObject } from 'counterrank';
const power = pipe(real(), check(() => { throw new RangeError('boom'); }, 'p'));
export const estimators = { mine: { description: 'mine', options: strictObject({ power: optional(power, 1) }), create: () => 1 } };
`,
    'line 2: RangeError: boom',
  ],
  ['throws behind a name with a blank', 'a b.ts', withCreate("() => { throw new RangeError('no'); }"), 'line 4: RangeError: no'],
  ['throws behind a link', 'link.ts', null, "line 5: TypeError: Cannot read properties of undefined (reading 'docs')"],
  ['creates nothing', 'creates.ts', withCreate('() => {}'), 'estimator "mine": create() must be a function; there is none'],
  [
    'learns a promise',
    'later.ts',
    withCreate('() => async () => 1'),
    'estimator "mine": create()() must be an object with rank, scorer, examination, record, got a promise; it must give that at once, not async',
  ],
  [
    'learns half',
    'half.ts',
    withCreate('() => () => ({ rank: () => 1, scorer: null })'),
    'estimator "mine": create()() must be an object with rank, scorer, examination, record, got one with rank, scorer',
  ],
  [
    'has a metric that gives a list',
    'listed.ts',
    withEntry("{ description: 'd', compute: () => [1] }", 'metrics'),
    'metric "mine": compute() must be a Float64Array, got [1]',
    ['evaluation.metrics=[mine]'],
  ],
  [
    'has a click model that throws far from where it is made',
    'model.ts',
    withEntry(
      "{ description: 'd', options, create: () => ({ name: 'mine', definition: { states: {} }, parameters: {}, positions: 10, contexts: 1, documents: ['attraction'], bias: null, walk: { state: [1], begin() {},\nlook() { throw new Error('no click'); } } }) }",
      'clickModels',
    ),
    'line 4: Error: no click',
    ['simulation.clickModel=mine'],
  ],
  [
    'has a reader that rejects',
    'reader.ts',
    withEntry("{ description: 'd', read: async () => {\nthrow new Error('no data'); } }", 'readers'),
    'line 4: Error: no data',
    [
      'task=implicit-feedback',
      'world={name: recorded, reader: mine, path: .}',
      'exposure=popularity-power',
      'estimators=[naive]',
      'evaluation.metrics=[auc]',
    ],
  ],
  [
    'has half a task',
    'task.ts',
    withEntry("{ description: 'd', create: () => ({ name: 'mine' }) }", 'tasks'),
    'task "mine": create() must be an object with name, description, run, file, faults, methods, metrics, tables, examples, views, notes, findings, lead, progressWords, prepare, got one with name',
  ],
  [
    'declares a table that cannot be',
    'table.ts',
    `import { declareTable } from 'counterrank/experiments';\nexport const flips = ${declare};\n`,
    misdeclared,
  ],
  [
    'declares one as its task is created',
    'created.ts',
    `import { declareTable } from 'counterrank/experiments';\n${withEntry(`{ description: 'd', create: () => ${declare} }`, 'tasks')}`,
    misdeclared,
  ],
];

const user = userFolder(linkBuild);
const fine = withCreate("() => () => { throw new RangeError('it was run'); }");
let results: Finished[];
const run = (file: string, words: readonly string[] = ['estimators=[naive, mine]']) => [
  'run',
  words[0].startsWith('task') ? 'base.yaml' : 'tiny.yaml',
  ...words,
  '--plugin',
  file,
  'seeds=1',
  '--quiet',
];
/** Absolute paths of a message as the tables have them. */
const within = (text: string) => text.replaceAll(`file://${user.path}/`, '').replaceAll(`${user.path}/`, '');

/** Configs, and what is said of them behind `error: `. */
const configs: readonly (readonly [title: string, files: Readonly<Record<string, string>>, said: string])[] = [
  [
    'plugins that are no list',
    { 'c1.yaml': 'plugins: fine.ts' },
    'c1.yaml: plugins: must be a list of files, such as [./mine.ts], got "fine.ts"',
  ],
  [
    'a reference in the path of a plugin',
    { 'c0.yaml': `plugins: ['\${env:HOME}/fine.ts']` },
    `c0.yaml: plugins.0: plugins are read before references are resolved; write the path of "\${env:HOME}/fine.ts"`,
  ],
  ['a plugin that is a number', { 'c2.yaml': 'plugins: [3]' }, 'c2.yaml: plugins.0: must be a path, or a recorded {path, sha256}, got 3'],
  [
    'a plugin with a key too many',
    { 'c3.yaml': 'plugins: [{path: fine.ts, sha: ab}]' },
    'c3.yaml: plugins.0: must be a path, or a recorded {path, sha256}, got {"path":"fine.ts","sha":"ab"}',
  ],
  [
    'a plugin that was another',
    { 'c4.yaml': `plugins: [{path: fine.ts, sha256: ${'a'.repeat(64)}}]` },
    'plugin fine.ts has changed since this was recorded, so results would not be those of the record; plugins=[fine.ts] takes it as it is now',
  ],
  [
    'two plugins with one name',
    { 'c5.yaml': 'plugins: [fine.ts, twin.ts]', 'twin.ts': fine },
    'plugin twin.ts: estimator "mine" is there already; give it another name: plugin fine.ts has it too',
  ],
  [
    'a plugin of a config that another extends, beside that one',
    { 'deep/base.yaml': 'plugins: [gone.ts]', 'c6.yaml': 'extends: deep/base.yaml' },
    'plugin deep/gone.ts: cannot read "deep/gone.ts": no such file or folder; check the path',
  ],
  [
    'an option that the plugin does not have',
    { 'c7.yaml': 'plugins: [fine.ts]\nestimators: [{name: mine, pwer: 1}]\nbaseline: null' },
    'c7.yaml: estimators.0.pwer: unknown key; known: name, label, ranker, loss',
  ],
  [
    'a plugin that says itself what is wrong, by the package that runs whatever lies beside it',
    {
      'c8.yaml': 'plugins: [other/own.ts]\nestimators: [mine]\nbaseline: null',
      'other/node_modules/counterrank/package.json': '{"name": "counterrank", "type": "module", "exports": "./index.js"}',
      'other/node_modules/counterrank/index.js': 'export class UsageError extends Error {}\nexport const strictObject = null;\n',
      'other/own.ts': `import { UsageError } from 'counterrank';\n${withCreate("() => { throw new UsageError('a power or a prior, not both'); }")}`,
    },
    'a power or a prior, not both (method mine, seed 1)',
  ],
  [
    'a task of two names',
    {
      'c9.yaml': 'plugins: [names.ts]\ntask: mine',
      'names.ts': withEntry(
        "{ description: 'd', create: () => ({ ...Object.fromEntries('description run file faults methods metrics tables examples views notes findings lead progressWords prepare'.split(' ').map((key) => [key, 1])), name: 'other' }) }",
        'tasks',
      ),
    },
    'plugin names.ts: the task exported as "mine" calls itself "other"; give it one name',
  ],
];

beforeAll(async () => {
  user.install();
  user.write('tiny.yaml', tinyConfig);
  user.write('base.yaml', 'name: base\n');
  user.write('fine.ts', fine);
  user.write('boom.ts', "export function boom(): never {\n  throw new RangeError('boom');\n}\n");
  for (const [, file, text] of mistakes) if (text !== null) user.write(file, text);
  symlinkSync('/dev/zero', join(user.path, 'zero.ts'));
  symlinkSync('inlearn.ts', join(user.path, 'link.ts'));
  for (const [, files] of configs) for (const [name, text] of Object.entries(files)) user.write(name, text);
  results = await user.counterrankEach([
    ...mistakes.map(([, file, , , words]) => run(file, words)),
    ...configs.map(([, files]) => ['run', Object.keys(files).find((name) => /^c\d/.test(name)) as string, '--quiet']),
  ]);
});

test.each(mistakes.map(([title, file, , said], i) => ({ title, file, said, i })))('a plugin that $title', ({ file, said, i }) => {
  const { code, out, err } = results[i];
  expect({ code, out, err: within(err) }).toEqual({ code: 2, out: '', err: `error: plugin ${file}: ${said}` });
});

test.each(configs.map(([title, , said], i) => ({ title, said, i })))('a config with $title', ({ said, i }) => {
  const { code, out, err } = results[mistakes.length + i];
  expect({ code, out, err: within(err) }).toEqual({ code: 2, out: '', err: `error: ${said}` });
});

test('a promise that nobody waits for ends the run in one line', async () => {
  user.write('stray.ts', `${fine}void Promise.reject(new RangeError('stray'));\n`);
  const { code, out, err } = await user.counterrank([
    'run',
    'tiny.yaml',
    '--plugin',
    'stray.ts',
    'estimators=[mine]',
    'baseline=null',
    '--quiet',
  ]);
  expect({ code, out, err: within(err) }).toEqual({ code: 2, out: '', err: 'error: plugin stray.ts: line 6: RangeError: stray\n' });
});

test('nothing is written', () => expect(existsSync(join(user.path, 'runs'))).toBe(false));
