import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineChart, markdown, show, table } from '../../../experiments/index.ts';
import { captureViews } from '../../../experiments/show/show.ts';
import { UsageError } from '../../../src/errors.ts';

const picture = lineChart({ a: [1, 2] }, { title: 'Curve', x: 'rank', y: 'rate' });
const start = process.cwd();
const { log } = console;
const printed: string[] = [];
beforeEach(() => {
  process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-')));
  printed.length = 0;
  console.log = (text: string) => void printed.push(text);
});
afterEach(() => {
  console.log = log;
  captureViews(null);
  Reflect.deleteProperty(globalThis, '__tslab__');
});
afterAll(() => process.chdir(start));

test('in a terminal: text, tables, and for a picture what it shows and the page it was written to', async () => {
  await show('hello', table([{ a: 1 }]), [{ b: 2 }], markdown('*x*'), picture);
  expect(printed.slice(0, 5)).toEqual(['hello', 'a\n1', 'b\n2', '*x*', picture.alt]);
  const [, path] = /^ {2}picture: (figures\/.+-\d+\.html)$/.exec(printed[5]) ?? [];
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('<svg');
  expect(page).not.toMatch(/<script|<link|src=/);
});

test('where no picture can be written: one clear line', async () => {
  writeFileSync('figures', 'a file is in the way');
  await expect(show(picture)).rejects.toThrow(UsageError);
  await expect(show(picture)).rejects.toThrow(/^cannot write "figures\//);
});

test('in the tslab kernel: HTML and SVG through its display, nothing printed, nothing written', async () => {
  const shown: string[] = [];
  const display = { html: (text: string) => shown.push(text) };
  Object.assign(globalThis, { __tslab__: { require: (name: string) => (name === 'tslab' ? { display } : null) } });
  await show('a < b', picture, table([{ method: 'ips' }]));
  expect(shown.map((html) => /<p>a &lt; b<\/p>|<svg|<table/.exec(html)?.[0])).toEqual(['<p>a &lt; b</p>', '<svg', '<table']);
  expect(shown.every((html) => html.includes('data-jp-theme-light=false'))).toBe(true);
  expect(printed).toEqual([]);
  expect(existsSync('figures')).toBe(false);
});

test('under a sink: every view goes there, in the order of the calls, and nowhere else', async () => {
  const views: string[] = [];
  captureViews(async (view) => void views.push(view.picture ? 'picture' : view.text(80)));
  await Promise.all([show('one', picture), show('two')]);
  expect(views).toEqual(['one', 'picture', 'two']);
  expect(printed).toEqual([]);
});
