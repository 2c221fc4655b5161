import { satisfactionLevels } from '../../src/meta-evaluation/satisfaction-levels.ts';
import { quantile } from '../../src/stats/bootstrap.ts';
import { meanInterval } from '../../src/stats/estimate.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { between, numberTicks, quantitative } from '../charts/encodings.ts';
import { metricTitle } from './distribution-picture.ts';

/** How to read {@link satisfactionPicture}. */
export const satisfactionNote =
  'By level of satisfaction, or by tenths of the search sessions: mean with its 95 % interval; box: middle half; line: middle 90 %.';

/**
 * One metric by satisfaction. Search sessions on which it is undefined, or without satisfaction, are left out (NaN).
 * @returns null where fewer than two levels have a value
 */
export function satisfactionPicture(metric: string, values: Float64Array, satisfaction: Float64Array): Picture | null {
  const both = satisfaction.map((level, i) => (Number.isNaN(values[i]) ? Number.NaN : level));
  const boxes = satisfactionLevels(both).map(({ at, rows }) => {
    const sorted = Float64Array.from(rows, (i) => values[i]).sort();
    const [lowest, low, high, highest] = [0.05, 0.25, 0.75, 0.95].map((share) => quantile(sorted, share));
    const { value, lower, upper } = meanInterval(sorted);
    return { at, lowest, low, high, highest, mean: value, lower: finite(lower), upper: finite(upper), n: rows.length };
  });
  if (boxes.length < 2) return null;
  const levels = { title: 'satisfaction', grid: false, values: boxes.map(({ at }) => at), format: '.3~g', labelOverlap: true };
  const x = quantitative('at', levels, { zero: false, nice: false, padding: 14 });
  const y = quantitative('mean', { title: null, tickCount: 4, format: numberTicks }, { zero: false });
  return {
    alt: `Mean ${metric} by satisfaction (search sessions): ${boxes.map(({ at, mean, n }) => `${Number(at.toPrecision(3))}: ${mean.toPrecision(3)} (${n})`).join('; ')}`,
    spec: {
      title: metricTitle(metric),
      width: 230,
      height: 120,
      data: { values: boxes },
      layer: [
        { mark: { type: 'rule', color: 'var(--c0)', opacity: 0.5 }, encoding: between(x, y, 'lowest', 'highest') },
        { mark: { type: 'bar', color: 'var(--c0)', opacity: 0.3, width: 12 }, encoding: between(x, y, 'low', 'high') },
        { mark: { type: 'line', color: 'var(--c1)', opacity: 0.4 }, encoding: { x, y } },
        { mark: { type: 'rule', color: 'var(--c1)', size: 2 }, encoding: between(x, y) },
        { mark: { type: 'point', filled: true, color: 'var(--c1)', opacity: 1, size: 35 }, encoding: { x, y } },
      ],
    },
  };
}

const finite = (value: number): number | null => (Number.isNaN(value) ? null : value);
