import { basename, dirname, extname, join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { cannot } from '../../src/data/system-error.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { htmlDocument, figureHtml as pageFigure } from '../report/page-frame.ts';

/** A picture as part of a page. */
export async function figureHtml(picture: Picture): Promise<string> {
  return `<div class="pictures">${await pageFigure(picture)}</div>`;
}

/** A page that shows one picture and says what it shows. */
export async function figurePage(picture: Picture): Promise<string> {
  const main = `<main>\n${await figureHtml(picture)}\n<p class="soft">${escapeHtml(picture.alt)}</p>\n</main>`;
  return htmlDocument(picture.alt.split(':')[0], main, { style: '\n.pictures { grid-template-columns: minmax(0, 44rem); }' });
}

/**
 * Writes a page for the n-th picture of the running script, `figures/<script>-<n>.html` below the working directory; the same script writes
 * the same files again. @returns the path @throws UsageError when the place cannot be written
 */
export async function writeFigure(picture: Picture, n: number): Promise<string> {
  const script = process.argv[1] ?? 'script';
  const path = join('figures', `${basename(script, extname(script))}-${n}.html`);
  await makeFolder(dirname(path)).catch(cannot(`write "${path}"`));
  await writeAtomic(path, await figurePage(picture));
  return path;
}
