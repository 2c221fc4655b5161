import type { OnProgress, ProgressEvent } from '../run-result.ts';

/** Where progress goes; standard error, so that results can be piped. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  readonly onProgress: OnProgress;
  /** Clears the line of a terminal. */
  finish(): void;
  /** Seconds spent in each stage so far, and in total. */
  wallSeconds(): Record<string, number>;
}

/**
 * One line rewritten on a terminal, `simulate 3/30 · seed 1/5, naive · 2.1/s · 13 s left`; elsewhere one line per event.
 * @param quiet shows nothing, still keeps the times
 * @param now seconds, of a clock that never goes back
 */
export function createProgress(screen: ProgressScreen, quiet: boolean, now = () => performance.now() / 1000): Progress {
  const start = now();
  const spent: Record<string, number> = {};
  let stage: { name: string; since: number } | null = null;
  const enter = (name: string | null) => {
    if (stage) spent[stage.name] = (spent[stage.name] ?? 0) + now() - stage.since;
    stage = name === null ? null : { name, since: now() };
  };
  const terminal = screen.isTTY === true;
  return {
    onProgress(event) {
      enter(event.stage);
      if (quiet) return;
      const line = progressLine(event, now() - start);
      screen.write(terminal ? `\r${line.slice(0, (screen.columns ?? 80) - 1)}\u001b[K` : `${line}\n`);
    },
    finish() {
      enter(null);
      if (terminal && !quiet) screen.write('\r\u001b[K');
    },
    wallSeconds: () => ({ ...spent, total: now() - start }),
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

function duration(seconds: number): string {
  if (seconds < 99.5) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(seconds / 3600).toFixed(1)} h`;
}
