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
  legend: { labelColor: 'var(--soft)', titleColor: 'var(--soft)', labelFontSize: 11 },
  title: { color: 'var(--text)', fontSize: 13, anchor: 'start', offset: 8 },
  view: { stroke: 'transparent' },
} as const;

/**
 * The picture as SVG that fills its box: compiled and rendered here, so that the page needs no script. Vega is loaded when it is first needed:
 * it waits for a module of its own while it loads, and what does that cannot be required, as Jupyter's kernel does with this package.
 */
export async function drawSvg({ spec, alt }: Picture): Promise<string> {
  const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
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
    .replaceAll(/ (class|xmlns:xlink)="[^"]*"/g, '');
}
