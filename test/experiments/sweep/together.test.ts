import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { type Ended, ended, runProgram, startProgram, tinyConfig } from './run-program.ts';

const folder = temporaryFolder();
const config = folder.put('tiny.yaml', tinyConfig);
const runsOf = (out: string) => JSON.parse(readFileSync(folder.in(`${out}/sweep.json`), 'utf8')).runs as { id: string }[];
/** What is half written below a folder; one that goes while it is read is one of these. */
function leftOver(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /\.partial|\.tmp|\.new$/.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [(error as NodeJS.ErrnoException).path as string];
  }
}

test('sweeps that extend one folder at once lose no run', async () => {
  const words = (seeds: string) => ['sweep', config, `seed=${seeds}`, '--out', folder.in('wide'), '--quiet', '-j', '1'];
  expect(await runProgram(words('1..2'))).toMatchObject({ code: 0 });
  const all = await Promise.all(['3..4', '5..6', '7..8'].map((seeds) => runProgram([...words(seeds), '--extend'])));
  expect(all.map(({ code, err }) => [code, err])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  expect(runsOf('wide')).toHaveLength(8);
  expect(readdirSync(folder.in('wide/runs'))).toHaveLength(8);
});

test('a finished run whose file is emptied is done again, and that is said; a report names the file', async () => {
  const [{ id }] = runsOf('wide') as [{ id: string }];
  const file = folder.in(`wide/runs/${id}/config.json`);
  const before = readFileSync(file, 'utf8');
  truncateSync(file);
  expect(await runProgram(['report', folder.in('wide')])).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^error: [^\n]*config\.json: [^\n]*\n$/),
  });
  const again = await runProgram(['sweep', folder.in('wide'), '--quiet']);
  expect(again).toMatchObject({ code: 0, err: expect.stringMatching(/^note: [^\n]*config\.json: [^\n]*; the run is done again\n$/) });
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(readdirSync(folder.in('wide/damaged'))).toEqual([id]);
});

test('a sweep whose folder is removed while it runs fails in one line, and makes none of it anew', async () => {
  const running = ended(startProgram(['sweep', config, 'seed=1..60', '--out', folder.in('gone'), '--quiet', '-j', '2']));
  while (readdirSync(folder.path).every((name) => name !== 'gone') || readdirSync(folder.in('gone')).every((name) => name !== 'runs'))
    await sleep(50);
  renameSync(folder.in('gone'), folder.in('elsewhere')); // at once, where removing races with what is written meanwhile
  expect(await running).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^error: ".*gone" was removed or moved [^\n]+\n$/) });
  await sleep(500); // workers see that their parent has gone
  expect(readdirSync(folder.path)).not.toContain('gone');
  rmSync(folder.in('elsewhere'), { recursive: true });
});

test('a plugin that changed is told before anything is added', async () => {
  const plugin = folder.put(
    'own.mjs',
    "import { naive } from 'counterrank/estimators';\nexport const estimators = { own: { ...naive, description: 'own' } };\n",
  );
  const words = (seeds: string, ...more: string[]) => [
    ...[
      'sweep',
      config,
      `seed=${seeds}`,
      'estimator=own',
      '--plugin',
      plugin,
      '--out',
      folder.in('plugged'),
      '--quiet',
      '-j',
      '1',
      ...more,
    ],
  ];
  expect(await runProgram(words('1,2'))).toMatchObject({ code: 0, err: '' });
  writeFileSync(plugin, `${readFileSync(plugin, 'utf8')}// changed\n`);
  const refused = {
    code: 2,
    err: expect.stringMatching(/^error: plugin ".*own\.mjs" has changed since the sweep in .*another --out[^\n]*\n$/),
  };
  expect(await runProgram(words('1,2'))).toMatchObject(refused);
  expect(await runProgram(words('3', '--extend').map((word) => word.replace('seed=3', 'seed=3,4')))).toMatchObject(refused);
  expect(await runProgram(['sweep', folder.in('plugged')])).toMatchObject(refused);
  expect(runsOf('plugged')).toHaveLength(2);
});

const signals = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const;
const works = [
  [['run', config, 'seeds=8', '--quiet', '-j', '2'], 500],
  [['sweep', config, 'seed=1..8', '--quiet', '-j', '2'], 900],
] as const;
const moments = signals.flatMap(([signal, code]) =>
  works.flatMap(([words, wait]) => [1, 2, 3, 4].map((i) => [signal, words[0], wait * i, code, words] as const)),
);

test.concurrent.each(moments)(
  '%s ends a %s after %d ms with its number, without a stack, and nothing half written is left',
  async (signal, verb, wait, code, words) => {
    const place = folder.in(`${signal}-${verb}-${wait}`);
    mkdirSync(place);
    const child = startProgram([...words, '--out', `${place}/out`]);
    let how: string | null = null;
    child.on('exit', (_, by) => {
      how = by;
    });
    const end: Promise<Ended> = ended(child);
    await sleep(wait);
    child.kill(signal);
    const { code: found, err } = await end;
    expect(how === signal || found === code || found === 0).toBe(true);
    expect(err).not.toMatch(/\n\s+at /);
    let left = leftOver(place);
    for (let i = 0; i < 40 && left.length > 0; i++) {
      await sleep(250); // workers see that their parent has gone
      left = leftOver(place);
    }
    expect(left).toEqual([]);
  },
  600_000,
);
