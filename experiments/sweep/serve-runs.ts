import { endOnUncaught } from '../catalogue/plugin-error.ts';
import { serveOrders } from '../engine/serve-orders.ts';
import { carryOut } from './carry-out.ts';
import { diskStageCache } from './disk-stage-cache.ts';
import { sweepPaths } from './sweep-folder.ts';
import type { RunAnswer, RunOrder } from './worker-messages.ts';

/** A worker process of a sweep. */
const caches = new Map<string, ReturnType<typeof diskStageCache>>();
const cacheOf = (folder: string) => {
  const { cache, claims } = sweepPaths(folder);
  const known = caches.get(folder) ?? diskStageCache(cache, claims);
  caches.set(folder, known);
  return known;
};

endOnUncaught();
serveOrders<RunOrder, RunAnswer, never>((order, _tell, checkParent) => carryOut(order, cacheOf(order.folder), checkParent));
