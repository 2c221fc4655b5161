import { join } from 'node:path';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import type { StoredRun } from '../../../experiments/records/stored-run.ts';
import { findings } from '../../../experiments/report/findings.ts';
import { textFormats } from '../../../experiments/report/report-formats.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { resultTableHtml } from '../../../experiments/report/report-table.ts';
import { summariseRuns } from '../../../experiments/report/summarise-runs.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinyRun } from '../tiny-runs.ts';

const estimators = ['naive', 'ips', 'production'];
const folder = await writeTinyRun(join(temporaryFolder().path, 'run'), {
  estimators,
  evaluation: { metrics: ['ndcg@10'], searchSessions: null },
});
const [run] = await collectRecords([folder]);
/** 0.3 and 0.7 of naive; ips is 0.1 above it in both seeds, in two roundings, production differs by chance. */
const values: Readonly<Record<string, readonly number[]>> = { naive: [0.3, 0.7], ips: [0.3 + 0.1, 0.7 + 0.1], production: [0.2, 0.65] };
const told: StoredRun = {
  ...run,
  metrics: Object.entries(values).flatMap(([method, ofSeeds]) =>
    ofSeeds.map((value, s) => ({ seed: String(s + 1), method, metric: 'ndcg@10', value })),
  ),
};
const screen = { columns: 200, terminal: false };
const summary = await summariseRuns([told], usualReport, builtIn().presentations);
const signFlip = await summariseRuns([told], { ...usualReport, test: 'sign-flip' }, builtIn().presentations);

test('two seeds with one difference, on the screen, on the page, in Markdown: no p, no star, and why', () => {
  for (const text of [textFormats.terminal(summary, screen), textFormats.markdown(summary), resultTableHtml(summary)]) {
    expect(text).toContain('Δ +0.1000 p –');
    expect(text).toContain('p –: one difference in all seeds, so none');
    expect(text).toMatch(/Δ −0\.0750 p=0\.\d{3}/); // the other is tested, alone
    expect(text).not.toMatch(/NaN|Infinity|p<0\.001/);
  }
  expect(textFormats.terminal(signFlip, screen)).toContain('Δ +0.1000 p –');
  expect(findings(summary)[0]).toBe('ips differs from naive on ndcg@10 by +0.1000 in all seeds alike: no spread, and no test.');
});

test('in LaTeX no dagger, in CSV an empty cell, in JSON null', () => {
  expect(textFormats.latex(summary)).toMatch(/^ips & \\bfseries 0\.6000 & \{\\scriptsize[^&]*\} \\\\$/m);
  const [head, ...rows] = textFormats
    .csv(summary)
    .split('\n')
    .map((line) => line.split(','));
  const ips = rows.find(([name]) => name === 'ips') ?? [];
  const cell = (name: string) => ips[head.indexOf(name)];
  expect(['p_paired_t', 'p_sign_flip', 'p_corrected', 'significant', 'cohen_dz'].map(cell)).toEqual(['', '', '', '', '']);
  expect([cell('wins'), cell('ties'), cell('losses')]).toEqual(['2', '0', '0']);
  const { cells } = JSON.parse(textFormats.json(summary));
  expect(cells.find((one: Record<string, unknown>) => one['estimator.label'] === 'ips' || one['estimator.name'] === 'ips')).toMatchObject({
    ...{ p_paired_t: null, p_sign_flip: null, p_corrected: null, significant: null, cohen_dz: null },
  });
});
