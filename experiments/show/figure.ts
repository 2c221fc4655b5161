import { basename, dirname, extname, join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { drawSvg, type Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { pageStyle } from '../report/page-style.ts';

/** A picture as part of a page. */
export async function figureHtml(picture: Picture): Promise<string> {
  return `<div class="pictures"><figure style="margin:0">${await drawSvg(picture)}</figure></div>`;
}

/** A page that shows one picture and says what it shows. */
export async function figurePage(picture: Picture): Promise<string> {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(picture.alt.split(':')[0])} · Counterrank</title>
<style>${pageStyle}
.pictures { grid-template-columns: minmax(0, 44rem); }</style>
</head>
<body>
<main>
${await figureHtml(picture)}
<p class="soft">${escapeHtml(picture.alt)}</p>
</main>
</body>
</html>
`;
}

/**
 * Writes a page for the n-th picture of the running script, `figures/<script>-<n>.html` below the working directory; the same script writes
 * the same files again. @returns the path @throws UsageError when the place cannot be written
 */
export async function writeFigure(picture: Picture, n: number): Promise<string> {
  const script = process.argv[1] ?? 'script';
  const path = join('figures', `${basename(script, extname(script))}-${n}.html`);
  try {
    await makeFolder(dirname(path));
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot write "${path}": ${systemReason(error)}`);
    throw error;
  }
  await writeAtomic(path, await figurePage(picture));
  return path;
}
