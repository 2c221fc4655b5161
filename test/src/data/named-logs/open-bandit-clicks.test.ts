import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sessionsOf } from '../../../../src/data/click-log.ts';
import { ListNames } from '../../../../src/data/list-columns.ts';
import { readNamedClickLog } from '../../../../src/data/named-logs/read-named-click-log.ts';
import { sharedData, testWithData } from '../../metrics/read-trec.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { rowsOf } from './rows-of.ts';

const folder = temporaryFolder();
const head = ',timestamp,item_id,position,click,propensity_score,user_feature_0\n';
const row = (item: string | number, position: string | number, click: string | number) =>
  `0,2019-11-24 00:00:03.8+00:00,${item},${position},${click},0.03,x\n`;

test('a row is one place of a page of three; campaign and policy are told by the name, in either form', async () => {
  mkdirSync(folder.in('random/men'), { recursive: true });
  const text = `${head}${row(14, 3, 0)}${row(14, 1, 1)}${row(14, 3, 0)}`;
  const names = new ListNames();
  const flat = await readNamedClickLog(folder.put('bts-men.csv', text), { names });
  const nested = await readNamedClickLog(folder.put('random/men/men.csv', text), { names });
  for (const named of [flat, nested]) expect(rowsOf(named)).toEqual(['men unknown-1 unknown-2 14 2', 'men 14* unknown-2 unknown-3 1']);
  expect([...(flat.log.policies ?? [])]).toEqual([0, 0]);
  expect([...(nested.log.policies ?? [])]).toEqual([1, 1]);
  expect([...names.policy.keys()]).toEqual(['bts', 'random']);
});

test.each([
  ['a position beyond three', row(1, 4, 0), /:2: the position is none of 1, 2 and 3; got "4"/],
  ['a click that is none', row(1, 1, 2), /:2: the click is neither 0 nor 1; got "2"/],
  ['no item', row('', 1, 0), /:2: the item is empty/],
])('%s is told with its line, or left out', async (name, line, message) => {
  const path = folder.put(`bts-${name.replaceAll(' ', '')}.csv`, `${head}${line}${row(7, 2, 1)}`);
  await expect(readNamedClickLog(path)).rejects.toThrow(message);
  const named = await readNamedClickLog(path, { skipFaulty: true });
  expect(named.accounting.find(({ unit }) => unit === 'sessions')).toMatchObject({ read: 2, kept: 1 });
});

test('a name that tells no policy is refused with the way out', async () => {
  await expect(readNamedClickLog(folder.put('men.csv', `${head}${row(7, 2, 1)}`))).rejects.toThrow(
    /call it bts-CAMPAIGN\.csv or random-CAMPAIGN\.csv/,
  );
});

testWithData('the small data: as many clicks of an item at a place as a plain count of the rows gives', async () => {
  const path = fileURLToPath(sharedData('interactions/open-bandit/random-men.csv'));
  const { log } = await readNamedClickLog(path);
  expect(sessionsOf(log)).toBe(10_000);
  const clicked = readFileSync(path, 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line.split(',')[4] === '1').length;
  const total = log.list.reduce((sum, _, r) => {
    const clicks = log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1]);
    return sum + log.count[r] * clicks.reduce((a, b) => a + b, 0);
  }, 0);
  expect(total).toBe(clicked);
});
