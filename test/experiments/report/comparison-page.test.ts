import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { readRecordRows } from '../../../experiments/records/read-record-rows.ts';
import { chooseScript } from '../../../experiments/report/choose-script.ts';
import { comparisonPage } from '../../../experiments/report/comparison-page.ts';
import { gatherReport } from '../../../experiments/report/gather-report.ts';
import { reportFindings } from '../../../experiments/report/report-findings.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinySweep } from '../tiny-runs.ts';

const folder = temporaryFolder().path;
const estimators = ['production', 'naive', 'ips', { name: 'clipped-ips', clip: 0.5 }, 'skyline'];
await writeTinySweep(folder, { seeds: 3, estimators });
mkdirSync(join(folder, 'failed', 'seed-9'), { recursive: true });
writeFileSync(join(folder, 'failed', 'seed-9', 'error.txt'), 'error: the log has no <click>\n    at x\n');
const command = `counterrank report sweep --by 'a,<b>'`;
const { presentations } = builtIn();
const report = await gatherReport([folder], usualReport, command, presentations);
const page = await comparisonPage(report);
const sectionOf = (title: string) => (page.split(`<h2>${title}</h2>`)[1] ?? '').split('</section>')[0];
const pictures = (html: string) => html.match(/<svg /g)?.length ?? 0;

test('needs no network, and no script but its own; what users typed is text', () => {
  expect(page).toContain(`<script>${chooseScript}</script>`);
  expect(page.replace(`<script>${chooseScript}</script>`, '')).not.toMatch(/<script|<link|<iframe|@import|url\(|\son\w+=/i);
  const addresses = [...page.matchAll(/https?:\/\/[^"'\s<]*/g)].map(([address]) => address);
  expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([]);
  expect(page).toContain('counterrank report sweep --by &#39;a,&lt;b&gt;&#39;');
  expect(page).toContain('one run failed and is not in the numbers: seed-9 (error: the log has no &lt;click&gt;)');
});

test('has every section, and the pictures of each group', () => {
  const trained = estimators.length; // the production ranker too
  const groups = 4;
  expect(pictures(sectionOf('ndcg@10 by number of sessions'))).toBe(2); // one per click model
  expect(pictures(sectionOf('Metrics by method'))).toBe(groups);
  expect(pictures(sectionOf('Differences by query'))).toBe(2 * groups); // those that learn, but for the baseline
  expect(pictures(sectionOf('Propensities'))).toBe(2 * groups);
  expect(pictures(sectionOf('Learning curves'))).toBe(trained * groups);
  for (const title of ['Results', 'Clipped weights', 'Time and memory', 'Runs', 'Repeat this']) expect(sectionOf(title)).not.toBe('');
});

test('metric against sessions: means of the table, production and skyline among the lines', () => {
  const [{ axis, pictures: drawn }] = report.along;
  const [cascade] = drawn;
  expect(axis).toMatchObject({ key: 'simulation.sessions', words: 'number of sessions' });
  expect(cascade.title).toBe('cascade');
  const ips = cascade.lines.find(({ method }) => method === 'ips');
  const row = report.summary.methods.findIndex(({ method }) => method === 'ips');
  const means = report.summary.columns.flatMap(({ label }, c) =>
    label.endsWith('cascade') ? [report.summary.methods[row].cells[c].mean.value] : [],
  );
  expect(ips?.points.map(({ at }) => at)).toEqual([500, 5000]);
  expect(ips?.points.map(({ mean }) => mean)).toEqual(means);
  expect(cascade.lines.filter(({ reference }) => reference).map(({ method }) => method)).toEqual(['production', 'skyline']);
  const [, alt] = /aria-label="(ndcg@10 by number of sessions, cascade[^"]*)"/.exec(page) ?? [];
  expect(alt).toContain(`ips 500: ${means[0].toFixed(4)}`);
});

test('differences by query: as many as there are queries, their mean the difference of the table', () => {
  const ips = report.byUnit.find(({ title }) => title === 'ips · sessions 500 · cascade');
  const column = report.summary.metrics.indexOf('sessions 500 · cascade');
  const differences = ips?.differences ?? [];
  expect(differences).toHaveLength(10);
  expect(differences.reduce((sum, d) => sum + d, 0) / 10).toBeCloseTo(
    report.summary.methods[2].cells[column].difference?.value as number,
    12,
  );
});

test('the clipped share is that of weights.csv, its mean over seeds', async () => {
  const shares = [];
  for await (const [, method, share] of readRecordRows(join(folder, 'runs', 'cascade-500', 'weights.csv'), [
    'seed',
    'method',
    'clipped_share',
  ]))
    shares.push([method, Number(share)] as const);
  expect(shares.map(([method]) => method)).toEqual(['clipped-ips', 'clipped-ips', 'clipped-ips']);
  const mean = shares.reduce((sum, [, share]) => sum + share, 0) / 3;
  expect(sectionOf('Clipped weights')).toContain(`${(100 * mean).toFixed(1)} %`);
  expect(sectionOf('Clipped weights')).not.toContain('naive');
});

test('answers first: in how many columns a method is above the baseline, by the corrected p of the table', () => {
  const { cells } = report.summary.methods[2];
  const above = cells.filter(({ adjustedP, difference }) => (adjustedP as number) < 0.05 && (difference?.value ?? 0) > 0).length;
  expect(page).toContain(`<li>ips: above naive in ${above} of 4 columns`);
  const wide = reportFindings({ ...report.summary, testing: { ...report.summary.testing, alpha: 1.1 } });
  const positive = cells.filter(({ difference }) => (difference?.value ?? 0) > 0).length;
  expect(wide[0]).toMatch(
    new RegExp(`^ips: above naive in ${positive} of 4 columns${positive < 4 ? `, below it in ${4 - positive}` : ''} `),
  );
});

test('answers first: methods that nothing tells apart from the baseline share a sentence where they are many', () => {
  const { methods, testing } = report.summary;
  const [naive, , ips] = methods;
  const named = ['a', 'b', 'c'].map((method) => ({ ...ips, method, notes: [] }));
  const none = { ...report.summary, testing: { ...testing, alpha: 0 } };
  expect(reportFindings({ ...none, methods: [naive, ...named] })[0]).toBe(
    'told apart from naive in no column (corrected p below 0): a, b, c.',
  );
  const few = reportFindings({ ...none, methods: [naive, ...named.slice(1)] });
  expect(few.slice(0, 2).map((line) => line.slice(0, 16))).toEqual(['b: above naive i', 'c: above naive i']);
});

test('every run with what varies, and the config with the command of one', () => {
  expect(sectionOf('Runs').match(/<tr>/g)).toHaveLength(1 + 4);
  expect(sectionOf('Runs')).toContain('<th scope="col">simulation.sessions</th>');
  expect(sectionOf('Repeat this')).toContain('counterrank run ');
  expect(sectionOf('Repeat this')).toContain('simulation.clickModel.name');
});

test('the same records give the same bytes', async () => {
  expect(await comparisonPage(await gatherReport([folder], usualReport, command, presentations))).toBe(page);
});

test('of a task that nobody here knows the tables are not drawn, which is said; the numbers are there all the same', async () => {
  const unknown = await gatherReport([folder], usualReport, command, () => null);
  const { methods } = report.summary;
  expect([unknown.unknownTasks, unknown.presentations, unknown.along]).toEqual([['ranking'], [], []]);
  const means = (all: typeof methods) => Object.fromEntries(all.map(({ method, cells }) => [method, cells.map(({ mean }) => mean.value)]));
  expect(means(unknown.summary.methods)).toEqual(means(methods));
  const bare = await comparisonPage(unknown);
  expect(bare).toContain('the tables of the task ranking are not drawn: nobody here knows it; --plugin FILE names the file');
  expect(bare).not.toContain('<h2>Propensities</h2>');
});
