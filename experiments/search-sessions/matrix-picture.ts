import type { MetaEvaluation } from '../../src/meta-evaluation/index.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { nominal } from '../charts/encodings.ts';

/** Kendall's τ_b between metrics as shades, the numbers on them; orange below 0. */
export function matrixPicture({ matrix, scored: { metrics } }: MetaEvaluation): Picture {
  const values = matrix.flatMap((row, i) =>
    [...row].flatMap((tau, j) =>
      Number.isFinite(tau)
        ? [{ row: metrics[i], column: metrics[j], size: Math.abs(tau), sign: tau < 0 ? 'negative' : 'positive', text: short(tau) }]
        : [],
    ),
  );
  const axis = { title: null, domain: false, ticks: false, labelLimit: 320 } as const;
  const x = { field: 'column', type: 'nominal', sort: [...metrics], axis: { ...axis, orient: 'top', labelAngle: -60 } } as const;
  const y = { field: 'row', type: 'nominal', sort: [...metrics], axis } as const;
  const step = { step: 26 };
  return {
    alt: `Kendall's τ_b between metrics: ${metrics
      .slice(1)
      .map((metric, i) => `${metric} with ${metrics[0]} ${short(matrix[0][i + 1])}`)
      .join('; ')}`,
    spec: {
      width: step,
      height: step,
      data: { values },
      layer: [
        {
          mark: { type: 'rect' },
          encoding: {
            x,
            y,
            color: nominal('sign', ['positive', 'negative'], ['var(--c0)', 'var(--c1)'], null),
            opacity: { field: 'size', type: 'quantitative', scale: { domain: [0, 1], range: [0.02, 0.75] }, legend: null },
          },
        },
        { mark: { type: 'text', fontSize: 9, color: 'var(--text)' }, encoding: { x, y, text: { field: 'text' } } },
      ],
    },
  };
}

const short = (tau: number) => (Number.isFinite(tau) ? tau.toFixed(2).replace('0.', '.').replace('-', '−') : 'undefined');
