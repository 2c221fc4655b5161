import type { BiasVarianceSummary } from '../../../estimators/recommendation/clip-optimum.ts';
import type { Picture } from '../../charts/draw-svg.ts';
import { dashes, nominal, quantitative } from '../../charts/encodings.ts';
import type { BiasVarianceStudy } from './bias-variance-study.ts';
import { clipAxis, clipText } from './clip-axis.ts';

const most = 7; // colours, and dashes, that can be told apart
const highest = 1e4; // what is farther from its least would press all others together

/**
 * Mean squared error over its least, by threshold: a line for every setting at one kind of predictions, or where there is one setting for every
 * kind of predictions, so that their optima can be compared.
 */
export function mseBySettingPictures({ settings }: BiasVarianceStudy): Picture[] {
  const [first] = settings;
  const pictures =
    settings.length === 1
      ? [
          picture(
            'All predictions',
            first.curves.map(({ summary }) => ({ title: summary.predictions, summary })),
          ),
        ]
      : first.curves.map(({ summary: { predictions } }, p) =>
          picture(
            `All settings · predictions: ${predictions}`,
            settings.map(({ varied, curves }) => ({ title: varied.join(' '), summary: curves[p].summary })),
          ),
        );
  return pictures.filter((one) => one !== null);
}

/** Null below two lines, or above seven. */
function picture(heading: string, lines: readonly { readonly title: string; readonly summary: BiasVarianceSummary }[]): Picture | null {
  if (lines.length < 2 || lines.length > most) return null;
  const domain = lines.map(({ title }) => title);
  const values = lines.flatMap(({ title, summary: { clips, optimum } }) =>
    clips
      .slice(1)
      .map(({ clip, meanSquaredError }) => ({ title, clip, ratio: meanSquaredError.value / clips[optimum].meanSquaredError.value }))
      .filter(({ ratio }) => ratio <= highest),
  );
  const marks = lines.map(({ title, summary: { clips, optimum } }) => ({ title, clip: clips[optimum].clip, ratio: 1 }));
  const legend = { title: null, orient: 'bottom', symbolType: 'stroke', columns: 1, labelLimit: 320 } as const;
  const x = clipAxis;
  const y = quantitative('ratio', { title: 'MSE over its least', format: '~g', tickCount: 5 }, { type: 'log', nice: false, padding: 8 });
  const by = <Range extends string[] | number[][]>(range: Range) => ({ ...nominal('title', domain, range, legend), sort: null });
  const color = by(domain.map((_, i) => `var(--c${i})`));
  const strokeDash = by(dashes.slice(0, domain.length));
  return {
    alt: `${heading}: mean squared error over its least by threshold M; the optima: ${marks.map(({ title, clip }) => `${title}: M* = ${clipText(clip)}`).join('; ')}`,
    spec: {
      title: heading,
      width: 330,
      height: 240,
      layer: [
        { data: { values }, mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color, strokeDash } },
        {
          data: { values: marks.filter(({ clip }) => clip > 0) },
          mark: { type: 'point', filled: true, shape: 'diamond', size: 110, opacity: 1 },
          encoding: { x, y, color },
        },
      ],
    },
  };
}
