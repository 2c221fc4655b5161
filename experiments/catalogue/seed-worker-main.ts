import { openBackend } from '../../src/tensor/backend.ts';
import { runSeed, saveSeed } from '../engine/run-seed.ts';
import { serveOrders } from '../engine/serve-orders.ts';
import { noStageCache } from '../engine/stage-cache.ts';
import type { Learnt, Prepared, Task } from '../engine/task.ts';
import { carryError } from '../terminal/carried-error.ts';
import { createProgress, type ProgressEvent } from '../terminal/progress.ts';
import { openCatalogue } from './open-catalogue.ts';
import { endOnUncaught, explained } from './plugin-error.ts';
import type { SeedAnswer, SeedOrder } from './start-seed-worker.ts';

/** A process that does seeds of one run, and keeps what it learnt until it is told where to save it. */
const progress = createProgress(process.stderr, true);
const learntBySeed = new Map<number, readonly Learnt[]>();
let ready: { readonly task: Task; readonly prepared: Prepared } | null = null;

endOnUncaught();
serveOrders<SeedOrder, SeedAnswer, ProgressEvent>(async (order, tell, checkParent) => {
  try {
    const { config } = order;
    if (order.kind === 'save') {
      await saveSeed(order.folder, config.seeds[order.seed], config, learntBySeed.get(order.seed) ?? []);
      return { kind: 'saved' };
    }
    ready ??= await prepare(order);
    const onProgress = (event: ProgressEvent) => {
      checkParent();
      progress.onProgress(event);
      tell(event);
    };
    const { outcome, learnt } = await runSeed(ready.task, config, ready.prepared, order.seed, onProgress);
    progress.finish();
    learntBySeed.set(order.seed, learnt);
    const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    const spent = { wallSeconds: progress.wallSeconds(), methodSeconds: progress.methodSeconds(), peakMemoryBytes };
    return { kind: 'done', outcome, spent };
  } catch (error) {
    return { kind: 'failed', fault: carryError(explained(error)) };
  }
});

async function prepare({ config, backend }: Extract<SeedOrder, { kind: 'run' }>) {
  const task = (await openCatalogue(config.plugins ?? [])).taskOf(config, 'run');
  if (backend !== null) await openBackend(backend);
  progress.onProgress({ stage: 'data', done: 0, total: 1, detail: '' });
  return { task, prepared: await task.prepare(config, noStageCache) };
}
