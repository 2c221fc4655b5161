import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  bin: Record<string, string>;
  exports: Record<string, { default: string }>;
  files: readonly string[];
  version: string;
};

/** The source that the build turns into a file of dist. */
const source = (built: string) => join(root, built.replace(/^\.?\/?dist\//, '').replace(/\.js$/, '.ts'));

test.each([...Object.entries(manifest.bin), ...Object.entries(manifest.exports).map(([path, { default: file }]) => [path, file])])(
  '%s of the package is built from a source that exists',
  (_, file) => expect(existsSync(source(file))).toBe(true),
);

const { './register': _does, './score': _one, ...parts } = manifest.exports; // register is there for what it does, score for one function

test.each(Object.values(parts).map(({ default: file }) => file))('%s can be imported, and exports something', async (file) => {
  const area = (await import(source(file))) as object;
  expect(Object.keys(area).length).toBeGreaterThan(3);
});

test('it holds what commands read and what its README links to', () => {
  const held = (path: string) => manifest.files.some((part) => path === part || path.startsWith(`${part}/`));
  const linked = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path);
  const read = ['docs/methods/texts/weightings.yaml', 'experiments/configs/presets/smoke.yaml', 'experiments/notebooks/own-estimator.ts'];
  expect(linked.length).toBeGreaterThan(10);
  expect([...linked, ...read, 'experiments/templates'].filter((path) => !held(path))).toEqual([]);
});

test('how it is cited is its version', () =>
  expect(readFileSync(join(root, 'CITATION.cff'), 'utf8')).toContain(`\nversion: ${manifest.version}\n`));
