import { parseCells } from '../../../experiments/notebook/cells.ts';
import { notebookPage, notebookTitle } from '../../../experiments/notebook/notebook-page.ts';

const cells = parseCells(
  '// %% [markdown]\n// # A & B\n// Some *prose* with `code`.\n//\n// | a | b |\n// |---|---|\n// | 1 | 2 |\n// %% Compare <it>\nconst x: number = 1; // why\n// %%\n',
  'n.ts',
);
const page = notebookPage('n.ts', cells, [
  [],
  [
    { kind: 'text', text: 'a < b\n' },
    { kind: 'html', html: '<svg id="drawn"></svg>' },
  ],
  [],
]);

test('prose is set as text, code is highlighted, outputs follow their cell in order', () => {
  expect(page).toContain('<h1>A &amp; B</h1>');
  expect(page).toContain('<em>prose</em>');
  expect(page).toContain('<td>2</td>');
  expect(page).toContain('<h3>Compare &lt;it&gt;</h3>');
  expect(page).toContain('<span class="hljs-keyword">const</span>');
  const order = ['hljs-comment', 'a &lt; b', '<svg id="drawn">'].map((text) => page.lastIndexOf(text));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
});

test('the page needs nothing else, and an empty cell leaves nothing', () => {
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
  expect(page).toContain('prefers-color-scheme: dark');
  expect(page.match(/<section/g)).toHaveLength(2);
});

test('the title is the first heading, else the file', () => {
  expect(notebookTitle('n.ts', cells)).toBe('A & B');
  expect(notebookTitle('n.ts', cells.slice(1))).toBe('n.ts');
  expect(page).toContain('<title>A &amp; B · Counterrank</title>');
});
