import type { Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { figureHtml, writeFigure } from './figure.ts';
import { table } from './table.ts';
import { showInTslab, tslabDisplay } from './tslab.ts';
import type { TableRow, View } from './view.ts';

/** What can be shown: text, a view, a picture, or rows of a table. */
export type Showable = string | View | Picture | readonly TableRow[];

/** Takes views in place of the screen. A place in the order is taken at once, though a picture takes a while to draw. */
export type Sink = (view: View) => Promise<void>;

let sink: Sink | null = null;
let figures = 0;

/** Everything shown from now on goes to the sink; null: back to where the script runs. */
export function captureViews(into: Sink | null): void {
  sink = into;
}

/**
 * Shows text, tables and pictures where the script runs. In a terminal: text, and a picture is written to `figures/` with a line that says
 * where and what it shows. In Jupyter's tslab kernel: tables and pictures below the cell. Under `counterrank notebook`: on the page.
 * @throws UsageError for what cannot be shown, or where a picture's file cannot be written
 */
export async function show(...values: readonly Showable[]): Promise<void> {
  const views = values.map(viewOf);
  if (sink !== null) {
    await Promise.all(views.map(sink));
    return;
  }
  const display = tslabDisplay();
  for (const view of views) {
    if (display !== null) await showInTslab(display, view);
    else await showInTerminal(view);
  }
}

async function showInTerminal(view: View): Promise<void> {
  console.log(view.text(process.stdout.columns ?? 80));
  if (view.picture) console.log(`  picture: ${await writeFigure(view.picture, ++figures)}`);
}

/** The view of a value. */
export function viewOf(value: Showable): View {
  if (typeof value === 'string') return textView(value);
  if ('text' in value) return value;
  if ('spec' in value) return pictureView(value);
  return table(value);
}

const textView = (text: string): View => ({ text: () => text, html: () => `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>` });

const pictureView = (picture: Picture): View => ({ text: () => picture.alt, html: () => figureHtml(picture), picture });
