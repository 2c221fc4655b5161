import type { LearningCurvePoint, RunResult } from '../engine/run-result.ts';
import type { Picture } from './draw-svg.ts';

/** Enough for a line 270 pixels wide. */
const mostPoints = 90;

/** The curve of one seed. */
export interface SeedCurve {
  readonly seed: string;
  readonly points: readonly LearningCurvePoint[];
}

/** The learning curves of one method of a run. */
export function curvePicture({ methods, seeds, curves }: RunResult, method: number): Picture | null {
  return curvesPicture(
    methods[method],
    curves.map((ofSeed, s) => ({ seed: seeds[s], points: ofSeed[method] })),
  );
}

/** Training and held-out loss by step, one thin line per seed. Losses differ in scale, so each has its own axis. */
export function curvesPicture(title: string, curves: readonly SeedCurve[]): Picture | null {
  const values = curves.flatMap(({ seed, points }) => {
    const stride = Math.ceil(points.length / mostPoints);
    return points
      .filter((_, i) => i % stride === 0 || i === points.length - 1)
      .flatMap(({ step, trainingLoss, heldOutLoss }) => [
        { seed, step, loss: trainingLoss, part: 'training' },
        { seed, step, loss: heldOutLoss, part: 'held out' },
      ])
      .filter(({ loss }) => loss !== null && Number.isFinite(loss));
  });
  if (values.length === 0) return null;
  const domain = ['held out', 'training'];
  return {
    alt: `Learning curves of ${title}: training and held-out loss by step, ${curves.length} seeds`,
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
        x: { field: 'step', type: 'quantitative', axis: { title: 'step', tickCount: 5, grid: false } },
        y: { field: 'loss', type: 'quantitative', scale: { zero: false }, axis: { title: 'loss', tickCount: 4, format: '.4~g' } },
        detail: { field: 'seed' },
        color: { field: 'part', type: 'nominal', scale: { domain, range: ['var(--c0)', 'var(--c1)'] }, legend: null },
      },
      resolve: { scale: { y: 'independent' } },
    },
  };
}
