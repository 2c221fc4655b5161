import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tasks } from '../experiments/tasks/index.ts';

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
  mathjs: 'src/stats/mathjs.ts',
  'ml-matrix': 'src/math/symmetric-eigen.ts',
  koffi: 'src/tensor/',
  valibot: 'src/schema.ts',
  commander: 'experiments/',
  vega: 'experiments/',
  marked: 'experiments/show/',
  sucrase: 'experiments/modules/',
  'highlight.js': 'experiments/notebook/',
  yaml: 'experiments/',
};

/** The floors of experiments, from the bottom: a file imports from its own folder and from floors below, never from another folder of its floor. */
const floors: readonly (readonly string[])[] = [
  ['terminal', 'modules'],
  ['config'],
  ['tables'],
  ['summary'],
  ['charts'],
  ['records'],
  ['report'],
  ['engine', 'show'],
  ['parts'],
  ['tasks/shared'],
  ['search-sessions', 'trec-runs', 'tasks/ranking', 'tasks/recommendation'],
  ['tasks/*'], // every other kind of study
  ['tasks/bias-variance', 'tasks/own-log'],
  ['tasks'],
  ['catalogue'],
  ['sweep'],
  ['script', 'notebook', 'watch', 'trackers', 'benchmarking', 'playground'],
  ['documentation'],
  ['commands'],
  ['studies', 'notebooks', 'templates'],
  ['main.ts', 'index.ts'],
];

/** What may know of one kind of study. Everything else meets studies as tasks only: a new one adds a folder, and changes none. */
const knowKinds = [
  /^tasks\//,
  /^(catalogue|script)\//,
  /^commands\/(train|evaluate-model-folders|evaluate-run-files|bias-variance|estimate-bias|diagnose|diagnosis-text|diagnosis-page|export-model|export-lightgbm|fit|log-options|run-click-model)\.ts$/,
  /^index\.ts$/, // the public names
];

const files = Object.keys(mayImport).flatMap((area) =>
  readdirSync(join(root, area), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${area}/${name}`),
);

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const importsIn = (text: string): string[] =>
  [...text.matchAll(/(?:(?:from|import)\s+'|import\(['`])([^'`]+)['`]/g)].map((match) => match[1] as string);
const importsOf = (file: string): string[] => importsIn(textOf(file));

/** Names of kinds of study that a text has in quotes, as a branch on one kind would. */
const kindsNamedIn = (text: string): string[] => Object.keys(tasks).filter((name) => new RegExp(`(['"\`])${name}\\1`).test(text));

/** Files of the package that a file imports, types included. */
const ownImportsOf = (file: string): string[] =>
  importsOf(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => normalize(join(dirname(file), path)));

/** Those that are read together with a file: no types, and not what it imports once that is needed. */
const readWith = (file: string): string[] =>
  [...textOf(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm)].map(([, path]) =>
    normalize(join(dirname(file), path)),
  );

const areaOf = (file: string): string => file.split('/')[0] as string;

const experiments = files.filter((file) => areaOf(file) === 'experiments');
const withinExperiments = (file: string): string => file.slice('experiments/'.length);
/** Its folder of experiments, `tasks/ranking` for one of a kind of study; a file of no folder stands for itself. */
const roomOf = (file: string): string => {
  const path = withinExperiments(file);
  return /^tasks\/[^/]+(?=\/)/.exec(path)?.[0] ?? path.split('/')[0];
};
const named = floors.flat();
/** As the floors name it. */
const namedRoomOf = (file: string): string => {
  const room = roomOf(file);
  return room.startsWith('tasks/') && !named.includes(room) ? 'tasks/*' : room;
};
const floorOf = (file: string): number => floors.findIndex((rooms) => rooms.includes(namedRoomOf(file)));

test.each(Object.entries(mayImport))('%s imports only from the layers below', (area, below) => {
  const strays = files
    .filter((file) => areaOf(file) === area)
    .flatMap((file) =>
      ownImportsOf(file)
        .map(areaOf)
        .filter((other) => other !== area && !below.includes(other))
        .map((other) => `${file} → ${other}`),
    );
  expect(strays).toEqual([]);
});

test.each(Object.entries(homes))('%s is imported only in %s', (name, home) => {
  const strays = files.filter(
    (file) =>
      !file.startsWith(home) && importsOf(file).some((path) => path === name || path.startsWith(name.endsWith('/') ? name : `${name}/`)),
  );
  expect(strays).toEqual([]);
});

test('every folder of experiments is on a floor, and every floor is there', () => {
  expect([...new Set(experiments.map(namedRoomOf))].sort()).toEqual([...named].sort());
});

test.each(floors.map((rooms) => [rooms.join(', '), rooms] as const))('%s: only from the floors below', (_, rooms) => {
  const strays = experiments
    .filter((file) => rooms.includes(namedRoomOf(file)))
    .flatMap((file) =>
      ownImportsOf(file)
        .filter((other) => areaOf(other) === 'experiments' && roomOf(other) !== roomOf(file) && floorOf(other) >= floorOf(file))
        .map((other) => `${file} → ${other}`),
    );
  expect(strays).toEqual([]);
});

test('one kind of study is known to few', () => {
  const strays = experiments
    .filter((file) => !knowKinds.some((known) => known.test(withinExperiments(file))))
    .flatMap((file) =>
      ownImportsOf(file)
        .filter((other) => other.startsWith('experiments/tasks/') && roomOf(other) !== 'tasks')
        .map((other) => `${file} → ${other}`),
    );
  expect(strays).toEqual([]);
});

test('one kind of study is named where all are put together only', () => {
  const strays = experiments
    .filter((file) => !/^(tasks|catalogue|modules|documentation)\//.test(withinExperiments(file))) // modules and documentation name areas of the package, one of which is called like a kind
    .flatMap((file) => kindsNamedIn(textOf(file)).map((name) => `${file}: ${name}`));
  expect(strays).toEqual([]);
});

test('no file imports itself by way of others', () => {
  expect(circlesIn(new Map(files.map((file) => [file, ownImportsOf(file)])))).toEqual([]);
});

/** Groups of files each of which reaches the others. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const reach = new Map([...imports.keys()].map((file) => [file, reachedFrom(file, imports)]));
  const groups = [...reach].flatMap(([file, reached]) =>
    reached.has(file)
      ? [
          [...reached]
            .filter((other) => reach.get(other)?.has(file))
            .sort()
            .join(' ↔ '),
        ]
      : [],
  );
  return [...new Set(groups)];
}

function reachedFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const other of imports.get(next) ?? [])
      if (!reached.has(other)) {
        reached.add(other);
        open.push(other);
      }
  return reached;
}

test('measuring TREC runs reads no method, no kind of study, no YAML and no page, which take longer than the measuring', () => {
  const imports = new Map(files.map((file) => [file, readWith(file)]));
  const read = ['main.ts', 'commands/evaluate.ts', 'commands/evaluate-run-files.ts'].flatMap((file) => [
    ...reachedFrom(`experiments/${file}`, imports),
  ]);
  expect(read).toContain('src/metrics/ndcg.ts');
  expect(
    read.filter(
      (file) =>
        /^(estimators|simulators|click-models|experiments\/tasks)\//.test(file) ||
        importsOf(file).includes('yaml') ||
        file.endsWith('run-page.ts'),
    ),
  ).toEqual([]);
});

test('notebooks, and templates of plugins, import the public package only, as their readers do', () => {
  const strays = files
    .filter((file) => /^experiments\/(notebooks|templates)\//.test(file))
    .flatMap((file) => importsOf(file).filter((path) => !/^(counterrank(\/[a-z-]+)?|node:.*|\.\/my-method\.js)$/.test(path)));
  expect(strays).toEqual([]);
});

test('the test sees the imports it judges', () => {
  expect(importsOf('src/random/rng.ts')).toContain('seedrandom');
  expect(importsOf('experiments/charts/vega.ts')).toContain('vega'); // which it imports when the first picture is drawn
  expect(ownImportsOf('experiments/tables/run-result.ts')).toContain('experiments/tables/table.ts'); // for types only
  expect(importsIn('import(`../tasks/conversions/index.ts`)')).toEqual(['../tasks/conversions/index.ts']);
  expect(kindsNamedIn("if (task.name === 'ranking' || task.name === `conversions`) rankings('conversion');")).toEqual([
    'ranking',
    'conversions',
  ]);
  expect(roomOf('experiments/tasks/ranking/index.ts')).toBe('tasks/ranking');
  expect(roomOf('experiments/tasks/index.ts')).toBe('tasks');
  const [own, other] = ['experiments/tasks/coin-flip/index.ts', 'experiments/tasks/conversions/index.ts']; // one that is not there yet
  expect([floorOf(own), roomOf(own)]).toEqual([floorOf(other), 'tasks/coin-flip']);
  expect(floorOf(own)).toBeLessThan(floorOf('experiments/tasks/index.ts'));
  expect(files.length).toBeGreaterThan(30);
});

test('the test sees the circles it judges', () => {
  const arrows: [string, string[]][] = [
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ];
  expect(circlesIn(new Map(arrows))).toEqual(['a ↔ b ↔ c']);
  expect(circlesIn(new Map(arrows.slice(1)))).toEqual([]);
});

test('no stream of random numbers but the seeded ones, no clock in what is computed', () => {
  const strays = files.filter(
    (file) =>
      !file.startsWith('experiments/') &&
      file !== 'src/data/cache-folder.ts' &&
      /Math\.random|Date\.now|new Date|performance\.now/.test(textOf(file)),
  );
  expect(strays).toEqual([]);
});
