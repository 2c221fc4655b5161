import { readFileSync } from 'node:fs';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { readNamedClickLog } from '../../../src/data/named-logs/read-named-click-log.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { writeLightgbmLog } from '../../../src/data/write-lightgbm-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

test('each row is a query: clicks, features, positions and sessions, and all come back', async () => {
  const builder = new ClickLogBuilder();
  const [first, second] = [builder.addList(0, [1, 0]), builder.addList(1, [2])];
  builder.addRow(first, [0, 1], 12);
  builder.addRow(second, [0], 1);
  const features = Float32Array.of(1, 0, 0.1, 0, 3, -2); // of three documents
  await writeLightgbmLog(folder.path, builder.build(), { features, featureCount: 2 });
  const text = (ending: string) => readFileSync(folder.in(`train.txt${ending}`), 'utf8');
  expect([text(''), text('.query'), text('.position'), text('.weight')]).toEqual([
    '0 1:0.1 2:0\n1 1:1\n0 1:3 2:-2\n',
    '2\n1\n',
    '0\n1\n0\n',
    '12\n12\n1\n',
  ]);
  const set = await readSvmlight(folder.in('train.txt'), { cache: false });
  expect([...set.features]).toEqual([Math.fround(0.1), 0, 1, 0, 3, -2]);
  const { log } = await readNamedClickLog(folder.in('train.txt'));
  expect([[...log.clicks], [...log.count]]).toEqual([
    [0, 1, 0],
    [12, 1],
  ]);
});

test('weights that differ within a query say no number of sessions', async () => {
  folder.put('odd.txt', '1 qid:q 1:1\n0 qid:q 1:2\n');
  folder.put('odd.txt.position', '0\n1\n');
  folder.put('odd.txt.weight', '2\n1\n');
  await expect(readNamedClickLog(folder.in('odd.txt'))).rejects.toThrow(
    /odd\.txt\.weight:2: query "q": its documents must have one weight above 0.*got 2,1/,
  );
});
