import { mkdirSync } from 'node:fs';
import { readUltraDocuments } from '../../../../src/data/documents/read-ultra-documents.ts';
import { readSplits } from '../../../../src/data/read-splits.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
let folders = 0;
interface Part {
  readonly lists: string;
  readonly labels: string;
  readonly features?: string;
}
const usual = 'd0 0:0.5\nd1 1:1\nd2 0:2 1:-3\n';
function ultra(parts: Readonly<Record<string, Part>>, settings: string | null = '{"feature_size": 3, "max_label": 4}'): string {
  const root = `ultra-${folders++}`;
  for (const [part, { lists, labels, features = usual }] of Object.entries(parts)) {
    mkdirSync(folder.in(`${root}/${part}`), { recursive: true });
    for (const [ending, text] of Object.entries({ init_list: lists, labels, feature: features }))
      folder.put(`${root}/${part}/${part}.${ending}`, text);
  }
  if (settings !== null) folder.put(`${root}/settings.json`, settings);
  return folder.in(root);
}

test('lists of places: features from index 0, as many as settings.json says; labels are of the places of a list', async () => {
  const set = await readUltraDocuments(ultra({ train: { lists: 'q 2 0 -1\n', labels: 'q 4 0 0\n' } }), 'train');
  expect(set).toMatchObject({ queryIds: ['q'], docIds: ['d2', 'd0'], featureCount: 3 });
  expect([[...set.features], [...set.labels]]).toEqual([
    [2, -3, 0, 0.5, 0, 0],
    [4, 0],
  ]);
  expect(set.accounting).toMatchObject([{ unit: 'documents', read: 3, kept: 2, rejected: { 'that no list has': 1 } }]);
});

test('lists of ids, of sessions whose labels are clicks: not judged, the documents are there once', async () => {
  const root = ultra({ train: { lists: '5:d1 d2\n5:d2 d1\n', labels: '5:1 0\n5:1 0\n' } }, null);
  const set = await readUltraDocuments(root, 'train', { judged: false });
  expect([set.queryIds, set.docIds, set.featureCount, [...set.labels]]).toEqual([['5'], ['d1', 'd2'], 2, [0, 0]]);
  await expect(readUltraDocuments(root, 'train')).rejects.toThrow(
    /init_list:2: document "d2" of query "5" has other features, or another label/,
  );
});

test('a whole folder is the three parts of data', async () => {
  const part = { lists: 'q 0 1\n', labels: 'q 0 2\n' };
  const { train, validation, test: held } = await readSplits(ultra({ train: part, valid: part, test: { ...part, lists: 'q 2 1\n' } }));
  expect([train, validation, held].map(({ docIds }) => docIds)).toEqual([
    ['d0', 'd1'],
    ['d0', 'd1'],
    ['d2', 'd1'],
  ]);
});

test.each([
  ['a place beyond the features', { lists: 'q 3\n', labels: 'q 0\n' }, /init_list:1: "3" is no document of train\.feature/],
  [
    'labels of another query',
    { lists: 'q 1\n', labels: 'r 0\n' },
    /init_list:1: the labels of this list of query "q" are not in train\.labels/,
  ],
  ['a label too few', { lists: 'q 1 0\n', labels: 'q 0\n' }, /init_list:1: the labels of this list/],
  ['a label that is none', { lists: 'q 1\n', labels: 'q x\n' }, /labels:1: a label must be a decimal number; got "x"/],
  [
    'a feature beyond settings.json',
    { lists: 'q 0\n', labels: 'q 0\n', features: 'd0 3:1\n' },
    /feature:1: feature 3, where settings\.json tells of 3/,
  ],
  ['a feature that is none', { lists: 'q 0\n', labels: 'q 0\n', features: 'd0 0:one\n' }, /feature:1: a feature must be a number/],
  ['no pair', { lists: 'q 0\n', labels: 'q 0\n', features: 'd0 7\n' }, /feature:1: expected index:value/],
])('%s is told with file and line', async (_, train, message) => {
  await expect(readUltraDocuments(ultra({ train }), 'train')).rejects.toThrow(message);
});
