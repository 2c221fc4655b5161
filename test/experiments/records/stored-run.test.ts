import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { checkStoredRun, readStoredRun } from '../../../experiments/records/stored-run.ts';
import { tableOf, valuesByUnit } from '../../../experiments/records/stored-tables.ts';
import { writeMlflow } from '../../../experiments/trackers/write-mlflow.ts';
import { writeTensorboard } from '../../../experiments/trackers/write-tensorboard.ts';
import { DataError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinyRun } from '../tiny-runs.ts';

const home = temporaryFolder();
beforeAll(() => writeTinyRun(home.in('run')));

let copies = 0;
const copy = (): string => {
  const path = home.in(`copy-${++copies}`);
  cpSync(home.in('run'), path, { recursive: true });
  return path;
};
const json = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** A run folder as somebody may send it: changed, and its checksums with it. */
function forged(change: (folder: string) => void): string {
  const folder = copy();
  const { files: _sums, ...status } = json(folder, 'status.json');
  writeFileSync(join(folder, 'status.json'), JSON.stringify(status));
  change(folder);
  return folder;
}
/** Puts a text in place of another wherever it stands. */
const replaced = (from: string, to: string) =>
  forged((folder) => {
    for (const name of files(folder).filter((file) => /^[^/]+\.(csv|json)$/.test(file))) {
      const text = readFileSync(join(folder, name), 'utf8');
      const [before, after] = name.endsWith('.json') ? [JSON.stringify(from), JSON.stringify(to)] : [from, to];
      writeFileSync(join(folder, name), text.replaceAll(before, after));
    }
  });

const hostile = [
  '../../x',
  '/tmp/x',
  'a\u0000b',
  'con',
  'x'.repeat(300),
  '<img src=x>',
  'a\nb',
  '..',
  '',
  'a\\b',
  '\u001b[2J',
  'é'.repeat(150),
];
const outside = (name: string) => existsSync(home.in('x')) || existsSync('/tmp/x') || existsSync(join(home.in(name), 'x'));

describe.each([
  ['label', 'ips'],
  ['metric', 'ndcg@10'],
  ['seed', '2'],
])('a hostile %s', (_, from) => {
  test.each(hostile)('%j is refused in one line with the file, and nothing is written', async (to) => {
    const folder = replaced(from, to);
    const store = home.in(`store-${copies}`);
    const writeAll = async () => {
      const runs = await collectRecords([folder]);
      await writeMlflow(store, runs);
      await writeTensorboard(store, runs);
    };
    const fault: Error = await writeAll().then(
      () => new Error('taken'),
      (error) => error,
    );
    expect(fault).toBeInstanceOf(DataError);
    expect(fault.message).toMatch(/^[^\n]*\/copy-\d+\/(config|study|status)\.json: [^\n]*the run was damaged/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would take for an order
    expect(fault.message).not.toMatch(/[\u0000-\u001f]/);
    expect([existsSync(store), outside('store')]).toEqual([false, false]);
  });
});

const changeJson = (name: string, change: (value: ReturnType<typeof json>) => unknown) => (folder: string) =>
  writeFileSync(join(folder, name), JSON.stringify(change(json(folder, name))));
const changeText = (name: string, change: (text: string) => string) => (folder: string) =>
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));

test.each<[string, (folder: string) => void, RegExp]>([
  ['a key that leads elsewhere', changeJson('config.json', (config) => ({ ...config, '../../x': 1 })), /config\.json: a key/],
  ['a deep key', changeJson('config.json', (config) => ({ ...config, data: { 'a/../../b': 1 } })), /config\.json: a key/],
  ['groups without end', changeText('config.json', (text) => text.replace('{', `{"a":${'['.repeat(9999)}${']'.repeat(9999)},`)), /deep/],
  ['a number too large', changeText('config.json', (text) => text.replace('{', '{"a":1e999,')), /too large/],
  ['a terminal order', changeJson('config.json', (config) => ({ ...config, a: '\u001b[2J' })), /control characters/],
  ['no methods', changeJson('config.json', (config) => ({ ...config, estimators: [] })), /estimators: must be at least one method/],
  ['no seeds', changeJson('config.json', (config) => ({ ...config, seeds: [] })), /seeds: must be at least one seed/],
  ['seeds that are numbers', changeJson('config.json', (config) => ({ ...config, seeds: [1, 2] })), /seeds\.0: must be text/],
  ['a config that is a list', changeJson('config.json', () => []), /config\.json: /],
  ['overrides that are none', changeJson('overrides.json', () => [{}]), /overrides\.json: 0: must be text/],
  [
    'a time that is none',
    changeJson('status.json', (status) => ({ ...status, wallSeconds: { total: 'x' } })),
    /status\.json: wallSeconds\.total/,
  ],
  ['another method', changeJson('study.json', (study) => ({ ...study, methods: study.methods.slice(1) })), /study\.json: methods are/],
  ['no metrics', changeJson('study.json', (study) => ({ ...study, metrics: [] })), /study\.json: metrics: must be at least one/],
  [
    'a table of another file',
    changeJson('study.json', (study) => ({ ...study, tables: [{ ...study.tables[0], name: 'metrics' }] })),
    /tables\.0\.name/,
  ],
  [
    'a table elsewhere',
    changeJson('study.json', (study) => ({ ...study, tables: [{ ...study.tables[0], name: '../x' }] })),
    /tables\.0\.name/,
  ],
  ['a series elsewhere', changeText('study.json', (text) => text.replaceAll('loss/training', 'loss/../../../x')), /series/],
  ['a column called seed', changeText('study.json', (text) => text.replaceAll('"step"', '"seed"')), /column/],
  ['no study.json', (folder) => rmSync(join(folder, 'study.json')), /copy-\d+\/study\.json: is missing/],
  ['an empty study.json', (folder) => truncateSync(join(folder, 'study.json')), /study\.json: not JSON/],
  ['an empty metrics.csv', (folder) => truncateSync(join(folder, 'metrics.csv')), /metrics\.csv:1: no column "seed"/],
  ['metrics without rows', changeText('metrics.csv', (text) => `${text.split('\n')[0]}\n`), /metrics\.csv: 24 rows are missing/],
  [
    'a metric row twice',
    changeText('metrics.csv', (text) => text + text.split('\n')[1]),
    /metrics\.csv: a row too many, of "1", "production", "ndcg@10"/,
  ],
  ['a row of another seed', changeText('metrics.csv', (text) => text.replaceAll('\n2,', '\n7,')), /a row too many, of "7"/],
  [
    'a number in another form',
    changeText('metrics.csv', (text) => text.replace(/(\n1,naive,ndcg@10,)[^,]*/, '$10x10')),
    /expected a number, got "0x10"/,
  ],
  ['an infinite number', changeText('metrics.csv', (text) => text.replace(/(\n1,naive,ndcg@10,)[^,]*/, '$11e999')), /expected a number/],
])('a run folder with %s is refused', async (_, change, message) => {
  const folder = forged(change);
  await expect(readStoredRun(folder)).rejects.toThrow(DataError);
  await expect(readStoredRun(folder)).rejects.toThrow(message);
});

test.each<[string, (folder: string) => void, RegExp]>([
  ['is missing', (folder) => rmSync(join(folder, 'curves.csv')), /curves\.csv: is missing/],
  ['is empty', (folder) => truncateSync(join(folder, 'curves.csv')), /curves\.csv:1: no column/],
  [
    'has rows of another method',
    changeText('curves.csv', (text) => text.replaceAll(',naive,', ',other,')),
    /curves\.csv: a row of seed "1" and method "other"/,
  ],
  ['has half a step', changeText('curves.csv', (text) => text.replace(/(\n1,naive,)\d+/, '$11.5')), /curves\.csv: expected a whole number/],
])('a table that %s is told of, with the file', async (_, change, message) => {
  const run = await readStoredRun(forged(change));
  const curves = run.study.tables.find(({ name }) => name === 'curves');
  await expect(tableOf(run, curves as never)).rejects.toThrow(message);
});

test('a pipe in the place of a file is not waited for', async () => {
  const folder = forged((forgedFolder) => {
    rmSync(join(forgedFolder, 'status.json'));
    execFileSync('mkfifo', [join(forgedFolder, 'status.json')]);
  });
  await expect(readStoredRun(folder)).rejects.toThrow(/status\.json: is no file/);
});

test('values by query that are gone are told of', async () => {
  const run = await readStoredRun(forged(changeText('per-query.csv', (text) => `${text.split('\n')[0]}\n`)));
  const read = async () => {
    for await (const { value } of valuesByUnit(run)) expect(value).toBeDefined();
  };
  await expect(read()).rejects.toThrow(/per-query\.csv: no values of production/);
});

test('every file of a run is checked: emptied, cut, changed by a letter or removed, it is told by name', async () => {
  const names = files(home.in('run'));
  expect(names).toEqual(expect.arrayContaining(['config.json', 'models/1/ips/weights.bin', 'report.html', 'status.json']));
  const folder = copy();
  const damages: Record<string, (file: string, bytes: Buffer) => void> = {
    emptied: (file) => truncateSync(file),
    removed: (file) => rmSync(file),
    changed: (file, bytes) =>
      writeFileSync(file, bytes.fill((bytes[bytes.length >> 1] as number) ^ 1, bytes.length >> 1, (bytes.length >> 1) + 1)),
  };
  for (const name of names.filter((one) => !/^models\/2|\/(naive|skyline|dual)/.test(one)))
    for (const [how, damage] of Object.entries(damages)) {
      const [file, bytes] = [join(folder, name), readFileSync(join(folder, name))];
      damage(file, Buffer.from(bytes));
      const fault = await checkStoredRun(folder).catch((error) => error);
      writeFileSync(file, bytes);
      if (name === 'status.json' && how === 'changed') continue; // of the times in it there is no second copy
      expect([how, String(fault)]).toEqual([how, expect.stringContaining(`${file}:`)]);
      expect(fault).toBeInstanceOf(DataError);
    }
  await checkStoredRun(folder);
});

test('a run that is whole passes, with names of other scripts', async () => {
  await checkStoredRun(home.in('run'));
  const folder = replaced('skyline', 'обратная вероятность');
  expect((await readStoredRun(folder)).methods.map(({ label }) => label)).toContain('обратная вероятность');
  mkdirSync(home.in('trackers'));
  await writeTensorboard(home.in('trackers'), await collectRecords([folder]));
  expect(readdirSync(join(home.in('trackers'), readdirSync(home.in('trackers'))[0] as string))).toContain('обратная вероятность');
});
