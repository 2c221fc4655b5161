import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { metaPage } from '../../../experiments/search-sessions/meta-page.ts';
import { sessionPage } from '../../../experiments/search-sessions/session-page.ts';
import { readSessionSimulationConfig } from '../../../experiments/search-sessions/session-simulation-config.ts';
import { simulateSessionLogs } from '../../../experiments/search-sessions/simulate-session-logs.ts';
import { defaultMetaMetrics, metaEvaluate, numGrid, parseMetricGrid } from '../../../src/meta-evaluation/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { evaluateSessions } from '../../../src/session-metrics/evaluate-sessions.ts';
import { parseSessionMetric } from '../../../src/session-metrics/index.ts';
import { numSensitivity } from '../../../src/session-metrics/num-sensitivity.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { chromiumPath, type OpenedPage, openBrowser, openPage, testInBrowser } from '../report/open-page.ts';

const folder = temporaryFolder();
const widths = [400, 1400] as const;
const opened = new Map<string, OpenedPage>();
let browser: Browser | null = null;

beforeAll(async () => {
  if (chromiumPath === null) return;
  const config = await readSessionSimulationConfig('experiments/configs/search-sessions.yaml', ['sessions=60', 'needs.count=20']);
  const systems = (await simulateSessionLogs(config)).map(({ system, sessions }) => ({ label: system, name: system, sessions }));
  const labels = { labels: 'grade', highestGrade: 4 } as const;
  const metrics = defaultMetaMetrics().map((name) => parseSessionMetric(name, labels));
  const evaluation = evaluateSessions({ systems, metrics, labels, clickEnhancement: false, undefinedRule: 'zero', test: 'paired-t' });
  const sensitivity = systems.map(({ sessions }) => numSensitivity(sessions, labels));
  const [{ sessions }, ...others] = systems;
  const tuning = { metric: metrics[0], grid: parseMetricGrid(numGrid, labels) };
  const meta = metaEvaluate({ sessions, metrics, undefinedRule: 'zero', resamples: 20, tuning, systems: others }, createRng('page'));
  const words = { command: 'counterrank …', log: 'log.jsonl', notes: ['Labels: grade'] };
  const pages = {
    sessions: await sessionPage(evaluation, { lead: 'log.jsonl', warnings: [], sensitivity, command: 'counterrank …' }),
    meta: await metaPage(meta, words),
  };
  browser = await openBrowser();
  for (const [name, page] of Object.entries(pages)) {
    writeFileSync(folder.in(`${name}.html`), page);
    const seen = await openPage(browser, folder.in(`${name}.html`), widths, 'light');
    for (const [i, width] of widths.entries()) opened.set(`${name} ${width}`, seen[i]);
  }
});
afterAll(() => browser?.close());

testInBrowser('the pages of search sessions: no message, no request, nothing scrolls sideways but tables in their boxes', () => {
  expect(opened.size).toBe(4);
  for (const [name, { messages, requests, pageWidth, tables }] of opened) {
    const width = Number(name.split(' ')[1]);
    expect({ name, messages, requests }).toEqual({ name, messages: [], requests: [] });
    expect(pageWidth).toBeLessThanOrEqual(width);
    expect(tables.length).toBeGreaterThan(0);
    for (const { box, width: wide, ragged, hiddenWords } of tables) {
      expect(box).toBeLessThanOrEqual(width);
      expect({ ragged, hiddenWords }).toEqual({ ragged: 0, hiddenWords: 0 });
      if (width === 1400) expect(wide).toBeLessThanOrEqual(box);
    }
  }
});

testInBrowser('every picture is drawn in its place, with no word cut off', () => {
  const metrics = defaultMetaMetrics().length;
  const pictures = { sessions: 2 * metrics + 3, meta: 3 + metrics + 1 + 1 };
  for (const [name, seen] of opened) {
    expect(seen.pictures).toHaveLength(pictures[name.split(' ')[0] as keyof typeof pictures]);
    for (const { width, height, marks, overflow } of seen.pictures) {
      expect(width).toBeGreaterThan(250);
      expect(height).toBeGreaterThan(80);
      expect(marks).toBeGreaterThan(10);
      expect(overflow).toBeLessThan(2);
    }
  }
});
