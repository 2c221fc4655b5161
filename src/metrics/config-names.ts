import { metrics } from './metrics.ts';

/** The measure that is computed under a name of run configs: with a cutoff, and, where that is another, without one. */
const measureOf: Readonly<Record<keyof typeof metrics, readonly [atCutoff: string, without: string] | null>> = {
  'average-precision': ['AP', 'AP'],
  dcg: ["DCG(dcg='exp-log2')", "DCG(dcg='exp-log2')"],
  'ee-d': null, // of the policy that a ranking with ties is; a measure of runs is of one ranking
  'ee-l': null,
  'ee-r': null,
  err: ['ERR', 'ERR'],
  ndcg: ["nDCG(dcg='exp-log2')", "nDCG(dcg='exp-log2')"],
  precision: ['P', 'SetP'],
  'rank-biased-precision': ['RBP', 'RBP'],
  recall: ['R', 'SetR'],
  'reciprocal-rank': ['RR', 'RR'],
  'saito-average-precision': null, // no measure of runs sums or weighs like these
  'saito-dcg': null,
  'saito-recall': null,
};

/** The same measure for a metric as run configs name it: nDCG(dcg='exp-log2')@10 for `ndcg@10`; null where it is no such name, or none is the same. */
export function fromConfigName(text: string): string | null {
  const [, name, cutoff] = /^([a-z-]+)(?:@(\d+))?$/.exec(text) ?? [];
  if (name === undefined || !isConfigName(name)) return null;
  const pair = measureOf[name];
  if (pair === null) return null;
  return cutoff === undefined ? pair[1] : `${pair[0]}@${cutoff}`;
}

const isConfigName = (name: string): name is keyof typeof metrics => Object.hasOwn(metrics, name);
