import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeLatex } from '../../../experiments/report/escape-latex.ts';
import { latexTable } from '../../../experiments/report/latex-table.ts';
import { compareMethods, type Summary } from '../../../src/stats/compare-methods.ts';
import { summariseFake } from '../fake-result.ts';

const compare = (values: readonly (readonly (readonly number[])[])[], samples: Summary['samples'] = 'topics') =>
  compareMethods({
    samples,
    baseline: 'a_b',
    methods: ['a_b', 'up', 'down', 'same'].map((label) => ({ label, name: '', reference: false, notes: [] })),
    metrics: ['AP', 'RBP(p=0.8)'],
    values,
  });

/** Five topics; `up` is above the baseline and `down` below it by about 0.1, `same` hardly differs. */
const wobble = [0.01, -0.02, 0.015, -0.005, 0.02];
const summary = compare(wobble.map((w, t) => [0, 0.1 + w, -0.1 + w, w * (t - 2)].map((shift) => [0.5 + shift, 0.4 + shift])));
const latex = latexTable(summary);
const rowOf = (start: string) => latex.split('\n').find((line) => line.startsWith(start)) ?? '';

test('one row per method with a cell per metric, between booktabs rules', () => {
  const lines = latex.split('\n');
  const [top, middle, bottom] = ['\\toprule', '\\midrule', '\\bottomrule'].map((rule) => lines.indexOf(rule));
  expect(middle - top).toBe(2);
  expect(bottom - middle - 1).toBe(summary.methods.length);
  for (const line of lines.slice(middle + 1, bottom)) expect(line).toMatch(/^[^&]+( & [^&]+){2} \\\\$/);
  expect(latex).toContain('\\begin{tabular}{lrr}');
  expect(lines[top + 1]).toBe('run & AP & RBP(p=0.8) \\\\');
});

test('every begin has its end', () => {
  const names = (kind: string) => [...latex.matchAll(new RegExp(`\\\\${kind}\\{(\\w+)\\}`, 'g'))].map(([, name]) => name);
  expect(names('begin')).toEqual(names('end').reverse());
  const depth = [...latex.matchAll(/(?<!\\)[{}]/g)].reduce((open, [brace]) => open + (brace === '{' ? 1 : -1), 0);
  expect(depth).toBe(0);
});

test('the best is bold; a dagger up, a double dagger down, none where nothing is significant', () => {
  expect(rowOf('up')).toMatch(/\\textbf\{0\.60\d\d\}\$\^\{\\dagger\}\$ \{\\scriptsize\$\\pm\$0\.\d{4}\}/);
  expect(rowOf('down')).toContain('$^{\\ddagger}$');
  for (const quiet of ['same', 'a\\_b']) {
    expect(rowOf(quiet)).not.toBe('');
    expect(rowOf(quiet)).not.toMatch(/dagger|textbf/);
  }
});

test('the level decides on the daggers', () => {
  expect(latexTable(summary, { alpha: 1e-12 }).match(/\^\{\\d/g)).toBe(null);
  expect(latexTable(summary, { alpha: 1 }).match(/\^\{\\d/g)?.length).toBeGreaterThan(4);
});

test('the caption names the test, α, the correction and n; the label can be chosen', () => {
  const [, caption] = /\\caption\{(.*)\}/.exec(latexTable(summary, { alpha: 0.01, label: 'tab:x' })) ?? [];
  for (const part of ['paired $t$-test', '$\\alpha = 0.01$', 'Holm', '3 comparisons', '$n = 5$ topics', 'a\\_b'])
    expect(caption).toContain(part);
  expect(latexTable(summary, { label: 'tab:x' })).toContain('\\label{tab:x}');
});

test('one sample has no interval and no test, and says so', () => {
  const one = latexTable(
    compare([
      [
        [0.5, 0.5],
        [0.6, 0.6],
        [0.4, 0.4],
        [0.5, 0.5],
      ],
    ]),
  );
  expect(one).toContain('no interval and no test');
  expect(one).not.toMatch(/scriptsize|dagger/);
});

test('a run of an experiment: seeds, methods, and the best of those that learn', () => {
  const ofRun = latexTable(summariseFake());
  expect(ofRun).toContain('best of the methods that learn in bold');
  expect(ofRun).toContain('$n = 5$ seeds');
  expect(ofRun).toMatch(/^method & /m);
});

test('the caption names the metric where the columns do not', () => {
  const grouped = (columns: string[]) => ({
    ...compare(
      [
        [[0.1], [0.2], [0.3], [0.4]],
        [[0.2], [0.3], [0.3], [0.1]],
      ].map((v) => v.map(([x]) => [x, x])),
    ),
    metrics: columns,
  });
  const only = (summary: Summary) => ({
    ...summary,
    methods: summary.methods.map((method) => ({ ...method, cells: method.cells.map((cell) => ({ ...cell, metric: 'a_b@5' })) })),
  });
  expect(latexTable(only(grouped(['noise 0', 'noise 1'])))).toContain('\\caption{Mean a\\_b@5 over');
  expect(latexTable(only(grouped(['noise 0 · a_b@5', 'noise 1 · a_b@5'])))).toContain('\\caption{Mean over');
  expect(latexTable(grouped(['noise 0', 'noise 1']))).toContain('\\caption{Mean over');
});

describe('a table too large', () => {
  const large = (rows: number, metrics: string[]): Summary =>
    compareMethods({
      samples: 'topics',
      baseline: null,
      methods: Array.from({ length: rows }, (_, r) => ({ label: `run${r}`, name: '', reference: false, notes: [] })),
      metrics,
      values: [0, 1].map((s) => Array.from({ length: rows }, (_, r) => metrics.map((_, m) => (r + m + s) / 100))),
    });
  const heads = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('run & '))
      .map((line) => line.replace(' \\\\', '').split(' & ').slice(1));
  const many = Array.from({ length: 12 }, (_, m) => `P@${m + 1}`);

  test('for a line has its metrics below each other, each once and in order, and every row of each', () => {
    const text = latexTable(large(3, many));
    expect(heads(text).length).toBeGreaterThan(1);
    expect(heads(text).flat()).toEqual(many);
    expect(text.match(/^run2 & /gm)).toHaveLength(heads(text).length);
    expect(text.match(/\\resizebox/g)).toHaveLength(1);
    expect(text.match(/\\caption/g)).toHaveLength(1);
  });

  test('for a page because of its metrics becomes several, which refer to the first', () => {
    const text = latexTable(
      large(
        12,
        Array.from({ length: 30 }, (_, m) => `P@${m + 1}`),
      ),
      { label: 'tab:x' },
    );
    const tables = text.split(/\\begin\{table\*?\}/).slice(1);
    expect(tables.length).toBeGreaterThan(1);
    for (const table of tables) expect((table.match(/^run\d+ & /gm)?.length ?? 0) / 12).toBeLessThanOrEqual(2);
    expect(heads(text).flat()).toHaveLength(30);
    expect(text.match(/\\label\{.*\}/g)).toEqual(tables.map((_, t) => `\\label{tab:x${t === 0 ? '' : `-${t + 1}`}}`));
    expect(text.match(/Table~\\ref\{tab:x\}, further columns/g)).toHaveLength(tables.length - 1);
  });

  test('for a page goes over pages, with its head on each', () => {
    expect(latexTable(large(20, ['P@1']))).toContain('\\begin{table}');
    const text = latexTable(large(60, ['P@1', 'P@2']));
    expect(text).toMatch(/^% \\usepackage\{longtable\}$/m);
    expect(text).not.toContain('\\begin{table}');
    expect(text.match(/^run & P@1 & P@2/gm)).toHaveLength(2); // on the first page, and on those after it
    expect(text.match(/^run\d+ & /gm)).toHaveLength(60);
    expect(latexTable(large(60, many)).match(/\\begin\{longtable\}/g)?.length).toBeGreaterThan(1);
    expect(latexTable(large(60, many)).match(/\\caption/g)).toHaveLength(1);
  });
});

test('names are printed as they are', () => {
  expect(escapeLatex('50% & $a_b^c$ #1 {x} ~ \\')).toBe(
    '50\\% \\& \\$a\\_b\\textasciicircum{}c\\$ \\#1 \\{x\\} \\textasciitilde{} \\textbackslash{}',
  );
  expect(escapeLatex('<a|b> a-b a--b ?` α≥Ω\n\tx\u200b')).toBe(
    '\\textless{}a\\textbar{}b\\textgreater{} a-b a-{}-b ?{}\\textasciigrave{} $\\alpha$$\\geq$$\\Omega$ x',
  );
  expect(escapeLatex('u\u0308ber · Δ – ΑΡ 10⁶ x₂')).toBe('über $\\cdot$ $\\Delta$ – AP 10$^6$ x$_2$');
});

test('what pdfLaTeX has no sign for is told', () => {
  expect(latexTable(summary)).not.toContain('LuaLaTeX');
  const foreign = { ...summary, methods: summary.methods.map((method) => ({ ...method, method: `手法 ${method.method}` })) };
  expect(latexTable(foreign)).toMatch(/^% for LuaLaTeX or XeLaTeX/m);
  expect(latexTable({ ...foreign, methods: foreign.methods.map((method) => ({ ...method, method: '[β] é' })) })).toMatch(
    /^\{\}\[\$\\beta\$\] é & /m,
  );
});

test('pdfLaTeX sets tables of any names, size and number of metrics within the page', () => {
  if (spawnSync('pdflatex', ['--version']).error) return console.warn('not tested with pdfLaTeX, which is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'counterrank-'));
  const hostile = [
    ...['a&b #1 100% x_y^z ~', 'C:\\new\\line {}', '$HOME `q` "q"', 'a--b <x>|y| ?`!`,,', '[1ex] bracket', '*star', 'θ ≥ Δ 10⁶ ΑΡ² über'],
    'x'.repeat(90),
  ];
  const tableOf = (methods: string[], metrics: string[]) =>
    latexTable(
      compareMethods({
        samples: 'topics',
        baseline: methods[0],
        methods: methods.map((label) => ({ label, name: '', reference: false, notes: [] })),
        metrics,
        values: [0, 1, 2].map((s) => methods.map((_, m) => metrics.map((_, c) => m / 20 + c / 100 + Math.sin(s * m) / 100))),
      }),
    );
  const many = (n: number, name: string) => Array.from({ length: n }, (_, i) => `${name}${i}`);
  const tables = [
    tableOf(hostile, hostile),
    tableOf(many(3, 'a'), many(15, 'nDCG@')),
    tableOf(many(80, 'run_'), many(10, 'nDCG@')),
    tableOf(many(50, 'a rather long name of a run, in words, which is broken into lines '), hostile.slice(0, 3)),
  ];
  const packages = '\\usepackage{booktabs,graphicx,longtable}';
  writeFileSync(`${folder}/t.tex`, `\\documentclass{article}${packages}\\begin{document}${tables.join('\\clearpage ')}\\end{document}`);
  for (let pass = 0; pass < 2; pass++)
    spawnSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 't.tex'], { cwd: folder, timeout: 20_000 }); // longtable measures in the first
  const log = readFileSync(`${folder}/t.log`, 'utf8');
  expect(log).toMatch(/Output written on t\.pdf/);
  expect(log.match(/^!.*|^(Overfull|Missing character|LaTeX Warning: Float).*/gm) ?? []).toEqual([]);
});
