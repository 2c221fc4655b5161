import type { Picture } from '../charts/draw-svg.ts';
import { Incomplete } from '../terminal/fail.ts';
import type { OnProgress } from '../terminal/progress.ts';
import type { SeedOutcome } from './run-seed.ts';

/** Where time and memory of a process went. */
export interface Spent {
  readonly wallSeconds: Readonly<Record<string, number>>; //   by stage
  readonly methodSeconds: Readonly<Record<string, number>>; // by method
  readonly peakMemoryBytes: number;
}

/** Another process ended before it gave what was asked of it; `how` says by what. */
export class ProcessDied extends Incomplete {
  constructor(how: string) {
    super(`error: a process of the run ended before it was done: ${how}; -j 1 runs all seeds in one`, 3);
  }
}

/** Another process that does seeds of a run; what it learnt stays with it until it is told where to save it. */
export interface SeedWorker {
  readonly ready: Promise<void>; // its code is loaded, and its backend open
  /** @param s place of the seed @throws ProcessDied where the process ended before, and what it learnt with it */
  run(s: number): Promise<SeedOutcome>;
  save(s: number, folder: string): Promise<readonly string[]>;
  draw(picture: Picture): Promise<string>;
  spent(): Spent | null; // so far; null before the first seed
  end(): void; // at once, whatever it is at
}

/** The processes that a run may start beside its own. */
export interface SeedHelpers {
  readonly count: number;
  start(onProgress: OnProgress): SeedWorker;
}
