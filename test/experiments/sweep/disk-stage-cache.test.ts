import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig, runTask } from '../../../experiments/index.ts';
import { diskStageCache } from '../../../experiments/sweep/disk-stage-cache.ts';
import { OutputError } from '../../../experiments/sweep/output-error.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const cache = (name: string) => diskStageCache(folder.in(name), folder.in(`${name}-claims`));
const output = { numbers: Float64Array.of(1, Number.NaN, -0), nested: { list: [1, null], text: 'é' }, counts: Uint32Array.of(7) };
const plain = (value: typeof output) => ({ ...value, numbers: [...value.numbers], counts: [...value.counts] });

test('what was computed once is read by all others, with the types it had', async () => {
  let computed = 0;
  const compute = () => {
    computed++;
    return output;
  };
  for (let process = 0; process < 3; process++)
    expect(plain(await cache('a').get('stage', { key: 1 }, 'disk', compute))).toEqual(plain(output));
  expect(computed).toBe(1);
  await cache('a').get('stage', { key: 2 }, 'disk', compute);
  await cache('a').get('other', { key: 1 }, 'disk', compute);
  expect(computed).toBe(3);
});

test('who come at the same time wait for one of them', async () => {
  let computed = 0;
  const slow = async () => {
    computed++;
    await sleep(50);
    return output;
  };
  await Promise.all(Array.from({ length: 5 }, () => cache('b').get('stage', 1, 'disk', slow)));
  expect(computed).toBe(1);
  expect(readdirSync(folder.in('b/stage'))).toHaveLength(1);
});

test('when computing fails nothing is kept, and the next one tries', async () => {
  const fail = () => {
    throw new TypeError('no');
  };
  await expect(cache('c').get('stage', 1, 'disk', fail)).rejects.toThrow(TypeError);
  expect(await cache('c').get('stage', 1, 'disk', () => 5)).toBe(5);
});

test('a damaged file is made anew', async () => {
  await cache('d').get('stage', 1, 'disk', () => output);
  const [name] = readdirSync(folder.in('d/stage'));
  const file = folder.in(`d/stage/${name}`);
  const bytes = readFileSync(file);
  bytes[bytes.length - 3] ^= 1;
  writeFileSync(file, bytes);
  expect(await cache('d').get('stage', 1, 'disk', () => 'new')).toBe('new');
  expect(await cache('d').get('stage', 1, 'disk', () => 'newer')).toBe('new');
});

test('a folder that cannot be written is told apart from what goes wrong in a run', async () => {
  folder.put('file', '');
  await expect(cache('file').get('stage', 1, 'disk', () => 1)).rejects.toThrow(OutputError);
});

test('in memory only the last output of a stage stays, and nothing is written', async () => {
  const own = cache('e');
  const values = [];
  for (const key of [1, 1, 2, 1]) values.push(await own.get('stage', key, 'memory', () => values.length));
  expect(values).toEqual([0, 0, 2, 3]);
  expect(readdirSync(folder.path)).not.toContain('e');
});

test('a run has the same numbers without a cache, with an empty one, and with a full one', async () => {
  const config = decodeRankingConfig(
    {
      seeds: 2,
      data: { synthetic: { trainQueries: 10, validationQueries: 5, testQueries: 5, features: 3 } },
      simulation: { sessions: 500, validationSessions: 100, randomisedSessions: 200, clickModel: 'trust-bias', temperature: 0.5 },
      training: { steps: 5 },
      estimators: ['production', 'naive', 'affine', 'dual-learning'],
      evaluation: { metrics: ['ndcg@5'], searchSessions: { count: 10 } },
    },
    'test',
  );
  const run = async (stages?: ReturnType<typeof cache>) => {
    const { result } = await runTask(builtIn().tasks.ranking, config, stages && { stages });
    return JSON.stringify(result, (_, part) => (part instanceof Float64Array ? [...part] : part));
  };
  const without = await run();
  expect([await run(cache('f')), await run(cache('f'))]).toEqual([without, without]);
  expect(readdirSync(folder.in('f/simulate'))).toHaveLength(2); // one for each seed
});
