import { axisPicture } from '../../../experiments/charts/axis-picture.ts';
import { drawSvg, type Picture } from '../../../experiments/charts/draw-svg.ts';
import { fitWords } from '../../../experiments/charts/fit-words.ts';
import { lineChart } from '../../../experiments/charts/line-chart.ts';
import { metricPicture } from '../../../experiments/charts/metric-picture.ts';
import { paperFigure } from '../../../experiments/charts/paper-figure.ts';
import { paperStyle } from '../../../experiments/charts/picture-style.ts';
import { boldness, textWidth } from '../../../experiments/charts/true-type.ts';
import { summariseFake } from '../fake-result.ts';

const long = [
  'Clipped IPS with a clip of 0.05 & weights of 100% of $clicks_$ #1',
  'dual-learning-seed3-sessions1e4-other-2d1b220d3e-and-what-else-a-run-is-called',
  'Länge'.repeat(20),
];
const points = [1e3, 1e5].map((at) => ({ at, mean: 0.5, lower: 0.4, upper: 0.6 }));
const summary = summariseFake();
const pictures: Record<string, Picture> = {
  dots: metricPicture({ ...summary, methods: summary.methods.map((one, m) => ({ ...one, method: long[m] ?? one.method })) }, 0),
  lines: axisPicture(
    long.join(' '),
    long[0],
    { words: 'sessions', title: long[0] },
    long.map((method, m) => ({ method, reference: m === 2, points })),
  ),
  chart: lineChart(Object.fromEntries(long.map((name, i) => [name, [0.5, i]])), { title: long[0], x: long[0], y: long[0] }),
};
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text([^>]*)>(.*?)<\/text>/gs)].map(([, attributes, inner]) => ({
    size: Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1]),
    bold: attributes.includes('font-weight="bold"'),
    lines: inner.split('</tspan>').map((line) => line.replaceAll(/<[^>]*>/g, '').replaceAll('&amp;', '&')),
  }));
const together = (text: string) => text.replaceAll(/\s/g, '');

describe.each(Object.entries(pictures))('%s with names that are too long', (_, picture) => {
  test.each([84, 178, 'page'] as const)('show every name whole, in lines that fit: %s', async (width) => {
    const svg = width === 'page' ? await drawSvg(picture) : (await paperFigure(picture, width)).svg;
    const texts = textsOf(svg.replace(/<title>.*?<\/title>/, ''));
    const [, all] = /viewBox="0 0 ([\d.]+)/.exec(svg) ?? [];
    const written = together(texts.flatMap(({ lines }) => lines).join(''));
    for (const name of long) expect(written).toContain(together(name));
    expect(written).not.toContain('…');
    for (const { lines, size, bold } of texts)
      for (const line of lines) expect(textWidth(line, size) * (bold ? boldness : 1)).toBeLessThanOrEqual(Number(all));
  });

  test('leave the plot at least a third of the width of a column', async () => {
    const { vegaLite } = await paperFigure(picture, 84);
    expect((JSON.parse(vegaLite) as { width: number }).width).toBeGreaterThan(340 / 3);
  });
});

test('short names are left as they are', () => {
  const { encoding, height } = fitWords(
    { height: { step: 26 }, data: { values: [{ m: 'ips' }] }, encoding: { y: { field: 'm', type: 'nominal', axis: { title: null } } } },
    340,
    paperStyle,
  );
  expect(encoding).toEqual({ y: { field: 'm', type: 'nominal', axis: { title: null, labelLimit: 0 } } });
  expect(height).toEqual({ step: 26 });
});
