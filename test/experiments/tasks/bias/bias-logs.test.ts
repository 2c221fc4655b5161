import { mkdirSync } from 'node:fs';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../../experiments/catalogue/read-study.ts';
import { noStageCache } from '../../../../experiments/engine/stage-cache.ts';
import type { BiasConfig } from '../../../../experiments/tasks/bias/bias-config.ts';
import { biasLogs } from '../../../../experiments/tasks/bias/bias-logs.ts';
import { countLog } from '../../../../src/data/log-store/count-log.ts';
import { columnsFor, type NamedColumns } from '../../../../src/data/log-store/log-columns.ts';
import { openSource } from '../../../../src/data/log-store/log-source.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const home = temporaryFolder();
const catalogue = builtIn();

async function logsOf(settings: object) {
  const { config } = decodeStudy({ task: 'bias', estimators: ['naive-ctr'], ...settings }, 'the test', { catalogue });
  const { ofSeed } = await biasLogs(catalogue.parts, config as unknown as BiasConfig, noStageCache);
  return (await ofSeed('1')).logs;
}

test('the order of sessions is known with features too: of a file, and of a store with times alone', async () => {
  const rows = [
    ['s1', 'b', 1, '2024-05-03'],
    ['s2', 'a', 0, '2024-05-01'],
    ['s3', 'b', 1, '2024-05-02'],
  ] as const;
  const csv = home.put(
    'times.csv',
    `sid,query,doc,rank,click,ts\n${rows.map(([sid, ...row]) => [sid, 'q', row[0], 1, row[1], row[2]].join()).join('\n')}\n`,
  );
  const json = home.put(
    'times.jsonl',
    rows.map(([, doc, click]) => `${JSON.stringify({ query: 'q', docs: [doc], clicks: [click] })}\n`).join(''),
  );
  const data = { path: home.put('times.txt', '0 qid:q 1:1 # docid = a\n0 qid:q 1:2 # docid = b\n') };
  const orderOf = async (path: string) => {
    const { config } = decodeStudy({ task: 'bias', estimators: ['naive-ctr'], log: { path }, data }, 'the test', { catalogue });
    const { order, logs } = await (await biasLogs(catalogue.parts, config as unknown as BiasConfig, noStageCache)).ofSeed('1');
    const { docs, offsets, list } = logs.train.log;
    return order && Array.from(order.rows, (row, i) => [docs[offsets[list[row]]], order.counts[i]]);
  };
  const stored = async (name: string, named: NamedColumns) => {
    mkdirSync(home.in(name));
    const source = await openSource(csv);
    await countLog(source, columnsFor(source, named), home.in(name));
    return home.in(name);
  };
  expect(await orderOf(json)).toEqual([
    [1, 1],
    [0, 1],
    [1, 1],
  ]); // as in the file
  expect(await orderOf(await stored('timed', { time: 'ts', every: 'day' }))).toEqual([
    [0, 1],
    [1, 2],
  ]); // as the days were
  expect(await orderOf(await stored('untimed', {}))).toBeUndefined();
});

test('contexts and policies of both logs have the same numbers', async () => {
  const csv = (...devices: string[]) => `query,docs,clicks,device,policy\n${devices.map((name) => `q,7,1,${name},p-${name}`).join('\n')}\n`;
  const log = { path: home.put('log.csv', csv('phone', 'desktop')), randomised: home.put('random.csv', csv('desktop', 'phone', 'tablet')) };
  const { train, randomised } = await logsOf({ log: { ...log, context: 'device' } });
  expect([train.log.contexts, train.log.policies]).toEqual([Uint32Array.of(0, 1), Uint32Array.of(0, 1)]);
  expect([randomised?.contexts, randomised?.policies]).toEqual([Uint32Array.of(1, 0, 2), Uint32Array.of(1, 0, 2)]);
});

describe('log.randomisedPolicy', () => {
  const line = (query: string, docs: string[], policy: string | number, count = 1) =>
    `${JSON.stringify({ query, docs, clicks: docs.map((_, i) => (i === 0 ? 1 : 0)), count, policy })}\n`;
  const drawn = (policy: string | number) =>
    [line('q', ['a', 'b'], policy, 3), line('q', ['b', 'a'], policy, 5), line('r', ['c', 'd'], policy)].join('');
  const ranked = line('q', ['a', 'b'], 'ranked', 40) + line('r', ['c', 'd'], 'ranked', 20);

  test('its lists are the randomised sessions, as if they lay in a file of their own, and stay in the log', async () => {
    const path = home.put('policies.jsonl', ranked + drawn('shuffled'));
    const inside = await logsOf({ log: { path, randomisedPolicy: 'shuffled' } });
    const plain = drawn('shuffled').replaceAll(',"policy":"shuffled"', '');
    const beside = await logsOf({ log: { path, randomised: home.put('shuffled.jsonl', plain) } });
    expect(inside.randomised).toEqual(beside.randomised);
    expect(inside.train.log).toEqual(beside.train.log);
    expect(inside.train.log.count.reduce((sum, count) => sum + count, 0)).toBe(69);
  });

  test('policies may be numbers', async () => {
    const { randomised } = await logsOf({
      log: { path: home.put('numbers.jsonl', line('q', ['a', 'b'], '0', 40) + drawn('1')), randomisedPolicy: 1 },
    });
    expect(randomised?.count).toEqual(Float64Array.of(3, 5, 1));
  });

  test('a policy that the log does not have, a log without any, and another file beside it are refused', async () => {
    const path = home.put('others.jsonl', ranked + drawn('shuffled'));
    await expect(logsOf({ log: { path, randomisedPolicy: 'shufled' } })).rejects.toThrow(/unknown policy of the log "shufled".*shuffled/);
    const without = home.put('without.jsonl', ranked.replaceAll(',"policy":"ranked"', ''));
    await expect(logsOf({ log: { path: without, randomisedPolicy: 'shuffled' } })).rejects.toThrow(
      /without.jsonl" does not say which policy showed its lists/,
    );
    const both = { path, randomised: path, randomisedPolicy: 'shuffled' };
    await expect(logsOf({ log: both })).rejects.toThrow(
      /log\.randomisedPolicy: says which lists of the log were in random order, and log\.randomised names other ones/,
    );
  });
});
