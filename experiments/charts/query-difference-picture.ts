import { formatSigned } from '../summary/format-number.ts';
import type { Picture } from './draw-svg.ts';
import { numberTicks, quantitative } from './encodings.ts';

/** What the differences are in. */
export interface DifferenceAxis {
  readonly metric: string;
  readonly lowerIsBetter: boolean;
  readonly unit: string; // what one difference is about, such as query
  readonly range?: [number, number] | undefined; // of the differences, shared with other pictures
}

/** Steps of two pixels. */
const mostPoints = 140;

/**
 * The difference of one method from the baseline on every query (or user), from the best to the worst (of a loss, from the lowest): how many queries gain and how much, which a
 * mean hides. Of many queries evenly spaced ones are drawn.
 */
export function queryDifferencePicture(
  title: string,
  { metric, lowerIsBetter, unit, range }: DifferenceAxis,
  differences: readonly number[],
): Picture {
  const sign = lowerIsBetter ? -1 : 1; // gain = sign · difference
  const sorted = [...differences].sort((a, b) => sign * (b - a));
  const shown =
    sorted.length <= mostPoints
      ? sorted
      : Array.from({ length: mostPoints }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (mostPoints - 1))]);
  const better = sorted.filter((d) => sign * d > 1e-12).length;
  const worse = sorted.filter((d) => sign * d < -1e-12).length;
  const counts = `${better} better, ${sorted.length - better - worse} equal, ${worse} worse`;
  const share = (i: number) => (shown.length === 1 ? 0 : (i / (shown.length - 1)) * (sorted.length - 1)) + 1;
  const places = shown.map((_, i) => share(i));
  const ends = [places[0] - 0.5, places[places.length - 1] + 0.5]; // the first and the last are as broad as the others
  const values = [ends[0], ...places, ends[1]].map((query, i) => {
    const difference = shown[Math.min(shown.length, Math.max(1, i)) - 1];
    return { query, above: Math.max(0, difference), below: Math.min(0, difference) };
  });
  const axis = { title: `${plural(unit)}, from most gained to most lost`, grid: false, tickCount: 5, format: 'd' } as const;
  const x = quantitative('query', axis, { nice: false, domain: ends });
  const area = (field: string, color: string) => ({
    mark: { type: 'area', interpolate: 'step', color, opacity: 0.85 } as const,
    encoding: {
      x,
      y: {
        field,
        type: 'quantitative',
        axis: { title: `Δ ${metric}`, tickCount: 5, format: numberTicks },
        scale: range ? { domain: range } : {},
      } as const,
    },
  });
  return {
    alt: `Differences in ${metric} by ${unit}, ${title}: ${counts}; from ${formatSigned(sorted[0])} to ${formatSigned(sorted.at(-1) ?? 0)}`,
    spec: {
      title: { text: title, subtitle: counts, subtitleColor: 'var(--soft)', subtitleFontSize: 11 },
      width: 270,
      height: 130,
      data: { values },
      layer: [area('above', sign > 0 ? 'var(--c0)' : 'var(--c1)'), area('below', sign > 0 ? 'var(--c1)' : 'var(--c0)')],
    },
  };
}

export const plural = (unit: string): string => (unit.endsWith('y') ? `${unit.slice(0, -1)}ies` : `${unit}s`);
