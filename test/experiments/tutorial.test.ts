import { readFileSync } from 'node:fs';
import { copiedPackage, type Finished } from './copied-package.ts';

const tutorial = readFileSync('docs/tutorial.md', 'utf8');
const blocks = [...tutorial.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, text]) => ({ language, text }));
const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));
const scripts = blocks
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => ({ name: /^\/\/ (\S+\.ts)$/m.exec(text)?.[1] ?? '', text }));

/** What a test adds to commands that take a minute: the same command at a smaller size. */
const smaller =
  "simulation.sessions=1e4 training.steps=10 evaluation.searchSessions=null 'data.synthetic={trainQueries: 30, testQueries: 20, features: 6}'";
const hasOverrides = (command: string) => /^npm start$|^npx counterrank run /.test(command);
const resize = (command: string) => {
  const changes = /\bseeds=/.test(command) ? smaller : `${smaller} seeds=2`; // nothing is said twice
  return command === 'npm start' ? `npm start -- ${changes}` : hasOverrides(command) ? `${command} ${changes}` : command;
};

const copy = copiedPackage();
const results = new Map<string, Finished>();

/** `npm ci` is done and `npm start` builds; what comes after it does not depend on each other. */
beforeAll(async () => {
  for (const { name, text } of scripts) copy.write(name, text);
  const run = async (command: string) => results.set(command, await copy.sh(resize(command)));
  await run('npm start');
  await Promise.all(commands.filter((command) => !/^npm (ci|start)$/.test(command)).map(run));
});

test('it has the scripts and commands that this test looks for', () => {
  expect(scripts.map(({ name }) => name)).toEqual(['first.ts', 'own.ts']);
  expect(commands).toHaveLength(6);
  expect(commands.filter(hasOverrides)).toHaveLength(2);
});

test('every command ends well', () => {
  for (const [command, { code, err }] of results)
    expect({ command, code, err: code === 0 ? '' : err }).toEqual({ command, code: 0, err: '' });
});

test('npm start ends with the table and says where the page is', () => {
  const { out } = results.get('npm start') as { out: string };
  expect(out).toMatch(/^naive +0\.\d{4}/m);
  expect(out).toContain('runs/quickstart/report.html');
  expect(copy.read('runs/quickstart/report.html')).toContain('<svg');
});

test('the first script writes the picture where the text says', () => {
  expect(results.get('npx tsx first.ts')?.out).toMatch(
    /dual learning from 1\.00 at 1 to 0\.\d+ at 10\n {2}picture: figures\/first-1\.html\n/,
  );
  expect(copy.read('figures/first-1.html')).toContain('<svg');
});

test('the own estimator stands in a comparison table with an interval and a test, and beats naive there', () => {
  const { out } = results.get('npx tsx own.ts') as { out: string };
  expect(out).toMatch(/^clicks × rank +0\.\d{4} ±0\.\d{4}\n +Δ [+−]0\.\d{4} p[=<]0\.\d{3}/m);
  const mean = (method: string) => Number(new RegExp(`^${method} +(0\\.\\d{4})`, 'm').exec(out)?.[1]);
  expect(mean('clicks × rank')).toBeGreaterThan(mean('naive'));
});

test('the page has the prose, the code, the table and the picture', () => {
  const page = copy.read('own.html');
  for (const part of ['<h1>Does a guess at the bias pay?</h1>', 'clicksTimesRank', '<th scope="row">clicks × rank</th>', '<svg'])
    expect(page).toContain(part);
});

test('the script of the page on scripts runs', async () => {
  const [, script] = /^```ts\n(import \{ ownMethod.*?)^```/ms.exec(readFileSync('docs/notebooks.md', 'utf8')) ?? ['', ''];
  copy.write(
    'scripts.ts',
    script.replace('.seeds(10)', '.seeds(2).training({ steps: 10 }).data({ synthetic: { trainQueries: 30, features: 4 } })'),
  );
  const { code, out, err } = await copy.sh('npx tsx scripts.ts');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^naive, less training +0\.\d{4}/m);
});
