import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkInteractionLog, type InteractionLog, rowUsers } from '../../../../src/data/interactions/interaction-log.ts';
import { interactionReaders } from '../../../../src/data/interactions/interaction-readers.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';
import { sharedData, testWithData } from '../../metrics/read-trec.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
/** A folder with the given files in it. */
const put = (name: string, files: Record<string, string | Uint8Array>) => {
  mkdirSync(folder.in(name));
  for (const [file, content] of Object.entries(files)) {
    if (file.includes('/')) mkdirSync(folder.in(`${name}/${file.split('/')[0]}`), { recursive: true });
    folder.put(`${name}/${file}`, content);
  }
  return folder.in(name);
};
const rows = (log: InteractionLog) => {
  const users = rowUsers(log);
  return [...log.items].map((item, row) => [log.userIds[users[row]], log.itemIds[item], log.ratings?.[row] ?? log.clicks[row]]);
};

test('MovieLens 100K and 1M', async () => {
  const old = await interactionReaders['movielens-100k'].read(put('ml', { 'u.data': '7\t3\t4\t881250949\n7\t1\t1\t2\n2\t3\t5\t3\n' }));
  expect(rows(old.log)).toEqual([
    ['7', '3', 4],
    ['7', '1', 1],
    ['2', '3', 5],
  ]);
  expect([...(old.log.timestamps ?? [])]).toEqual([881250949, 2, 3]);
  const million = await interactionReaders['movielens-1m'].read(put('ml1', { 'ratings.dat': '1::1193::5::978300760\n' }));
  expect(rows(million.log)).toEqual([['1', '1193', 5]]);
});

test('Coat: 0 is no rating; propensities and features come along; both parts share indexes', async () => {
  const path = put('coat', {
    'train.ascii': '0 3 0\n5 0 1\n',
    'test.ascii': '1 0 0\n0 0 2\n',
    'propensities.ascii': '.1 .2 .3\n.4 .5 .6\n',
    'user_item_features/user_features.ascii': '1 0\n0 1\n',
  });
  const { log, uniformTest, userFeatures, itemFeatures } = await interactionReaders.coat.read(path);
  expect(rows(log)).toEqual([
    ['1', '2', 3],
    ['2', '1', 5],
    ['2', '3', 1],
  ]);
  expect([...(log.propensities ?? [])]).toEqual([0.2, 0.4, 0.6]);
  expect(rows(uniformTest as InteractionLog)).toEqual([
    ['1', '1', 1],
    ['2', '3', 2],
  ]);
  expect(userFeatures).toEqual({ values: Float32Array.of(1, 0, 0, 1), width: 2 });
  expect(itemFeatures).toBeNull();
  const zero = put('coat0', { 'train.ascii': '0 3\n', 'test.ascii': '1 0\n', 'propensities.ascii': '1 0\n' });
  await expect(interactionReaders.coat.read(zero)).rejects.toThrow('train.ascii:1: a propensity must be in (0, 1], got 0');
});

test('Yahoo! R3: users and songs of the test part have the indexes of the training part', async () => {
  const prefix = 'ydata-ymusic-rating-study-v1_0';
  const path = put('yahoo', { [`${prefix}-train.txt`]: '1\t14\t5\n2\t35\t1\n', [`${prefix}-test.txt`]: '2\t14\t3\n1\t99\t2\n' });
  const { log, uniformTest } = await interactionReaders['yahoo-r3'].read(path);
  expect(rows(log)).toEqual([
    ['1', '14', 5],
    ['2', '35', 1],
  ]);
  expect(rows(uniformTest as InteractionLog)).toEqual([
    ['1', '99', 2],
    ['2', '14', 3],
  ]);
  expect(log.itemIds).toEqual(['14', '35', '99']);
  checkInteractionLog(log);
});

test('KuaiRec: a click is a watch ratio of at least 2', async () => {
  const head = 'user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n';
  const path = put('kuairec', { 'big_matrix.csv': `${head}0,3,1,1,,,,1.9\n0,4,1,1,,,,2\n`, 'small_matrix.csv': `${head}0,4,1,1,,,,0\n` });
  const { log, uniformTest } = await interactionReaders.kuairec.read(path);
  expect([...log.clicks]).toEqual([0, 1]);
  expect([...(log.ratings ?? [])]).toEqual([Math.fround(1.9), 2]);
  expect(rows(uniformTest as InteractionLog)).toEqual([['0', '4', 0]]);
});

test('KuaiRand: all files of a kind, impressions of random videos apart; a long view counts after a click only', async () => {
  const head = 'user_id,video_id,time_ms,is_click,is_like,long_view\n';
  const path = put('kuairand', {
    'log_standard_4_08.csv': `${head}0,a,1000,1,0,1\n0,b,2000,0,0,1\n`,
    'log_standard_4_22.csv.gz': gzipSync(`${head}1,a,3000,1,0,0\n`),
    'log_random_4_22.csv': `${head}1,b,4000,0,0,0\n`,
  });
  const { log, uniformTest } = await interactionReaders.kuairand.read(path);
  expect(rows(log)).toEqual([
    ['0', 'a', 1],
    ['0', 'b', 0],
    ['1', 'a', 1],
  ]);
  expect([...(log.conversions ?? [])]).toEqual([1, 0, 0]);
  expect([...(log.timestamps ?? [])]).toEqual([1, 2, 3]);
  expect(rows(uniformTest as InteractionLog)).toEqual([['1', 'b', 0]]);
  await expect(interactionReaders.kuairand.read(put('none', {}))).rejects.toThrow(/no log_standard\*\.csv/);
});

test('Open Bandit: a user is a combination of features, pairs repeat, positions count from 0', async () => {
  const head = ',timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1\n';
  const line = (i: number, item: number, click: number, p: number, a: string) =>
    `${i},2019-11-24 00:01:03.979311+00:00,${item},${(i % 3) + 1},${click},${p},${a},x\n`;
  const path = put('obd', {
    'bts-men.csv': head + line(0, 4, 0, 0.5, 'a') + line(1, 4, 1, 0.25, 'a') + line(2, 4, 0, 0.5, 'b'),
    'random-men.csv': head + line(0, 9, 0, 0.1, 'b'),
  });
  const { log, uniformTest, userFeatures } = await interactionReaders['open-bandit'].read(path);
  expect(rows(log)).toEqual([
    ['a|x', '4', 0],
    ['a|x', '4', 1],
    ['b|x', '4', 0],
  ]);
  expect([...(log.propensities ?? [])]).toEqual([0.5, 0.25, 0.5]);
  expect([...(log.positions ?? [])]).toEqual([0, 1, 2]);
  expect(log.timestamps?.[0]).toBeCloseTo(1574553663.979, 3);
  expect(rows(uniformTest as InteractionLog)).toEqual([['b|x', '9', 0]]);
  expect(userFeatures).toEqual({ values: Float32Array.of(1, 1, 0, 0, 1, 1), width: 3 });
});

test('CSV takes the columns that are there', async () => {
  const path = folder.put('own.csv', 'rank,item,user,click,propensity,conversion\n2,i,u,1,0.5,1\n1,j,u,0,1,0\n');
  const { log } = await interactionReaders.csv.read(path);
  expect(log).toMatchObject({ itemIds: ['i', 'j'], clicks: Uint8Array.of(1, 0), positions: Uint8Array.of(1, 0) });
  expect(log).toMatchObject({ propensities: Float64Array.of(0.5, 1), conversions: Uint8Array.of(1, 0), ratings: null });
});

test('a CSV folder has a uniformly random part beside the log, with the same indexes', async () => {
  const path = put('csv', { 'log.csv': 'user,item\nu,i\n', 'uniform.csv': 'item,user,click\nj,u,0\ni,v,1\n' });
  const { log, uniformTest } = await interactionReaders.csv.read(path);
  expect(rows(log)).toEqual([['u', 'i', 1]]);
  expect(rows(uniformTest as InteractionLog)).toEqual([
    ['u', 'j', 0],
    ['v', 'i', 1],
  ]);
  checkInteractionLog(log);
  await expect(interactionReaders.csv.read(put('half', { 'log.csv': 'user,item\nu,i\n' }))).rejects.toThrow(/uniform\.csv/);
});

test.each([
  ['a field too few', 'movielens-100k', { 'u.data': '1\t2\t3\t4\n1\t2\n' }, 'u.data:2: expected 4 fields with "\\t" between, got 2'],
  ['a rating out of scale', 'movielens-100k', { 'u.data': '1\t2\t6\t4\n' }, 'u.data:1: a rating must be on the scale from 1 to 5, got 6'],
  [
    'a pair twice',
    'movielens-100k',
    { 'u.data': '1\t2\t3\t4\n\n1\t2\t4\t5\n' },
    'u.data:3: user "1" and item "2" were there before, in line 1',
  ],
  ['no rating', 'movielens-1m', { 'ratings.dat': '1::2::::4\n' }, 'ratings.dat:1: a rating must be a number, got NaN'],
  ['a word in a matrix', 'coat', { 'train.ascii': '1 2\n1 x\n', 'test.ascii': '1' }, 'train.ascii:2: "x" is not a number'],
  ['a ragged matrix', 'coat', { 'train.ascii': '1 2\n1\n', 'test.ascii': '1' }, 'train.ascii:2: expected 2 numbers as in line 1, got 1'],
  ['another shape', 'coat', { 'train.ascii': '1 2\n', 'test.ascii': '1' }, 'test.ascii: expected a matrix of 1 × 2 like train.ascii'],
  ['an empty file', 'movielens-100k', { 'u.data': '' }, 'u.data: no rows'],
] as const)('%s is one clear line', async (what, reader, files, message) => {
  const path = put(what, files);
  const error: unknown = await interactionReaders[reader].read(path).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message.startsWith(`${path}/${message}`)).toBe(true);
});

test.each([
  ['user,click\nu,1\n', 'no column "item"; expected user,item'],
  ['user,item,click\nu,i,\n', ':2: a click must be 0 or 1, got NaN'],
  ['user,item,propensity\nu,i,0\n', ':2: a propensity must be in (0, 1], got 0'],
  ['user,item\nu,i\nu,i\n', ':3: user "u" and item "i" were there before, in line 2'],
  ['user,item\nu\n', ':2: expected 2 cells, got 1'],
  ['', 'empty; expected the header user,item'],
])('CSV %j is one clear line', async (content, message) => {
  const error: unknown = await interactionReaders.csv.read(folder.put('bad.csv', content)).catch((reason) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toContain(message);
});

test('a folder that is not there is a usage error', async () => {
  for (const reader of Object.values(interactionReaders)) await expect(reader.read(folder.in('nowhere'))).rejects.toThrow(UsageError);
});

const local = (path: string) => fileURLToPath(sharedData(path));
testWithData('reads MovieLens 100K: 100,000 ratings of 943 users and 1,682 films', async () => {
  const { log } = await interactionReaders['movielens-100k'].read(local('interactions/ml-100k'));
  checkInteractionLog(log);
  expect([log.items.length, log.userIds.length, log.itemIds.length]).toEqual([100_000, 943, 1682]);
});

testWithData('reads Open Bandit: the random policy shows each of 34 items with probability 1/34', async () => {
  const { log, uniformTest } = await interactionReaders['open-bandit'].read(local('interactions/open-bandit'));
  checkInteractionLog(log);
  expect([log.items.length, uniformTest?.items.length, log.itemIds.length]).toEqual([10_000, 10_000, 34]);
  expect(uniformTest?.propensities?.every((p) => Math.abs(p - 1 / 34) < 1e-12)).toBe(true);
});
