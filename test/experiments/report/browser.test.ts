import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { comparisonPage } from '../../../experiments/report/comparison-page.ts';
import { gatherReport } from '../../../experiments/report/gather-report.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinySweep } from '../tiny-runs.ts';
import { chromiumPath, type OpenedPage, openBrowser, openPage, testInBrowser } from './open-page.ts';

const folder = temporaryFolder().path;
const widths = [400, 1400] as const;
const opened = new Map<string, OpenedPage>();
let browser: Browser | null = null;

/** The page of a single run, and that over a sweep. */
const pages = { run: join(folder, 'sweep', 'runs', 'cascade-500', 'report.html'), sweep: join(folder, 'report.html') };

beforeAll(async () => {
  if (chromiumPath === null) return;
  const sweep = await writeTinySweep(join(folder, 'sweep'), {
    estimators: ['production', 'naive', 'clipped-ips', 'dual-learning', 'skyline'],
  });
  const { presentations } = builtIn();
  writeFileSync(pages.sweep, await comparisonPage(await gatherReport([sweep], usualReport, 'counterrank report sweep', presentations)));
  browser = await openBrowser();
  for (const [name, file] of Object.entries(pages))
    for (const scheme of ['light', 'dark'] as const) {
      const seen = await openPage(browser, file, widths, scheme);
      for (const [i, width] of widths.entries()) opened.set(`${name} ${width} ${scheme}`, seen[i]);
    }
});
afterAll(() => browser?.close());

testInBrowser('no message on the console, no request but for the page itself', () => {
  expect(opened.size).toBe(8);
  for (const { messages, requests } of opened.values()) expect({ messages, requests }).toEqual({ messages: [], requests: [] });
});

testInBrowser('every picture is drawn, as wide as its place allows, with no word cut off', () => {
  for (const [name, { pictures }] of opened) {
    expect(pictures.length).toBeGreaterThan(name.startsWith('run') ? 8 : 20);
    for (const { width, height, marks, overflow } of pictures) {
      expect(width).toBeGreaterThan(250);
      expect(height).toBeGreaterThan(80);
      expect(marks).toBeGreaterThan(10);
      expect(overflow).toBeLessThan(2);
    }
  }
});

testInBrowser('the page never scrolls sideways; tables do so within their boxes, no cell cut off or missing', () => {
  for (const [name, { pageWidth, tables }] of opened) {
    const width = Number(name.split(' ')[1]);
    expect(pageWidth).toBeLessThanOrEqual(width);
    expect(tables.length).toBeGreaterThan(1);
    for (const { box, columns, ragged, hiddenWords } of tables) {
      expect(box).toBeLessThanOrEqual(width);
      expect(columns).toBeGreaterThan(1);
      expect({ ragged, hiddenWords }).toEqual({ ragged: 0, hiddenWords: 0 });
    }
    if (width === 1400 && name.startsWith('run')) for (const { box, width: wide } of tables) expect(wide).toBeLessThanOrEqual(box);
  }
});

testInBrowser('the scheme of the reader: dark letters on a light page, light ones on a dark page', () => {
  const lightness = (colour: string) =>
    /\d+/g.exec(colour) ? (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765 : Number.NaN;
  for (const [name, { background, text }] of opened) {
    const contrast = lightness(background) - lightness(text);
    expect(name.endsWith('light') ? contrast : -contrast).toBeGreaterThan(0.7);
  }
});

/** The sweep's page, for a reader who clicks and types. */
async function usedPage() {
  const page = await (browser as Browser).newPage();
  await page.goto(pathToFileURL(pages.sweep).href);
  const shown = (selector: string) =>
    page.$$eval(selector, (all) => all.filter((one) => (one as HTMLElement).offsetParent !== null).map((one) => one.textContent ?? ''));
  return { page, shown };
}

testInBrowser('rows and columns of the results are chosen by words, and sorted by a click', async () => {
  const { page, shown } = await usedPage();
  const [methods, columns] = await page.$$('.choose input');
  const names = '.choosable tbody th';
  const all = await shown(names);
  await methods.fill('ips dual');
  expect(await shown(names)).toEqual(['clipped-ips', 'dual-learning']);
  await methods.fill('');
  await columns.fill('cascade');
  const over = await page.$$eval('.choosable thead .over th', (all) =>
    all.filter((one) => !(one as HTMLElement).hidden).map((one) => [one.textContent, (one as HTMLTableCellElement).colSpan]),
  );
  expect(over).toEqual([
    ['ndcg@10', 2],
    ['sessions 500', 1], // 2 before
    ['sessions 5e3', 1],
  ]);
  expect(await shown('.choosable thead tr:last-child th')).toEqual(['method', 'cascade', 'cascade']);
  for (const caption of await shown('figcaption')) expect(caption).not.toContain('position-based');
  await columns.fill('');
  const values = async () => (await shown('.choosable tbody td:nth-child(2)')).map(Number.parseFloat);
  await page.click('.choosable thead tr:last-child th:nth-child(2) button');
  expect(await values()).toEqual((await values()).sort((a, b) => b - a));
  await page.click('.choosable thead tr:last-child th:nth-child(2) button');
  expect(await values()).toEqual((await values()).sort((a, b) => a - b));
  await page.click('.choosable thead tr:last-child th:nth-child(2) button');
  expect(await shown(names)).toEqual(all);
  await page.close();
});

testInBrowser('the link below a picture saves it, and what it saves is drawn by itself', async () => {
  const { page } = await usedPage();
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a.save')]);
  expect(download.suggestedFilename()).toMatch(/^[a-z0-9-]+\.svg$/);
  const saved = join(folder, 'saved.svg');
  await download.saveAs(saved);
  await page.goto(pathToFileURL(saved).href);
  const size = await page.$eval('svg', (svg) => ({ width: svg.getBoundingClientRect().width, texts: svg.querySelectorAll('text').length }));
  expect(size.width).toBeGreaterThan(200);
  expect(size.texts).toBeGreaterThan(3);
  await page.close();
});

testInBrowser('printed, nothing is folded and no table is cut off', async () => {
  const { page } = await usedPage();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 720, height: 1000 }); // A4 within its margins
  const seen = await page.evaluate(() => ({
    folded: [...document.querySelectorAll('details figure')].filter((one) => one.getBoundingClientRect().height === 0).length,
    cut: [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).length,
    links: [...document.querySelectorAll<HTMLElement>('.save, .choose')].filter((one) => one.offsetParent !== null).length,
    paper: getComputedStyle(document.body).backgroundColor,
  }));
  expect(seen).toEqual({ folded: 0, cut: 0, links: 0, paper: 'rgb(255, 255, 255)' });
  await page.close();
});
