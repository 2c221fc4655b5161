import { mkdirSync } from 'node:fs';
import { checkSharedIds } from '../../../../src/data/interactions/check-shared-ids.ts';
import { interactionReaders } from '../../../../src/data/interactions/interaction-readers.ts';
import { DataError } from '../../../../src/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
let folders = 0;
const head = 'user,item,rating\n';

async function checking(files: Readonly<Record<string, string>>): Promise<string | null> {
  const path = String(folders++);
  mkdirSync(folder.in(path));
  for (const [name, rows] of Object.entries(files)) folder.put(`${path}/${name}.csv`, head + rows);
  const data = await interactionReaders.csv.read(folder.in(path));
  try {
    checkSharedIds(data, folder.in(path));
    return null;
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
}

const log = 'u1,i1,4\nu2,i2,3\n';

test('parts that share a user and an item with the log are right, however few', async () => {
  expect(await checking({ log, uniform: 'u1,i9,1\nu9,i1,1\n' })).toBeNull();
  expect(await checking({ log, uniform: 'u1,i1,1\n', 'uniform-sample': 'u2,i2,1\n' })).toBeNull();
});

test.each([
  [
    { log, uniform: 'U1,i1,1\nU2,i2,1\n' },
    'no user of the uniformly random test part has a row in the log: that part has "U1", "U2", the log "u1", "u2"',
  ],
  [
    { log, uniform: 'u1,1,1\nu2,2,1\n' },
    'no item of the uniformly random test part has a row in the log: that part has "1", "2", the log "i1", "i2"',
  ],
  [
    { log, uniform: 'u1,i1,1\n', 'uniform-sample': 'x,i1,1\n' },
    'no user of the uniformly random sample has a row in the log: that part has "x"',
  ],
])('parts without one are refused, with some of both', async (files, message) => {
  expect(await checking(files)).toContain(message);
  expect(await checking(files)).toContain('do the ids match?');
});
