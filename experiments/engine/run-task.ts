import { setImmediate } from 'node:timers/promises';
import type { Accounting } from '../../src/data/accounting.ts';
import { untilDone } from '../../src/data/unfinished.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { tableFindings } from '../report/table-findings.ts';
import { type RunResult, seriesOf } from '../tables/run-result.ts';
import type { OnProgress } from '../terminal/progress.ts';
import { runSeed, type SeedOutcome, saveSeed } from './run-seed.ts';
import type { SeedHelpers, SeedWorker, Spent } from './seed-worker.ts';
import { noStageCache, type StageCache } from './stage-cache.ts';
import type { Task } from './task.ts';

/** A run that has ended. */
export interface FinishedRun {
  readonly result: RunResult;
  readonly accounting: readonly Accounting[]; // of the files of the data
  readonly helped: readonly Spent[]; // by each other process that had a part in it
  /** Writes what was learnt below a run folder. */
  save(folder: string): Promise<void>;
  /** Ends the other processes; nothing can be saved any more. */
  close(): void;
}

export interface RunTaskOptions {
  readonly onProgress?: OnProgress;
  /** What others are at; shown, not timed. */
  readonly onOthers?: OnProgress;
  /** Where what is drawn is shared with other runs; the numbers are the same with it and without. */
  readonly stages?: StageCache;
  readonly helpers?: SeedHelpers;
  /** Done while other processes are at their last seeds, and this one has none left. */
  readonly whileWaiting?: () => Promise<void>;
}

interface FinishedSeed {
  readonly outcome: SeedOutcome;
  save(folder: string): Promise<void>;
}

/** Milliseconds of work after which other processes are worth their start. */
const worthHelpers = 200;

/**
 * Runs a study: data → for every seed: what it draws → for every method: learn → evaluate. Numbers depend on the config only: seeds are
 * independent of each other, so which process does one changes nothing.
 */
export async function runTask(task: Task, config: StudyConfig, options: RunTaskOptions = {}): Promise<FinishedRun> {
  const { onProgress = () => {}, onOthers = () => {}, stages = noStageCache, helpers, whileWaiting } = options;
  const total = config.seeds.length * config.estimators.length;
  const progress = summedProgress(config.estimators.length);
  const own = progress.of(onProgress);
  onProgress({ stage: 'data', done: 0, total, detail: task.progressWords(config).data });
  const begun = performance.now();
  const queue = [...config.seeds.keys()];
  const seeds: FinishedSeed[] = [];
  const workers: SeedWorker[] = [];
  const helping: Promise<void>[] = [];
  const failures: unknown[] = [];
  let accounting: readonly Accounting[] = [];
  const help = async (worker: SeedWorker) => {
    for (let s = queue.shift(); s !== undefined; s = queue.shift()) {
      const place = s;
      seeds[place] = { outcome: await worker.run(place), save: (folder) => worker.save(place, folder) };
      progress.finished(worker);
    }
  };
  /** Gives way to what others have to say, and calls for them once it is known that there is work for them. */
  const pause = async () => {
    if (helpers !== undefined && workers.length === 0 && queue.length > 0 && performance.now() - begun > worthHelpers)
      for (let w = 0; w < Math.min(helpers.count, queue.length); w++) {
        const worker = helpers.start((event) => progress.of(onOthers, worker)(event));
        workers.push(worker);
        helping.push(help(worker).catch((error: unknown) => void failures.push(error)));
      }
    await setImmediate();
  };
  const close = () => {
    for (const worker of workers) worker.end();
  };
  try {
    const prepared = await task.prepare(config, stages);
    accounting = prepared.accounting ?? [];
    for (let s = queue.shift(); s !== undefined && failures.length === 0; s = queue.shift()) {
      const { outcome, learnt } = await runSeed(task, config, prepared, s, own, pause);
      const seed = config.seeds[s];
      seeds[s] = { outcome, save: (folder) => saveSeed(folder, seed, config, learnt) };
      progress.finished(null);
    }
    if (helping.length > 0) await Promise.all([...helping, whileWaiting?.()]);
    if (failures.length > 0) throw failures[0];
  } catch (error) {
    queue.length = 0;
    close();
    throw error;
  }
  onProgress({ stage: 'done', done: total, total, detail: '' });
  return {
    result: resultOf(
      task,
      config,
      seeds.map(({ outcome }) => outcome),
    ),
    accounting,
    helped: workers.flatMap((worker) => worker.spent() ?? []),
    async save(folder) {
      const done = untilDone(close); // who goes on writing into a folder that is removed makes it anew
      try {
        for (const seed of seeds) await seed.save(folder);
      } finally {
        done();
      }
    },
    close,
  };
}

/** `done` counts what all processes have done of the run. @param methods of a seed */
function summedProgress(methods: number) {
  let finished = 0;
  const within = new Map<SeedWorker | null, number>(); // by process: methods done of the seed that it is at
  return {
    of:
      (show: OnProgress, worker: SeedWorker | null = null): OnProgress =>
      (event) => {
        within.set(worker, event.done % methods);
        show({ ...event, done: [...within.values()].reduce((sum, done) => sum + done, finished * methods) });
      },
    finished(worker: SeedWorker | null) {
      finished++;
      within.set(worker, 0);
    },
  };
}

/** The seeds' outcomes put together, in the order of the seeds. */
function resultOf(task: Task, config: StudyConfig, outcomes: readonly SeedOutcome[]): RunResult {
  const [first] = outcomes;
  const result = {
    seeds: config.seeds,
    methods: config.estimators.map(({ label }) => label),
    metrics: task.metrics(config),
    values: outcomes.map(({ values }) => values),
    units: outcomes.map(({ units }) => units),
    tables: Object.fromEntries(task.tables.map(({ name }) => [name, outcomes.flatMap(({ tables }) => tables[name])])),
    warnings: first.warnings.map((text) => `with seed ${config.seeds[0]}: ${text}`),
  };
  const found = tableFindings(
    task.findings,
    result.methods.map((title) => ({ title, seriesOf: (table) => seriesOf(result.tables[table], title) })),
  );
  return { ...result, warnings: [...result.warnings, ...(task.warnings?.(result) ?? []), ...found] };
}
