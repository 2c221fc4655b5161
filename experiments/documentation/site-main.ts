import { existsSync, readdirSync, statSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { packageRoot } from '../modules/own-files.ts';
import { htmlDocument } from '../report/page-frame.ts';
import { markdownHtml } from '../show/markdown.ts';

/** Makes a site of all Markdown pages, in `site/`: plain HTML without a script, that works from a disk. */
const site = join(packageRoot, 'site');
const style = `
body { max-width: 64rem; } nav { font-size: 0.9rem; margin-bottom: 1rem; } nav a { margin-right: 1rem; white-space: nowrap; } img { max-width: 100%; background: #ffffff; border-radius: 6px; } /* pictures have dark letters */
main { overflow-wrap: break-word; } main code, main a { overflow-wrap: anywhere; } main pre code { overflow-wrap: normal; }
main table:has(th:nth-child(7)) td:nth-child(n + 6) { min-width: 9rem; } /* lists of methods: fewer lines, and the table scrolls */
main table { display: block; overflow-x: auto; width: fit-content; max-width: 100%; } td, th, th:first-child { text-align: left; white-space: normal; } code { font-size: 0.9em; }
`;

/** The anchor that forges give a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&[a-z0-9#]+;/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const htmlName = (path: string): string => path.replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html');

const below = (folder: string): string[] =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'experiments/SWEEPS.md']
  .concat(['docs', 'experiments/notebooks', 'experiments/benchmark'].flatMap(below))
  .filter((path) => path.endsWith('.md'));

const menu = [
  ['README.md', 'Counterrank'],
  ['docs/tutorial.md', 'Tutorial'],
  ['docs/README.md', 'Guides'],
  ['docs/concepts/README.md', 'Concepts'],
  ['docs/which-estimator.md', 'Which estimator'],
  ['docs/methods/README.md', 'Methods'],
  ['docs/api/README.md', 'API'],
  ['CHANGELOG.md', 'Changes'],
] as const;

/** What pages link to beside pages: pictures, configs, sources. */
const linked = new Set<string>();

function pageOf(path: string, text: string): string {
  const here = dirname(path);
  const links = menu.map(([target, title]) => `<a href="${relative(here, htmlName(target)) || '#'}">${title}</a>`).join('\n');
  const body = markdownHtml(text)
    .replaceAll(/<h([1-6])>(.*?)<\/h\1>/g, (_, level, heading) => `<h${level} id="${anchorOf(heading)}">${heading}</h${level}>`)
    .replaceAll(/(href|src)="(?!https?:|#)([^"#]+)(#[^"]*)?"/g, (whole, attribute, target, anchor = '') => {
      const place = join(here, target);
      if (!existsSync(join(packageRoot, place))) return whole;
      const page = statSync(join(packageRoot, place)).isDirectory() ? join(place, 'README.md') : place;
      if (page.endsWith('.md')) return `${attribute}="${relative(here, htmlName(page))}${anchor}"`;
      linked.add(page);
      return whole;
    });
  const [, title = path] = /^# (.*)$/m.exec(text) ?? [];
  return htmlDocument(title, `<nav>\n${links}\n</nav>\n<main>\n${body}\n</main>`, { style, images: true });
}

await rm(site, { recursive: true, force: true });
const place = async (path: string): Promise<string> => {
  const target = join(site, path);
  await mkdir(dirname(target), { recursive: true });
  return target;
};
for (const path of pages) await writeFile(await place(htmlName(path)), pageOf(path, await readFile(join(packageRoot, path), 'utf8')));
for (const path of linked) if (!path.startsWith('..')) await copyFile(join(packageRoot, path), await place(path));
console.log(`${pages.length} pages in ${relative(process.cwd(), site)}; begin at index.html`);
