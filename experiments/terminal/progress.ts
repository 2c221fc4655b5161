/** The engine says where it stands; whoever shows it decides how. `done` of `total` counts seed × method, or what the stage is made of. */
export interface ProgressEvent {
  readonly stage: string; //  simulate, train, evaluate …
  readonly done: number;
  readonly total: number;
  readonly detail: string; // seed 2/5, dual-learning
  readonly method?: string; // label, where the time is one method's
}
/** Is told how far work is. */
export type OnProgress = (event: ProgressEvent) => void;

/** Where progress goes; standard error, so that results can be piped. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly secondsBetween?: number; // seconds between two lines where there is no terminal; default 3
  write(text: string): unknown;
}

export interface Progress {
  readonly onProgress: OnProgress;
  /** Shows what other processes are at; the times are theirs. */
  readonly onOthers: OnProgress;
  /** Clears the line of a terminal. */
  finish(): void;
  /** Seconds spent in each stage so far, and in total. */
  wallSeconds(): Record<string, number>;
  /** Seconds spent on each method so far. */
  methodSeconds(): Record<string, number>;
}

/** Seconds between two lines of a log. */
const usualSecondsBetween = 3;

/**
 * One line rewritten on a terminal, `simulate 3/30 · seed 1/5, naive · 2.1/s · 13 s left`; elsewhere a line
 * now and then, and at the end.
 * @param quiet shows nothing, still keeps the times
 * @param now seconds, of a clock that never goes back
 */
export function createProgress(screen: ProgressScreen, quiet: boolean, now = () => performance.now() / 1000): Progress {
  const start = now();
  const stages = stopwatch(now);
  const methods = stopwatch(now);
  const enter = (stage: string | null, method: string | null) => {
    stages.enter(stage);
    methods.enter(method);
  };
  const terminal = screen.isTTY === true;
  let told = -Infinity;
  const showEvent = (event: ProgressEvent) => {
    if (quiet) return;
    const ended = event.done === event.total;
    if (!terminal && !ended && now() - told < (screen.secondsBetween ?? usualSecondsBetween)) return;
    told = now();
    const line = progressLine(event, now() - start);
    screen.write(terminal ? `\r${line.slice(0, (screen.columns ?? 80) - 1)}\u001b[K` : `${line}\n`);
  };
  return {
    onProgress(event) {
      enter(event.stage, event.method ?? null);
      showEvent(event);
    },
    onOthers: showEvent,
    finish() {
      enter(null, null);
      if (terminal && !quiet) screen.write('\r\u001b[K');
    },
    wallSeconds: () => ({ ...stages.spent(), total: now() - start }),
    methodSeconds: methods.spent,
  };
}

/** Sums the time between entering one thing and entering the next, by name. */
function stopwatch(now: () => number) {
  const spent: Record<string, number> = {};
  let current: { name: string; since: number } | null = null;
  return {
    enter(name: string | null) {
      if (current) spent[current.name] = (spent[current.name] ?? 0) + now() - current.since;
      current = name === null ? null : { name, since: now() };
    },
    spent: () => ({ ...spent }),
  };
}

/** Rate and time left once there is something to tell them from. */
export function progressLine({ stage, done, total, detail }: ProgressEvent, seconds: number): string {
  const parts = [`${stage} ${done}/${total}`];
  if (detail !== '') parts.push(detail);
  if (done > 0 && seconds > 0) {
    const rate = done / seconds;
    parts.push(rate >= 1 ? `${rate.toFixed(1)}/s` : `${(1 / rate).toFixed(1)} s each`);
    if (done < total) parts.push(`${duration((total - done) / rate)} left`);
  }
  return parts.join(' · ');
}

/** Whole seconds, then minutes, then hours. */
export function duration(seconds: number): string {
  if (seconds < 99.5) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(seconds / 3600).toFixed(1)} h`;
}
