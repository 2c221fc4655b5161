import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openCatalogue } from '../../../experiments/catalogue/open-catalogue.ts';
import { partKinds } from '../../../experiments/catalogue/part-kinds.ts';
import { pluginTemplates } from '../../../experiments/catalogue/plugin-templates.ts';
import { stripTypes } from '../../../experiments/modules/strip-types.ts';
import { counterrank } from '../commands/counterrank.ts';

const folder = mkdtempSync(join(tmpdir(), 'counterrank-new-'));
afterAll(() => rmSync(folder, { recursive: true }));
const kinds = Object.entries(pluginTemplates);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test.each(kinds)('%s: two files of that name, and how to use them', async (kind, { config }) => {
  const { code, out, err } = await counterrank('new', kind, `a-${kind}2`, '--out', folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.split('\n').map((line) => line.trim());
  expect(lines).toEqual(expect.arrayContaining(config(`a-${kind}2`).split('\n')));
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^plugins: \\[\\./.*/a-${kind}2\\.ts\\]$`)));
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^node --import counterrank/register --test .*/a-${kind}2\\.test\\.ts$`)));
  for (const text of [read(`a-${kind}2.ts`), read(`a-${kind}2.test.ts`)]) {
    expect(text).toContain(`'a-${kind}2'`);
    expect(text).not.toContain('my-method');
  }
});

test.each(kinds)('%s: a config may say what it is told to say', async (kind, { config }) => {
  writeFileSync(join(folder, 'config.yaml'), `plugins: [./a-${kind}2.ts]\n${config(`a-${kind}2`)}\n`);
  expect(await counterrank('validate', join(folder, 'config.yaml'))).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining(`a-${kind}2`),
  });
});

test.each(kinds)('%s: the file adds one entry of its kind', async (kind, { part }) => {
  const { parts } = await openCatalogue([{ path: resolve('experiments/templates', kind, 'my-method.ts') }]);
  expect(parts[part as keyof typeof parts]).toHaveProperty('my-method');
});

test.each(kinds.map(([kind]) => kind))('%s: JavaScript says what TypeScript says, types aside', (kind) => {
  const text = (ending: string) => readFileSync(join('experiments/templates', kind, `my-method.${ending}`), 'utf8');
  const bare = (code: string) => code.replaceAll(/\/\*\*.*?\*\/|\/\/[^\n]*/gs, '').replaceAll(/[\s,]+/g, '');
  expect(bare(text('mjs'))).toBe(bare(stripTypes(text('ts'))));
});

test('every template is of a kind, in a folder of its own', () => {
  expect(readdirSync('experiments/templates').sort()).toEqual(kinds.map(([kind]) => kind).sort());
  for (const [, { part }] of kinds) expect(partKinds).toHaveProperty(part);
});

test('the README shows the estimator that it says the command writes', async () => {
  await counterrank('new', 'estimator', 'rank-weighted', '--out', folder);
  expect(readFileSync('docs/own-method.md', 'utf8')).toContain(`\`\`\`ts\n${read('rank-weighted.ts')}\`\`\``);
});

test('JavaScript, on demand', async () => {
  const { code } = await counterrank('new', 'metric', 'mean-grade', '--language', 'js', '--out', join(folder, 'deep/er'));
  expect(code).toBe(0);
  expect(readdirSync(join(folder, 'deep/er')).sort()).toEqual(['mean-grade.mjs', 'mean-grade.test.mjs']);
  expect(read('deep/er/mean-grade.test.mjs')).toContain("from './mean-grade.mjs'");
});

describe('a mistake: one line, exit code 2, nothing written', () => {
  const taken = join(folder, 'taken');
  test.each<[string, string[], RegExp]>([
    ['an unknown kind', ['estimater', 'mine'], /unknown kind "estimater"; did you mean "estimator"\? known: click-model, estimator, /],
    ['a name with a capital', ['estimator', 'Mine'], /estimator "Mine" must have a name of small letters, digits and single -/],
    ['a name that leaves the folder', ['metric', '../mine'], /metric "\.\.\/mine" must have a name of small letters/],
    ['a name that ends in -', ['loss', 'mine-'], /loss "mine-" must have a name/],
    ['a name of the package', ['click-model', 'cascade'], /click model "cascade" is there already; give it another name/],
    ['a name that results have for something else', ['metric', 'num'], /metric "num" is there already/],
  ])('%s', async (_, words, message) => {
    const { code, out, err } = await counterrank('new', ...words, '--out', taken);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(() => readdirSync(taken)).toThrow('ENOENT');
  });

  test('a file that is there, be it only the test', async () => {
    writeFileSync(join(folder, 'kept.test.ts'), 'mine');
    const { code, err } = await counterrank('new', 'estimator', 'kept', '--out', folder);
    expect({ code, err }).toEqual({
      code: 2,
      err: `error: "${join(folder, 'kept.test.ts')}" exists; nothing is overwritten: name another place, or move it away`,
    });
    expect(readdirSync(folder)).not.toContain('kept.ts');
    expect(read('kept.test.ts')).toBe('mine');
  });

  test('a folder that cannot be', async () => {
    const { code, err } = await counterrank('new', 'estimator', 'mine', '--out', join(folder, 'kept.test.ts'));
    expect(code).toBe(2);
    expect(err).toMatch(/^error: cannot write ".*kept\.test\.ts\/mine\.ts": [^\n]+$/);
  });
});
