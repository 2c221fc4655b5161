import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { bundledProgram } from '../sweep/built-program.ts';
import { type Ended, ended } from '../sweep/run-program.ts';

/** A user's folder: the package as npm installs it, a config, and the one file that a new kind of study takes. */
const home = temporaryFolder();
const installed = home.in('node_modules/counterrank');
mkdirSync(installed, { recursive: true });
cpSync(bundledProgram(), join(installed, 'dist'), { recursive: true });
cpSync('package.json', join(installed, 'package.json'));
cpSync('experiments/fonts', join(installed, 'experiments/fonts'), { recursive: true });
symlinkSync(resolve('node_modules'), join(installed, 'node_modules'));
cpSync('test/experiments/tasks/coin-flip.ts', home.in('coin-flip.ts'));
home.put(
  'broken.ts',
  `import { tasks as whole } from './coin-flip.ts';
const coin = whole['coin-flip'].create();
const draw = () => {
  throw new RangeError('no ink');
};
export const tasks = { 'coin-flip': { description: 'coin', create: () => ({ ...coin, views: [{ ...coin.views[0], draw }] }) } };
`,
);
/** Every seed says that it was done; this process waits with it until another that helps it has done one. */
home.put(
  'told.ts',
  `import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { tasks as whole } from './coin-flip.ts';
const coin = whole['coin-flip'].create();
const prepare: typeof coin.prepare = async (...words) => {
  const prepared = await coin.prepare(...words);
  const seed = async (name: string) => {
    const own = process.send === undefined;
    while (own && !existsSync('helped')) await setTimeout(20);
    console.log('out: seed ' + name);
    console.error((own ? 'own' : 'other') + ': seed ' + name);
    if (!own) writeFileSync('helped', '');
    return prepared.seed(name);
  };
  return { seed };
};
export const tasks = { 'coin-flip': { description: 'coin', create: () => ({ ...coin, prepare }) } };
`,
);
const [bias, flips, doubt] = [0.8, 200, 0.1];
home.put('coin.yaml', `task: coin-flip\nname: coin\nflips: ${flips}\nbias: ${bias}\nseeds: 4\n`);

const main = join(installed, 'dist/experiments/main.js');
const node = (...words: string[]): Promise<Ended> => ended(spawn(process.execPath, words, { cwd: home.path }));
const counterrank = (line: string): Promise<Ended> => node(main, ...line.split(' '));
const read = (name: string): string => readFileSync(home.in(name), 'utf8');
const lines = (name: string): string[] => read(name).trimEnd().split('\n');

/** Command lines one after the other in one process, as reading the package takes longer than any of them. */
async function counterrankEach(typed: readonly string[]): Promise<Ended[]> {
  const script = home.put(
    'each.mjs',
    `for (const [i, line] of ${JSON.stringify(typed)}.entries()) {
      process.argv = ['node', 'counterrank', ...line.split(' ')];
      process.exitCode = 0;
      await import(${JSON.stringify(pathToFileURL(main))} + '?' + i);
      process.stdout.write('\\f' + process.exitCode + '\\f');
      process.stderr.write('\\f');
    }`,
  );
  const { out, err } = await node(script);
  const [parts, errors] = [out.split('\f'), err.split('\f')];
  return typed.map((_, i) => ({ code: Number(parts[2 * i + 1]), out: parts[2 * i], err: errors[i] }));
}

const [[list, schema, validate, faulty, simulate, undrawn], run, sweep, told] = await Promise.all([
  counterrankEach([
    'list --plugin coin-flip.ts',
    'schema coin-flip --plugin coin-flip.ts',
    'validate coin.yaml bias=0.6 --plugin coin-flip.ts',
    'validate coin.yaml evaluation.learntShare=0.001 --plugin coin-flip.ts',
    'simulate coin.yaml --plugin coin-flip.ts --out simulated',
    'run coin.yaml --plugin broken.ts --out undrawn --quiet',
  ]),
  counterrank('run coin.yaml --plugin coin-flip.ts --out run --quiet'),
  counterrank('sweep coin.yaml seed=1..4 -j 2 --plugin coin-flip.ts --out sweep --quiet'),
  counterrank('run coin.yaml -j 2 --plugin told.ts --out told --quiet'),
]);
const [report, plain, exported] = await counterrankEach([
  'report sweep --plugin coin-flip.ts --out report',
  'report sweep --out plain',
  'export sweep --csv all.csv --mlflow mlruns --tensorboard tensorboard',
]);

const methods = ['fair', 'share', 'majority', 'truth'];
const seeds = ['1', '2', '3', '4'];
const values = new Map(
  lines('run/metrics.csv')
    .slice(1)
    .map((line) => line.split(','))
    .map(([seed, method, metric, value]) => [`${seed} ${method} ${metric}`, Number(value)]),
);

test('the task is among the others, with a schema of its own', () => {
  expect(list).toMatchObject({ code: 0, err: '' });
  expect(list.out).toMatch(/^ {2}ranking .*\n(.+\n)*? {2}coin-flip +the bias of a coin, learnt from some of its flips$/m);
  expect(JSON.parse(schema.out)).toMatchObject({ title: 'Counterrank coin-flip config', required: ['task'], additionalProperties: false });
  expect(Object.keys(JSON.parse(schema.out).properties)).toEqual(expect.arrayContaining(['flips', 'bias', 'sweep', 'estimator']));
});

test('a config is validated, with every default', () => {
  expect(validate).toMatchObject({ code: 0, err: '' });
  expect(parse(validate.out)).toMatchObject({
    ...{ task: 'coin-flip', flips, bias: 0.6, seeds, baseline: 'fair', evaluation: { learntShare: 0.5 } },
    estimators: methods.map((name) => ({ name, label: name, ...(name === 'majority' && { doubt }) })),
  });
});

test('what is wrong with a config is told with its place', () => {
  expect(faulty).toEqual({
    ...{ code: 2, out: '' },
    err: `error: coin.yaml: evaluation.learntShare: leaves no flip of ${flips} to learn from, or none to measure on\n`,
  });
});

test.each(seeds)('with seed %s every method has the loss and the accuracy that its guess deserves', (seed) => {
  const of = (method: string, metric: string) => values.get(`${seed} ${method} ${metric}`) as number;
  expect(of('fair', 'log-loss')).toBeCloseTo(Math.LN2, 12);
  expect(of('fair', 'accuracy')).toBe(1 / 2);
  const heads = of('truth', 'accuracy'); // share of the flips that methods do not see, as heads are likelier
  const guesses = lines('run/estimates.csv').map((line) => line.split(','));
  const [, , seen, share] = guesses.findLast(([ofSeed, method]) => ofSeed === seed && method === 'share') ?? [];
  expect(Number(seen)).toBe(flips / 2);
  expect((Number(share) * (flips / 2 + 2)) % 1).toBeCloseTo(0, 9); // (heads + 1) / (flips + 2)
  for (const [method, p] of [
    ['truth', bias],
    ['majority', 1 - doubt],
    ['share', Number(share)],
  ] as const) {
    expect(of(method, 'accuracy')).toBe(heads);
    expect(of(method, 'log-loss')).toBeCloseTo(-heads * Math.log(p) - (1 - heads) * Math.log(1 - p), 12);
  }
});

test('a run is a folder like any other, with the table of the task', () => {
  expect(run).toMatchObject({ code: 0, err: `warning: the estimate of fair is off by ${(bias - 1 / 2).toFixed(2)}\n` });
  expect(run.out).toMatch(/^fair +0\.6931 ±0\.0000 +0\.5000 ±0\.0000$/m);
  expect(lines('run/estimates.csv')).toHaveLength(1 + seeds.length * methods.length * (flips / 2));
  expect(read('run/report.html')).toContain('<h2>Estimates</h2>');
});

test('a sweep finds, in processes of its own, what a run finds', () => {
  expect(sweep).toMatchObject({ code: 0, err: '' });
  const apart = readdirSync(home.in('sweep/runs'))
    .sort()
    .flatMap((id) => lines(`sweep/runs/${id}/metrics.csv`).slice(1));
  expect(apart).toEqual(lines('run/metrics.csv').slice(1));
  expect(lines('sweep/records.csv')).toHaveLength(1 + apart.length);
});

test('a report draws the table, and tells what the notes and findings of the task say', () => {
  expect(report.code).toBe(0);
  const page = read('report/report.html');
  expect(page).toContain('<h2>Estimates</h2>');
  expect(page).toContain(`the estimate of fair is off by ${(bias - 1 / 2).toFixed(2)}`);
  const wrong = seeds.filter((seed) =>
    lines('run/estimates.csv').some((line) => line.startsWith(`${seed},share,`) && Number(line.split(',')[3]) < 1 / 2),
  );
  expect(wrong.length).toBeGreaterThan(0);
  const note = `leant to the wrong side on the way in ${wrong.length} of ${seeds.length}`;
  expect(page).toContain(`share: ${note}`);
  for (const form of ['md', 'tex', 'json']) expect(read(`report/report.${form}`)).toContain(note);
  expect(report.out).toContain(`share: ${note}`);
});

test('a report without the file has the same numbers, and says what it cannot draw', () => {
  expect(plain.code).toBe(0);
  expect(lines('plain/report.csv').sort()).toEqual(lines('report/report.csv').sort());
  const page = read('plain/report.html');
  expect(page).toContain('the tables of the task coin-flip are not drawn');
  expect(page).not.toContain('<h2>Estimates</h2>');
});

test('runs are exported for other tools without the file', () => {
  expect(exported).toMatchObject({ code: 0, err: '' });
  expect(lines('all.csv')).toEqual(lines('sweep/records.csv'));
  const files = (folder: string, name: RegExp) =>
    readdirSync(home.in(folder), { recursive: true, encoding: 'utf8' }).filter((file) => name.test(file));
  const trials = seeds.length * methods.length;
  expect(files('mlruns', /metrics\/estimate\/p$/)).toHaveLength(trials);
  expect(files('mlruns', /metrics\/test\/log-loss$/)).toHaveLength(trials);
  expect(files('tensorboard', /events\.out\.tfevents/)).toHaveLength(trials);
});

test('what the task does not have is refused in one line', () => {
  expect(simulate).toEqual({ code: 2, out: '', err: 'error: coin.yaml: the task coin-flip has nothing to simulate into files\n' });
  expect(readdirSync(home.path)).not.toContain('simulated');
});

test('with a figure that throws, a run keeps all numbers, and says why it has no page and how to get one', () => {
  expect(undrawn.code).toBe(0);
  expect(undrawn.out).toBe(run.out.slice(0, run.out.indexOf('\nrun/report.html')));
  const way = `counterrank report undrawn --plugin ${home.in('broken.ts')} --format html > report.html draws it once that is mended`;
  expect(undrawn.err.trimEnd().split('\n').slice(-1)).toEqual([
    `warning: no report.html could be drawn: plugin ${home.in('broken.ts')}: line 4: RangeError: no ink; undrawn holds all numbers, of which ${way}`,
  ]);
  expect(readdirSync(home.in('undrawn'))).not.toContain('report.html');
  expect(read('undrawn/metrics.csv')).toBe(read('run/metrics.csv'));
});

test('what a plugin writes is shown, whichever process of a run it is in', () => {
  expect(told.code).toBe(0);
  const seedsIn = (text: string, by: RegExp) => [...text.matchAll(by)].map(([, seed]) => seed).sort();
  expect(seedsIn(told.out, /^out: seed (.*)$/gm)).toEqual(seeds);
  expect(seedsIn(told.err, /^(?:own|other): seed (.*)$/gm)).toEqual(seeds);
  expect(told.err).toMatch(/^other: /m);
  expect(read('told/metrics.csv')).toBe(read('run/metrics.csv'));
});
