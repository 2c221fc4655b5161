import {
  alignedTable,
  latexOfTable,
  markdownOfTable,
  screenTable,
  tableHtml,
  tableSection,
} from '../../../experiments/report/text-table-forms.ts';

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

test('a narrow terminal: a paragraph a row, broken between words; wide ones and pipes have columns', () => {
  const names = {
    title: 'Who',
    head: ['users', 'best', 'level'],
    rows: [['trust', 'ips', 'naive, affine']],
    note: 'level: not told apart',
  };
  expect(screenTable(names, { columns: 25, terminal: true })).toBe(
    'Who\nusers trust · best ips ·\n  level naive, affine\nlevel: not told apart',
  );
  expect(screenTable(names, { columns: 26, terminal: true })).toBe(alignedTable(names));
  expect(screenTable(names, { columns: 25, terminal: false })).toBe(alignedTable(names));
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

test('HTML: long lists of names take several lines', () => {
  const list = 'ips, clipped-ips, self-normalised-ips, naive';
  const html = tableHtml({
    title: 't',
    head: ['', 'who'],
    rows: [
      ['a', list],
      ['b', 'ips'],
    ],
    note: '',
  });
  expect(html).toContain(`<td class="said long">${list}</td>`);
  expect(html).toContain('<td class="said">ips</td>');
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
