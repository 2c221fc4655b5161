import type { BiasVarianceSummary, ClipSummary } from '../../../estimators/recommendation/clip-optimum.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import type { TextTable } from '../../report/text-table-forms.ts';
import { formatMean, formatSigned } from '../../summary/format-number.ts';
import { type BiasVarianceStudy, type LearntSummary, learntDifference, type StudiedSetting } from './bias-variance-study.ts';
import { clipText } from './clip-axis.ts';

const small = (value: number): string => (value === 0 ? '0' : value.toExponential(2));
/** Mean ± half the interval, in powers of ten; nothing where one seed says nothing of its spread, or all say the same. */
const spread = ({ value, upper }: Estimate): string =>
  upper - value > rounding * Math.abs(value) ? `${small(value)} ±${small(upper - value)}` : small(value);
const rounding = 1e-9;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** What a setting is called: what it has that others have not, and the predictions. */
export const curveTitle = ({ varied }: StudiedSetting, predictions: string): string =>
  [...varied, `predictions: ${predictions}`].join(' · ');

/** The optima, then every curve, then what learning with every threshold came to. */
export function biasVarianceTables(study: BiasVarianceStudy): TextTable[] {
  return [
    optimumTable(study),
    ...study.settings.flatMap((setting) => setting.curves.map(({ summary }) => curveTable(setting, summary))),
    ...study.settings.flatMap((setting) => (setting.learnt === null ? [] : [learntTable(setting, setting.learnt)])),
  ];
}

/** One row per setting and kind of predictions. */
export function optimumTable({ settings }: BiasVarianceStudy): TextTable {
  const [{ config, learnt }] = settings;
  const keys = settings[0].varied.map((override) => override.slice(0, override.indexOf('=')));
  const rows = settings.flatMap(({ varied, curves, learnt: learning }) =>
    curves.map(({ summary }) => [
      ...varied.map((override) => override.slice(override.indexOf('=') + 1)),
      summary.predictions,
      ...optimumCells(summary),
      ...(learning === null ? [] : [clipText(learning.clips[learning.best]), atOptimum(learning, summary.optimum)]),
    ]),
  );
  const head = [...keys, 'predictions', 'M*', 'of seeds', 'clipped', 'bias²', 'variance', 'MSE', '√MSE / loss', 'none / M*', 'M=1 / M*'];
  return {
    title: 'Least mean squared error',
    head: learnt === null ? head : [...head, 'learning: M', `${learnt.metric} at M*`],
    rows,
    note: [
      `M*: threshold of the grid with the least MSE, mean over ${config.seeds.length} ${config.seeds.length === 1 ? 'seed' : 'seeds'}; of seeds: lowest to highest M* of a seed alone; clipped: share of the pairs whose exposure is below M*; √MSE over the ideal loss that is estimated; none / M*, M=1 / M*: how many times as large the MSE is without clipping, and with M = 1, the naive loss.`,
      learnt === null
        ? ''
        : `Learning: M with the best mean ${learnt.metric} on the test part, and how much the metric is off at M*, paired by seed (± half its 95 % interval).`,
    ]
      .join(' ')
      .trim(),
  };
}

function optimumCells({ clips, optimum, optima, idealLoss, overUnclipped, overNaive }: BiasVarianceSummary): string[] {
  const { clip, clippedShare, squaredBias, variance, meanSquaredError } = clips[optimum];
  const [low, high] = [Math.min(...optima), Math.max(...optima)];
  return [
    clipText(clip),
    low === high ? 'all' : `${clipText(low)} to ${clipText(high)}`,
    percent(clippedShare.value),
    ...[squaredBias, variance, meanSquaredError].map(({ value }) => small(value)),
    percent(Math.sqrt(meanSquaredError.value) / Math.abs(idealLoss.value)),
    times(overUnclipped),
    overNaive === null ? '' : times(overNaive),
  ];
}

const times = (ratio: number): string => `×${ratio < 1000 ? ratio.toPrecision(3) : ratio.toExponential(1)}`;

function atOptimum(learnt: LearntSummary, optimum: number): string {
  return optimum === learnt.best ? 'best' : differenceText(learntDifference(learnt, optimum, learnt.best));
}

function curveTable(setting: StudiedSetting, { predictions, clips, optimum, seeds, idealLoss }: BiasVarianceSummary): TextTable {
  const drawn = setting.config.task === 'implicit-feedback' ? 'clicks' : 'what is observed';
  const row = ({ clip, clippedShare, squaredBias, variance, meanSquaredError, bestOf }: ClipSummary, g: number): string[] => [
    clipText(clip),
    percent(clippedShare.value),
    ...[squaredBias, variance, meanSquaredError].map(spread),
    g === optimum ? 'M*' : '',
    ...(seeds.length === 1 ? [] : [bestOf === 0 ? '' : String(bestOf)]),
  ];
  return {
    title: curveTitle(setting, predictions),
    head: ['M', 'clipped', 'bias²', 'variance', 'MSE', '', ...(seeds.length === 1 ? [] : ['best of seeds'])],
    rows: clips.map(row),
    note: `Of the clipped loss as an estimate of the ideal one, ${formatMean(idealLoss)}, over all draws of ${drawn} (exact). ${seeds.length === 1 ? 'One seed: no intervals.' : `Mean ± half the 95 % t interval over ${seeds.length} seeds; without ± where all are the same.`}`,
  };
}

function learntTable({ varied, config }: StudiedSetting, learnt: LearntSummary): TextTable {
  const { metric, clips, means, best, lowerIsBetter } = learnt;
  const seeds = learnt.values.length;
  return {
    title: [...varied, `learnt: ${metric}`].join(' · '),
    head: ['M', metric, 'Δ none', ''],
    rows: clips.map((clip, g) => [
      clipText(clip),
      formatMean(means[g]),
      g === 0 ? '' : differenceText(learntDifference(learnt, g, 0)),
      g === best ? 'best' : '',
    ]),
    note: `The method clipped-ips trained with every threshold and tested (none: the method ips${config.task === 'implicit-feedback' ? ', whose early stopping clips at its heldOutClip, that of clipped-ips at M' : ''}); ${lowerIsBetter ? 'lower' : 'higher'} is better. ${seeds === 1 ? 'One seed: no intervals.' : `Mean ± half the 95 % t interval over ${seeds} seeds; Δ none: difference from no clipping, paired by seed. The best of many is a little better than it would be again.`}`,
  };
}

function differenceText({ value, upper }: Estimate): string {
  if (value === 0) return '0';
  return upper > value ? `${formatSigned(value)} ±${(upper - value).toFixed(4)}` : formatSigned(value);
}

/** What a reader should know of where the optima lie. */
export function optimumNotes({ settings }: BiasVarianceStudy): string[] {
  return settings.flatMap((setting) =>
    setting.curves.flatMap(({ summary: { predictions, clips, optimum } }) => {
      const where = curveTitle(setting, predictions);
      if (optimum === 1) return [`${where}: the least MSE is at the lowest threshold; give lower ones to see whether it falls further`];
      if (optimum === clips.length - 1 && clips[optimum].clip < 1)
        return [`${where}: the least MSE is at the highest threshold; give higher ones, up to 1`];
      return [];
    }),
  );
}
