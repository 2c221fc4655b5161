import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { made, textOf, written } from './documents.ts';

/** The anchor that forges give a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
const anchorsOf = (file: string): string[] =>
  [
    ...textOf(file)
      .replaceAll(/^```.*?^```/gms, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading]) => anchorOf(heading));

const linksOf = (file: string): string[] =>
  [
    ...textOf(file)
      .replaceAll(/^```.*?^```/gms, '')
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, target]) => target);

/** A link that leads nowhere, as told. */
const dead = (file: string): string[] =>
  linksOf(file)
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [path, anchor] = target.split('#');
      const place = path === '' ? file : join(dirname(file), path);
      if (!existsSync(place)) return true;
      return anchor !== undefined && (statSync(place).isDirectory() || !anchorsOf(place).includes(anchor));
    })
    .map((target) => `${file}: ${target}`);

test('every relative link of the docs leads to a file and a heading that are there', () => {
  expect(written.flatMap(dead)).toEqual([]);
  expect(made.flatMap(dead)).toEqual([]);
});

test('the test sees links and headings', () => {
  expect(written.flatMap(linksOf).length).toBeGreaterThan(100);
  expect(anchorsOf('docs/results.md')).toContain('what-is-missing-bias-variance-or-more');
});

test('every page of docs can be reached from its index', () => {
  const index = ['docs/README.md', 'docs/concepts/README.md', 'README.md'];
  const reached = new Set(index.flatMap((file) => linksOf(file).map((target) => join(dirname(file), target.split('#')[0]))));
  const lost = written.filter((file) => file.startsWith('docs/') && !index.includes(file) && !reached.has(file));
  expect(lost).toEqual([]);
});

test('the README is what a newcomer reads in five minutes', () => expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(150));
