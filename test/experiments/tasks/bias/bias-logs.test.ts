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
