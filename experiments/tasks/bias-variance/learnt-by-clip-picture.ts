import type { Picture } from '../../charts/draw-svg.ts';
import { between, boundOr, comparedWith, numberTicks, quantitative } from '../../charts/encodings.ts';
import { formatMean } from '../../summary/format-number.ts';
import type { LearntSummary } from './bias-variance-study.ts';
import { clipAxis, clipText } from './clip-axis.ts';

/** A metric of what was learnt by threshold, with its 95 % band; dashed, without clipping. @param optimum M of the least error of the loss, by predictions */
export function learntByClipPicture(title: string, { metric, clips, means, best }: LearntSummary, optimum: number): Picture {
  const points = clips.map((clip, g) => {
    const { value, lower, upper } = means[g];
    return { clip, value, lower: boundOr(lower, value), upper: boundOr(upper, value) };
  });
  const [unclipped, ...values] = points;
  const x = clipAxis;
  const y = quantitative('value', { title: metric, tickCount: 5, format: numberTicks }, { zero: false });
  return {
    alt: `${metric} learnt with threshold M${title === '' ? '' : `, ${title}`}: ${clips.map((clip, g) => `${clipText(clip)}: ${formatMean(means[g])}`).join('; ')}. Best at ${clipText(clips[best])}; the loss is estimated best at ${clipText(optimum)}.`,
    spec: {
      title: {
        text: [...(title === '' ? [] : [title]), `learnt: ${metric}`].join(' · '),
        subtitle: `● best at M = ${clipText(clips[best])}; ◆ line: M* of the loss = ${clipText(optimum)}`,
      },
      width: 330,
      height: 240,
      layer: [
        { data: { values: [unclipped] }, mark: comparedWith, encoding: { y } },
        { data: { values }, mark: { type: 'area', opacity: 0.15, color: 'var(--c0)' }, encoding: between(x, y) },
        {
          data: { values: optimum === 0 ? [] : [{ clip: optimum }] },
          mark: { type: 'rule', color: 'var(--c2)', strokeWidth: 1.5 },
          encoding: { x },
        },
        { data: { values }, mark: { type: 'line', strokeWidth: 2, color: 'var(--c0)' }, encoding: { x, y } },
        {
          data: { values: values.filter(({ clip }) => clip === clips[best]) },
          mark: { type: 'point', filled: true, size: 90, opacity: 1, color: 'var(--c1)' },
          encoding: { x, y },
        },
      ],
    },
  };
}
