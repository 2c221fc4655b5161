import { mkdirSync } from 'node:fs';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../../experiments/catalogue/read-study.ts';
import { noStageCache } from '../../../../experiments/engine/stage-cache.ts';
import type { BiasConfig } from '../../../../experiments/tasks/bias/bias-config.ts';
import { biasLogs } from '../../../../experiments/tasks/bias/bias-logs.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const home = temporaryFolder();
const catalogue = builtIn();

async function trainOf(log: string, documents: string) {
  const study = { task: 'bias', estimators: ['naive-ctr'], log: { path: log }, data: { path: documents, scale: 'none' } };
  const { config } = decodeStudy(study, 'the test', { catalogue });
  const { ofSeed } = await biasLogs(catalogue.parts, config as unknown as BiasConfig, noStageCache);
  const { querySet, log: rows } = (await ofSeed('1')).logs.train;
  /** Features of what each list shows, from the top. */
  const shown = Array.from(rows.queries, (query, l) => [
    querySet.queryIds[query],
    ...Array.from(
      rows.docs.subarray(rows.offsets[l], rows.offsets[l + 1]),
      (doc) => querySet.docIds[doc] + querySet.features[doc * querySet.featureCount],
    ),
  ]);
  return shown.map((words) => words.join(' ')).sort();
}

const log = home.put('log.csv', 'query,docs,clicks\nq,a b,1 0\nr,b c,0 1\n');

test('documents of queries, and of none: each list has their features', async () => {
  const pairs = home.put('pairs.csv', 'query,doc,x,y\nr,c,5,0\nq,b,2,0\nq,a,1,0\nr,b,4,0\n');
  expect(await trainOf(log, pairs)).toEqual(['q a1 b2', 'r b4 c5']);
  const items = home.put('items.csv', 'doc,x,y\nc,3,0\nb,2,0\na,1,0\nnever,9,0\n');
  expect(await trainOf(log, items)).toEqual(['q a1 b2', 'r b2 c3']);
});

test('a document that is not there is told', async () => {
  const pairs = home.put('few.csv', 'query,doc,x\nq,a,1\nq,b,2\nr,b,4\n');
  await expect(trainOf(log, pairs)).rejects.toThrow(/log\.csv:3: document "c" is not among those of query "r"/);
  await expect(trainOf(log, home.put('few-items.csv', 'doc,x\na,1\nb,2\n'))).rejects.toThrow(
    /log\.csv: document "c" of the log is not among the documents given; these have "a", "b"/,
  );
});

test('Baidu-ULTR with features, and a folder of ULTRE, are a log and its documents', async () => {
  const uva = new URL('../../../src/data/named-logs/files/baidu-ultr-uva.feather', import.meta.url).pathname;
  expect(await trainOf(uva, uva)).toEqual(['q0 a0 b0 missing-30 d0', 'q1 a0']);
  mkdirSync(home.in('ultre/train'), { recursive: true });
  const part = { init_list: '5:d1 d0\n6:d1\n', labels: '5:0 1\n6:1\n', feature: 'd0 0:0.5\nd1 0:7\n' };
  for (const [ending, text] of Object.entries(part)) home.put(`ultre/train/train.${ending}`, text);
  for (const path of ['ultre', 'ultre/train']) expect(await trainOf(home.in(path), home.in(path))).toEqual(['5 d17 d00.5', '6 d17']);
});
