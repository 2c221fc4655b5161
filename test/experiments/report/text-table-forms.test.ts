import { alignedTable, latexOfTable, markdownOfTable, tableHtml, tableSection } from '../../../experiments/report/text-table-forms.ts';

const table = {
  title: 'Errors & more',
  head: ['M', 'bias²', ''],
  rows: [
    ['none', '1.0e-3 ±2e-4', 'M*'],
    ['0.1|0.2', '×3', ''],
  ],
  note: 'θ < M; 5 % of γ.',
};

test('for a screen: title, columns, note', () => {
  expect(alignedTable(table)).toBe('Errors & more\nM        bias²\nnone     1.0e-3 ±2e-4  M*\n0.1|0.2  ×3\nθ < M; 5 % of γ.');
});

test('Markdown: marks of its own are escaped', () => {
  expect(markdownOfTable(table).split('\n')).toEqual([
    '**Errors & more**',
    '',
    '| M | bias² |  |',
    '| --- | ---: | ---: |',
    '| none | 1.0e-3 ±2e-4 | M\\* |',
    '| 0.1\\|0.2 | ×3 |  |',
    '',
    'θ < M; 5 % of γ.',
  ]);
});

test('LaTeX: symbols in maths, its special characters escaped, the note in the caption', () => {
  const latex = latexOfTable(table, 'tab:errors');
  expect(latex).toContain('\\caption{Errors \\& more. $\\theta$ \\textless{} M; 5 \\% of $\\gamma$.}\n\\label{tab:errors}');
  expect(latex).toContain('none & 1.0e-3 $\\pm$2e-4 & M* \\\\');
  expect(latex).toContain('\\begin{tabular}{lrr}');
  expect(latex).not.toMatch(/[^\x20-\x7e\n]/);
});

test('HTML: escaped, the first column a header', () => {
  const html = tableSection(table);
  expect(html).toContain('<h2>Errors &amp; more</h2>');
  expect(html).toContain('<th scope="row">none</th><td>1.0e-3 ±2e-4</td><td class="said">M*</td>');
  expect(html).toContain('θ &lt; M');
});

test('HTML: columns without a number read from the left, lines of a note stay lines', () => {
  const rows = [
    ['a', '−3 %', 'why not', '–', '4 of 5'],
    ['b', '', '', 'x', ''],
  ];
  const html = tableHtml({ title: 't', head: ['', 'n', 'why', 'who', 'of'], rows, note: 'n: number\nwho: a & b' });
  const left = [...html.matchAll(/<th scope="col"( class="said")?>/g)].map(([, said]) => said !== undefined);
  expect(left).toEqual([false, false, true, true, false]);
  expect(html).toContain('<tr><th scope="row">a</th><td>−3 %</td><td class="said">why not</td><td class="said">–</td><td>4 of 5</td></tr>');
  expect(html).toContain('n: number<br>who: a &amp; b');
});
