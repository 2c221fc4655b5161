import { definedValues } from '../../src/metrics/summarise.ts';
import type { SessionEvaluation } from '../../src/session-metrics/evaluate-sessions.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { dashes, nominal, numberTicks, quantitative } from '../charts/encodings.ts';

const bins = 24;

/** Which values one metric takes: the share of the search sessions in each of 24 bins, one line per system. Null where it has no value at all. */
export function distributionPicture({ request: { systems, metrics }, values, scores }: SessionEvaluation, m: number): Picture | null {
  const defined = values.map((ofSystem) => definedValues(ofSystem[m]));
  const [lowest, highest] = defined.reduce(
    ([low, high], own) => own.reduce(([l, h], value) => [Math.min(l, value), Math.max(h, value)], [low, high]),
    [Infinity, -Infinity],
  );
  if (lowest > highest) return null;
  const width = (highest - lowest) / bins || 1;
  const shares = systems.flatMap(({ label }, s) => {
    const counts = new Float64Array(bins);
    for (const value of defined[s]) counts[Math.min(bins - 1, Math.floor((value - lowest) / width))]++;
    const share = (b: number) => counts[Math.min(b, bins - 1)] / Math.max(1, defined[s].length);
    return Array.from({ length: bins + 1 }, (_, b) => ({ system: label, value: lowest + b * width, share: share(b) })); // at the left edges, and the end
  });
  const means = systems.map(({ label }, s) => `${label} ${scores[s][m].mean?.value.toFixed(4) ?? 'undefined'}`);
  const many = systems.length > 1;
  return {
    alt: `Distribution of ${metrics[m].name} over search sessions from ${lowest.toPrecision(3)} to ${highest.toPrecision(3)}; mean: ${means.join('; ')}`,
    spec: {
      title: metricTitle(metrics[m].name),
      width: 270,
      height: 110,
      data: { values: shares },
      mark: many
        ? { type: 'line', interpolate: 'step-after', strokeWidth: 1.5 }
        : { type: 'area', interpolate: 'step-after', color: 'var(--c0)', opacity: 0.7 },
      encoding: {
        x: quantitative('value', { title: null, tickCount: 5, grid: false, format: numberTicks }, { nice: false, zero: false }),
        y: { field: 'share', type: 'quantitative', axis: { title: 'share', tickCount: 3, format: '.0%' } },
        ...(many && systemEncoding(systems.map(({ label }) => label))),
      },
    },
  };
}

/** A metric's name in two lines, its options below: long titles would make their picture small. */
export function metricTitle(name: string) {
  const [, metric, options] = /^([^(]*)(?:\((.*)\))?$/.exec(name) ?? [];
  return {
    text: metric ?? name,
    ...(options !== undefined && { subtitle: options, subtitleColor: 'var(--soft)', subtitleFontSize: 11 }),
    limit: 300,
  };
}

/** The baseline in one colour, the others in another, told apart by their dashes. */
export function systemEncoding(labels: readonly string[]) {
  const legend = { title: null, orient: 'top', symbolType: 'stroke', columns: 2 } as const;
  const by = <Range extends string[] | number[][]>(range: Range) => ({ ...nominal('system', labels, range, legend), sort: [...labels] });
  return {
    color: by(labels.map((_, s) => (s === 0 ? 'var(--c0)' : 'var(--c1)'))),
    strokeDash: by(labels.map((_, s) => dashes[s % dashes.length])),
  };
}
