import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counterrank } from './counterrank.ts';
import { writeFiles } from './run-files.ts';

const start = process.cwd();
beforeEach(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

test.each<[string[], number, RegExp]>([
  [['--qrels', 'qrels', '--run', 'old.run', 'nDGC@10'], 2, /^error: "nDGC@10" is no file, and no measure: .*did you mean "nDCG"\?/],
  [
    ['--qrels', 'qrels', '--run', 'old.run', '--metric', 'RBP(p=2)'],
    2,
    /^error: options of measure "RBP\(p=2\)": p: must be below 1, got 2/,
  ],
  [
    ['--qrels', 'qrels', '--run', 'old.run', 'ndcg@10'],
    2,
    /^error: "ndcg@10" is no file, and no measure: .*its name in run configs; write nDCG\(dcg='exp-log2'\)@10, or, .* nDCG@10/,
  ],
  [['--qrels', '-', '--run', '-'], 2, /^error: standard input can be the judgments or a run, not both/],
  [['--qrels', 'qrels', '--run', 'none.run'], 2, /^error: "none\.run" is no file, and no measure/],
  [['--qrels', 'qrels', '--run', 'AP'], 2, /^error: --run needs a file; there is none of the name "AP"/],
  [['--qrels', 'none', '--run', 'old.run', 'AP'], 2, /^error: cannot read "none"/],
  [['--qrels', 'qrels', '--run', 'old.run', './old.run'], 2, /^error: run "\.\/old\.run" is given twice/],
  [
    ['--qrels', 'qrels', '--run', 'old.run', '--baseline', 'od.run'],
    2,
    /^error: no run "od\.run" to be the baseline; did you mean "old\.run"\?/,
  ],
  [['--qrels', 'qrels', '--run', 'old.run', '--out', 'qrels'], 2, /^error: "qrels" exists; nothing is overwritten/],
  [['--qrels', 'qrels', '--run', 'old.run', '--out', 'qrels/page.html'], 2, /^error: cannot write "qrels\/page\.html"/],
  [['--qrels', 'qrels', '--run', 'old.run', '-q', '--format', 'latex'], 2, /^error: a LaTeX table holds means only/],
  [['--qrels', 'qrels', '--run', 'old.run', '--format', 'tex'], 2, /Allowed choices are table, json, csv, latex, trec_eval/],
  [
    ['--qrels', 'qrels', '--run', 'stray'],
    3,
    /^error: stray: no topic of the run is judged; the judgments have "t1\d?".*, the run "q1"; do the ids match\?/,
  ],
  [
    ['--qrels', 'qrels', '--run', 'strange'],
    3,
    /^error: strange: no document of the run is judged for its topic; for topic t10 .* the run "D"; do/,
  ],
  [['--qrels', 'qrels', '--run', 'twice'], 3, /^error: twice:2: topic t10 has document d twice, first in line 1/],
  [['--qrels', 'qrels', '--run', 'word'], 3, /^error: word:1: a score must be a finite number; got "high"/],
  [['--qrels', 'qrels', '--run', 'short'], 3, /^error: short:1: expected 6 columns/],
  [['--qrels', 'qrels', '--run', 'empty'], 3, /^error: empty: empty; expected lines of/],
  [['--qrels', 'half', '--run', 'old.run'], 3, /^error: half:1: a grade must be a whole number; got "0\.5"/],
  [['--qrels', 'qrels'], 2, /^error: --qrels needs the runs to measure: --run <files\.\.\.>/],
  [['--run', 'old.run'], 2, /^error: --run needs the judgments: --qrels <file>/],
  [['--qrels', 'qrels', '--run', 'old.run', '--data', 'x'], 2, /^error: --qrels measures runs and --data models: give one of them/],
  [['--qrels', 'qrels', '--run', 'old.run', '--write-runs', 'x'], 2, /^error: --write-runs needs --data; it is not for runs/],
  [['--qrels', 'qrels', '--run', 'old.run', '--highest-grade', '3'], 2, /^error: --highest-grade needs --data; it is not for runs/],
  [['models', '--data', 'x', '--seed', '3'], 2, /^error: --seed needs --qrels; it is not for models/],
  [['models', '--data', 'x', '--write-runs', 'qrels'], 2, /^error: "qrels" exists; nothing is overwritten/],
  [
    ['models', '--data', 'x', '--gains', '{1: 3, 2: 1}'],
    2,
    /^error: --gains "\{1: 3, 2: 1\}": must be exponential, linear, or a table such as .*: the table of gains gives label 2 less than label 1/,
  ],
  [['models', '--data', 'x', '-q'], 2, /^error: --per-query needs --qrels; it is not for models/],
  [['models', '--data', 'x', '--format', 'csv'], 2, /^error: --format needs --qrels; it is not for models/],
  [['--data', 'x'], 2, /^error: --data needs the models to measure: <models\.\.\.>/],
  [['models'], 2, /^error: what to measure\? Runs: --qrels <file> --run <files\.\.\.>; models: <models\.\.\.> --data <file>/],
])('%j ends with one clear line, and writes nothing', async (words, expected, message) => {
  writeFiles();
  writeFileSync('stray', 'q1 Q0 d 1 1 t\n');
  writeFileSync('strange', 't10 Q0 D 1 1 t\n');
  writeFileSync('twice', 't10 Q0 d 1 2 t\nt10 Q0 d 2 1 t\n');
  writeFileSync('word', 't10 Q0 d 1 high t\n');
  writeFileSync('short', 't10 Q0 d 1 1\n');
  writeFileSync('empty', '');
  writeFileSync('half', 't10 0 d 0.5\n');
  const before = readdirSync('.');
  const { code, out, err } = await counterrank('evaluate', ...words, '--quiet');
  expect(err).toMatch(message);
  expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2); // commander adds where to find examples
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(readdirSync('.')).toEqual(before);
  expect(existsSync('none')).toBe(false);
});

test('grades with fractions are measured where that is said', async () => {
  writeFileSync('fractions', '1 0 d1 0.5\n1 0 d2 1.5\n');
  writeFileSync('two.run', '1 Q0 d1 1 9 t\n1 Q0 d2 2 8 t\n');
  const words = ['evaluate', '--qrels', 'fractions', '--run', 'two.run', 'nDCG@10', '--format', 'csv'];
  expect(await counterrank(...words)).toMatchObject({ code: 3, err: expect.stringMatching(/a grade must be a whole number; got "0\.5"/) });
  const { code, out } = await counterrank(...words, '--fractional-grades');
  const [dcg, ideal] = [0.5 + 1.5 / Math.log2(3), 1.5 + 0.5 / Math.log2(3)];
  expect({ code, mean: Number(out.split('\n')[1].split(',')[2]) }).toEqual({ code: 0, mean: expect.closeTo(dcg / ideal, 12) });
});
