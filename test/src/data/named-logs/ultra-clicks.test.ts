import { mkdirSync } from 'node:fs';
import { readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { rowsOf } from './rows-of.ts';

const folder = temporaryFolder();
let folders = 0;
function ultra(lists: string, labels: string, features = 'd0 1:0.5\nd1 2:1\nd2 1:2\n'): string {
  const root = `ultra-${folders++}`;
  mkdirSync(folder.in(`${root}/train`), { recursive: true });
  folder.put(`${root}/settings.json`, '{"feature_size": 2, "max_label": 1}');
  folder.put(`${root}/train/train.init_list`, lists);
  folder.put(`${root}/train/train.labels`, labels);
  if (features !== '') folder.put(`${root}/train/train.feature`, features);
  return folder.in(root);
}

test('ULTRA: lists of places in the features, filled up by −1; of the whole folder, or of its part', async () => {
  const root = ultra('q1 2 0\nq2 1 -1\nq1 2 0\n', 'q1 0 1\nq2 1.0 0\nq1 0 1\n');
  for (const path of [root, `${root}/train`]) expect(rowsOf(await readNamedClickLog(path))).toEqual(['q1 d2 d0* 2', 'q2 d1* 1']);
});

test('ULTRE: lists of ids behind the colon of the query', async () => {
  const root = ultra('5:a b c\n6: b\n', '5:0 0 1\n6:0\n', '');
  expect(rowsOf(await readNamedClickLog(root))).toEqual(['5 a b c* 1', '6 b 1']);
});

test.each([
  ['judgments', 'q1 0\nq2 1\n', 'q1 3\nq2 1\n', /labels:1: label "3" is no click.*judgments are no click log/],
  ['a place beyond the features', 'q1 3\nq2 1\n', 'q1 0\nq2 1\n', /init_list:1: a list has a place/],
  ['a label too few', 'q1 0 1\nq2 1\n', 'q1 0\nq2 1\n', /labels:1: 1 labels for a list of 2/],
  ['labels of another query', 'q1 0\nq2 1\n', 'q3 0\nq2 1\n', /labels:1: labels of query "q3", where the list is of "q1"/],
  ['a document twice', 'q1 0 0\nq2 1\n', 'q1 0 0\nq2 1\n', /init_list:1: document "d0" is twice/],
])('%s: told with the line, or left out and counted', async (_, lists, labels, message) => {
  const root = ultra(lists, labels);
  await expect(readNamedClickLog(root)).rejects.toThrow(message);
  const named = await readNamedClickLog(root, { skipFaulty: true });
  expect(rowsOf(named)).toEqual(['q2 d1* 1']);
  expect(named.accounting).toMatchObject([{ unit: 'sessions', read: 2, kept: 1 }]);
});

test('lists without labels, labels without lists', async () => {
  await expect(readNamedClickLog(ultra('q1 0\nq2 1\n', 'q1 0\n'))).rejects.toThrow(/init_list:2: a list without a line of labels/);
  await expect(readNamedClickLog(ultra('q1 0\n', 'q1 0\nq2 1\n'))).rejects.toThrow(/labels: has more lines than the lists/);
});
