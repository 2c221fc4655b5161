import { axisPicture } from '../../../experiments/charts/axis-picture.ts';
import { curvesPicture } from '../../../experiments/charts/curves-picture.ts';
import type { Picture } from '../../../experiments/charts/draw-svg.ts';
import { lineChart } from '../../../experiments/charts/line-chart.ts';
import { metricPicture } from '../../../experiments/charts/metric-picture.ts';
import { paperFigure } from '../../../experiments/charts/paper-figure.ts';
import { withView } from '../../../experiments/charts/vega.ts';
import { summariseFake } from '../fake-result.ts';
import { readPdf, textsOf } from './read-pdf.ts';

const points = [1e3, 1e4, 1e5].map((at, i) => ({ at, mean: 0.5 + i / 10, lower: 0.45 + i / 10, upper: 0.55 + i / 10 }));
const names = ['naive', 'clipped-ips', 'dual-learning', 'regression-em', 'a method with a rather long name'];
const pictures: Record<string, Picture> = {
  'metric along an axis': axisPicture(
    'a title that is much too long for one line of a column of a paper',
    'ndcg@10',
    { words: 'sessions', title: 'sessions' },
    names.map((method, m) => ({ method, reference: m === 4, points })),
  ),
  'metric by method': metricPicture(summariseFake(), 1),
  'learning curves': curvesPicture('ips', [
    { seed: '1', rows: points.map(({ mean }, step) => ({ step, training_loss: mean, held_out_loss: mean + 1 })) },
  ]) as Picture,
  lines: lineChart({ θ: [1, 0.5, 0.3], 'Δ ≤ α': [1, 0.4, 0.2] }, { title: 'Bias', x: 'rank', y: 'θ' }),
};
const point = 72 / 25.4;

describe.each(Object.entries(pictures))('%s', (_, picture) => {
  test.each([84, 178])('is %d mm wide in SVG and PDF, to a tenth of a millimetre', async (width) => {
    const { svg, pdf } = await paperFigure(picture, width);
    const [, millimetres, high] = /width="([\d.]+)mm" height="([\d.]+)mm"/.exec(svg) ?? [];
    const [, right, top] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1')) ?? [];
    expect(Math.abs(Number(millimetres) - width)).toBeLessThan(1.5); // never wider
    expect(Number(millimetres)).toBeLessThan(width + 0.1);
    expect(Number(right) / point).toBeCloseTo(Number(millimetres), 1);
    expect(Number(top) / point).toBeCloseTo(Number(high), 1);
  });

  test('stands by itself: no colour, font or size from elsewhere', async () => {
    const { svg, vegaLite } = await paperFigure(picture, 84);
    for (const text of [svg, vegaLite]) expect(text).not.toMatch(/var\(|system-ui|currentColor/);
    expect(svg).toMatch(/^<\?xml[^>]*\?>\n<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('<title>');
    expect(
      [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)]
        .map(([, colour]) => colour)
        .filter((colour) => !/^(#[0-9a-f]{6}|none|transparent)$/i.test(colour)),
    ).toEqual([]);
  });

  test('a PDF has the words of the SVG, in a font that it holds, within its page', async () => {
    const { svg, pdf } = await paperFigure(picture, 84);
    const objects = readPdf(pdf);
    const words = [...svg.matchAll(/>([^<]+)<\/(?:text|tspan)>/g)].map(([, text]) => text.replaceAll('&lt;', '<').replaceAll('&amp;', '&'));
    expect(words.length).toBeGreaterThan(3);
    expect(textsOf(objects).sort()).toEqual(words.sort());
    expect(objects.filter(({ dictionary }) => dictionary.includes('/FontFile2'))).toHaveLength(1);
    expect(pdf.toString('latin1').match(/\/Type \/Page /g)).toHaveLength(1);
    const [, width, height] = (/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1')) ?? []).map(Number);
    const content = objects.find(({ stream }) => stream.includes('BT /F'))?.stream.toString('latin1') ?? '';
    for (const [, x, y] of content.matchAll(/([-\d.]+) ([-\d.]+) (?:[ml]$|Tm)/gm)) {
      expect(Number(x)).toBeGreaterThan(-1);
      expect(Number(x)).toBeLessThan(width + 1);
      expect(Number(y)).toBeGreaterThan(-1);
      expect(Number(y)).toBeLessThan(height + 1);
    }
  });
});

test('the same picture gives the same bytes', async () => {
  const [one, two] = [await paperFigure(pictures.lines, 84), await paperFigure(pictures.lines, 84)];
  expect(one.pdf.equals(two.pdf)).toBe(true);
  expect(one.svg).toBe(two.svg);
});

test('the spec draws the figure again, and the data are its points', async () => {
  const { svg, vegaLite, data } = await paperFigure(pictures.lines, 84);
  const again = await withView(JSON.parse(vegaLite), (view) => view.toSVG());
  expect(again.match(/<path/g)?.length).toBe(svg.match(/<path/g)?.length);
  expect(data.head).toEqual(['series', 'x', 'y']);
  expect(data.rows).toContainEqual(['Δ ≤ α', 3, 0.2]);
  expect(data.rows).toHaveLength(6);
});

test('layers with data of their own are told apart, and what is no number is empty', async () => {
  const { data } = await paperFigure(pictures['metric by method'], 84);
  expect(data.head[0]).toBe('layer');
  expect(new Set(data.rows.map(([layer]) => layer)).size).toBeGreaterThan(1);
});
