import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluginTemplates } from '../../../experiments/catalogue/plugin-templates.ts';
import { readStoredRun } from '../../../experiments/records/stored-run.ts';
import type { Finished } from '../copied-package.ts';
import { builtTypes } from '../sweep/built-program.ts';
import { tinyConfig } from '../sweep/run-program.ts';
import { installTarball, userFolder } from './user-folder.ts';

const [, example] = /^```ts\n(import [^`]*'rank-weighted'[^`]*)^```/m.exec(readFileSync('docs/own-method.md', 'utf8')) ?? ['', ''];
const user = userFolder(installTarball);
builtTypes(); // here, where no time limit counts
const kinds = Object.keys(pluginTemplates);
const types = ['commonjs', 'module'];
const plugins = ['rank-weighted.ts', 'js-weighted.js', 'mjs-weighted.mjs'];
const names = plugins.map((file) => file.split('.')[0]);
const config = `${tinyConfig.replace('[naive, ips]', `[naive, {name: rank-weighted, power: 0.7}, {name: js-weighted, power: 0.7}, {name: mjs-weighted, power: 0.7}]`)}seeds: 2\n`;

/** What each step printed. */
const told: Record<string, Finished> = {};
const step = async (name: string, work: Promise<Finished>) => {
  told[name] = await work;
};

/** The example in three forms, beside a config that has them all, in a project of either type. */
function writeProject(type: string, javascript: string): void {
  user.write(join(type, 'package.json'), JSON.stringify({ type }));
  user.write(join(type, 'rank-weighted.ts'), example);
  for (const name of names.slice(1)) user.write(join(type, plugins[names.indexOf(name)]), javascript.replaceAll('to-be-named', name));
  user.write(join(type, 'config.yaml'), `plugins: [./${plugins.join(', ./')}]\n${config}`);
}

async function useProject(type: string): Promise<void> {
  await step(`run ${type}`, user.counterrank(['run', 'config.yaml', '--quiet', '-j', '1'], type));
  if (type === 'module') return;
  const words = ['estimator.name=rank-weighted,mjs-weighted', 'seed=1,2', '-j', '2', '--quiet'];
  await Promise.all([
    step('sweep', user.counterrank(['sweep', 'config.yaml', ...words], type)),
    step('repeat', user.counterrank(['run', 'runs/tiny/config.json', '--quiet', '--out', 'runs/again'], type)),
  ]);
  user.write(join(type, 'mjs-weighted.mjs'), 'export const metrics = {};\n');
  const again = ['run', 'runs/tiny/config.json', '--quiet', '--out', 'runs/changed'];
  [told.changed, told.report] = await user.counterrankEach([again, ['report', 'runs/tiny']], type);
}

/** Every kind that `new` knows, in both languages: `kind-ts` and `kind-js`; with one file that runs all their tests. */
const writeAll = kinds.flatMap((kind) =>
  ['ts', 'js'].map((language) => ['new', kind, `${kind}-${language}`, '--language', language, '--out', 'written']),
);

function writeProjectOfAll(): void {
  user.write('written/all.test.ts', kinds.map((kind) => `import './${kind}-ts.test.js';\nimport './${kind}-js.test.mjs';\n`).join(''));
  const compilerOptions = { module: 'nodenext', lib: ['es2023'], types: ['node'], strict: true, noEmit: true, skipLibCheck: true };
  user.write('written/tsconfig.json', JSON.stringify({ compilerOptions: { ...compilerOptions, allowJs: true }, include: ['.'] }));
}

const written = kinds.flatMap((kind) => [`written/${kind}-ts.ts`, `written/${kind}-js.mjs`]);
const chosen = written.flatMap((file) => ['--plugin', file]);

beforeAll(async () => {
  user.install();
  await step('new', user.run('npx', ['counterrank', 'new', 'estimator', 'to-be-named', '--language', 'js']));
  for (const type of types) writeProject(type, user.read('to-be-named.mjs'));
  user.write('above/base.yaml', 'plugins: [../module/js-weighted.js]\n');
  user.write(
    'above/config.yaml',
    `extends: base.yaml\nplugins: [../module/rank-weighted.ts]\n${tinyConfig.replace('ips', 'js-weighted, rank-weighted')}`,
  );
  writeProjectOfAll();
  const looks = [
    ['list', ...chosen],
    ['schema', '--plugin', 'module/rank-weighted.ts'],
    ['validate', 'above/config.yaml'],
    ['validate', 'above/config.yaml', '--plugin', 'written/metric-ts.ts', 'evaluation.metrics=[metric-ts@3]'],
  ];
  const seen = await user.counterrankEach([...writeAll, ...looks]);
  [told.list, told.schema, told.validate, told.measured] = seen.slice(writeAll.length);
  await Promise.all([
    ...types.map(useProject),
    step('test', user.run(process.execPath, ['--import', 'counterrank/register', '--test', 'written/all.test.ts'])),
    step('tsc', user.run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'written'])),
  ]);
});

const rowsOf = (file: string): string[] => user.read(file).trim().split('\n').slice(1);
/** What the example takes for propensities is not the truth of the world, which a run says. */
const ended = { code: 0, err: expect.stringMatching(/^(warning: the propensities of [^\n]* are off by [^\n]*\n)*$/) };

test('npx finds the command, which writes what it says', () => {
  expect(told.new).toMatchObject(ended);
  expect(told.new.out).toContain('plugins: [./to-be-named.mjs]\n  estimators: [naive, to-be-named]\n');
});

test.each(types)('a %s project runs the example in TypeScript, .js and .mjs, with the same numbers', (type) => {
  expect(told[`run ${type}`]).toMatchObject(ended);
  const values = (name: string) =>
    rowsOf(`${type}/runs/tiny/metrics.csv`)
      .filter((row) => row.includes(`,${name},`))
      .map((row) => row.replace(name, ''));
  expect(values('rank-weighted')).toHaveLength(2);
  for (const name of names) expect(values(name)).toEqual(values('rank-weighted'));
  expect(values('rank-weighted')).not.toEqual(values('naive'));
});

test('the record holds what the plugins held', () => {
  const { plugins: recorded } = JSON.parse(user.read('module/runs/tiny/config.json')) as { plugins: object };
  expect(recorded).toEqual(
    plugins.map((file) => ({ path: join(user.path, 'module', file), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })),
  );
});

test('a sweep of two processes, and the record run again, come to the same', () => {
  expect(told.sweep).toMatchObject(ended);
  expect(told.repeat).toMatchObject(ended);
  expect(user.read('commonjs/runs/again/metrics.csv')).toBe(user.read('commonjs/runs/tiny/metrics.csv'));
  expect(JSON.parse(user.read('commonjs/runs/tiny-sweep/sweep.json')).runs).toHaveLength(4);
});

test('a record whose plugin has changed is refused, and reports need no plugin', () => {
  expect(told.changed).toEqual({
    code: 2,
    out: '',
    err: expect.stringMatching(/^error: plugin \S+mjs-weighted\.mjs has changed since this was recorded, [^\n]*$/),
  });
  expect(existsSync(join(user.path, 'commonjs/runs/changed'))).toBe(false);
  expect(told.report).toMatchObject(ended);
  expect(told.report.out).toMatch(/^mjs-weighted +0\.\d{4}/m);
});

test('tables call a plugin by its file and the first digits of its hash', async () => {
  const { keys } = await readStoredRun(join(user.path, 'commonjs/runs/tiny'));
  expect(keys.get('plugins')).toMatch(/^rank-weighted\.ts [0-9a-f]{8}, js-weighted\.js [0-9a-f]{8}, mjs-weighted\.mjs [0-9a-f]{8}$/);
});

test.each(kinds)('list knows the %s of both languages', (kind) => {
  expect(told.list.out).toMatch(new RegExp(`^ {2}${kind}-ts +(\\S.*)\n {2}${kind}-js +\\1$`, 'm'));
});

test('the schema for editors has the options of a plugin', () => {
  expect(told.schema.err).toBe('');
  const schema = JSON.stringify(JSON.parse(told.schema.out));
  expect(schema).toMatch(/\{"name":\{"const":"rank-weighted"\},"label":\{"type":"string"\},[^@]*?"power":\{/);
});

test('a config adds its plugins to those of the one that it extends, each by its own folder', () => {
  expect(told.validate.err).toBe('');
  expect([...told.validate.out.matchAll(/path: (\S+weighted\S*)$/gm)].map(([, path]) => path)).toEqual([
    join(user.path, 'module/js-weighted.js'),
    join(user.path, 'module/rank-weighted.ts'),
  ]);
  expect(told.validate.out.match(/power: 1$/gm)).toHaveLength(2);
  expect(told.measured).toMatchObject(ended);
  expect(told.measured.out).toContain('- metric-ts@3\n');
});

test('the written tests pass', () => {
  expect(told.test).toMatchObject(ended);
  expect(Number(/^# pass (\d+)$/m.exec(told.test.out)?.[1])).toBeGreaterThan(3 * kinds.length);
  expect(told.test.out).toContain('\n# fail 0\n');
});

test('the written files have no type error', () => expect(told.tsc).toEqual({ ...ended, out: '' }));
