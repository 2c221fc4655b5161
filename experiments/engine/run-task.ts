import { setImmediate } from 'node:timers/promises';
import type { Accounting } from '../../src/data/accounting.ts';
import { untilDone } from '../../src/data/unfinished.ts';
import { type Draw, drawSvg, smallPicture } from '../charts/draw-svg.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { tableFindings } from '../report/table-findings.ts';
import { toldOr } from '../summary/notes.ts';
import { type RunResult, seriesOf } from '../tables/run-result.ts';
import type { OnProgress } from '../terminal/progress.ts';
import { runSeed, type SeedOutcome, saveSeed } from './run-seed.ts';
import { ProcessDied, type SeedHelpers, type SeedWorker, type Spent } from './seed-worker.ts';
import { noStageCache, type StageCache } from './stage-cache.ts';
import type { Task } from './task.ts';

/** A run that has ended. */
export interface FinishedRun {
  readonly result: RunResult;
  readonly accounting: readonly Accounting[]; // of the files of the data
  readonly helped: readonly Spent[]; // by each other process that had a part in it
  /** Writes what was learnt below a run folder. @returns a sentence for each that could not be written */
  save(folder: string): Promise<string[]>;
  readonly draw: Draw;
  /** Ends the other processes; nothing can be saved any more. */
  close(): void;
}

/** Whom a run tells of its progress, and what it shares with others. */
export interface RunTaskOptions {
  readonly onProgress?: OnProgress;
  /** What others are at; shown, not timed. */
  readonly onOthers?: OnProgress;
  /** Where what is drawn is shared with other runs; the numbers are the same with it and without. */
  readonly stages?: StageCache;
  /** They also draw pictures; what time any process has left at the end, it gets ready for that. */
  readonly helpers?: SeedHelpers;
}

interface FinishedSeed {
  readonly outcome: SeedOutcome;
  save(folder: string): Promise<readonly string[]>;
}

/** Another process, and the seed that it was given. */
interface Helping {
  readonly worker: SeedWorker;
  readonly done: number[]; // seeds
  seed: number | null; //     given last; null where it was taken back, or lost
  ready: boolean;
}

/** Milliseconds of work after which a second, third … other process is worth its start. */
const worthHelpers = 200;

/**
 * Runs a study: data → for every seed: what it draws → for every method: learn → evaluate. Numbers depend on the config only: seeds are
 * independent of each other, so which process does one changes nothing.
 */
export async function runTask(task: Task, config: StudyConfig, options: RunTaskOptions = {}): Promise<FinishedRun> {
  const { onProgress = () => {}, onOthers = () => {}, stages = noStageCache, helpers } = options;
  const total = config.seeds.length * config.estimators.length;
  const progress = summedProgress(config.estimators.length);
  const own = progress.of(onProgress);
  onProgress({ stage: 'data', done: 0, total, detail: task.progressWords(config).data });
  const begun = performance.now();
  const queue = [...config.seeds.keys()];
  const seeds: FinishedSeed[] = [];
  const helping: Helping[] = [];
  const taken = new Map<Helping, Promise<void>>(); // the seed that each is at
  const failures: unknown[] = [];
  let accounting: readonly Accounting[] = [];
  let started = 0;
  const start = (): Helping => {
    started++;
    const one: Helping = {
      done: [],
      worker: (helpers as SeedHelpers).start((event) => progress.of(onOthers, one.worker)(event)),
      seed: null,
      ready: false,
    };
    const ready = () => {
      one.ready = true;
    };
    one.worker.ready.then(ready, () => {}); // what went wrong is told by the seed that it gets
    helping.push(one);
    return one;
  };
  const runOn = async (one: Helping, place: number) => {
    one.seed = place;
    try {
      const outcome = await one.worker.run(place);
      seeds[place] = { outcome, save: (folder) => one.worker.save(place, folder) };
      one.done.push(place);
      progress.finished(one.worker);
    } catch (error) {
      if (one.seed === null) return; // taken back
      if (error instanceof ProcessDied) lose(one);
      else failures.push(error);
    }
  };
  /** What a process learnt went with it: its seeds are for others again, and no other is started in its place. */
  const lose = (one: Helping) => {
    queue.push(...one.done, one.seed as number);
    progress.lost(one.worker, one.done.length);
    one.seed = null;
    helping.splice(helping.indexOf(one), 1);
  };
  /** Gives a process one seed after the other: the first before it is ready, which then has begun it by the time that this one looks up. */
  const help = async (one: Helping) => {
    for (let s = queue.shift(); s !== undefined && failures.length === 0; s = queue.shift()) {
      const done = runOn(one, s);
      taken.set(one, done);
      await done;
      taken.delete(one);
      if (one.seed === null) return;
    }
    if (one.seed !== null) await one.worker.draw(smallPicture).catch(() => {});
  };
  /** Where none is left: that of a process that has not begun it, and is not waited for. */
  const takeBack = () => {
    const idle = helping.find(({ ready, seed }) => !ready && seed !== null);
    if (idle === undefined) return undefined;
    const { seed } = idle;
    idle.seed = null;
    taken.delete(idle);
    idle.worker.end();
    return seed as number;
  };
  /** Gives way to what others have to say, and calls for more of them once it is known that there is work for them. */
  const pause = async () => {
    if (helpers !== undefined && performance.now() - begun > worthHelpers)
      while (started < helpers.count && queue.length > 0) void help(start());
    await setImmediate();
  };
  const close = () => {
    for (const { worker } of helping) worker.end();
  };
  try {
    const first = helpers !== undefined && queue.length > 1 ? start() : null; // reads its code while this one reads the data
    const prepared = await task.prepare(config, stages);
    accounting = prepared.accounting ?? [];
    let mine = queue.shift();
    if (first !== null) void help(first);
    while (mine !== undefined && failures.length === 0) {
      const { outcome, learnt } = await runSeed(task, config, prepared, mine, own, pause);
      const seed = config.seeds[mine];
      seeds[mine] = { outcome, save: (folder) => saveSeed(folder, task, seed, config, learnt) };
      progress.finished(null);
      mine = queue.shift() ?? takeBack();
      while (mine === undefined && taken.size > 0) {
        await Promise.allSettled([...taken.values(), drawSvg(smallPicture)]);
        mine = queue.shift(); // of a process that died, where no other took it
      }
    }
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
    helped: helping.flatMap(({ worker }) => worker.spent() ?? []),
    async save(folder) {
      const done = untilDone(close); // who goes on writing into a folder that is removed makes it anew
      try {
        const lost = [];
        for (const seed of seeds) lost.push(...(await seed.save(folder)));
        return lost;
      } finally {
        done();
      }
    },
    draw: sharedDrawing(helping.flatMap(({ worker }) => (worker.spent() === null ? [] : worker))),
    close,
  };
}

/** Pictures in turn by this process and the others, here where another could not. */
function sharedDrawing(workers: readonly SeedWorker[]): Draw {
  let pictures = 0;
  return (picture) => {
    const worker = workers[(pictures++ % (workers.length + 1)) - 1];
    return worker === undefined ? drawSvg(picture) : worker.draw(picture).catch(() => drawSvg(picture));
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
    lost(worker: SeedWorker, seeds: number) {
      finished -= seeds;
      within.delete(worker);
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
    warnings: [...first.warnings.map((text) => `with seed ${config.seeds[0]}: ${text}`), ...outcomes.flatMap(({ leftOut }) => leftOut)],
  };
  const found = tableFindings(
    task.findings,
    result.methods.map((title) => ({ title, seriesOf: (table) => seriesOf(result.tables[table], title) })),
  );
  const broken = new Set<string>();
  const own = toldOr(broken, `what the task ${task.name} warns of`, () => task.warnings?.(result) ?? []);
  return { ...result, warnings: [...result.warnings, ...own, ...found, ...broken] };
}
