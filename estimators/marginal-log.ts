import { type FitOptions, fitOptions } from '../click-models/index.ts';
import { type ClickLog, clickSums } from '../src/data/click-log.ts';
import { ClickLogBuilder } from '../src/data/click-log-builder.ts';
import { decodeOptions } from '../src/decode-options.ts';

/**
 * A log of the same lists, sessions and clicks at every rank in at most K + 1 rows a list, each row's clicks among those of the next. For click models in which
 * ranks are clicked independently of one another given the list, whose likelihood it leaves as it is, so that a fit costs by lists and not by sessions.
 */
export function marginalLog(log: ClickLog): ClickLog {
  const { clicks, sessions } = clickSums(log);
  const builder = new ClickLogBuilder();
  for (let l = 0; l < sessions.length; l++) {
    if (sessions[l] === 0) continue;
    const own = clicks.subarray(log.offsets[l], log.offsets[l + 1]);
    const list = builder.addList(log.queries[l], log.docs.subarray(log.offsets[l], log.offsets[l + 1]));
    const levels = [sessions[l], ...new Set(own), 0].sort((a, b) => b - a);
    for (const [j, level] of levels.slice(0, -1).entries()) {
      const count = level - levels[j + 1];
      if (count > 0)
        builder.addRow(
          list,
          Uint8Array.from(own, (sum) => Number(sum >= level)),
          count,
        );
    }
  }
  return builder.build();
}

/**
 * How a click model is fitted for its bias: to the end, as the bias moves slowly where production orders by relevance and few documents change ranks. Cheap on
 * a {@link marginalLog}.
 */
export const tabularFit = (method: FitOptions['method']): FitOptions =>
  decodeOptions('fit', fitOptions, { method, iterations: 2000, tolerance: 1e-10 }) as FitOptions;
