import { checkContexts } from '../click-models/fit/event-tables.ts';
import type { ClickModel, ShownList } from '../click-models/index.ts';
import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';

/** P(E_k = 1 | clicks above) of every click of a log, in the order of `log.clicks`. */
export function examinedByClick({ walk }: ClickModel, listOf: (list: number) => ShownList, log: ClickLog): Float64Array {
  const examination = new Float64Array(log.clicks.length);
  let [l, list]: [number, ShownList] = [-1, { attraction: new Float64Array() }];
  for (let row = 0; row < log.list.length; row++) {
    if (log.list[row] !== l) {
      l = log.list[row];
      list = listOf(l);
    }
    const at = log.clickOffsets[row];
    walk.begin();
    for (let k = 0; at + k < log.clickOffsets[row + 1]; k++) {
      walk.look(k, list);
      examination[at + k] = walk.examined;
      walk.move(k, log.clicks[at + k]);
    }
  }
  return examination;
}

/** P(E_k = 1) of every shown document, of a model in which nothing else decides on it. @throws UsageError where lists are longer, or contexts more, than the model knows */
export function examinedInLists(model: ClickModel, log: ClickLog): Float64Array {
  const { walk, positions } = model;
  const longest = positionsOf(log);
  if (longest > positions)
    throw new UsageError(
      `${model.name} was fitted to lists of ${positions} positions, but a list shows ${longest}; fit it to lists as long`,
    );
  checkContexts(model, { log, documents: 0, contexts: log.contexts ?? null });
  const none = { attraction: new Float64Array(longest), satisfaction: new Float64Array(longest) };
  const examination = new Float64Array(log.docs.length);
  for (let l = 0; l < log.queries.length; l++) {
    const list = { ...none, context: log.contexts?.[l] ?? 0 };
    walk.begin();
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      walk.look(i - log.offsets[l], list);
      examination[i] = walk.examined;
      walk.move(i - log.offsets[l], 0);
    }
  }
  return examination;
}

/** Σ over the rows of each list of count · value, one per shown document. @param values one per position of each row, in the order of `log.clicks` */
export function shownSums(log: ClickLog, values: (i: number) => number): Float64Array {
  const sums = new Float64Array(log.docs.length);
  for (let row = 0; row < log.list.length; row++) {
    const [shown, at] = [log.offsets[log.list[row]], log.clickOffsets[row]];
    for (let k = 0; at + k < log.clickOffsets[row + 1]; k++) sums[shown + k] += log.count[row] * values(at + k);
  }
  return sums;
}
