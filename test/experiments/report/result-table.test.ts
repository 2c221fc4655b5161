import { markdownTable, resultTable } from '../../../experiments/report/result-table.ts';
import { compareMethods } from '../../../src/stats/compare-methods.ts';
import { summariseFake } from '../fake-result.ts';

const summary = summariseFake();
const plain = resultTable(summary, { columns: 80, terminal: false });

test('elsewhere than on a terminal there is no box, no escape, no blank at a line end', () => {
  for (const mark of ['\u001b', '│', '─']) expect(plain).not.toContain(mark);
  expect(plain).not.toMatch(/ $/m);
});

test('a terminal gets boxes, and bold for the best only', () => {
  const drawn = resultTable(summary, { columns: 200, terminal: true });
  expect(drawn).toContain('│');
  const { mean } = summary.methods[2].cells[1];
  expect(drawn).toContain(`\u001b[1m${mean.value.toFixed(4)} ±${(mean.upper - mean.value).toFixed(4)}\u001b[22m`);
  expect(drawn.split('\u001b[1m')).toHaveLength(3 + 1);
});

test('metrics that do not fit the screen go below, each once', () => {
  const narrow = resultTable(summary, { columns: 60, terminal: true });
  const widths = narrow
    .split('\n')
    .filter((line) => line.includes('│'))
    .map((line) => line.replace('\u001b[1m', '').replace('\u001b[22m', '').length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(60);
  for (const metric of summary.metrics) expect(narrow.split(` ${metric} `)).toHaveLength(2);
});

test('says what the numbers are, and which training went wrong', () => {
  expect(plain).toContain('95 % t interval over 5 seeds');
  expect(plain).toContain('difference from naive');
  expect(plain).toContain('dual-learning: propensities drifted in 1 of 5 seeds');
});

test('a difference has its sign, its corrected p, and a star below 0.05', () => {
  const methods = ['a', 'b'].map((label) => ({ label, name: label, reference: false, notes: [] }));
  const text = (b: readonly number[]) =>
    resultTable(compareMethods({ samples: 'seeds', baseline: 'a', methods, metrics: ['m'], values: b.map((value) => [[0.5], [value]]) }), {
      columns: 80,
      terminal: false,
    });
  expect(text([0.3, 0.31, 0.29])).toContain('Δ −0.2000 p<0.001 *');
  expect(text([0.4, 0.6, 0.52])).toMatch(/Δ \+0\.0067 p=0\.\d{3}$/m);
  expect(text([0.6])).toContain('One of the seeds only: no interval and no test.');
});

test('Markdown has the same rows, and nothing that would break them', () => {
  const rows = markdownTable(summary)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(2 + summary.methods.length);
  for (const row of rows) expect(row.split('|')).toHaveLength(summary.metrics.length + 3);
  expect(markdownTable(summary)).toContain('**');
});
