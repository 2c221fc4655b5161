import type { RunResult } from '../engine/run-result.ts';
import { formatSigned } from '../summary/format-number.ts';
import { references, type Summary } from '../summary/summary.ts';
import { lowerIsBetter } from '../tasks/recommendation/recommendation-metrics.ts';
import type { Picture } from './draw-svg.ts';

/** Steps of two pixels. */
const mostPoints = 140;

/**
 * The difference of one method from the baseline on every query, from the best to the worst (of a loss, from the lowest): how many queries gain and how much, which a
 * mean hides. Of many queries evenly spaced ones are drawn.
 */
export function queryDifferencePicture(title: string, metric: string, differences: readonly number[]): Picture {
  const sign = lowerIsBetter(metric) ? -1 : 1; // gain = sign · difference
  const sorted = [...differences].sort((a, b) => sign * (b - a));
  const shown =
    sorted.length <= mostPoints
      ? sorted
      : Array.from({ length: mostPoints }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (mostPoints - 1))]);
  const better = sorted.filter((d) => sign * d > 1e-12).length;
  const worse = sorted.filter((d) => sign * d < -1e-12).length;
  const counts = `${better} better, ${sorted.length - better - worse} equal, ${worse} worse`;
  const share = (i: number) => (shown.length === 1 ? 0 : (i / (shown.length - 1)) * (sorted.length - 1)) + 1;
  const values = shown.map((difference, i) => ({ query: share(i), above: Math.max(0, difference), below: Math.min(0, difference) }));
  const x = {
    field: 'query',
    type: 'quantitative',
    scale: { nice: false },
    axis: { title: 'queries, from most gained to most lost', grid: false, tickCount: 5, format: 'd' },
  } as const;
  const area = (field: string, color: string) => ({
    mark: { type: 'area', interpolate: 'step', color, opacity: 0.85 } as const,
    encoding: { x, y: { field, type: 'quantitative', axis: { title: `Δ ${metric}`, tickCount: 5 } } as const },
  });
  return {
    alt: `Differences in ${metric} by query, ${title}: ${counts}; from ${formatSigned(sorted[0])} to ${formatSigned(sorted.at(-1) ?? 0)}`,
    spec: {
      title: { text: title, subtitle: counts, subtitleColor: 'var(--soft)', subtitleFontSize: 11 },
      width: 270,
      height: 130,
      data: { values },
      layer: [area('above', sign > 0 ? 'var(--c0)' : 'var(--c1)'), area('below', sign > 0 ? 'var(--c1)' : 'var(--c0)')],
    },
  };
}

/** The differences of every method of a run that learns from clicks, on the metric that readers ask for first; none without a baseline. */
export function runQueryDifferences({ methods, metrics, units, perQuery }: RunResult, summary: Summary): Picture[] {
  const baseline = methods.indexOf(summary.baseline ?? '');
  const metric = metrics.includes('ndcg@10') ? metrics.indexOf('ndcg@10') : units.indexOf('query');
  if (baseline < 0 || metric < 0) return [];
  return summary.methods.flatMap(({ method, name }, m) => {
    if (m === baseline || references.has(name)) return [];
    const differences = [...perQuery[0][m][metric].keys()].map((q) => {
      const ofSeeds = perQuery.map((ofSeed) => ofSeed[m][metric][q] - ofSeed[baseline][metric][q]);
      return ofSeeds.reduce((sum, value) => sum + value, 0) / ofSeeds.length;
    });
    const defined = differences.filter((value) => !Number.isNaN(value));
    return defined.length === 0 ? [] : [queryDifferencePicture(method, metrics[metric], defined)];
  });
}
