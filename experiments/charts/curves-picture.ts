import type { Picture } from './draw-svg.ts';
import { nominal, numberTicks, quantitative } from './encodings.ts';
import type { Series } from './figure.ts';

/** Enough for a line 270 pixels wide. */
const mostPoints = 90;

export interface CurvePoint {
  readonly step: number;
  readonly training_loss: number;
  readonly held_out_loss: number | null;
}

/** Training and held-out loss by step, one thin line per seed. Losses differ in scale, so each has its own axis. */
export function curvesPicture(title: string, series: readonly Series<CurvePoint>[]): Picture | null {
  const values = series.flatMap(({ rows }, line) => {
    const stride = Math.ceil(rows.length / mostPoints);
    return rows
      .filter((_, i) => i % stride === 0 || i === rows.length - 1)
      .flatMap(({ step, training_loss, held_out_loss }) => [
        { line, step, loss: training_loss, part: 'training' },
        { line, step, loss: held_out_loss, part: 'held out' },
      ])
      .filter(({ loss }) => loss !== null && Number.isFinite(loss));
  });
  if (values.length === 0) return null;
  const domain = ['held out', 'training'];
  return {
    alt: `Learning curves of ${title}: training and held-out loss by step, ${series.length} seeds`,
    spec: {
      title,
      width: 270,
      height: 75,
      data: { values },
      mark: { type: 'line', strokeWidth: 1.2, opacity: 0.8 },
      encoding: {
        row: {
          field: 'part',
          type: 'nominal',
          sort: domain,
          header: { title: null, orient: 'top', labelColor: 'var(--soft)', labelAnchor: 'start' },
        },
        x: quantitative('step', { title: 'step', tickCount: 5, grid: false }, {}),
        y: quantitative('loss', { title: 'loss', tickCount: 4, format: numberTicks }, { zero: false }),
        detail: { field: 'line' },
        color: nominal('part', domain, ['var(--c0)', 'var(--c1)'], null),
      },
      resolve: { scale: { y: 'independent' } },
    },
  };
}
