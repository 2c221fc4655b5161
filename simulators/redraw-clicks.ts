import { type ClickModel, sampleCounts } from '../click-models/index.ts';
import { type ClickLog, clickSums } from '../src/data/click-log.ts';
import { ClickLogBuilder } from '../src/data/click-log-builder.ts';
import { UsageError } from '../src/errors.ts';
import type { Rng } from '../src/random/rng.ts';
import { type DocumentProbabilities, shownOf } from './document-probabilities.ts';

/**
 * New clicks on the very lists of a log, each with the sessions that it had: a parametric bootstrap, to see which method would be right if users were
 * as the click model says.
 * @param documents attraction by document row of the query set, or all that the click model needs @throws UsageError where a list is longer than the click model's positions
 */
export function redrawClicks(
  log: ClickLog,
  clickModel: ClickModel,
  documents: Float64Array | DocumentProbabilities,
  rng: Rng,
  contexts: Uint32Array | null = null,
): ClickLog {
  if (clickModel.contexts > 1 && contexts?.length !== log.queries.length)
    throw new UsageError(
      `${clickModel.name} tells ${clickModel.contexts} contexts apart: give the context of each of ${log.queries.length} lists`,
    );
  const builder = new ClickLogBuilder(clickModel.contexts);
  const probabilities = documents instanceof Float64Array ? { attraction: documents } : documents;
  const { sessions } = clickSums(log);
  for (let l = 0; l < log.queries.length; l++) {
    const docs = log.docs.subarray(log.offsets[l], log.offsets[l + 1]);
    const context = contexts?.[l] ?? 0;
    const list = builder.addList(log.queries[l], docs, clickModel.contexts > 1 ? context : 0);
    const shown = { ...shownOf(probabilities, docs), context };
    sampleCounts(clickModel, shown, sessions[l], rng, (pattern, count) => builder.addRow(list, pattern, count));
  }
  return builder.build();
}
