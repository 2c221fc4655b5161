import { mkdirSync } from 'node:fs';
import { InteractionBuilder } from '../../../../src/data/interactions/interaction-builder.ts';
import { interactionReaders } from '../../../../src/data/interactions/interaction-readers.ts';
import { readInteractions } from '../../../../src/data/interactions/read-interactions.ts';
import { writeInteractions } from '../../../../src/data/interactions/write-interactions.ts';
import { writeParquet } from '../../../../src/data/write-parquet.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';
import { dataOf } from '../data-of.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const build = (rows: readonly object[]) => {
  const builder = new InteractionBuilder({ file: 'made' });
  for (const row of rows) builder.add(row as Parameters<InteractionBuilder['add']>[0], 1);
  return builder.build();
};
const full = build([
  {
    user: 'a "quoted", id',
    item: 'x',
    click: 1,
    rating: Math.PI,
    conversion: 1,
    propensity: 1 / 3,
    position: 255,
    timestamp: 1574553663.979,
  },
  { user: 'a "quoted", id', item: 'y', click: 0, rating: -0.1, conversion: 0, propensity: 1e-9, position: 0, timestamp: 0 },
  { user: 'b', item: 'x', click: 1, rating: 1e10, conversion: 0, propensity: 1, position: 3, timestamp: 2 },
]);
const bare = build([
  { user: '1', item: '2' },
  { user: '1', item: '3' },
]);

test.each(['csv', 'csv.gz', 'parquet'])('a log written as .%s is read as it was, every column to its last bit', async (ending) => {
  for (const [name, log] of Object.entries({ full, bare })) {
    const path = folder.in(`${name}.${ending}`);
    await writeInteractions(path, log);
    expect(dataOf(await readInteractions(path))).toEqual(log);
  }
});

test('another ending, and a log at odds with itself, are refused before anything is written', async () => {
  await expect(writeInteractions(folder.in('log.json'), full)).rejects.toThrow(/written as \.csv, \.csv\.gz or \.parquet/);
  await expect(writeInteractions(folder.in('odd.csv'), { ...full, clicks: Uint8Array.of(1) })).rejects.toThrow(UsageError);
  await expect(readInteractions(folder.in('odd.csv'))).rejects.toThrow(/no such file/);
});

describe('Parquet that we did not write', () => {
  const columns = [
    { name: 'item', type: 'number' },
    { name: 'note', type: 'text' },
    { name: 'user', type: 'text' },
    { name: 'click', type: 'boolean' },
    { name: 'rating', type: 'number' },
  ] as const;
  const write = async (name: string, rows: Parameters<typeof writeParquet>[2]) => {
    await writeParquet(folder.in(name), columns, rows);
    return readInteractions(folder.in(name));
  };

  test('ids may be numbers, clicks booleans; other columns are left alone', async () => {
    const log = await write('other.parquet', [
      [7, 'n', 'u', true, 4],
      [8, 'n', 'u', false, 2],
    ]);
    expect(log).toMatchObject({ itemIds: ['7', '8'], clicks: Uint8Array.of(1, 0), ratings: Float32Array.of(4, 2), positions: null });
  });

  test('a missing column, an empty cell and a pair that is there twice are named with file and row', async () => {
    await writeParquet(folder.in('no-user.parquet'), [{ name: 'item', type: 'text' }], [['a']]);
    await expect(readInteractions(folder.in('no-user.parquet'))).rejects.toThrow(/no-user\.parquet.*no column "user"/);
    const empty = write('empty.parquet', [
      [1, '', 'u', true, 4],
      [2, '', 'u', true, null],
    ]);
    await expect(empty).rejects.toThrow(/empty\.parquet:2: a rating must be a decimal number; got ""/);
    await expect(write('no-id.parquet', [[1, '', null, true, 4]])).rejects.toThrow(/no-id\.parquet:1: an empty id/);
    const twice = write('twice.parquet', [
      [1, '', 'u', true, 4],
      [1, '', 'u', true, 3],
    ]);
    await expect(twice).rejects.toThrow(DataError);
    await expect(twice).rejects.toThrow(/twice\.parquet:2: user "u" and item "1" were there before, in line 1/);
  });

  test('a folder has log.parquet and a uniformly random uniform.parquet, with the same indexes', async () => {
    mkdirSync(folder.in('both'));
    await writeInteractions(folder.in('both/log.parquet'), bare);
    await writeInteractions(folder.in('both/uniform.parquet'), build([{ user: '9', item: '3', click: 0 }]));
    const { log, uniformTest } = await interactionReaders.parquet.read(folder.in('both'));
    expect(log.itemIds).toEqual(['2', '3']);
    expect(uniformTest).toMatchObject({ userIds: ['1', '9'], items: Uint32Array.of(1), clicks: Uint8Array.of(0) });
  });
});
