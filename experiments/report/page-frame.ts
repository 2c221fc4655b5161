import { type Draw, drawSvg, type Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { pageStyle } from './page-style.ts';

/** A page that needs nothing else: no script, no network. @param style beside that of all pages */
export const htmlDocument = (title: string, body: string, style = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Counterrank</title>
<style>${pageStyle}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;

/** What a page says beside its numbers. */
export interface PageWords {
  readonly lead: string; //             below the title
  readonly notes: readonly string[]; // what the numbers mean, or what was left out
  readonly command: string; //          as typed, so that a reader can repeat it
}

/** A page of a report. @param sections HTML; empty ones are left out */
export function htmlPage(title: string, lead: string, sections: readonly string[]): string {
  const header = `<header><h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(lead)}</p></header>`;
  return htmlDocument(title, `${header}\n<main>\n${sections.filter((part) => part !== '').join('\n')}\n</main>`);
}

export const section = (title: string, content: string) =>
  content === '' ? '' : `<section><h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;

/** Pictures side by side, as many as fit, under a sentence on how to read them. */
export async function pictureSection(title: string, note: string, pictures: readonly Picture[], draw?: Draw): Promise<string> {
  if (pictures.length === 0) return '';
  return section(title, `<p class="soft">${escapeHtml(note)}</p>\n${await pictureGrid(pictures, draw)}`);
}

export async function pictureGrid(pictures: readonly Picture[], draw: Draw = drawSvg): Promise<string> {
  const drawn = await Promise.all(pictures.map((picture) => figure(picture, draw)));
  return `<div class="pictures">\n${drawn.join('\n')}\n</div>`;
}

/** The title goes above the picture as text of the page: it wraps, and pictures with longer titles are no wider. */
async function figure({ spec, alt }: Picture, draw: Draw): Promise<string> {
  const { title, ...untitled } = spec;
  const { text, subtitle } = typeof title === 'object' && title !== null && 'text' in title ? title : { text: title, subtitle: '' };
  const words = `<b>${escapeHtml(String(text ?? ''))}</b>${subtitle ? ` <span>${escapeHtml(String(subtitle))}</span>` : ''}`;
  return `<figure><figcaption>${words}</figcaption>${await draw({ spec: untitled as Picture['spec'], alt })}</figure>`;
}

export const listOf = (lines: readonly string[]) =>
  lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
export const warningBox = (warnings: readonly string[]) =>
  warnings.length === 0 ? '' : `<div class="warn" role="note">${listOf(warnings)}</div>`;

/** Text as typed, below it more that a click unfolds. */
export const codeBlock = (text: string) => `<pre>${escapeHtml(text)}</pre>`;
export const folded = (summary: string, content: string) => `<details><summary>${escapeHtml(summary)}</summary>${content}</details>`;
