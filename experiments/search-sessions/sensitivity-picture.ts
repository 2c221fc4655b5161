import type { Tuning } from '../../src/meta-evaluation/index.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { coefficientName } from './agreement-picture.ts';
import { parameterLines } from './parameter-lines.ts';

/** The correlation on the tuning half by the first varied option, one line per value of the second. @returns null where nothing varies by number */
export function sensitivityPicture({ grid, varied: [along, by], correlation, chosen }: Tuning): Picture | null {
  const points = grid.map(({ options, tuning }) => ({
    at: Number(options[along]),
    line: by === undefined ? '' : `${by} = ${options[by]}`,
    value: tuning,
  }));
  if (points.some(({ at }) => Number.isNaN(at))) return null;
  const [first] = grid;
  const coefficient = coefficientName(correlation);
  const last = grid[grid.length - 1];
  return {
    alt: `${coefficient} with satisfaction on the tuning half by ${along}${by === undefined ? '' : `, one line per ${by}`}: from ${first.metric} ${first.tuning.toFixed(3)} to ${last.metric} ${last.tuning.toFixed(3)}; highest at ${chosen}`,
    spec: parameterLines({
      points,
      title: `Sensitivity to ${by === undefined ? along : `${along} and ${by}`}`,
      along,
      value: `${coefficient} with satisfaction`,
    }),
  };
}
