import { mkdirSync, readdirSync } from 'node:fs';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const home = temporaryFolder();
const presets = readdirSync('experiments/configs/presets').map((file) => file.replace(/\.\w+$/, ''));
const tasks = Object.entries(builtIn().tasks);
const read = (name: string, content: object, ...overrides: string[]) => readStudy(home.put(name, JSON.stringify(content)), overrides);

test.each(tasks.flatMap(([task, { examples }]) => presets.map((preset) => [task, preset, examples[0]] as const)))(
  '%s with preset=%s: no key of it is unknown',
  async (task, preset, example) => {
    const fault = await read(`${task}.json`, example, `preset=${preset}`).then(
      () => '',
      ({ message }: Error) => message,
    );
    expect(fault).not.toMatch(/unknown/);
    if (preset === 'smoke') expect(fault).toBe('');
    if (/none of that/.test(fault))
      expect(fault).toMatch(new RegExp(`^the preset ${preset} sets [^\\n]* task: ${task} has none of that: leave the preset out$`));
  },
);

test('what the task knows of it counts, before the file and after it; methods of another task do not', async () => {
  const bias = { task: 'bias', estimators: ['all-pairs'] };
  for (const { config } of [await read('a.json', bias, 'preset=trust-bias'), await read('b.json', { ...bias, preset: 'trust-bias' })]) {
    expect(config).toMatchObject({ simulation: { clickModel: { name: 'trust-bias' } }, estimators: [{ name: 'all-pairs' }] });
  }
  const { config } = await read('c.json', bias, 'preset=smoke');
  expect(config).toMatchObject({ seeds: ['1', '2'], simulation: { sessions: 1e4 }, training: { steps: 20 } });
});

test('a ranker that the task has no choice of is not left out alone', async () => {
  await expect(read('d.json', { task: 'implicit-feedback' }, 'preset=lambdamart')).rejects.toThrow(
    /the preset lambdamart sets ranker\.name, .* none of that/,
  );
});

test('an unknown key of the user is a fault, in a preset of the user too', async () => {
  mkdirSync(home.in('presets'));
  home.put('presets/mine.yaml', 'evaluation: {searchSessions: {count: 20}}');
  await expect(read('e.json', { task: 'bias' }, 'preset=mine')).rejects.toThrow(/searchSessions: unknown key.*mine\.yaml/);
  await expect(read('f.json', { task: 'bias', evaluation: { searchSessions: { count: 2 } } }, 'preset=smoke')).rejects.toThrow(
    /searchSessions: unknown key/,
  );
});
