import type { TopLevelSpec } from 'vega-lite';
import { escapeHtml } from './escape-html.ts';
import { fitWords } from './fit-words.ts';
import { literalColours } from './palette.ts';
import { pictureStyle } from './picture-style.ts';
import { withView } from './vega.ts';

/** A Vega-Lite picture with the sentence that says what it shows. Its spec names colours as a page does: `var(--c0)`. */
export interface Picture {
  readonly spec: TopLevelSpec;
  readonly alt: string;
}

/** A small one, for time that nobody else wants: the first picture takes the longest, as Vega is read. */
export const smallPicture: Picture = {
  spec: {
    data: { values: [{ x: 1, y: 1 }] },
    mark: 'line',
    encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
  },
  alt: '',
};

/** Width of a plot whose spec leaves it to its steps, and what stands beside a plot on a page. */
const usualPlot = 300;
const besidePlot = 130;

/** Draws a picture, here or elsewhere. */
export type Draw = (picture: Picture) => Promise<string>;

/**
 * The picture as SVG, compiled and rendered here, so that a page needs no script. It has its own size and the colours of light paper, so that it
 * shows the same cut out of its page; there the page's style lets it fill its box and gives it the page's shades.
 */
export const drawSvg: Draw = async ({ spec, alt }) => {
  const plot = (spec as { readonly width?: unknown }).width;
  const worded = fitWords(spec as never, (typeof plot === 'number' ? plot : usualPlot) + besidePlot, pictureStyle);
  const svg = await withView({ ...worded, config: pictureStyle } as unknown as TopLevelSpec, (view) => view.toSVG());
  const [, width] = /width="(\d+(?:\.\d+)?)"/.exec(svg) ?? [];
  return tidySvg(svg).replace('<svg', `<svg role="img" aria-label="${escapeHtml(alt)}" style="max-width:${Number(width) * 1.4}px"`);
};

/** Literal colours, tenths of a unit at most, and nothing that only Vega reads. */
export const tidySvg = (svg: string): string =>
  literalColours(svg)
    .replaceAll(/ (class|xmlns:xlink)="[^"]*"/g, '')
    .replaceAll(/ d="[^"]*"/g, (path) => path.replaceAll(/\d+\.\d{2,}/g, (number) => String(Math.round(10 * Number(number)) / 10)));
