import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { meanInterval } from '../../../src/stats/index.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { runProgram } from '../sweep/run-program.ts';

const home = temporaryFolder().path;
const data = temporaryFolder();
const config = join(home, 'grid.yaml');
const sweep = join(home, 'runs');
writeFileSync(
  config,
  `name: grid
seeds: 2
backend: cpu
baseline: naive
data: { synthetic: { trainQueries: 16, validationQueries: 6, testQueries: 10, features: 4 } }
simulation: { temperature: 0.5, listsPerQuery: 2 }
training: { steps: 20 }
estimators: [naive, ips, expected-relevance, skyline]
evaluation: { metrics: [ndcg@10], searchSessions: null }
sweep:
  grid: { simulation.clickModel: [position-based, cascade] }
  zip: [{ simulation.sessions: [500, 2000], simulation.validationSessions: [200, 500] }]
`,
);
const words = (out: string) => ['benchmark', config, '--runs', sweep, '--out', join(home, out), '--quiet', '-j', '1'];

test('a folder with every configuration, who won, what theory says and how to repeat it; again without doing runs again', async () => {
  const { code, out } = await runProgram(words('results'));
  expect(code).toBe(0);
  expect(out).toContain('Who won where');
  const folder = join(home, 'results');
  expect(readdirSync(folder).sort()).toEqual(['README.md', 'config.yaml', 'environment.json', 'report.html', 'results.csv']);
  expect(readFileSync(join(folder, 'config.yaml'), 'utf8')).toBe(readFileSync(config, 'utf8'));
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(
    /^Code: counterrank [\d.]+, (as installed|commit [0-9a-f]{40}( with changes)?); node /m,
  );
  const rows = parse(readFileSync(join(folder, 'results.csv')), { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(4 * 4);
  for (const row of rows) {
    const values = row.by_seed.split(' ').map((one) => Number(one.split(':')[1]));
    expect(Number(row.mean)).toBeCloseTo(meanInterval(values).value, 12);
  }
  expect(Object.keys(rows[0]).slice(0, 3)).toEqual(['estimator.label', 'simulation.clickModel.name', 'simulation.sessions']);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  for (const part of [
    `counterrank benchmark ${config}`,
    '## Who won where',
    '## What theory says, at 2,000 sessions',
    'ips > naive',
    '2 seeds',
  ])
    expect(readme).toContain(part);
  const before = readdirSync(join(sweep, 'runs')).map((id) => readFileSync(join(sweep, 'runs', id, 'status.json'), 'utf8'));
  expect((await runProgram(words('again'))).code).toBe(0);
  expect(readdirSync(join(sweep, 'runs')).map((id) => readFileSync(join(sweep, 'runs', id, 'status.json'), 'utf8'))).toEqual(before);
  expect(readFileSync(join(home, 'again', 'results.csv'), 'utf8')).toBe(readFileSync(join(folder, 'results.csv'), 'utf8'));
});

test('nothing is overwritten; a dry run says how much it would be', async () => {
  writeFileSync(join(home, 'taken'), '');
  const refused = await runProgram(words('taken'));
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('exists; nothing is overwritten')]);
  const { code, out } = await runProgram([...words('dry'), '--dry-run']);
  expect([code, out]).toEqual([0, expect.stringContaining('4 runs of 2 seeds and 4 methods each')]);
});

test('validation is never the test: data that hold queries of one in the other are refused, before anything is written', async () => {
  const queries = (from: number, count: number, name = 'q') =>
    Array.from(
      { length: count },
      (_, i) => `1 qid:${name}${from + i} 1:${from + i} 2:1\n0 qid:${name}${from + i} 1:2 2:${from + i}\n`,
    ).join('');
  const parts = { train: queries(1, 8), vali: queries(20, 4), test: `${queries(30, 3)}${queries(21, 1, 'renamed')}# another\n` };
  for (const [name, text] of Object.entries(parts)) data.put(`${name}.txt`, text);
  const real = [`data.path=${data.path}`, 'data.synthetic={}'];
  const run = (out: string) =>
    runProgram(['benchmark', config, ...real, '--runs', join(home, out), '--out', join(home, `${out}-results`), '--quiet']);
  const { code, err } = await run('same');
  expect(code).toBe(2);
  expect(err).toContain(
    '1 of 4 test queries are validation queries too: what is chosen by those is then measured on itself; hold queries apart',
  );
  expect(existsSync(join(home, 'same'))).toBe(false);
});
