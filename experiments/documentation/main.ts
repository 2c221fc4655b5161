import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRoot } from '../modules/own-files.ts';
import { apiPages } from './api-pages.ts';
import { methodPages } from './pages.ts';

/** Folders in which everything but texts is made. */
const madeFolders = ['docs/methods', 'docs/api'];

/** Writes the pages that are made from code, and removes those of what is no more. */
const pages = new Map([...(await methodPages()), ...apiPages()].map(([path, text]) => [join(packageRoot, path), text]));
for (const folder of madeFolders) {
  const place = join(packageRoot, folder);
  for (const name of existsSync(place) ? readdirSync(place, { recursive: true, encoding: 'utf8' }) : [])
    if (name.endsWith('.md') && !pages.has(join(place, name))) await rm(join(place, name));
}
let changed = 0;
for (const [path, text] of pages) {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  changed++;
}
console.log(`${pages.size} pages, ${changed} of them new or changed`);
