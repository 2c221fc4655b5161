import { readNamedClickLog } from '../../../src/data/named-logs/read-named-click-log.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { sliceQueries } from '../../../src/data/slice-queries.ts';
import { writeClickLog } from '../../../src/data/write-click-log.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let sets = 0;
/** Five documents of two queries, with what stands beside the file. */
function put(beside: Record<string, string>): string {
  const name = `set-${sets++}.txt`;
  for (const [ending, text] of Object.entries(beside)) folder.put(name + ending, text);
  return folder.put(name, '1 qid:a 1:1\n0 qid:a 1:2\n2 qid:a 1:3\n0 qid:b 1:4 # docid = D4\n1 qid:b 1:5\n');
}

test('weights of documents, or of queries spread over their documents; none without the file, also from the cache', async () => {
  const perDocument = put({ '.weight': '1\n0.5\r\n2e0\n0\n3\n' });
  for (const _ of ['parsed', 'cached']) expect([...((await readSvmlight(perDocument)).weights ?? [])]).toEqual([1, 0.5, 2, 0, 3]);
  expect([...((await readSvmlight(put({ '.weight': '2\n\n7' }))).weights ?? [])]).toEqual([2, 2, 2, 7, 7]);
  expect(await readSvmlight(put({}))).not.toHaveProperty('weights');
});

test('positions, and a part of the queries keeps its own', async () => {
  const set = await readSvmlight(put({ '.position': '2\n1\n3\n1\n2\n', '.weight': '1\n2\n3\n4\n5\n' }));
  expect([...(set.positions ?? [])]).toEqual([2, 1, 3, 1, 2]);
  const second = sliceQueries(set, 1, 2);
  expect([...(second.positions ?? []), ...(second.weights ?? [])]).toEqual([1, 2, 4, 5]);
});

test('SVMlight with positions is a click log: a session per query, in the order shown, labels above 0 clicked', async () => {
  const path = put({ '.position': '2\n1\n3\n0\n1\n' });
  const set = await readSvmlight(path);
  const log = await readClickLog(path, set);
  expect([...log.docs]).toEqual([1, 0, 2, 3, 4]);
  expect([...log.offsets]).toEqual([0, 3, 5]);
  expect([...log.clicks]).toEqual([0, 1, 1, 0, 1]);
  expect([...log.count]).toEqual([1, 1]);
  await expect(writeClickLog(folder.in('out.txt'), log, set)).rejects.toThrow(UsageError);
});

test.each([
  ['a weight below 0', { '.weight': '1\n-1\n1\n1\n1\n' }, /\.weight:2: a weight must be a finite number of at least 0; got "-1"/],
  ['too few weights', { '.weight': '1\n1\n1\n' }, /3 weights; expected one per document \(5\) or per query \(2\)/],
  ['a position that is no number', { '.position': '1\n2\nx\n1\n2\n' }, /\.position:3: a position must be a whole number; got "x"/],
  ['too many positions', { '.position': '1\n2\n3\n1\n2\n3\n' }, /\.position:6: more numbers than the 5 documents that the data has/],
  ['a position twice', { '.position': '1\n2\n2\n1\n2\n' }, /query "a": positions must count up from 0 or 1, each once; got 1,2,2/],
  ['a position left out', { '.position': '1\n2\n4\n1\n2\n' }, /got 1,2,4/],
  ['no positions', {}, /only with its positions in a file beside it/],
])('bad input: %s', async (_, beside, message) => {
  const path = put(beside);
  const reading = readSvmlight(path).then((set) => readClickLog(path, set));
  await expect(reading).rejects.toThrow(DataError);
  await expect(reading).rejects.toThrow(message);
});

test('sessions whose positions break the form are left out with their lines where faults are skipped', async () => {
  const path = put({ '.position': '1\n2\n4\n1\n2\n' });
  const faults: DataError[] = [];
  const { log, queryIds, accounting } = await readNamedClickLog(path, { skipFaulty: true, onLeftOut: (fault) => faults.push(fault) });
  expect([queryIds, log.list.length]).toEqual([['b'], 1]);
  expect(faults.map(({ file, line }) => [file, line])).toEqual([[`${path}.position`, 3]]);
  expect(accounting[0]).toMatchObject({ unit: 'rows', read: 2, kept: 1 });
});

const nearMisses = ['.txt.Weight', '.txt.weights', '.weight', '.txt.weight.gz', '_weight.txt'];
test.each(nearMisses)('weights in a file called set%s would be ignored in silence, so they are a fault', async (ending) => {
  const name = `near-${nearMisses.indexOf(ending)}`;
  folder.put(name + ending, '1\n');
  const reading = readSvmlight(folder.put(`${name}.txt`, '1 qid:a 1:1\n'));
  await expect(reading).rejects.toThrow(UsageError);
  await expect(reading).rejects.toThrow(`${name}${ending}" is not read; if it is of "${name}.txt", call it "${name}.txt.weight"`);
});

test('what is a side file of other data, or named for something else, is no near miss', async () => {
  const both = ['all', 'all.txt'].map((name) => folder.put(name, '1 qid:a 1:1\n'));
  folder.put('all.weight', '2\n');
  folder.put('all.txt.backup', '');
  folder.put('all_light.txt', '');
  expect((await readSvmlight(both[0])).weights).toEqual(Float32Array.of(2));
  expect(await readSvmlight(both[1])).not.toHaveProperty('weights');
});
