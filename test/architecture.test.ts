import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = normalize(join(dirname(fileURLToPath(import.meta.url)), '..'));

/** The areas each area may import from, beside itself. */
const mayImport: Record<string, readonly string[]> = {
  src: [],
  'click-models': ['src'],
  simulators: ['src', 'click-models'],
  estimators: ['src', 'click-models'],
  experiments: ['src', 'click-models', 'simulators', 'estimators'],
};

/** The one folder (or file) that may import an outside package. */
const homes: Record<string, string> = {
  '@tensorflow/': 'src/tensor/',
  seedrandom: 'src/random/',
  'csv-parse': 'src/data/',
  saxes: 'src/data/session-logs/',
  '@duckdb/': 'src/data/',
  mathjs: 'src/stats/special-functions.ts',
  valibot: 'src/schema.ts',
  commander: 'experiments/',
  vega: 'experiments/',
  marked: 'experiments/show/',
  sucrase: 'experiments/notebook/',
  'highlight.js': 'experiments/notebook/',
  yaml: 'experiments/',
};
/** A benchmark measures against stock TensorFlow.js, so it alone may reach for it. */
const excepted = ['experiments/bench/mlp-step.ts'];

const files = Object.keys(mayImport).flatMap((area) =>
  readdirSync(join(root, area), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${area}/${name}`),
);

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from\s+|import\s+|import\()'([^']+)'/g)].map((match) => match[1] as string);

const areaOf = (file: string): string => file.split('/')[0] as string;

test.each(Object.entries(mayImport))('%s imports only from the layers below', (area, below) => {
  const strays = files
    .filter((file) => areaOf(file) === area)
    .flatMap((file) =>
      importsOf(file)
        .filter((path) => path.startsWith('.'))
        .map((path) => areaOf(normalize(join(dirname(file), path))))
        .filter((other) => other !== area && !below.includes(other))
        .map((other) => `${file} → ${other}`),
    );
  expect(strays).toEqual([]);
});

test.each(Object.entries(homes))('%s is imported only in %s', (name, home) => {
  const strays = files.filter(
    (file) =>
      !file.startsWith(home) &&
      !excepted.includes(file) &&
      importsOf(file).some((path) => path === name || path.startsWith(name.endsWith('/') ? name : `${name}/`)),
  );
  expect(strays).toEqual([]);
});

test('notebooks import the public package only, as their readers do', () => {
  const strays = files
    .filter((file) => file.startsWith('experiments/notebooks/'))
    .flatMap((file) => importsOf(file).filter((path) => !/^counterrank(\/[a-z-]+)?$/.test(path)));
  expect(strays).toEqual([]);
});

test('the test sees the imports it judges', () => {
  expect(importsOf('src/random/rng.ts')).toContain('seedrandom');
  expect(files.length).toBeGreaterThan(30);
});

test('no stream of random numbers but the seeded ones, no clock in what is computed', () => {
  const strays = files.filter(
    (file) =>
      !file.startsWith('experiments/') && /Math\.random|Date\.now|new Date|performance\.now/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(strays).toEqual([]);
});
