import { ANY_LABEL, type MetricOptions, perQuery } from './metric-options.ts';
import { expectedWorth } from './ties.ts';

/**
 * Share of the first k places whose document was not judged: without judgment, or with a grade below 0. Over k also where fewer were
 * retrieved; without a cutoff over all retrieved. In [0, 1]. trec_eval's unj. `judged` is not 1 minus this: it divides by the documents
 * there are, and takes a grade below 0 for a judgment. One value per query, length Q. @throws UsageError as {@link perQuery}
 */
export function unjudged(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const { cutoff = Infinity } = options;
  const unknown = expectedWorth(ranked, (label) => Number(label < 0), options.ties);
  return perQuery(ranked, offsets, options, ANY_LABEL, (start, _end, last) => {
    let count = 0;
    for (let i = start; i < last; i++) count += unknown[i];
    return count / (cutoff === Infinity ? Math.max(1, last - start) : cutoff);
  });
}
