import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { gatherSummary } from '../../../experiments/report/gather-report.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinyRun } from '../tiny-runs.ts';

const evaluation = { metrics: ['ndcg@10'], searchSessions: { count: 50 } };
const run = await writeTinyRun(temporaryFolder().in('run'), { estimators: ['naive', 'ips'], evaluation });
const told = async (metrics: string[] | null) =>
  (await gatherSummary([run], { ...usualReport, metrics }, builtIn().presentations)).summary.remarks;

test('what is told of NUM is told where NUM is shown; of all methods it is told everywhere', async () => {
  const [sources, num] = [expect.stringMatching(/^Propensities: ips told the truth/), expect.stringMatching(/^num: 50 search sessions/)];
  expect(await told(null)).toEqual([sources, num]);
  expect(await told(['num'])).toEqual([sources, num]);
  expect(await told(['ndcg@10'])).toEqual([sources]);
});
