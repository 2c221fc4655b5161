import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { openCatalogue } from '../../../experiments/catalogue/open-catalogue.ts';
import { decodeStudy } from '../../../experiments/catalogue/read-study.ts';
import type { Picture } from '../../../experiments/charts/draw-svg.ts';
import { type Series, sharedSeries, type View } from '../../../experiments/charts/figure.ts';
import type { StudyConfig } from '../../../experiments/config/config-kind.ts';
import { configSchema } from '../../../experiments/config/config-schema.ts';
import { decode } from '../../../experiments/config/decode.ts';
import { makeRecord, type RunRecord } from '../../../experiments/engine/make-record.ts';
import { writeRun } from '../../../experiments/engine/write-run.ts';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { readTable } from '../../../experiments/records/table-files.ts';
import { tidyTable } from '../../../experiments/records/tidy-table.ts';
import { comparisonPage } from '../../../experiments/report/comparison-page.ts';
import { gatherReport } from '../../../experiments/report/gather-report.ts';
import type { Finding } from '../../../experiments/report/presentation.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import type { NoteRule } from '../../../experiments/summary/notes.ts';
import { carryOut } from '../../../experiments/sweep/carry-out.ts';
import { diskStageCache } from '../../../experiments/sweep/disk-stage-cache.ts';
import { type PlannedRun, planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { sweepPaths } from '../../../experiments/sweep/sweep-folder.ts';
import { meansOf, seriesOf } from '../../../experiments/tables/run-result.ts';
import type { Column, Table } from '../../../experiments/tables/table.ts';
import { createProgress } from '../../../experiments/terminal/progress.ts';
import { mlflowName } from '../../../experiments/trackers/mlflow-run.ts';
import { trackRuns } from '../../../experiments/trackers/track-runs.ts';
import { readCsv } from '../../../src/data/read-csv.ts';
import { type GenericSchema, safeParse } from '../../../src/schema.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { contents } from '../sweep/run-program.ts';

/** What every kind of study owes to the commands, sweeps, records, reports and trackers that know no more of it than that it is a task. */
const home = temporaryFolder();
const catalogue = await openCatalogue([{ path: resolve('test/experiments/tasks/coin-flip.ts') }]);
const ofPlugin = ['coin-flip'];
const decodeExample = (input: unknown) => decodeStudy(input, 'test', { catalogue }).config;

describe.each(Object.values(catalogue.tasks))('$name', (task) => {
  const bare = task.isDefault ? {} : { task: task.name };
  const standard = decodeExample(bare);
  const decoded = task.examples.map(decodeExample);

  if (!ofPlugin.includes(task.name))
    test('is simulated into files, or says what is in its stead', () => {
      expect((task.simulate === undefined) === (task.insteadOfSimulate !== undefined)).toBe(true);
    });

  describe('its configs', () => {
    const accepts = new Ajv().compile(configSchema(task));

    test('are what they are decoded to: the standard one, and every example', () => {
      for (const config of [standard, ...decoded]) expect(decodeExample(structuredClone(config))).toEqual(config);
      expect(decoded.map((config) => catalogue.taskOf(config, 'test').name)).toEqual(task.examples.map(() => task.name));
    });

    test('fit the JSON Schema, as typed and as decoded; so does every method', () => {
      for (const config of [bare, standard, ...task.examples, ...decoded]) expect([accepts(config), accepts.errors]).toEqual([true, null]);
      const needNothing = Object.entries(task.methods as Readonly<Record<string, { readonly options?: GenericSchema }>>)
        .filter(([, { options }]) => options === undefined || safeParse(options, {}).success)
        .map(([name]) => name);
      const all = { ...bare, estimators: needNothing, baseline: null };
      expect([accepts(all), accepts.errors]).toEqual([true, null]);
      expect(decode(task.run, all, 'test').estimators.map(({ name }) => name)).toEqual(all.estimators);
    });

    test('with an unknown key, however deep, are refused by JSON Schema and by decoding', () => {
      const wrong = [standard, ...decoded].flatMap(withStrayKeys);
      expect(wrong.length).toBeGreaterThan(2);
      for (const { path, config } of wrong) {
        expect([path, accepts(config)]).toEqual([path, false]);
        expect(() => decodeExample(config)).toThrow(`${path}: unknown key`);
      }
    });
  });

  test('says of every method, table and column what it is', () => {
    const words = [
      task.description,
      ...Object.values(task.methods).map(({ description }) => description),
      ...task.tables.map(({ description }) => description),
      ...task.tables.flatMap(({ columns }) => Object.values(columns).map(({ description }) => description)),
    ];
    expect(words.filter((text) => text.trim() === '')).toEqual([]);
    expect(words.length).toBeGreaterThan(task.tables.length);
  });

  describe.each(task.examples.map((example, e) => ({ example, config: decoded[e], e })))('example $e', ({ example, config, e }) => {
    const place = (name: string) => home.in(`${task.name}-${e}-${name}`);
    let record: RunRecord;
    beforeAll(async () => {
      record = await writeExample(place('once'));
    });

    async function writeExample(folder: string): Promise<RunRecord> {
      const request = { task, config: { ...config, backend: 'cpu' as const }, overrides: [], command: 'counterrank run example.yaml' };
      const made = await makeRecord(request, await openBackend('cpu'), createProgress({ write: () => true }, true));
      expect(await writeRun(folder, made)).toEqual({ folder, lost: [], pageFault: null });
      return made;
    }

    test('gives every metric a value, undefined only where it is counted as skipped', async () => {
      const { metrics, values, seeds, methods } = record.result;
      expect(metrics.filter(({ description, unit }) => description.trim() === '' || unit.trim() === '')).toEqual([]);
      expect(meansOf(record.result).flat(2).every(Number.isFinite)).toBe(true);
      const all = values.flat(2);
      expect(all).toHaveLength(seeds.length * methods.length * metrics.length);
      expect(all.some((ofUnits) => ofUnits.includes(Infinity) || ofUnits.includes(-Infinity))).toBe(false);
      const skipped = await cellsOf(join(place('once'), 'metrics.csv'), 'skipped');
      expect(skipped.map(Number)).toEqual(all.map((ofUnits) => ofUnits.filter(Number.isNaN).length));
    });

    test('is the same again, byte for byte', async () => {
      await writeExample(place('again'));
      expect(differences(place('again'), place('once'))).toEqual([]);
    });

    test('writes a study.json that says what the other files hold', () => {
      const { metrics } = record.result;
      const written = JSON.parse(readFileSync(join(place('once'), 'study.json'), 'utf8'));
      const methods = config.estimators.map(({ label, name }) => ({ label, name, reference: task.methods[name].reference === true }));
      expect(written).toEqual({ task: task.name, metrics, methods, tables: task.tables });
    });

    test.each(task.tables)('has the table $name, in memory and as a file, as it is declared', async (table) => {
      const file = join(place('once'), `${table.name}.csv`);
      const columns = Object.entries(table.columns);
      expect(readFileSync(file, 'utf8').split('\n')[0]).toBe(['seed', 'method', ...columns.map(([key]) => key)].join(','));
      for (const [key, of] of columns) expect([key, (await cellsOf(file, key)).filter((cell) => !isCellOf(of, cell))]).toEqual([key, []]);
      const stored = await readTable(place('once'), table);
      const rows = stored.flatMap(({ seed, method, rows }) => rows.map((row) => ({ seed, method, ...row })));
      expect(rows).toEqual(record.result.tables[table.name]);
    });

    /** The rows of a table by method, as they were found and as they were stored. */
    async function seriesByMethod(table: Table): Promise<{ title: string; found: readonly Series[]; stored: readonly Series[] }[]> {
      const stored = await readTable(place('once'), table);
      return record.result.methods.map((title) => ({
        title,
        found: seriesOf(record.result.tables[table.name], title),
        stored: stored.filter(({ method }) => method === title),
      }));
    }

    test('is drawn from its files as from memory, on the page of the run too', async () => {
      const drawn: View[] = [];
      for (const view of task.views) {
        const methods = await seriesByMethod(view.table);
        for (const { title, found, stored } of methods) expect(shown(view, title, stored)).toEqual(shown(view, title, found));
        const shared = (of: 'found' | 'stored') => sharedSeries(methods.map((one) => ({ title: one.title, series: one[of] })));
        expect(shared('stored').map(({ titles }) => titles)).toEqual(shared('found').map(({ titles }) => titles));
        if (methods.some(({ title, stored }) => shown(view, title, stored) !== null)) drawn.push(view);
      }
      expect(drawn.map(({ kind }) => kind)).toContain('figure');
      const page = readFileSync(join(place('once'), 'report.html'), 'utf8');
      for (const { title } of drawn) expect(page).toContain(`<h2>${title}</h2>`);
      expect(page).not.toMatch(/\b(undefined|NaN)\b/);
    });

    test('is told of from its files as from memory', async () => {
      for (const words of [...task.notes, ...task.findings])
        for (const { found, stored } of await seriesByMethod(words.table)) expect(told(words, stored)).toEqual(told(words, found));
    });

    describe('a sweep of it', () => {
      let runs: readonly PlannedRun[];
      beforeAll(async () => {
        const plugins = ofPlugin.includes(task.name) ? { plugins: catalogue.plugins.map(({ path }) => path) } : {};
        const file = home.put(`${task.name}-${e}.json`, JSON.stringify({ ...example, backend: 'cpu', ...plugins, seeds: undefined }));
        ({ runs } = await planSweep(file, { overrides: ['seed=1..2'], zip: [], skip: [] }));
        for (const run of runs) await carry(place('unbroken'), run);
      });

      async function carry(folder: string, { id, config, overrides }: PlannedRun): Promise<void> {
        mkdirSync(folder, { recursive: true });
        const { cache, claims } = sweepPaths(folder);
        const order = { folder, id, config, overrides, command: 'counterrank run' };
        expect(await carryOut(order, diskStageCache(cache, claims), () => {})).toMatchObject({ kind: 'finished', id });
      }

      test('goes on after it was cut off, to the files of an unbroken one', async () => {
        await carry(place('broken'), runs[0]);
        leaveHalf(place('broken'), runs[1].id);
        for (const run of runs) await carry(place('broken'), run);
        expect(differences(place('broken'), place('unbroken'))).toEqual([]);
        expect(readdirSync(sweepPaths(place('broken')).runs)).toHaveLength(runs.length);
      });

      test('finds with each seed what a run of both finds', async () => {
        const both = (name: string) => readFileSync(join(place('once'), name), 'utf8');
        const apart = (name: string) => runs.map(({ id }) => readFileSync(join(sweepPaths(place('unbroken')).runs, id, name), 'utf8'));
        for (const name of ['metrics.csv', 'per-query.csv', ...task.tables.map((table) => `${table.name}.csv`)]) {
          const [first, second] = apart(name);
          expect(first + second.slice(second.indexOf('\n') + 1)).toBe(both(name));
        }
      });

      test('is reported with a section for everything that there is to see', async () => {
        const report = await gatherReport([place('unbroken')], usualReport, 'counterrank report sweep', catalogue.presentations);
        const page = await comparisonPage(report);
        const seen = task.views.filter((view) =>
          report.details.some(({ seriesOf }) => view.kind !== 'listing' && shown(view, 'x', seriesOf(view.table.name)) !== null),
        );
        expect(seen.map(({ kind }) => kind)).toContain('figure');
        for (const { title } of seen) expect(page).toContain(`<h2>${title}</h2>`);
        expect(report.unknownTasks).toEqual([]);
        expect(page).not.toMatch(/\b(undefined|NaN)\b/);
      });

      test('is exported: a row for every value, a trial with its series for every method and seed', async () => {
        const stored = await collectRecords([place('unbroken')]);
        const { methods, metrics } = record.result;
        expect(tidyTable(stored).rows).toHaveLength(runs.length * methods.length * metrics.length);
        const lines = await trackRuns(stored, { mlflow: place('mlflow'), tensorboard: place('tensorboard') });
        const trials = runs.length * methods.length;
        expect(lines).toEqual([expect.stringContaining(`${trials} new runs`), expect.stringContaining(`${trials} event files`)]);
        const series = task.tables.flatMap(({ columns }) => Object.values(columns).flatMap((one) => one.series ?? []));
        const files = readdirSync(place('mlflow'), { recursive: true, encoding: 'utf8' });
        for (const name of series) expect(files.some((file) => file.endsWith(`metrics/${mlflowName(name)}`))).toBe(true);
      });
    });
  });
});

/** The config with a key that nobody knows, in every group that it has. */
function withStrayKeys(config: StudyConfig): { path: string; config: unknown }[] {
  const groups = (value: unknown, path: (string | number)[]): (string | number)[][] =>
    typeof value !== 'object' || value === null
      ? []
      : [...(Array.isArray(value) ? [] : [path]), ...Object.entries(value).flatMap(([key, part]) => groups(part, [...path, key]))];
  return groups(config, []).map((path) => {
    const copy = structuredClone(config);
    const group = path.reduce((value, key) => value[key] as never, copy as unknown as Record<string, unknown>);
    group.strayKey = 1;
    return { path: [...path, 'strayKey'].join('.'), config: copy };
  });
}

async function cellsOf(file: string, name: string): Promise<string[]> {
  const cells: string[] = [];
  for await (const [cell] of readCsv(file, [name])) cells.push(cell);
  return cells;
}

const cell: Readonly<Record<Column['type'], RegExp>> = {
  integer: /^-?\d+$/,
  number: /^(-?\d+(\.\d+)?(e[+-]\d+)?)?$/, // empty: NaN
  text: /^/,
  boolean: /^(true|false)$/,
};
const isCellOf = ({ type, optional }: Column, text: string): boolean => (optional && text === '') || cell[type].test(text);

/** Names of files that are not in both folders with the same content, but for what differs by the clock. */
function differences(a: string, b: string): string[] {
  const [one, other] = [contents(a), contents(b)];
  expect(other.size).toBeGreaterThan(0);
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
}

/** What a reader sees of a method; null for nothing. */
function shown(view: View, title: string, series: readonly Series[]): string | null {
  if (view.kind === 'digest') return view.cell(series) || null;
  if (view.kind === 'comparison')
    return drawnOf(view.draw(title, [{ title, seriesOf: (name) => (name === view.table.name ? series : []) }]));
  const seen = view.kind === 'figure' ? view.draw(title, series) : series.flatMap(({ rows }) => rows.map((row) => view.cells(row)));
  return seen === null || (Array.isArray(seen) && seen.length === 0) ? null : JSON.stringify(seen);
}

const drawnOf = (picture: Picture | null): string | null => picture && JSON.stringify(picture);

const told = (words: NoteRule | Finding, series: readonly Series[]): unknown =>
  'holds' in words ? series.map(({ seed, rows }) => [seed, rows.map(words.holds)]) : words.fault(series);

/** What a process leaves of a run that is killed while it writes: its log, and a folder that is not complete. */
function leaveHalf(folder: string, id: string): void {
  const { running } = sweepPaths(folder);
  const partial = join(running, `${id}.0a1b2c3d.partial`);
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(running, `${id}.log`), 'learn 0/4');
  writeFileSync(join(partial, 'metrics.csv'), 'seed,method,met');
}
