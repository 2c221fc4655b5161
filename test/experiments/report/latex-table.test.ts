import { escapeLatex } from '../../../experiments/report/latex-frame.ts';
import { latexTable } from '../../../experiments/report/latex-table.ts';
import { compareMethods, type Summary, summariseRun } from '../../../experiments/report/summary.ts';
import { fakeConfig, fakeResult } from '../fake-result.ts';

const compare = (values: readonly (readonly (readonly number[])[])[], samples: Summary['samples'] = 'topics') =>
  compareMethods({
    samples,
    baseline: 'a_b',
    methods: ['a_b', 'up', 'down', 'same'].map((label) => ({ label, name: '', notes: [] })),
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
  const ofRun = latexTable(summariseRun(fakeConfig, fakeResult));
  expect(ofRun).toContain('best of the methods that learn from clicks in bold');
  expect(ofRun).toContain('$n = 5$ seeds');
  expect(ofRun).toMatch(/^method & /m);
});

test('names are printed as they are', () => {
  expect(escapeLatex('50% & $a_b^c$ #1 {x} ~ \\')).toBe(
    '50\\% \\& \\$a\\_b\\textasciicircum{}c\\$ \\#1 \\{x\\} \\textasciitilde{} \\textbackslash{}',
  );
});
