import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { biasVarianceNotes } from '../../../../experiments/tasks/bias-variance/bias-variance-notes.ts';
import { biasVariancePage } from '../../../../experiments/tasks/bias-variance/bias-variance-page.ts';
import { biasVariancePicture } from '../../../../experiments/tasks/bias-variance/bias-variance-picture.ts';
import { type BiasVarianceStudy, studyBiasVariance } from '../../../../experiments/tasks/bias-variance/bias-variance-study.ts';
import { mseBySettingPictures } from '../../../../experiments/tasks/bias-variance/mse-by-setting-picture.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { chromiumPath, type OpenedPage, openBrowser, openPage, testInBrowser } from '../../report/open-page.ts';
import { decodeClippable } from './decode-clippable.ts';

const file = join(temporaryFolder().path, 'page.html');
const opened = new Map<string, OpenedPage>();
let browser: Browser | null = null;
let study: BiasVarianceStudy;

beforeAll(async () => {
  const variants = [0.5, 3].map((power) => ({
    varied: [`world.power=${power}`],
    ...decodeClippable({
      task: 'implicit-feedback',
      name: 'clicks',
      seeds: 2,
      world: { name: 'synthetic', users: 60, items: 50, power },
      training: { steps: 40, batch: 128, evaluateEvery: 20 },
    }),
  }));
  const thresholds = Array.from({ length: 16 }, (_, k) => 10 ** (-5 + k / 3));
  study = await studyBiasVariance(variants, { thresholds, predictions: ['truth', 'ips'], metric: 'auc' }, () => undefined);
  const words = { lead: 'clicks.yaml', notes: biasVarianceNotes(study), command: 'counterrank bias-variance clicks.yaml' };
  writeFileSync(file, await biasVariancePage(study, words));
  if (chromiumPath === null) return;
  browser = await openBrowser();
  for (const scheme of ['light', 'dark'] as const)
    (await openPage(browser, file, [400, 1400], scheme)).forEach((seen, i) => {
      opened.set(`${[400, 1400][i]} ${scheme}`, seen);
    });
});
afterAll(() => browser?.close());

testInBrowser('every picture is drawn, no word cut off, no message, no request, no scrolling sideways', () => {
  expect(opened.size).toBe(4);
  for (const [name, { messages, requests, pictures, pageWidth, tables }] of opened) {
    expect({ messages, requests }).toEqual({ messages: [], requests: [] });
    expect(pageWidth).toBeLessThanOrEqual(Number(name.split(' ')[0]));
    expect(pictures).toHaveLength(2 + 4 + 2);
    for (const { width, height, marks, overflow } of pictures) {
      expect(width).toBeGreaterThan(250);
      expect(height).toBeGreaterThan(150);
      expect(marks).toBeGreaterThan(10);
      expect(overflow).toBeLessThan(2);
    }
    expect(tables).toHaveLength(1 + 4 + 2);
    for (const { ragged, hiddenWords } of tables) expect({ ragged, hiddenWords }).toEqual({ ragged: 0, hiddenWords: 0 });
  }
});

test('the marked optimum is the least of the drawn mean squared errors, and every shown part adds up', () => {
  for (const { curves } of study.settings)
    for (const { summary } of curves) {
      const { layer } = biasVariancePicture('one', summary).spec as unknown as {
        layer: { data: { values: Record<string, number>[] }; mark: { type: string; shape?: string } }[];
      };
      const valuesOf = (type: string) => layer.filter(({ mark }) => mark.type === type)[0].data.values;
      const drawn = valuesOf('line') as unknown as { clip: number; part: string; value: number }[];
      const errors = drawn.filter(({ part }) => part === 'MSE');
      expect(errors).toHaveLength(16);
      const [{ clip, value }] = valuesOf('point');
      expect(value).toBe(Math.min(...errors.map((one) => one.value)));
      expect(errors.find((one) => one.clip === clip)?.value).toBe(value);
      for (const { clip: at, value: sum } of errors) {
        const parts = drawn.filter((one) => one.clip === at && one.part !== 'MSE').reduce((total, one) => total + one.value, 0);
        expect(Math.abs(parts - sum)).toBeLessThan(2e-3 * value + 1e-12 * sum); // parts below a thousandth of the least are not shown
      }
      for (const { lower, upper, clip: at } of valuesOf('area')) {
        const mean = errors.find((one) => one.clip === at)?.value as number;
        expect(lower).toBeLessThanOrEqual(mean * (1 + 1e-12));
        expect(upper).toBeGreaterThanOrEqual(mean * (1 - 1e-12));
      }
    }
});

test('a picture of all settings for every kind of predictions; of one setting, of all predictions; none of one line, or of more than colours', () => {
  const { settings } = study;
  expect(mseBySettingPictures(study).map(({ alt }) => alt)).toEqual([
    expect.stringMatching(/predictions: truth: .*world\.power=0\.5: M\* = .*; world\.power=3: M\* = /),
    expect.stringMatching(/predictions: ips: .*world\.power=3: M\* = /),
  ]);
  const [one] = settings;
  expect(mseBySettingPictures({ settings: [one] })[0].alt).toMatch(/All predictions: .*truth: M\* = .*; ips: M\* = /);
  expect(mseBySettingPictures({ settings: [{ ...one, curves: one.curves.slice(1) }] })).toEqual([]);
  expect(mseBySettingPictures({ settings: new Array(8).fill(one) })).toEqual([]);
});
