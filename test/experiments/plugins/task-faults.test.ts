import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCatalogue } from '../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../experiments/catalogue/read-study.ts';
import { makeRecord } from '../../../experiments/engine/make-record.ts';
import { runTask } from '../../../experiments/engine/run-task.ts';
import type { Learnt, Prepared, SeedStudy, Task } from '../../../experiments/engine/task.ts';
import { createProgress } from '../../../experiments/terminal/progress.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { tasks } from '../tasks/coin-flip.ts';

const folder = temporaryFolder();
const plain = tasks['coin-flip'].create() as unknown as Task;
const path = '/here/coin.ts';

/** A study of the task of a plugin that is changed so. */
function studyOf(changes: Partial<Task>) {
  const entry = { description: 'coin', create: () => ({ ...plain, ...changes }) };
  const plugin = { path, sha256: '', texts: new Map([[path, '']]), exports: { tasks: { 'coin-flip': entry } } };
  return decodeStudy({ task: 'coin-flip', seeds: 2 }, 'coin.yaml', { catalogue: createCatalogue([plugin]) });
}

/** What a run is told of where it is so. */
async function toldOf(changes: Partial<Task>): Promise<string> {
  try {
    const { task, config } = studyOf(changes);
    await runTask(task, config);
  } catch (error) {
    return error instanceof Error ? error.message : `not an error: ${error}`;
  }
  return 'nothing';
}

/** A task whose study of a seed, or what its methods learn, is changed. */
const seed = (change: (study: SeedStudy) => SeedStudy): Partial<Task> => ({
  async prepare(config, stages) {
    const prepared: Prepared = await plain.prepare(config, stages);
    return { ...prepared, seed: async (name) => change(await prepared.seed(name)) };
  },
});
const learnt = (change: (one: Learnt) => Learnt) =>
  seed((study) => ({ ...study, learn: async (method) => change(await study.learn(method)) }));

const fail = (thrown: unknown) => (): never => {
  throw thrown;
};
const places = (thrown: unknown): Record<string, Partial<Task>> => ({
  faults: { faults: fail(thrown) },
  metrics: { metrics: fail(thrown) },
  progressWords: { progressWords: fail(thrown) },
  prepare: { prepare: async () => fail(thrown)() },
  seed: seed(fail(thrown)),
  learn: learnt(fail(thrown)),
  evaluate: learnt((one) => ({ ...one, evaluate: fail(thrown) })),
});

test.each(Object.keys(places(null)))('what %s of a task throws is one line with the file of its plugin', async (place) => {
  const told = (thrown: unknown) => toldOf(places(thrown)[place]);
  expect(await told(new UsageError('no coin'))).toMatch(/^plugin \/here\/coin\.ts: no coin/);
  expect(await told('no coin')).toBe('plugin /here/coin.ts: threw no coin');
  const stack = { stack: `Error: no coin\n    at flip (${path}:7:3)` };
  expect(await told(Object.assign(new Error('no coin'), stack))).toBe('plugin /here/coin.ts: line 7: Error: no coin');
  const ofData = new DataError('no flips', { file: 'flips.txt', line: 3 });
  expect(await told(ofData)).toBe('flips.txt:3: no flips'); // where to look is said already
});

test.each<[string, Partial<Task>, RegExp]>([
  ['values of another type', learnt((one) => ({ ...one, evaluate: () => [[1], [1]] as never })), /must be a Float64Array/],
  [
    'a table that it does not declare',
    learnt((one) => ({ ...one, rows: [{ table: { ...plain.tables[0] }, rows: [] }] })),
    /is not among its tables/,
  ],
  ['rows of another type', learnt((one) => ({ ...one, rows: [{ table: plain.tables[0], rows: [{ guess: 'x' }] }] as never })), /row 1/],
])('%s are told with the file too', async (_, changes, message) => {
  const told = await toldOf(changes);
  expect(told).toMatch(/^plugin \/here\/coin\.ts: /);
  expect(told).toMatch(message);
});

test('what is right goes through', async () => expect(await toldOf({})).toBe('nothing'));

test('words on numbers that throw cost none of them: each is told in one line with the file', async () => {
  const [{ words: note }] = plain.notes;
  const [{ words: finding }] = plain.findings;
  const { task, config } = studyOf({
    notes: plain.notes.map((one) => ({ ...one, holds: fail('no note') })),
    findings: plain.findings.map((one) => ({ ...one, fault: fail('no fault') })),
    remarks: [{ table: plain.tables[0], sentence: fail('no remark') }],
    warnings: fail('no warning'),
  });
  const { result, summary } = await makeRecord({ task, config, overrides: [], command: '' }, null, createProgress(process.stderr, true));
  const { result: whole, summary: said } = await makeRecord(
    { task: plain, config, overrides: [], command: '' },
    null,
    createProgress(process.stderr, true),
  );
  expect(result.values).toEqual(whole.values);
  expect({ ...summary, methods: [], remarks: [] }).toEqual({ ...said, methods: [], remarks: [] });
  expect(result.warnings).toEqual([
    `the finding "${finding}" cannot be told: plugin ${path}: threw no fault`,
    `what the task coin-flip warns of cannot be told: plugin ${path}: threw no warning`,
  ]);
  expect(summary.remarks).toEqual([
    `the note "${note}" cannot be told: plugin ${path}: threw no note`,
    `a remark on the table estimates cannot be told: plugin ${path}: threw no remark`,
  ]);
});

test('what a task cannot save is told, and nothing half written of it stays', async () => {
  const save = async (own: string) => {
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'half'), '');
    throw Object.assign(new TypeError('no pencil'), { stack: `TypeError: no pencil\n    at save (${path}:9:3)` });
  };
  const { task, config } = studyOf(learnt((one) => ({ ...one, save })));
  const lost = await (await runTask(task, config)).save(folder.path);
  expect(lost).toHaveLength(config.seeds.length * config.estimators.length);
  expect(lost[0]).toBe(`what ${config.estimators[0].label} learnt with seed 1 is not kept: plugin ${path}: line 9: TypeError: no pencil`);
  expect(readdirSync(folder.in('models/1'))).toEqual([]);
  const full = studyOf(learnt((one) => ({ ...one, save: fail(new UsageError('cannot write: the disk is full')) })));
  await expect((await runTask(full.task, config)).save(folder.path)).rejects.toThrow('the disk is full');
});
