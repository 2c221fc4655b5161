import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arrangement, arrange } from '../../../experiments/report/arrange-table.ts';
import { columnPoints, type PaperOptions, pagePoints, tablePoints, usualPaper } from '../../../experiments/report/paper-cells.ts';
import { paperLatex } from '../../../experiments/report/paper-latex.ts';
import { paperMarkdown } from '../../../experiments/report/paper-markdown.ts';
import { paperTypst } from '../../../experiments/report/paper-typst.ts';
import type { ReportCell, ReportSummary } from '../../../experiments/report/report-summary.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const asFits: Arrangement = { columns: null, rows: null, split: null };
const group = (values: readonly (string | number)[], name = '') => ({ id: JSON.stringify(values), values, name, reference: false });

/** data sets × sessions × metrics over methods; the value of a cell says where it is: data set . sessions method metric */
function summaryOf(
  data: readonly string[],
  sessions: readonly number[],
  metrics: readonly string[],
  methods: readonly string[],
): ReportSummary {
  const columns = data.flatMap((one) =>
    sessions.flatMap((n) =>
      metrics.map((metric) => ({ group: group([one, n]), metric, label: metrics.length > 1 ? `${one} ${n} ${metric}` : `${one} ${n}` })),
    ),
  );
  const cell = (r: number, c: number): ReportCell => {
    const value = 0.1 + r / 10 + c / 1000;
    const estimate = (at: number) => ({ value: at, standardError: 0.01, lower: at - 0.02, upper: at + 0.02, n: 5 });
    return {
      metric: columns[c].metric,
      mean: estimate(value),
      values: [value, value, value, value, value],
      samples: ['1', '2', '3', '4', '5'],
      difference: r === 0 ? null : estimate(r === 1 ? 0.1 : -0.05),
      p: r === 0 ? null : 0.01,
      adjustedP: r === 0 ? null : r === 1 ? 0.0004 : 0.2,
      best: r === methods.length - 1,
      compared: null,
    };
  };
  return {
    baseline: methods[0],
    baselineRow: 0,
    metrics: columns.map(({ label }) => label),
    lowerIsBetter: [],
    samples: 'seeds',
    testing: { test: 'paired-t', correction: 'holm', alpha: 0.05 },
    grouping: {
      rowKeys: ['estimator.label'],
      columnKeys: ['data.name', 'simulation.sessions'],
      contextKeys: [],
      alongKeys: [],
      methodContext: [],
    },
    rows: methods.map((name) => group([name], name)),
    columns,
    methods: methods.map((method, r) => ({ method, name: method, reference: false, notes: [], cells: columns.map((_, c) => cell(r, c)) })),
    warnings: [],
  };
}

const small = summaryOf(['LETOR', 'Yahoo'], [1e4, 1e5, 1e6], ['ndcg@10'], ['naive', 'ips', 'dual-learning']);
const large = summaryOf(['a', 'b', 'c', 'd'], [1e3, 1e4, 1e5, 1e6], ['ndcg@1', 'ndcg@10'], ['naive', 'ips', 'dual-learning']);

test('heads are grouped: data sets over session counts, with a rule under each', () => {
  const latex = paperLatex(small, asFits, usualPaper);
  expect(latex).toContain('& \\multicolumn{6}{c}{LETOR} & \\multicolumn{6}{c}{Yahoo} \\\\');
  expect(latex).toContain('\\cmidrule(lr){2-7}\\cmidrule(lr){8-13}');
  expect(latex).toContain(
    `method & ${[1, 2].map(() => ['1e4', '1e5', '1e6'].map((n) => `\\multicolumn{2}{c}{sessions ${n}}`).join(' & ')).join(' & ')} \\\\`,
  );
  expect(latex.match(/\\begin\{table\*?\}/g)).toHaveLength(1);
  expect(latex).not.toContain('resizebox');
});

test('every number stands in the column of its heads', () => {
  const [table] = arrange(small, asFits, () => true);
  const leaves = table.heads[0]
    .flatMap(({ text, columns }) => Array.from({ length: columns }, () => text))
    .map((data, c) => [data, table.heads[1][c].text]);
  for (const { name, cells } of table.blocks[0].rows)
    for (const [c, [data, sessions]] of leaves.entries()) {
      const column = small.columns.findIndex(
        ({ group: { values } }) =>
          values[0] === data && sessions === `sessions ${(values[1] as number).toExponential().replace('e+', 'e')}`,
      );
      expect(cells[c]).toBe(small.methods.find(({ method }) => method === name)?.cells[column]);
    }
});

test('what is too wide even for a page has its outer keys in rows, in one table', () => {
  const fits = (table: Parameters<typeof tablePoints>[0]) => tablePoints(table, usualPaper) <= pagePoints;
  const tables = arrange(large, asFits, fits);
  expect(tables).toHaveLength(1);
  expect(fits(tables[0])).toBe(true);
  expect(tables[0].blocks.length).toBeGreaterThan(1);
  const numbers = tables[0].blocks.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)).filter((cell) => cell !== null);
  expect(new Set(numbers).size).toBe(large.methods.length * large.columns.length); // each once
  expect(numbers).toHaveLength(large.methods.length * large.columns.length);
});

test('a narrow table takes one column, a wide one both', () => {
  const narrow = summaryOf(['LETOR'], [1e4, 1e5], ['ndcg@10'], ['naive', 'ips']);
  expect(paperLatex(narrow, asFits, usualPaper)).toContain('\\begin{table}');
  expect(paperLatex(small, asFits, usualPaper)).toContain('\\begin{table*}');
  expect(columnPoints).toBeCloseTo((84 / 25.4) * 72, 0);
});

test('a column of several metrics is headed by none of them', () => {
  const several = summaryOf(['LETOR'], [1e4], ['ndcg@10', 'err'], ['naive', 'ips']);
  const [table] = arrange(several, { ...asFits, rows: ['metric'] }, () => true);
  expect(table.blocks.map(({ title }) => title)).toEqual(['ndcg@10', 'err']);
  expect(arrange(several, { ...asFits, columns: [] }, () => true)[0].heads).toEqual([[{ text: 'mean', columns: 1 }]]);
  const one = summaryOf(['LETOR'], [1e4], ['err'], ['naive', 'ips']);
  expect(arrange(one, { ...asFits, columns: [] }, () => true)[0].heads).toEqual([[{ text: 'err', columns: 1 }]]);
});

test('keys go where they are asked to, and a wrong one is told the right ones', () => {
  const titles = (asked: Partial<Arrangement>) => arrange(small, { ...asFits, ...asked }, () => true).map(({ title }) => title);
  expect(titles({ split: ['data.name'] })).toEqual(['LETOR', 'Yahoo']);
  const [rows] = arrange(small, { ...asFits, rows: ['data.name'] }, () => true);
  expect(rows.blocks.map(({ title }) => title)).toEqual(['LETOR', 'Yahoo']);
  expect(rows.heads).toHaveLength(1);
  const [turned] = arrange(small, { ...asFits, columns: ['method'] }, () => true);
  expect(turned.heads[0].map(({ text }) => text)).toEqual(['naive', 'ips', 'dual-learning']);
  expect(() => titles({ columns: ['simulation.session'] })).toThrow(/no "simulation\.session".*data\.name, simulation\.sessions/);
  expect(() => titles({ columns: ['data.name'], split: ['data.name'] })).toThrow(/in two places/);
});

test('marks by choice: daggers, differences, p-values', () => {
  const of = (marks: PaperOptions['marks']) => paperLatex(small, asFits, { ...usualPaper, marks });
  expect(of(['daggers']).match(/\$\^\{\\dagger\}\$/g)).toHaveLength(6); // ips in six columns; 0.2 is not significant
  expect(of([])).not.toContain('dagger');
  const both = of(['delta', 'p']);
  expect(both).toMatch(/ips & .*\+0\.1000 & \{\$<\$\.001\}/m);
  expect(both).toMatch(/dual-learning & .*-0\.0500 & 0\.200/m);
  expect(both).toContain('{mean}');
  expect(both).not.toContain('dagger');
});

test('caption, label and decimals as asked; the caption still says what the numbers are', () => {
  const latex = paperLatex(small, asFits, { ...usualPaper, caption: 'Test NDCG', label: 'tab:x', decimals: 2 });
  expect(latex).toMatch(/\\caption\{Test NDCG\. Mean ndcg@10 over 5 seeds/);
  expect(latex).toContain('\\label{tab:x}');
  expect(latex).toMatch(/^naive & 0\.10 & /m);
});

test('a further table refers to the first for what its numbers are', () => {
  const latex = paperLatex(small, { ...asFits, split: ['data.name'] }, { ...usualPaper, label: 'tab:x' });
  expect(latex.match(/over 5 seeds \$\\pm\$/g)).toHaveLength(1);
  expect(latex).toContain('\\caption{Yahoo. Numbers and signs as in Table~\\ref{tab:x}.}');
});

test('rows beyond a page go on in a further table', () => {
  const long = summaryOf(
    ['LETOR'],
    [1e4],
    ['ndcg@10'],
    Array.from({ length: 70 }, (_, i) => `method${i}`),
  );
  const latex = paperLatex(long, asFits, usualPaper);
  expect(latex.match(/\\begin\{table\}/g)).toHaveLength(2);
  expect(latex).toContain('\\label{tab:results-2}');
  expect(latex.match(/^method\d+ & /gm)).toHaveLength(70);
});

test('Typst and Markdown have the same cells', () => {
  const typst = paperTypst(small, asFits, usualPaper);
  expect(typst).toContain('table.cell(colspan: 3, align: center)[LETOR]');
  expect(typst).toMatch(/\[ips\], \[#box\[0\.2000#super\[†\]/);
  const depth = [...typst.matchAll(/(?<!\\)[[\]]/g)].reduce((open, [bracket]) => open + (bracket === '[' ? 1 : -1), 0);
  expect(depth).toBe(0);
  expect(paperTypst(summaryOf(['a_b#c'], [1], ['@m'], ['*x*', '$y']), asFits, usualPaper)).toContain('a\\_b\\#c');
  const markdown = paperMarkdown(small, { ...asFits, rows: ['data.name'] }, usualPaper);
  expect(markdown).toContain('| method | sessions 1e4 | sessions 1e5 | sessions 1e6 |');
  expect(markdown).toMatch(/^\| ips \| 0\.2000† ±0\.0200/m);
});

const home = temporaryFolder();

test('pdfLaTeX sets the tables of a paper of two columns, none wider than its place', () => {
  if (spawnSync('pdflatex', ['--version']).error) return console.warn('not tested with pdfLaTeX, which is not installed');
  if (spawnSync('kpsewhich', ['siunitx.sty']).stdout.length === 0)
    return console.warn('not tested with pdfLaTeX: the package siunitx is not installed');
  const hostile = summaryOf(['a&b_c%', 'θ ≥ Δ'], [1e3, 1e6], ['P@1'], ['naive', '[1ex] x', '*star', 'C:\\new $5 #1 ~']);
  const metrics = ['ndcg@1', 'NDCG at ten, normalised by the ideal order of all documents', 'err'];
  const long = summaryOf(['LETOR'], [1e3], metrics, [
    'naive',
    'inverse propensity scoring by all-pairs harvesting & every session of the log',
  ]);
  const papers = [small, large, hostile, long].flatMap((summary) =>
    [usualPaper, { ...usualPaper, marks: ['delta', 'p'] as const }].map((options, i) =>
      paperLatex(summary, asFits, { ...options, label: `tab:${i}` }),
    ),
  );
  mkdirSync(join(home.path, 'tex'));
  const body = papers.join('\\clearpage\n');
  const preamble =
    '\\documentclass[twocolumn,10pt]{article}\\usepackage[textwidth=178mm,textheight=240mm,columnsep=10mm]{geometry}\\usepackage[T1]{fontenc}\\usepackage{booktabs,siunitx}';
  writeFileSync(join(home.path, 'tex', 't.tex'), `${preamble}\\begin{document}\n${body}\n\\end{document}`);
  spawnSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 't.tex'], { cwd: join(home.path, 'tex'), timeout: 60_000 });
  const log = readFileSync(join(home.path, 'tex', 't.log'), 'utf8');
  expect(log).toMatch(/Output written on t\.pdf/);
  expect(log.match(/^!.*|^(Overfull|Missing character|LaTeX Warning: Float).*/gm) ?? []).toEqual([]);
});
