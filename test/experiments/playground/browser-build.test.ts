import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { playStudy } from '../../../experiments/playground/play-study.ts';
import * as core from '../../../src/index.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { chromiumPath, openBrowser, testInBrowser } from '../report/open-page.ts';
import { bundledProgram } from '../sweep/built-program.ts';

const built = resolve(bundledProgram());
const page = join(temporaryFolder().path, 'playground.html');
const playground = () =>
  execFileSync(process.execPath, [join(built, 'experiments/main.js'), 'playground', '--out', page], { encoding: 'utf8' });
let browser: Browser | null = null;

beforeAll(async () => {
  expect(playground()).toContain(page);
  if (chromiumPath !== null) browser = await openBrowser();
});
afterAll(() => browser?.close());

test('the page is one file without requests, and is not written over another', () => {
  const html = readFileSync(page, 'utf8');
  expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
  expect(html).not.toMatch(/\b(src|href)="/);
  expect(playground).toThrow(/playground\.html/);
  expect(readFileSync(page, 'utf8')).toBe(html);
});

testInBrowser('the page computes what Node computes, anew where a slider moves, and says nothing on the console', async () => {
  const opened = await (browser as Browser).newPage();
  const messages: string[] = [];
  opened.on('console', (message) => messages.push(message.text()));
  opened.on('pageerror', (error) => messages.push(String(error)));
  await opened.goto(pathToFileURL(page).href);
  const shown = async () => ({
    settings: JSON.parse((await opened.locator('body').getAttribute('data-settings')) as string),
    label: await opened.locator('#bar-picture svg').getAttribute('aria-label'),
    clicked: await opened.locator('#sessions-picture .click').count(),
  });
  const expected = (settings: Parameters<typeof playStudy>[0]) => {
    const { ndcg, sessions } = playStudy(settings);
    return {
      settings,
      label: `NDCG@10: ${Object.entries(ndcg)
        .map(([name, value]) => `${name} ${value.toFixed(3)}`)
        .join('; ')}`,
      clicked: sessions.flatMap((clicks) => [...clicks]).reduce((sum, click) => sum + click, 0),
    };
  };
  const first = await shown();
  expect(first).toEqual(expected(first.settings));
  await opened.locator('#sessions').fill('3');
  await opened.waitForFunction('JSON.parse(document.body.dataset.settings).sessions === 1000');
  const second = await shown();
  expect(second).toEqual(expected({ ...first.settings, sessions: 1000 }));
  expect(second.label).not.toBe(first.label);
  await opened.locator('#again').click();
  await opened.waitForFunction('JSON.parse(document.body.dataset.settings).seed === 2');
  expect(messages).toEqual([]);
  await opened.close();
});

/** What is asked of the core, here and in a browser. */
const asked = `(async ({ evaluateRanking, createRng, binomial, openBackend, scorers, decodeOptions }) => {
  const rng = createRng('browser');
  const scores = Float64Array.from({ length: 40 }, () => rng.next());
  const labels = Float32Array.from({ length: 40 }, () => Math.floor(5 * rng.next()));
  const set = { labels, offsets: Uint32Array.of(0, 15, 40) };
  const { name } = await openBackend('cpu');
  const mlp = scorers.mlp.create(decodeOptions('mlp', scorers.mlp.options, { hidden: [4] }), 3, createRng('mlp'));
  return {
    name,
    metrics: Object.values(evaluateRanking(scores, set, ['ndcg@10', 'err@5', 'average-precision'])).map((values) => [...values]),
    draws: [binomial(1e9, 0.3, rng), binomial(40, 0.01, rng)],
    scored: [...mlp.score(Float32Array.of(1, 2, 3, -1, 0.5, 2))],
  };
})`;
type Answer = { readonly scored: readonly number[] };
const here = new Function('core', `return ${asked}(core)`) as (from: object) => Promise<Answer>;
const rounded = ({ scored, ...exact }: Answer) => ({
  ...exact,
  scored: scored.map((score) => Math.fround(score).toPrecision(4)),
});

test('the core for browsers imports nothing, gives the same numbers, and names what it lacks', async () => {
  const file = pathToFileURL(join(built, 'browser/src/index.js')).href;
  const script = `const core = await import('${file}'); console.log(JSON.stringify([await ${asked}(core), await core.readSvmlight('a.txt').catch(String)]));`;
  const [answer, fault] = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
  expect(rounded(answer)).toEqual(rounded(await here(core)));
  expect(fault).toMatch(/is of Node, and this is the build of counterrank for browsers/);
  for (const area of ['src', 'click-models', 'simulators', 'estimators'])
    expect(readFileSync(join(built, 'browser', area, 'index.js'), 'utf8')).not.toMatch(/from ?["'](node:|[a-z@])/);
});

testInBrowser('so it does in a browser', async () => {
  const opened = await (browser as Browser).newPage();
  await opened.route('http://counterrank.test/**', (route) => {
    const path = new URL(route.request().url()).pathname;
    return path === '/'
      ? route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
      : route.fulfill({ path: join(built, 'browser', path) });
  });
  await opened.goto('http://counterrank.test/');
  const found = (await opened.evaluate(`import('/src/index.js').then(${asked})`)) as Answer;
  expect(rounded(found)).toEqual(rounded(await here(core)));
  const areas = await opened.evaluate(
    "Promise.all(['click-models', 'simulators', 'estimators'].map((area) => import('/' + area + '/index.js').then((names) => Object.keys(names).length)))",
  );
  for (const names of areas as number[]) expect(names).toBeGreaterThan(5);
  await opened.close();
});
