import { join } from 'node:path';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../experiments/catalogue/read-study.ts';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { textFormats } from '../../../experiments/report/report-formats.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { summariseRuns } from '../../../experiments/report/summarise-runs.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeRunOf } from '../tiny-runs.ts';

const { config } = decodeStudy(
  {
    ...{ task: 'bias', seeds: 2, backend: 'cpu', estimators: ['naive-ctr', 'all-pairs'] },
    data: { synthetic: { trainQueries: 10, validationQueries: 4, testQueries: 2, features: 3 } },
    simulation: { sessions: 2000, positions: 3, temperature: 0, listsPerQuery: 1 }, // no document moves
  },
  'still',
);
const folder = await writeRunOf(join(temporaryFolder().path, 'still'), config);

test('a method that a log tells nothing has a row of its own, and why', async () => {
  const summary = await summariseRuns(await collectRecords([folder]), usualReport, builtIn().presentations);
  expect(summary.methods.map(({ method }) => method)).toEqual(['naive-ctr', 'all-pairs']);
  expect(textFormats.terminal(summary, { columns: 200, terminal: false })).toMatch(/^all-pairs +– +–/m);
  expect(summary.warnings.filter((line) => line.startsWith('all-pairs'))).toEqual([
    expect.stringMatching(
      /^all-pairs is left out with 2 seeds of still: no document was seen, and clicked, both at rank 1 and at ranks 2, 3/,
    ),
  ]);
});
