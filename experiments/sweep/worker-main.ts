import { carryOut } from './carry-out.ts';
import { diskStageCache } from './disk-stage-cache.ts';
import { sweepPaths } from './sweep-folder.ts';
import type { RunAnswer, RunOrder } from './worker-messages.ts';

/** A worker process of a sweep: takes orders from its parent one at a time, and never outlives it. */
const parent = process.ppid;
const endWithParent = () => {
  if (process.ppid !== parent) process.exit(1); // seen at once, also within a run that never comes back to the event loop
};
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides

const caches = new Map<string, ReturnType<typeof diskStageCache>>();
const cacheOf = (folder: string) => {
  const { cache, claims } = sweepPaths(folder);
  const known = caches.get(folder) ?? diskStageCache(cache, claims);
  caches.set(folder, known);
  return known;
};

process.on('message', async (order: RunOrder) => {
  const answer: RunAnswer = await carryOut(order, cacheOf(order.folder), endWithParent);
  if (process.connected) process.send?.(answer);
});
