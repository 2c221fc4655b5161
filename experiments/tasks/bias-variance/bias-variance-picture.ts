import type { BiasVarianceSummary, ClipSummary } from '../../../estimators/recommendation/clip-optimum.ts';
import type { Picture } from '../../charts/draw-svg.ts';
import { between, comparedWith, dashes, nominal, quantitative } from '../../charts/encodings.ts';
import { clipAxis, clipText } from './clip-axis.ts';

const parts = ['MSE', 'bias²', 'variance'] as const;
const short = (value: number): string => value.toPrecision(3);
/** How far below the least error a part is still shown: what is smaller adds nothing to it. */
const depth = 1e-3;

/** Squared bias, variance and their sum by threshold, on log axes: means over seeds, the band of the sum from the lowest to the highest seed. */
export function biasVariancePicture(title: string, { clips, optimum, seeds }: BiasVarianceSummary): Picture {
  const [unclipped, ...inGrid] = clips;
  const floor = depth * clips[optimum].meanSquaredError.value;
  const values = inGrid.flatMap(({ clip, meanSquaredError, squaredBias, variance }) =>
    [meanSquaredError, squaredBias, variance]
      .map(({ value }, p) => ({ clip, part: parts[p], value }))
      .filter(({ value }) => value >= floor),
  );
  const bands = inGrid.map(({ clip, range: [lower, upper] }) => ({ clip, lower: Math.max(lower, floor), upper }));
  const best = clips[optimum];
  const least = inGrid
    .filter(({ clip }) => clip === best.clip)
    .map(({ clip, meanSquaredError }) => ({ clip, value: meanSquaredError.value }));
  const ticks = decades(floor, Math.max(...clips.map(({ range }) => range[1])));
  const y = quantitative(
    'value',
    { title: 'error of the estimated loss', format: '.0~e', values: ticks },
    { type: 'log', nice: false, padding: 8 },
  );
  const legend = { title: null, orient: 'bottom', symbolType: 'stroke', columns: 3 } as const;
  const color = nominal('part', parts, ['var(--text)', 'var(--c1)', 'var(--c0)'], legend);
  const strokeDash = nominal('part', parts, dashes.slice(0, parts.length), legend);
  return {
    alt: `${title}: bias² + variance = MSE by threshold M: ${clips.map(told).join('; ')}. Least at M = ${clipText(best.clip)}.`,
    spec: {
      title: {
        text: title,
        subtitle: `${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}; ◆ M* = ${clipText(best.clip)}`,
      },
      width: 330,
      height: 240,
      layer: [
        { data: { values: [{ value: unclipped.meanSquaredError.value }] }, mark: comparedWith, encoding: { y } },
        { data: { values: bands }, mark: { type: 'area', opacity: 0.15, color: 'var(--text)' }, encoding: between(clipAxis, y) },
        { data: { values: least }, mark: { type: 'rule', color: 'var(--c2)', strokeWidth: 1.5 }, encoding: { x: clipAxis } },
        { data: { values }, mark: { type: 'line', strokeWidth: 2 }, encoding: { x: clipAxis, y, color, strokeDash } },
        {
          data: { values: least },
          mark: { type: 'point', filled: true, shape: 'diamond', size: 120, opacity: 1, color: 'var(--c2)' },
          encoding: { x: clipAxis, y },
        },
      ],
    },
  };
}

const told = ({ clip, squaredBias, variance, meanSquaredError }: ClipSummary): string =>
  `${clipText(clip)}: ${short(squaredBias.value)} + ${short(variance.value)} = ${short(meanSquaredError.value)}`;

/** The powers of ten from one number to another; every second, third … where they are many. */
function decades(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  const step = Math.ceil((last - first + 1) / 8);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => 10 ** (first + k * step));
}
