import { createHash } from 'node:crypto';
import { drawSvg } from '../../../experiments/charts/draw-svg.ts';
import { lineChart } from '../../../experiments/charts/line-chart.ts';
import { figureHtml, htmlDocument, pageHtml } from '../../../experiments/report/page-frame.ts';
import { pageStyle } from '../../../experiments/report/page-style.ts';

const picture = lineChart({ "it's <b>": [1, 2], 'θ "q" 50%#&': [2, 1] }, { title: '', x: 'rank', y: 'clicks' });

test('the link below a picture holds the SVG that is shown, byte by byte, and that has a size and colours of its own', async () => {
  const html = await figureHtml(picture);
  const [, href] = /<a class="save" download="[a-z0-9-]+\.svg" href="data:image\/svg\+xml,([^"]*)"/.exec(html) ?? [];
  const saved = decodeURIComponent(href).replaceAll("'", '"');
  const { title: _, ...spec } = picture.spec;
  const shown = await drawSvg({ ...picture, spec } as typeof picture);
  expect(saved.replaceAll('&#39;', '')).toBe(shown.replaceAll("'", '').replaceAll('&#39;', ''));
  expect(html).toContain(shown);
  expect(shown).toMatch(/<svg[^>]* width="\d[\d.]*" height="\d[\d.]*"/);
  expect(shown).not.toContain('var(');
});

test('a page on dark paper gives every colour of a picture its own shade', async () => {
  const svg = await drawSvg(picture);
  const colours = new Set([...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g)].map(([, colour]) => colour));
  expect(colours.size).toBeGreaterThan(3);
  for (const colour of colours) expect(pageStyle).toContain(`="${colour}"]`);
});

test('a page may load nothing, and run only the script that it comes with', () => {
  const policyOf = (html: string) => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policyOf(htmlDocument('t', ''))).toMatch(/default-src 'none'.*script-src 'none'/);
  expect(policyOf(htmlDocument('t', ''))).toContain('img-src data:;');
  expect(policyOf(htmlDocument('t', '', { images: true }))).toContain("img-src data: 'self' file:;");
  const script = 'document.title = 1;\n';
  const hash = createHash('sha256').update(script).digest('base64');
  const page = htmlDocument('t', '', { script });
  expect(policyOf(page)).toContain(`script-src 'sha256-${hash}'`);
  expect(page).toContain(`<script>${script}</script>`);
});

test('a few pictures more than are open are shown with them; many are folded', async () => {
  const pageOf = async (count: number, shown = count) => {
    const group = { title: 'g', note: '', pictures: Array.from({ length: count }, () => picture), open: 8, shown };
    const html = await pageHtml({ title: 't', lead: '', parts: [group] }, async () => '<svg></svg>');
    return { seen: html.split('<details')[0].split('<figure>').length - 1, folded: /<summary>(\d+) more/.exec(html)?.[1] };
  };
  expect(await pageOf(8)).toEqual({ seen: 8, folded: undefined });
  expect(await pageOf(9)).toEqual({ seen: 9, folded: undefined });
  expect(await pageOf(10)).toEqual({ seen: 8, folded: '2' });
  expect(await pageOf(30, 9)).toEqual({ seen: 9, folded: undefined }); // of which the note tells the other 21
});
