import { intervalCells, intervalHead } from '../../records/csv.ts';
import type { Scalar } from '../../records/flatten-config.ts';
import type { BiasVarianceStudy, StudiedSetting } from './bias-variance-study.ts';

/** A tidy table: one row per setting, predictions and threshold, and where asked for seed. */
export interface BiasVarianceRows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Scalar[])[];
}

/** Keys and values of what a setting has that others have not. */
export const variedOf = ({ varied }: StudiedSetting): [string, string][] =>
  varied.map((override) => {
    const at = override.indexOf('=');
    return [override.slice(0, at), override.slice(at + 1)];
  });

/** Means over seeds with 95 % t intervals; `clip` 0: nothing clipped; `optimum`: where the mean squared error is least. */
export function meanRows({ settings }: BiasVarianceStudy): BiasVarianceRows {
  const [first] = settings;
  const learntHead = first.learnt === null ? [] : ['learnt_metric', ...intervalHead('learnt')];
  const head = [
    ...[...variedOf(first).map(([key]) => key), 'predictions', 'seeds', 'clip', 'clipped_share'],
    ...['squared_bias', 'variance', 'mse'].flatMap(intervalHead),
    ...['optimum', 'best_of_seeds', ...learntHead],
  ];
  const rows = settings.flatMap((setting) =>
    setting.curves.flatMap(({ summary: { predictions, clips, optimum, seeds } }) =>
      clips.map(({ clip, clippedShare, squaredBias, variance, meanSquaredError, bestOf }, g) => [
        ...[...variedOf(setting).map(([, value]) => value), predictions, seeds.length, clip, clippedShare.value],
        ...[squaredBias, variance, meanSquaredError].flatMap(intervalCells),
        ...[g === optimum, bestOf],
        ...(setting.learnt === null ? [] : [setting.learnt.metric, ...intervalCells(setting.learnt.means[g])]),
      ]),
    ),
  );
  return { head, rows };
}

/** Every seed's own curve; `optimum`: where its mean squared error is least. */
export function seedRows({ settings }: BiasVarianceStudy): BiasVarianceRows {
  const [first] = settings;
  const head = [
    ...[...variedOf(first).map(([key]) => key), 'predictions', 'seed', 'ideal_loss', 'clip', 'clipped_share'],
    ...['bias', 'variance', 'mse', 'optimum', ...(first.learnt === null ? [] : ['learnt_metric', 'learnt'])],
  ];
  const rows = settings.flatMap((setting) =>
    setting.curves.flatMap(({ perSeed: { predictions, seeds, curves, idealLoss }, summary: { optima } }) =>
      curves.flatMap((curve, s) =>
        curve.map(({ clip, clippedShare, bias, variance, meanSquaredError }, g) => [
          ...[...variedOf(setting).map(([, value]) => value), predictions, seeds[s], idealLoss[s], clip, clippedShare],
          ...[bias, variance, meanSquaredError, clip === optima[s]],
          ...(setting.learnt === null ? [] : [setting.learnt.metric, setting.learnt.values[s][g]]),
        ]),
      ),
    ),
  );
  return { head, rows };
}
