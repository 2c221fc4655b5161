import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../../experiments/catalogue/read-study.ts';
import { noStageCache } from '../../../../experiments/engine/stage-cache.ts';
import type { BiasConfig } from '../../../../experiments/tasks/bias/bias-config.ts';
import { biasLogs } from '../../../../experiments/tasks/bias/bias-logs.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const home = temporaryFolder();
const catalogue = builtIn();

async function logsOf(settings: object) {
  const { config } = decodeStudy({ task: 'bias', estimators: ['naive-ctr'], ...settings }, 'the test', { catalogue });
  const { ofSeed } = await biasLogs(catalogue.parts, config as unknown as BiasConfig, noStageCache);
  return (await ofSeed('1')).logs;
}

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
