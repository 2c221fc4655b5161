import type { MetaEvaluation } from '../../src/meta-evaluation/index.ts';
import { type CorrelationName, correlations } from '../../src/stats/correlations.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { numberTicks, quantitative } from '../charts/encodings.ts';

/** Pearson's r, Spearman's ρ, Kendall's τ_b. */
export const coefficientName = (name: CorrelationName): string => correlations[name].description.split(':')[0];

/** One coefficient by metric, highest first: point and interval. */
export function agreementPicture({ agreement }: MetaEvaluation, name: CorrelationName): Picture {
  const values = agreement
    .filter(({ correlation, estimate }) => correlation === name && Number.isFinite(estimate.value))
    .map(({ metric, estimate }) => ({ metric, value: estimate.value, lower: estimate.lower, upper: estimate.upper }))
    .sort((a, b) => b.value - a.value);
  const title = coefficientName(name);
  const x = quantitative(
    'value',
    { title: correlations[name].symbol, tickCount: 5, format: numberTicks },
    { zero: true, nice: true, padding: 8 },
  );
  const axis = { title: null, domain: false, ticks: false, grid: true, labelLimit: 320 } as const;
  const y = { field: 'metric', type: 'nominal', sort: null, axis } as const;
  return {
    alt: `${title} with satisfaction by metric: ${values.map(({ metric, value }) => `${metric} ${value.toFixed(3)}`).join('; ')}`,
    spec: {
      title,
      width: 200,
      height: { step: 18 },
      data: { values },
      layer: [
        { mark: { type: 'rule', color: 'var(--c0)', size: 2 }, encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' }, y } },
        { mark: { type: 'point', filled: true, color: 'var(--c0)', opacity: 1, size: 50 }, encoding: { x, y } },
      ],
    },
  };
}
