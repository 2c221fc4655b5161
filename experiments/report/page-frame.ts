import { createHash } from 'node:crypto';
import { type Draw, drawSvg, type Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { fileWords } from './file-words.ts';
import { pageStyle } from './page-style.ts';

/** What an HTML document has beside its title and body. */
export interface DocumentParts {
  readonly style?: string; //  beside that of all pages
  readonly script?: string; // of ours, never with anything of the data in it
  readonly compiles?: boolean; // whether the script makes functions from text, as click models are
  readonly images?: boolean; //   whether it shows files beside it
}

/** A page that needs nothing else: no network, pictures as SVG. What it may load is said in it: nothing; what it may run: the script it comes with, by its hash. */
export function htmlDocument(
  title: string,
  body: string,
  { style = '', script = '', compiles = false, images = false }: DocumentParts = {},
): string {
  const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:${images ? " 'self' file:" : ''}; script-src ${script === '' ? "'none'" : hash}${compiles ? " 'unsafe-eval'" : ''}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Counterrank</title>
<style>${pageStyle}${style}</style>
</head>
<body>
${body}${script === '' ? '' : `\n<script>${script}</script>`}
</body>
</html>
`;
}

/** What a page says beside its numbers. */
export interface PageWords {
  readonly lead: string; //             below the title
  readonly notes: readonly string[]; // what the numbers mean, or what was left out
  readonly command: string; //          as typed, so that a reader can repeat it
}

/** Pictures under a sentence on how to read them: side by side on a page, files of their own in a folder of figures. */
export interface PictureGroup {
  readonly title: string;
  readonly note: string;
  readonly pictures: readonly Picture[];
  readonly open?: number; //   how many are seen at once; default all
  readonly shown?: number; //  and how many are on the page at all: of the others the note tells
  readonly wide?: boolean; //  one below the other
  readonly below?: string; //  HTML
}

/** A page before it is drawn. Parts are HTML, empty ones left out, or pictures. */
export interface Page {
  readonly title: string;
  readonly lead: string;
  readonly parts: readonly (string | PictureGroup)[];
  readonly script?: string;
}

export const pictureGroups = ({ parts }: Page): PictureGroup[] =>
  parts.filter((part) => typeof part !== 'string').filter(({ pictures }) => pictures.length > 0);

/** A page of a report. @param draw asked for all pictures at once */
export async function pageHtml({ title, lead, parts, script = '' }: Page, draw: Draw = drawSvg): Promise<string> {
  const sections = await Promise.all(parts.map((part) => (typeof part === 'string' ? part : pictureSection(part, draw))));
  const header = `<header><h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(lead)}</p></header>`;
  return htmlDocument(title, `${header}\n<main>\n${sections.filter((part) => part !== '').join('\n')}\n</main>`, { script });
}

export const section = (title: string, content: string) =>
  content === '' ? '' : `<section><h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;

async function pictureSection(group: PictureGroup, draw: Draw): Promise<string> {
  const { title, note, pictures, open = pictures.length, shown = pictures.length, wide = false, below = '' } = group;
  if (pictures.length === 0) return '';
  const rest =
    pictures.length > shown
      ? ` The other ${pictures.length - shown} are left out: group by fewer keys, or write --figures, to see them.`
      : '';
  const grid = async (some: readonly Picture[]) =>
    `<div class="pictures${wide ? ' wide' : ''}">\n${(await Promise.all(some.map((picture) => figureHtml(picture, draw)))).join('\n')}\n</div>`;
  const least = Math.ceil(open / 4); // fewer are not worth a click
  const seenFirst = Math.min(shown, pictures.length) - open < least ? shown : open;
  const more = pictures.slice(seenFirst, shown);
  const [seen, hidden] = await Promise.all([grid(pictures.slice(0, seenFirst)), more.length === 0 ? '' : grid(more)]);
  const words = note + rest === '' ? '' : `<p class="soft">${escapeHtml(note + rest)}</p>\n`;
  return section(
    title,
    [words + seen, hidden === '' ? '' : folded(`${more.length} more`, hidden), below].filter((part) => part !== '').join('\n'),
  );
}

/** The title goes above the picture as text of the page: it wraps, and pictures with longer titles are no wider. The link holds the picture again, as a file. */
export async function figureHtml({ spec, alt }: Picture, draw: Draw = drawSvg): Promise<string> {
  const { title, ...untitled } = spec;
  const { text, subtitle } = typeof title === 'object' && title !== null && 'text' in title ? title : { text: title, subtitle: '' };
  const words = `<b>${escapeHtml(String(text ?? ''))}</b>${subtitle ? ` <span>${escapeHtml(String(subtitle))}</span>` : ''}`;
  const svg = await draw({ spec: untitled as Picture['spec'], alt });
  const name = fileWords(alt.split(':')[0]) || 'figure';
  const save = `<a class="save" download="${name}.svg" href="${dataUrl(svg)}" title="Download as SVG">SVG</a>`;
  return `<figure><figcaption>${words}</figcaption>${svg}${save}</figure>`;
}

/** An SVG as an address within double quotes: only what would end or change one is written in another way. */
const dataUrl = (svg: string): string =>
  `data:image/svg+xml,${svg
    .replaceAll("'", '&#39;')
    .replaceAll('"', "'")
    .replaceAll(/[%#&<>\n]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;

export const listOf = (lines: readonly string[]) =>
  lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
export const warningBox = (warnings: readonly string[]) =>
  warnings.length === 0 ? '' : `<div class="warn" role="note">${listOf(warnings)}</div>`;

/** Text as typed, below it more that a click unfolds. */
export const codeBlock = (text: string) => `<pre>${escapeHtml(text)}</pre>`;
/** A command, seen whole: it breaks where the page ends. */
export const commandBlock = (command: string) => `<pre class="typed">${escapeHtml(command)}</pre>`;
export const folded = (summary: string, content: string) => `<details><summary>${escapeHtml(summary)}</summary>${content}</details>`;
