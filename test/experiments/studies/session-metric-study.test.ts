import { jest } from '@jest/globals';
import {
  labellings,
  satisfactionTruths,
  sessionMetricStudy,
  truthRow,
  tunedRow,
} from '../../../experiments/studies/session-metric-study.ts';
import { studyCommand } from '../../../experiments/studies/study-command.ts';
import { errorText, exitCode } from '../../../experiments/terminal/fail.ts';
import { UsageError } from '../../../src/errors.ts';
import { defaultMetaMetrics, numAblations } from '../../../src/meta-evaluation/index.ts';

test('a row for every truth, labelling and metric, all ablations of NUM among them; differences are from NUM', async () => {
  const progress: number[] = [];
  const rows = await sessionMetricStudy({ seeds: 2, sessions: 80, correlation: 'spearman', onProgress: (done) => progress.push(done) });
  expect(rows).toHaveLength(Object.keys(satisfactionTruths).length * labellings.length * (defaultMetaMetrics().length + 2));
  expect(progress).toEqual([1, 2, 3, 4, 5, 6]);
  for (const truth of Object.keys(satisfactionTruths))
    for (const { labels, undefinedRule } of labellings) {
      const own = rows.filter((row) => row.truth === truth && row.labels === labels && row.undefinedRule === undefinedRule);
      const [num, ...others] = own;
      expect(own.map(({ metric }) => metric)).toEqual([...defaultMetaMetrics(), tunedRow, truthRow]);
      expect(own.map(({ metric }) => metric)).toEqual(expect.arrayContaining([...numAblations]));
      expect([num.metric, num.difference, num.correlation.n]).toEqual(['NUM', null, 2]);
      for (const { metric, correlation, difference } of others)
        if (metric !== tunedRow) expect(difference?.value).toBeCloseTo(correlation.value - num.correlation.value, 10);
    }
  // nothing agrees better with satisfaction than what it was made of
  for (const { metric, truth, undefinedRule, labels, correlation } of rows)
    if (metric !== truthRow) {
      const ceiling = rows.find(
        (row) => row.metric === truthRow && row.truth === truth && row.undefinedRule === undefinedRule && row.labels === labels,
      );
      expect(correlation.value).toBeLessThan((ceiling?.correlation.value as number) + 0.02);
    }
  // the worlds differ in what users are satisfied by: effort above all makes found gain matter less
  const gain = (truth: string) =>
    rows.find((row) => row.truth === truth && row.metric === 'sDCG' && row.undefinedRule === 'zero')?.correlation.value;
  expect(gain('gain only')).toBeGreaterThan(gain('effort above all') as number);
});

test('one seed has no interval, so it is refused', async () => {
  await expect(sessionMetricStudy({ seeds: 1, sessions: 60, correlation: 'spearman' })).rejects.toThrow(UsageError);
});

/** What the command prints, and how it ends. */
async function study(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => {
    written.out += `${text}\n`;
  });
  const command = studyCommand().configureOutput({ writeErr: (text) => (written.err += text) });
  const failure: unknown = await command.parseAsync([...words, '--quiet'], { from: 'user' }).then(
    () => null,
    (error) => error,
  );
  log.mockRestore();
  return failure === null
    ? { code: 0, ...written }
    : { ...written, code: exitCode(failure), err: written.err + (errorText(failure) ?? '') };
}

test('the command prints every group with its metrics', async () => {
  const { code, out } = await study('--seeds', '2', '--sessions', '40', '--correlation', 'kendall');
  expect(code).toBe(0);
  expect(out.match(/^satisfaction: /gm)).toHaveLength(Object.keys(satisfactionTruths).length * labellings.length);
  expect(out).toMatch(/^metric +Kendall's τ_b +Δ from NUM$/m);
  expect(out).toMatch(/^sDCG\/q +−?-?0\.\d{4} ±0\.\d{4} +[+−]0\.\d{4} p[=<]/m);
});

test.each([
  [['--seeds', 'x'], /^error: option '--seeds <n>' argument 'x' is invalid\. It must be a whole number of at least 1/],
  [['--seeds', '1', '--sessions', '40'], /^error: seeds must be a whole number of at least 2, got 1$/],
  [['--bogus'], /^error: unknown option '--bogus'/],
])('the command refuses %j in one line', async (words, message) => {
  const { code, err, out } = await study(...words);
  expect(err).toMatch(message);
  expect([code, out]).toEqual([2, '']);
});
