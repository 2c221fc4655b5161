import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkInteractionLog, type InteractionLog, rowUsers } from '../../../../src/data/interactions/interaction-log.ts';
import { interactionReaders } from '../../../../src/data/interactions/interaction-readers.ts';
import { readInteractions } from '../../../../src/data/interactions/read-interactions.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';
import { sharedData, testWithData } from '../../metrics/read-trec.ts';
import { placeless } from '../data-of.ts';
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

test('MovieLens 10M and later: halves of stars, and a table from 20M on', async () => {
  const ten = await interactionReaders['movielens-10m'].read(
    put('ml10', { 'ratings.dat': '1::122::0.5::838985046\n1::185::4.5::838983525\n' }),
  );
  expect(rows(ten.log)).toEqual([
    ['1', '122', 0.5],
    ['1', '185', 4.5],
  ]);
  expect(ten.log.ratingScale).toEqual([0.5, 5]);
  const text = 'userId,movieId,rating,timestamp\n1,17,4.0,944249077\n2,25,0.5,944250228\n';
  for (const name of ['20m', '25m', '32m', 'latest'] as const) {
    const { log } = await interactionReaders[`movielens-${name}`].read(put(`ml-${name}`, { 'ratings.csv': text }));
    expect(rows(log)).toEqual([
      ['1', '17', 4],
      ['2', '25', 0.5],
    ]);
    expect(log).toMatchObject({ ratingScale: [0.5, 5], timestamps: Float64Array.of(944249077, 944250228) });
  }
  const faulty = put('ml-faulty', { 'ratings.csv': `${text}3,1,5.5,1\n` });
  await expect(interactionReaders['movielens-25m'].read(faulty)).rejects.toThrow(/ratings\.csv:4: .*5\.5/);
  await expect(
    interactionReaders['movielens-25m'].read(put('ml-head', { 'ratings.csv': text.replace('movieId', 'item') })),
  ).rejects.toThrow(/ratings\.csv:1: no column "movieId"/);
});

test('a table whose columns are called otherwise, with another letter between cells', async () => {
  const columns = { user: 'userId', item: 'movie', rating: 'score', rank: 'place' };
  const path = folder.put('named.csv', 'userId;movie;score;place;note\nu;i;3;2;a\nu;j;0;1;b\n');
  const named = await interactionReaders.csv.read(path, { columns, separator: ';', ratingScale: [0, 3] });
  expect(rows(named.log)).toEqual([
    ['u', 'i', 3],
    ['u', 'j', 0],
  ]);
  expect([...(named.log.positions ?? [])]).toEqual([1, 0]);
  await expect(interactionReaders.csv.read(path, { columns: { ...columns, click: 'clicked' }, separator: ';' })).rejects.toThrow(
    /named\.csv:1: no column "clicked"/,
  );
  await expect(interactionReaders.csv.read(path, { columns: { user: 'item' }, separator: ';' })).rejects.toThrow(
    /column "item" is named for two things, or is the usual name of another/,
  );
  await expect(interactionReaders.parquet.read(folder.in('none.parquet'), { separator: ';' })).rejects.toThrow(/Parquet has none/);
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

test('KuaiRec: a click is a watch ratio above 2, and the ratio is no rating; repeated views, the folder data and .gz', async () => {
  // the header and first values of the published files; `time` and what follows may be empty
  const head = 'user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n';
  const line = (user: number, video: number, ratio: string) =>
    `${user},${video},13838,10867,2020-07-05 00:08:23.438,20200705,1593878903.438,${ratio}\n`;
  const files = {
    'data/big_matrix.csv': `${head}${line(0, 3650, '1.2733965215790926')}${line(0, 9598, '2.0')}${line(0, 3650, '2.01')}`,
    'data/small_matrix.csv.gz': gzipSync(`${head}14,148,4381,6067,,,,0.722103\n14,183,11635,6100,,,,3.5\n`),
  };
  const { log, uniformTest } = await interactionReaders.kuairec.read(put('kuairec', files));
  expect(rows(log)).toEqual([
    ['0', '3650', 0],
    ['0', '3650', 1],
    ['0', '9598', 0],
  ]);
  expect([log.ratings, log.repeated]).toEqual([null, true]);
  expect(rows(uniformTest as InteractionLog)).toEqual([
    ['14', '148', 0],
    ['14', '183', 1],
  ]);
  const bad = put('kuairec-bad', { 'big_matrix.csv': `${head}${line(0, 1, '')}`, 'small_matrix.csv': head });
  await expect(interactionReaders.kuairec.read(bad)).rejects.toThrow('big_matrix.csv:2: a watch_ratio must be a decimal number; got ""');
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

test('a file and its packed twin, or a copy of it, count neither twice nor one in silence', async () => {
  const head = 'user_id,video_id,time_ms,is_click,long_view\n';
  const [one, other] = [`${head}0,a,1000,1,0\n0,b,2000,0,0\n`, `${head}1,a,3000,1,0\n`];
  const kuairand = (name: string, more: Record<string, string | Uint8Array>) =>
    interactionReaders.kuairand.read(put(name, { 'log_standard_1.csv': one, 'log_random_1.csv': other, ...more }));
  await expect(kuairand('twin', { 'log_standard_1.csv.gz': gzipSync(one) })).rejects.toThrow(
    /^both "\S+log_standard_1\.csv" and "\S+log_standard_1\.csv\.gz" are there; keep one of them$/,
  );
  await expect(kuairand('copy', { 'log_standard_1 (copy).csv': one })).rejects.toThrow(
    /log_standard_1\.csv:2: begins with the same row as \S+log_standard_1 \(copy\)\.csv, so their rows would count twice/,
  );
  await expect(kuairand('renamed', { 'log_random_2.csv.gz': gzipSync(other) })).rejects.toThrow(/log_random_2\.csv\.gz:2: begins with the/);
  const ratings = '7\t3\t4\t881250949\n';
  for (const twin of ['u.data.gz', 'data/u.data'])
    await expect(
      interactionReaders['movielens-100k'].read(
        put(`ml-${twin.length}`, { 'u.data': ratings, [twin]: twin.endsWith('.gz') ? gzipSync(ratings) : ratings }),
      ),
    ).rejects.toThrow(UsageError);
});

test('KuaiRand: the columns and file names of the published data, in the folder data; a fault names the one file it is in', async () => {
  const head =
    'user_id,video_id,date,hourmin,time_ms,is_click,is_like,is_follow,is_comment,is_forward,is_hate,long_view,play_time_ms,duration_ms,profile_stay_time,comment_stay_time,is_profile_enter,is_rand,tab';
  const line = (video: string, click: string, view: number, rand: number) =>
    `17387,${video},20220421,400,1650485801301,${click},0,0,0,0,0,${view},151024,104400,0,0,0,${rand},1`;
  const files = (broken: string) => ({
    'data/log_standard_4_08_to_4_21_pure.csv': `\ufeff${head}\r\n${line('1123453', '1', 1, 0)}\r\n   \r\n\r\n`,
    'data/log_standard_4_22_to_5_08_pure.csv': `${head}\n${line('8', broken, 1, 0)}\n`,
    'data/log_random_4_22_to_5_08_pure.csv': `${head}\n${line('9', '0', 0, 1)}\n`,
    'data/user_features_pure.csv': 'user_id,user_active_degree\n17387,full_active\n',
  });
  const { log, uniformTest } = await interactionReaders.kuairand.read(put('kuairand-pure', files('0')));
  expect(rows(log)).toEqual([
    ['17387', '1123453', 1],
    ['17387', '8', 0],
  ]);
  expect([...(log.timestamps ?? [])]).toEqual([1650485801.301, 1650485801.301]);
  expect(rows(uniformTest as InteractionLog)).toEqual([['17387', '9', 0]]);
  const path = put('kuairand-bad', files('2'));
  const error: unknown = await interactionReaders.kuairand.read(path).catch((reason) => reason);
  expect((error as DataError).message).toBe(`${path}/data/log_standard_4_22_to_5_08_pure.csv:2: a is_click must be 0 or 1; got "2"`);
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
    ['["a","x"]', '4', 0],
    ['["a","x"]', '4', 1],
    ['["b","x"]', '4', 0],
  ]);
  expect([...(log.propensities ?? [])]).toEqual([0.5, 0.25, 0.5]);
  expect([...(log.positions ?? [])]).toEqual([0, 1, 2]);
  expect(log.timestamps?.[0]).toBeCloseTo(1574553663.979, 3);
  expect(rows(uniformTest as InteractionLog)).toEqual([['["b","x"]', '9', 0]]);
  expect(userFeatures).toEqual({ values: Float32Array.of(1, 1, 0, 0, 1, 1), width: 3 });
});

test('Open Bandit: users whose feature values differ stay apart, in whatever order the columns are', async () => {
  const head = 'timestamp,item_id,position,click,propensity_score';
  const row = (...features: string[]) => `2019-11-24 00:01:03,4,1,0,.5,${features.join()}\n`;
  const path = put('obd-apart', {
    'bts-men.csv': `${head},user_feature_0,user_feature_1\n${row('a|b', 'c')}${row('a', 'b|c')}`,
    'random-men.csv': `${head},user_feature_1,user_feature_0\n${row('b|c', 'a')}`,
  });
  const { log, uniformTest, userFeatures } = await interactionReaders['open-bandit'].read(path);
  expect(log.userIds.map((id) => JSON.parse(id))).toEqual([
    ['a|b', 'c'],
    ['a', 'b|c'],
  ]);
  expect(rowUsers(uniformTest as InteractionLog)[0]).toBe(1);
  expect(userFeatures).toEqual({ values: Float32Array.of(1, 1, 0, 0, 0, 0, 1, 1), width: 4 });
  folder.put('obd-apart/random-men.csv', `${head},user_feature_0\n${row('a')}`);
  await expect(interactionReaders['open-bandit'].read(path)).rejects.toThrow(
    /random-men\.csv:1: users are told apart by user_feature_0, but in/,
  );
});

test.each(['', 'Z', '+00:00'])('Open Bandit: a time with the zone "%s" is UTC, wherever it is read', async (zone) => {
  const file = `timestamp,item_id,position,click,propensity_score,user_feature_0\n2019-11-24 06:00:00${zone},4,1,0,.5,a\n`;
  const path = put(`obd-zone ${zone}`, { 'bts-men.csv': file, 'random-men.csv': file });
  const { log } = await interactionReaders['open-bandit'].read(path);
  expect(log.timestamps?.[0]).toBe(Date.UTC(2019, 10, 24, 6) / 1000);
});

test('Open Bandit: the layout of the full data set with its campaigns, with affinities that are left alone; .gz', async () => {
  const head =
    ',timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1,user-item_affinity_0,user-item_affinity_1\r\n';
  const file = (item: number) => `${head}0,2019-11-24 00:00:00.004101+00:00,${item},1,1,0.0475,cef,2d0,0.0,1.0\r\n`;
  const root = put('obd-full', {});
  for (const policy of ['bts', 'random'])
    for (const [c, campaign] of ['all', 'women'].entries()) {
      mkdirSync(folder.in(`obd-full/${policy}/${campaign}`), { recursive: true });
      const content = file(10 * (c + 1) + Number(policy === 'random'));
      folder.put(`obd-full/${policy}/${campaign}/${campaign}.csv${c === 1 ? '.gz' : ''}`, c === 1 ? gzipSync(content) : content);
      folder.put(`obd-full/${policy}/${campaign}/item_context.csv`, ',item_id,item_feature_0\n0,0,-0.5\n');
    }
  for (const [campaign, item] of [
    ['all', '10'],
    ['women', '20'],
  ]) {
    const { log, uniformTest, userFeatures } = await interactionReaders['open-bandit'].read(root, { campaign });
    expect(rows(log)).toEqual([['["cef","2d0"]', item, 1]]);
    expect(rows(uniformTest as InteractionLog)).toEqual([['["cef","2d0"]', String(Number(item) + 1), 1]]);
    expect(userFeatures?.width).toBe(2);
  }
  await expect(interactionReaders['open-bandit'].read(root)).rejects.toThrow(/bts-men\.csv/);
});

describe('text as it comes: Windows line ends, a byte order mark, blanks at the end, gzip', () => {
  const mangled = (text: string) => gzipSync(`\ufeff${text.replaceAll('\n', '\r\n')}  \r\n\r\n`);
  const prefix = 'ydata-ymusic-rating-study-v1_0';
  test.each([
    ['movielens-100k', { 'u.data': '196\t242\t3\t881250949\n186\t302\t3\t891717742\n' }],
    ['movielens-1m', { 'ratings.dat': '1::1193::5::978300760\n1::661::3::978302109\n' }],
    ['yahoo-r3', { [`${prefix}-train.txt`]: '1\t14\t5\n1\t35\t1\n', [`${prefix}-test.txt`]: '1\t49\t1\n' }],
    [
      'coat',
      { 'train.ascii': '0 0 4 \n3 0 0 \n', 'test.ascii': '1 0 0 \n0 2 0 \n', 'user_item_features/user_features.ascii': '1 0 \n0 1 \n' },
    ],
    ['csv', { 'log.csv': ' user ,item,rating\nu,i,3\nv,i,1\n', 'uniform.csv': 'user,item,rating\nu,j,5\n' }],
  ] as const)('%s', async (reader, files: Record<string, string>) => {
    const plain = await interactionReaders[reader].read(put(`${reader} plain`, files));
    const others = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.gz`, mangled(text)]));
    expect(placeless(await interactionReaders[reader].read(put(`${reader} mangled`, others)))).toEqual(placeless(plain));
    expect(plain.log.items).toHaveLength(2);
  });
});

describe('ratings of CSV and Parquet are on a scale: 1 to 5, or the one that is given', () => {
  const content = (rating: number) => `user,item,rating\nu,i,5\nu,j,${rating}\n`;
  test.each([0, 5.5, 10, -1])('%d is not on the usual one, and the line says what to do', async (rating) => {
    const path = folder.put('scale.csv', content(rating));
    const error: unknown = await interactionReaders.csv.read(path).catch((reason) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toBe(
      `${path}:3: a rating must be on the scale from 1 to 5, got ${rating}; the world recorded takes another as ratingScale`,
    );
  });

  test("a scale that is given counts instead, and is the log's", async () => {
    const { log } = await interactionReaders.csv.read(folder.put('ten.csv', content(10)), { ratingScale: [0.5, 10] });
    expect([...(log.ratings ?? [])]).toEqual([5, 10]);
    expect(log.ratingScale).toEqual([0.5, 10]);
    const narrow = interactionReaders.csv.read(folder.put('narrow.csv', content(3)), { ratingScale: [1, 4] });
    await expect(narrow).rejects.toThrow('narrow.csv:2: a rating must be on the scale from 1 to 4, got 5');
  });

  test('a log without ratings has none', async () => {
    expect((await interactionReaders.csv.read(folder.put('clicks.csv', 'user,item\nu,i\n'))).log.ratingScale).toBeUndefined();
  });
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
  ['no rating', 'movielens-1m', { 'ratings.dat': '1::2::::4\n' }, 'ratings.dat:1: the rating must be a decimal number; got ""'],
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
  ['user,item,click\nu,i,\n', ':2: a click must be 0 or 1; got ""'],
  ['user,item,click\nu,i,yes\n', ':2: a click must be 0 or 1; got "yes"'],
  ['user,item,conversion\nu,i,yes\n', ':2: a conversion must be 0 or 1; got "yes"'],
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

test.each(['is_click', 'label', 'target'])('a log whose only other column is "%s" is no log of clicks alone', async (name) => {
  const path = folder.put(`${name}.csv`, `user,item,${name}\nu,i,0\n`);
  await expect(readInteractions(path)).rejects.toThrow(
    `${name}.csv:1: no column click, rating, conversion, but "${name}", which is not read: give one its name, or leave it out where every row is a click`,
  );
});
