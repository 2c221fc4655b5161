import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPluginFiles } from '../../../experiments/catalogue/plugin-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'counterrank-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A plugin that imports one file, which imports two more, in a folder of its own. */
function writePlugin(name: string, changes: Readonly<Record<string, string>> = {}): string {
  const files = {
    'plugin.ts': "import { a } from './lib/a.ts';\nimport { b } from 'counterrank';\nexport const metrics = { a, b };\n",
    'lib/a.ts': "export * from '../c.mjs';\nexport const a = await import('./a.json', { with: { type: 'json' } });\nimport './a.ts';\n",
    'lib/a.json': '{}',
    'c.mjs': "// from './gone.ts'\nexport const c = 1;\n",
    'other.ts': 'export {};\n',
    ...changes,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, file, '..'), { recursive: true });
    writeFileSync(join(folder, name, file), text);
  }
  return join(folder, name, 'plugin.ts');
}

test('a plugin is its file and what that imports by relative path, wherever they lie', async () => {
  const { sha256, texts } = await readPluginFiles(writePlugin('one'));
  expect([...texts.keys()].sort()).toEqual(['c.mjs', 'lib/a.json', 'lib/a.ts', 'plugin.ts'].map((file) => join(folder, 'one', file)));
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect((await readPluginFiles(writePlugin('two'))).sha256).toBe(sha256);
  expect((await readPluginFiles(writePlugin('three', { 'other.ts': 'export const other = 1;\n' }))).sha256).toBe(sha256);
});

test.each([
  ['require without an ending', "require('./d')", 'd.js'],
  ['require of a folder', "require('./d')", 'd/index.js'],
  ['require of a folder above', "require('..')", '../index.js'],
  ['JSON without an ending', "require('./d')", 'd.json'],
  ['TypeScript by the name it would have as JavaScript', "import './c.js'", 'c.ts'],
  ['behind a comment', 'import(/* later */ "./c.mjs")', 'c.mjs'],
  ['in back quotes', 'await import(`./c.mjs`)', 'c.mjs'],
])('%s', async (name, text, imported) => {
  const { texts } = await readPluginFiles(writePlugin(join('spelt', name), { 'plugin.ts': `${text};\n`, [imported]: '{}' }));
  expect([...texts.keys()]).toContain(join(folder, 'spelt', name, imported));
});

test.each(['plugin.ts', 'lib/a.ts', 'lib/a.json', 'c.mjs'])('%s changed is another plugin', async (file) => {
  const { sha256 } = await readPluginFiles(writePlugin('before'));
  expect((await readPluginFiles(writePlugin('after', { [file]: ' ' }))).sha256).not.toBe(sha256);
});
