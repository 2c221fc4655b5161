import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { decodeRankingConfig as decodeConfig, readRankingConfig } from '../../../experiments/catalogue/ranking-config.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const readConfig = async (...words: Parameters<typeof readRankingConfig>) => (await readRankingConfig(...words)).config;
mkdirSync(folder.in('presets'));
mkdirSync(folder.in('deep'));
folder.put('base.yaml', 'name: base\nseeds: 3\nsimulation: {sessions: 1e4, clickModel: {name: trust-bias}}\nestimators: [naive, ips]\n');
folder.put('presets/mine.yaml', 'simulation: {positions: 3}\nestimators: [naive, ips]\n');
const read = (name: string, text: string, overrides: string[] = []) => readConfig(folder.put(name, text), overrides);

describe('extends', () => {
  test('groups are merged, lists and groups of another name replaced; paths are relative to the file that names them', async () => {
    folder.put('deep/middle.yaml', 'extends: ../base.yaml\nsimulation: {noise: 0.2}\n');
    const config = await read('top.yaml', 'extends: deep/middle.yaml\nsimulation: {clickModel: {name: cascade}}\nestimators: [naive]\n');
    expect(config).toMatchObject({
      name: 'base',
      seeds: ['1', '2', '3'],
      simulation: { sessions: 1e4, noise: 0.2, clickModel: { name: 'cascade' } },
    });
    expect(config.estimators.map(({ name }) => name)).toEqual(['naive']);
    expect(config.simulation.clickModel).toEqual({ name: 'cascade' }); // no option of trust-bias left
  });

  test('of several files the later win', async () => {
    folder.put('other.yaml', 'name: other\nsimulation: {sessions: 5}\n');
    expect((await read('both.yaml', 'extends: [base.yaml, other.yaml]\n')).simulation.sessions).toBe(5);
    expect((await read('both.yaml', 'extends: [other.yaml, base.yaml]\n')).simulation.sessions).toBe(1e4);
  });

  test('files that each extend two times the next are given up', async () => {
    for (let i = 0; i < 30; i++) folder.put(`bomb${i}.yaml`, `extends: [bomb${i + 1}.yaml, bomb${i + 1}.yaml]\n`);
    folder.put('bomb30.yaml', 'seeds: 1\n');
    await expect(readConfig(folder.in('bomb0.yaml'))).rejects.toThrow(/^\S+bomb0\.yaml builds on more than 100 files, some perhaps again/);
    expect((await readConfig(folder.in('bomb26.yaml'))).seeds).toEqual(['1']); // 31 files
  });

  test('a circle and a missing file are told with the files in between', async () => {
    folder.put('a.yaml', 'extends: b.yaml\n');
    folder.put('b.yaml', 'extends: a.yaml\n');
    await expect(readConfig(folder.in('a.yaml'))).rejects.toThrow(/extends itself: .*a\.yaml → .*b\.yaml → .*a\.yaml/);
    await expect(read('lost.yaml', 'extends: none.yaml\n')).rejects.toThrow(
      /cannot read the config ".*none\.yaml", which ".*lost\.yaml" extends: no such file/,
    );
    await expect(read('odd.yaml', 'extends: 5\n')).rejects.toThrow(/extends: must be text or a list of texts, got 5/);
  });
});

describe('presets', () => {
  test("one of the folder's own, or one that is shipped, lies below the file's keys and above what it extends", async () => {
    const config = await read('own.yaml', 'extends: base.yaml\npreset: [mine, cascade]\nsimulation: {positions: 4}\n');
    expect(config.simulation).toMatchObject({ positions: 4, clickModel: { name: 'cascade' }, sessions: 1e4 });
    expect(config.estimators.map(({ name }) => name)).toEqual(['naive', 'ips']);
  });

  test('typed, it lies above the file, and what is typed after it above that', async () => {
    const text = 'extends: base.yaml\nsimulation: {positions: 4}\n';
    expect((await read('p.yaml', text, ['preset=mine'])).simulation.positions).toBe(3);
    expect((await read('p.yaml', text, ['preset=mine', 'simulation.positions=9'])).simulation.positions).toBe(9);
    expect((await read('p.yaml', text, ['simulation.positions=9', 'preset=mine'])).simulation.positions).toBe(3);
  });

  test('an unknown name is told the known ones', async () => {
    await expect(read('p.yaml', 'preset: trust-bais\n')).rejects.toThrow(
      /preset: unknown name "trust-bais"; did you mean "trust-bias"\? known: .*mine/,
    );
  });

  test('a fault in one, or in a file that is extended, names that file; one of the config itself or of what is typed does not', async () => {
    folder.put('presets/wrong.yaml', 'simulation: {positons: 3, noise: 2}\nestimators: [naive, {name: ips, propensity: orakle}]\n');
    folder.put('base-wrong.yaml', 'trainig: {}\nsimulation: {positons: 4}\nestimators: [lost]\n');
    const faults = async (text: string, overrides: string[] = []) => {
      const { message } = (await read('blame.yaml', text, overrides).catch((error: unknown) => error)) as Error;
      return Object.fromEntries(
        [...message.matchAll(/^ *(?:\S*blame\.yaml: )?([\w.]+): .*?(?:\(in \S*?([\w-]+\.yaml)\))?$/gm)].map(([, key, file]) => [key, file]),
      );
    };
    expect(await faults('extends: base-wrong.yaml\npreset: wrong\nsimulation: {noise: 3}\nsede: 1\n')).toEqual({
      trainig: 'base-wrong.yaml',
      'simulation.positons': 'wrong.yaml', // the later of the two that say it
      'simulation.noise': undefined,
      'estimators.1.propensity': 'wrong.yaml',
      sede: undefined,
    });
    expect(await faults('seeds: 2\n', ['preset=wrong', 'simulation.noise=5', 'estimators.0=isp'])).toEqual({
      'simulation.positons': 'wrong.yaml',
      'simulation.noise': undefined,
      'estimators.0': undefined,
      'estimators.1.propensity': 'wrong.yaml',
    });
  });

  test.each(['cascade', 'deep-ranker', 'smoke', 'top-5', 'trust-bias'])('%s goes with the quickstart', async (preset) => {
    await expect(readConfig('experiments/configs/quickstart.yaml', [`preset=${preset}`])).resolves.toHaveProperty('name', 'quickstart');
  });
});

describe('the singular forms', () => {
  test('seed and estimator stand for lists of one; one method alone has no baseline', () => {
    const config = decodeConfig({ seed: 3, estimator: { name: 'clipped-ips', clip: 0.2 } }, 'x');
    expect(config).toMatchObject({ seeds: ['3'], baseline: null, estimators: [{ name: 'clipped-ips', clip: 0.2 }] });
    expect(decodeConfig(structuredClone(config), 'x')).toEqual(config);
    expect(Object.keys(config)).toEqual(Object.keys(decodeConfig({}, 'x')));
  });

  test('a list has as many seeds as a number can ask for', () => {
    const seeds = Array.from({ length: 100_001 }, (_, i) => i);
    expect(() => decodeConfig({ seeds }, 'x')).toThrow(/seeds: must be at most 100000 seeds, got \["0","1",/);
    expect(decodeConfig({ seeds: seeds.slice(1) }, 'x').seeds).toEqual(decodeConfig({ seeds: 100_000 }, 'x').seeds);
  });

  test('replace the plural of a lower layer, and the other way round', async () => {
    expect(await read('s.yaml', 'extends: base.yaml\nseed: 9\nestimator: ips\n')).toMatchObject({
      seeds: ['9'],
      estimators: [{ name: 'ips' }],
      baseline: null,
    });
    expect(await readConfig(folder.in('base.yaml'), ['estimator.name=clipped-ips', 'estimator.clip=0.3', 'seed=2'])).toMatchObject({
      seeds: ['2'],
      estimators: [{ name: 'clipped-ips', clip: 0.3 }],
    });
    expect((await readConfig(folder.in('s.yaml'), ['seeds=2'])).seeds).toEqual(['1', '2']);
  });

  test('both at once are a fault, in a file and on a command line; so is a range where one run is asked for', async () => {
    await expect(read('two.yaml', 'seed: 1\nseeds: 2\nestimator: ips\nestimators: [ips]\n')).rejects.toThrow(
      /seed: says the same as seeds.*\n.*estimator: says the same as estimators/,
    );
    await expect(readConfig(folder.in('base.yaml'), ['seed=1', 'seeds=2'])).rejects.toThrow(/"seed=1" and "seeds=2" say the same thing/);
    await expect(readConfig(folder.in('base.yaml'), ['seed=1..3'])).rejects.toThrow(/stands for several values; counterrank sweep/);
  });

  test.each([
    [['seed=1', 'seed=1'], '"seed=1" and "seed=1" say the same thing; give one of them'],
    [['simulation.sessions=5', 'simulation.sessions=6'], '"simulation.sessions=5" and "simulation.sessions=6" say the same thing'],
    [
      ['estimator.clip=0.1', 'estimator=clipped-ips'],
      '"estimator=clipped-ips" would undo "estimator.clip=0.1", which is typed before it; give estimator first',
    ],
    [['ranker.hidden.0=4', 'seed=1', 'ranker={name: mlp}'], '"ranker={name: mlp}" would undo "ranker.hidden.0=4"'],
  ])('no word undoes another one: %j', async (words, message) => {
    await expect(readConfig(folder.in('base.yaml'), words)).rejects.toThrow(message);
  });

  test('a word may refine one before it, and several presets lie over each other', async () => {
    const { estimators } = await readConfig(folder.in('base.yaml'), [
      'preset=smoke',
      'estimator=clipped-ips',
      'preset=cascade',
      'estimator.clip=0.3',
    ]);
    expect(estimators).toMatchObject([{ name: 'clipped-ips', clip: 0.3 }]);
  });

  test('a text of blanks names no data', async () => {
    for (const key of ['data.path', 'data.train'])
      await expect(readConfig(folder.in('base.yaml'), [`${key}=" "`])).rejects.toThrow(`${key}: must name a file or folder, got " "`);
  });

  test('0x10 is no number in a file either', async () => {
    await expect(read('hex.yaml', 'simulation: {sessions: 0x10}\n')).rejects.toThrow('simulation.sessions: must be a number, got "0x10"');
    expect(await read('hex.yaml', 'seed: 0x1f\n')).toMatchObject({ seeds: ['0x1f'] });
  });

  test('a range is not the name of one seed, and a broken one is no name either', async () => {
    for (const text of ['seed: 1..3', 'seed: 1..x', 'seeds: [1..3]', 'seeds: [1..]'])
      await expect(read('range.yaml', `${text}\n`)).rejects.toThrow(
        /range\.yaml: seeds?.*: must be one seed: several are seeds: \[1, 2, 3\]/,
      );
    await expect(readConfig(folder.in('base.yaml'), ['seed=0..x'])).rejects.toThrow(/"seed=0\.\.x": 0\.\.x is no range/);
    expect(decodeConfig({ seeds: ['v1.2', 'a..b'] }, 'x').seeds).toEqual(['v1.2', 'a..b']);
  });

  test('their faults have their own paths', () => {
    expect(() => decodeConfig({ seed: '../x', estimator: 'isp' }, 'x')).toThrow(UsageError);
    expect(() => decodeConfig({ seed: '../x', estimator: 'isp' }, 'x')).toThrow(
      /seed: must name a file[\s\S]*estimator: unknown name "isp"; did you mean "ips"/,
    );
  });
});

describe('files that are no configs', () => {
  test.each([
    ['an alias of nothing', 'name: *x\n', /alias\.yaml: Unresolved alias/],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]\n`,
      /alias\.yaml: Excessive alias count/,
    ],
    ['two documents', 'name: one\n---\nname: two\n', /alias\.yaml:2:1: a second YAML document; a config is one/],
    ['YAML 1.1, where 010 is 8', '%YAML 1.1\n---\nseeds: 010\n', /alias\.yaml:1:1: in YAML "%YAML 1\.1" is a directive/],
    ['a value of another type', 'seeds: 2\nname: !!binary aGVsbG8=\n', /alias\.yaml:2:7: in YAML "!!binary" gives a value another type/],
    ['a key twice', 'seeds: 2\ndata: {a: 1, a: 2}\n', /alias\.yaml:2:14: Map keys must be unique$/],
    ['a key twice, as number and as text', 'data: {gains: {1: 1, "1": 2}}\n', /alias\.yaml:1:22: Map keys must be unique$/],
    ['a list as a key', 'data: {gains: {[1, 2]: 3}}\n', /alias\.yaml:1:16: a key must be a text$/],
    ['an alias as a key', 'data: {gains: {&a 1: 1, *a : 2}}\n', /alias\.yaml:1:25: a key must be a text$/],
    ['51 lists', `data: \n  x: ${'['.repeat(49)}${']'.repeat(49)}\n`, /alias\.yaml:2:54: more than 50 lists and groups within each other$/],
    [
      '51 groups',
      Array.from({ length: 51 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
      /alias\.yaml:51:52: more than 50 lists and groups/,
    ],
    [
      'aliases without end',
      `a: [${Array.from({ length: 101 }, (_, i) => `&a${i} x, *a${i}`)}]\n`,
      /alias\.yaml:1:\d+: more than 100 aliases; write the values out$/,
    ],
    ['words without end', `a: [${'1,'.repeat(400_000)}]\n`, /alias\.yaml:1:\d+: more than 1000000 words and marks: it is something else$/],
    ['text that is not UTF-8', Buffer.from('name: caf\xe8\n', 'latin1'), /alias\.yaml: not UTF-8: convert it/],
  ])('%s: one line that names the file', async (_, text, message) => {
    writeFileSync(folder.in('alias.yaml'), text);
    const read = readRankingConfig(folder.in('alias.yaml'));
    await expect(read).rejects.toThrow(DataError);
    await expect(read).rejects.toThrow(message);
  });

  test('60,000 keys, and 50 groups within each other, are read', async () => {
    const gains = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [String(i), i]));
    expect((await read('many.yaml', JSON.stringify({ data: { gains } }))).data.gains).toEqual(gains);
    await expect(read('deep.yaml', `data: \n  x: ${'['.repeat(48)}${']'.repeat(48)}\n`)).rejects.toThrow(/data\.x: unknown key/);
  }, 15_000); // quadratic, it would take a minute

  test('an empty file is a slip; all defaults are {}', async () => {
    for (const text of ['', '# nothing yet\n', '---\n'])
      await expect(readRankingConfig(folder.put('empty.yaml', text))).rejects.toThrow(/empty\.yaml: nothing is in it; .* is \{\}$/);
    expect((await readConfig(folder.put('empty.yaml', '{}'))).seeds).toHaveLength(5);
  });

  test('a file without end is given up', async () => {
    await expect(readRankingConfig('/dev/zero')).rejects.toThrow(/more than 4 MiB/);
    execFileSync('mkfifo', [folder.in('pipe.yaml')]); // that nobody writes to
    for (const base of ['pipe.yaml', '/dev/zero'])
      await expect(readRankingConfig(folder.put('endless.yaml', `extends: ${base}\n`))).rejects.toThrow(
        /^"\S+", which "\S+endless\.yaml" extends, is a pipe or a device, which may never end; name a file$/,
      );
  });

  test('what is typed may be a pipe', async () => {
    const pipe = folder.in('typed.yaml');
    execFileSync('mkfifo', [pipe]);
    const writing = writeFile(pipe, 'seeds: 2\n');
    expect((await readConfig(pipe)).seeds).toEqual(['1', '2']);
    await writing;
  });

  test('keys that every object has are keys like others: unknown', async () => {
    for (const key of ['toString', 'constructor', 'data.constructor', 'data.toString.x'])
      await expect(readRankingConfig(folder.put('keys.yaml', '{}'), [`${key}=1`])).rejects.toThrow(/unknown key/);
    await expect(readRankingConfig(folder.put('keys.yaml', '{}'), ['data.__proto__.scale=none'])).rejects.toThrow(
      /no config has a key __proto__/,
    );
    await expect(readRankingConfig(folder.put('keys.yaml', '__proto__: {name: x}\n'))).rejects.toThrow(/__proto__: unknown key/);
  });
});
