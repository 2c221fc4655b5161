import { openBackend } from '../../src/tensor/backend.ts';
import { drawSvg } from '../charts/draw-svg.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { runSeed, saveSeed } from '../engine/run-seed.ts';
import { serveOrders } from '../engine/serve-orders.ts';
import { noStageCache } from '../engine/stage-cache.ts';
import type { Learnt, Prepared, Task } from '../engine/task.ts';
import { carryError } from '../terminal/carried-error.ts';
import { createProgress, type ProgressEvent } from '../terminal/progress.ts';
import { openCatalogue } from './open-catalogue.ts';
import { endOnUncaught, explained } from './plugin-error.ts';
import type { SeedAnswer, SeedOrder } from './start-seed-worker.ts';

/** A process that does seeds of one run, keeps what it learnt until it is told where to save it, and draws pictures of the page. */
const progress = createProgress(process.stderr, true);
const learntBySeed = new Map<number, readonly Learnt[]>();
interface Opened {
  readonly task: Task;
  readonly config: StudyConfig;
}
let opened: Promise<Opened> | null = null;
let prepared: Prepared | null = null;

endOnUncaught();
serveOrders<SeedOrder, SeedAnswer, ProgressEvent>(async (order, tell, checkParent) => {
  try {
    if (order.kind === 'open') {
      opened = open(order);
      await opened;
      return { kind: 'open' };
    }
    if (order.kind === 'draw') return { kind: 'drawn', svg: await drawSvg(order.picture) };
    const { task, config } = await (opened as Promise<Opened>); // the first order
    if (order.kind === 'save') {
      const lost = await saveSeed(order.folder, task, config.seeds[order.seed], config, learntBySeed.get(order.seed) ?? []);
      return { kind: 'saved', lost };
    }
    prepared ??= await prepare(task, config);
    const onProgress = (event: ProgressEvent) => {
      checkParent();
      progress.onProgress(event);
      tell(event);
    };
    const { outcome, learnt } = await runSeed(task, config, prepared, order.seed, onProgress);
    progress.finish();
    learntBySeed.set(order.seed, learnt);
    const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    const spent = { wallSeconds: progress.wallSeconds(), methodSeconds: progress.methodSeconds(), peakMemoryBytes };
    return { kind: 'done', outcome, spent };
  } catch (error) {
    return { kind: 'failed', fault: carryError(explained(error)) };
  }
});

async function open({ config, backend }: Extract<SeedOrder, { kind: 'open' }>): Promise<Opened> {
  const task = (await openCatalogue(config.plugins ?? [])).taskOf(config, 'run');
  if (backend !== null) await openBackend(backend);
  if (task.data?.(config) === null) prepared = await prepare(task, config); // made, not read: the run need not wait
  return { task, config };
}

async function prepare(task: Task, config: StudyConfig): Promise<Prepared> {
  progress.onProgress({ stage: 'data', done: 0, total: 1, detail: '' });
  return task.prepare(config, noStageCache);
}
