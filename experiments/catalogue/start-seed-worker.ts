import type { BackendName } from '../../src/tensor/backend-rungs.ts';
import type { Picture } from '../charts/draw-svg.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import type { SeedOutcome } from '../engine/run-seed.ts';
import { ProcessDied, type SeedHelpers, type Spent } from '../engine/seed-worker.ts';
import { startProcess } from '../engine/worker-process.ts';
import { isBuilt, ownFile } from '../modules/own-files.ts';
import { type CarriedError, carriedError } from '../terminal/carried-error.ts';
import type { ProgressEvent } from '../terminal/progress.ts';

/** What a run asks of a process that helps it; seeds by their place. */
export type SeedOrder =
  | { readonly kind: 'open'; readonly config: StudyConfig; readonly backend: BackendName | null }
  | { readonly kind: 'run'; readonly seed: number }
  | { readonly kind: 'save'; readonly seed: number; readonly folder: string }
  | { readonly kind: 'draw'; readonly picture: Picture };
export type SeedAnswer =
  | { readonly kind: 'open' }
  | { readonly kind: 'done'; readonly outcome: SeedOutcome; readonly spent: Spent }
  | { readonly kind: 'saved'; readonly lost: readonly string[] }
  | { readonly kind: 'drawn'; readonly svg: string }
  | { readonly kind: 'failed'; readonly fault: CarriedError };

const entry = ownFile('experiments/catalogue/seed-worker-main');

/** A process can be started from JavaScript, or where this one was told how to take TypeScript. */
const startable = isBuilt || process.execArgv.some((option) => /^--(import|loader|experimental-strip-types)/.test(option));

/**
 * The processes that help a run. @param jobs processes in all, this one included
 * @param backend that this one has opened, if any: the others compute with the same one
 */
export function seedHelpers(config: StudyConfig, backend: BackendName | null, jobs: number): SeedHelpers | null {
  const count = Math.min(jobs, config.seeds.length) - 1;
  if (count < 1 || !startable) return null;
  return {
    count,
    start(onProgress) {
      const worker = startProcess<SeedOrder, SeedAnswer, ProgressEvent>(entry, onProgress, 'shown');
      let spent: Spent | null = null;
      let ended = false;
      const ask = async (order: SeedOrder) => {
        const answer = await worker.perform(order);
        if (answer.kind === 'died') {
          if (!ended && order.kind === 'run') console.error(`note: a process of the run ended (${answer.how}); what it did is done again`);
          throw new ProcessDied(answer.how);
        }
        if (answer.kind === 'failed') throw carriedError(answer.fault);
        return answer;
      };
      const ready = ask({ kind: 'open', config, backend }).then(() => {});
      ready.catch(() => {}); // told by who waits for it; nobody does where the run has failed before
      return {
        ready,
        async run(seed) {
          const answer = await ask({ kind: 'run', seed });
          if (answer.kind !== 'done') throw new Error('a seed was asked for, but something was saved');
          spent = answer.spent;
          return answer.outcome;
        },
        async save(seed, folder) {
          const answer = await ask({ kind: 'save', seed, folder });
          return answer.kind === 'saved' ? answer.lost : [];
        },
        async draw(picture) {
          const answer = await ask({ kind: 'draw', picture });
          if (answer.kind !== 'drawn') throw new Error('a picture was asked for, but something else came');
          return answer.svg;
        },
        spent: () => spent,
        end() {
          ended = true;
          worker.end('SIGKILL'); // what it may be writing is in a folder that its parent removes
        },
      };
    },
  };
}
