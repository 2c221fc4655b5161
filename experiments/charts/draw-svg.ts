import type { TopLevelSpec } from 'vega-lite';
import { escapeHtml } from './escape-html.ts';

/** A Vega-Lite picture with the sentence that says what it shows. */
export interface Picture {
  readonly spec: TopLevelSpec;
  readonly alt: string;
}

/** Marks and words take their colours from the page, so that one SVG serves the light and the dark scheme. */
const pageColours = {
  aria: false,
  background: 'transparent',
  font: 'system-ui, sans-serif',
  axis: {
    domainColor: 'var(--line)',
    tickColor: 'var(--line)',
    gridColor: 'var(--grid)',
    labelColor: 'var(--soft)',
    titleColor: 'var(--soft)',
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelLimit: 150,
  },
  legend: { labelColor: 'var(--soft)', titleColor: 'var(--soft)', labelFontSize: 11, labelLimit: 240 },
  title: { color: 'var(--text)', fontSize: 13, anchor: 'start', offset: 8 },
  view: { stroke: 'transparent' },
} as const;

let vega: Promise<Pick<typeof import('vega'), 'parse' | 'View'> & Pick<typeof import('vega-lite'), 'compile'>> | null = null;

/**
 * Vega, when the first picture is drawn. It waits for a module of its own while it loads, and a package that does so at once cannot be
 * required, which is how Jupyter's tslab kernel loads this one.
 */
async function loadVega() {
  const { parse, View } = await import('vega');
  const { compile } = await import('vega-lite');
  return { parse, View, compile };
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

/** Draws a picture, here or elsewhere. */
export type Draw = (picture: Picture) => Promise<string>;

let before: Promise<unknown> = Promise.resolve();

/** The picture as SVG that fills its box: compiled and rendered here, so that the page needs no script. One after the other, however many are asked for. */
export const drawSvg: Draw = (picture) => {
  const drawn = before.then(() => draw(picture));
  before = drawn.catch(() => {});
  return drawn;
};

async function draw({ spec, alt }: Picture): Promise<string> {
  vega ??= loadVega();
  const { parse, View, compile } = await vega;
  const compiled = compile({ ...spec, config: pageColours } as TopLevelSpec).spec;
  const view = new View(parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const [, width] = /width="(\d+(?:\.\d+)?)"/.exec(svg) ?? [];
  return svg
    .replace(
      /<svg([^>]*?) width="[^"]*" height="[^"]*"/,
      `<svg$1 role="img" aria-label="${escapeHtml(alt)}" style="max-width:${Number(width) * 1.4}px"`,
    )
    .replaceAll(/ (class|xmlns:xlink)="[^"]*"/g, '')
    .replaceAll(/ d="[^"]*"/g, (path) => path.replaceAll(/\d+\.\d{2,}/g, (number) => String(Math.round(10 * Number(number)) / 10)));
}
