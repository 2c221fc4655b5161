import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  bin: Record<string, string>;
  exports: Record<string, { default: string }>;
};

/** The source that the build turns into a file of dist. */
const source = (built: string) => join(root, built.replace(/^\.?\/?dist\//, '').replace(/\.js$/, '.ts'));

test.each([...Object.entries(manifest.bin), ...Object.entries(manifest.exports).map(([path, { default: file }]) => [path, file])])(
  '%s of the package is built from a source that exists',
  (_, file) => expect(existsSync(source(file))).toBe(true),
);

const { './register': _does, ...parts } = manifest.exports; // register is there for what it does

test.each(Object.values(parts).map(({ default: file }) => file))('%s can be imported, and exports something', async (file) => {
  const area = (await import(source(file))) as object;
  expect(Object.keys(area).length).toBeGreaterThan(3);
});
