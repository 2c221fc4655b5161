import type { EstimatorEntry, Learned } from '../../../estimators/index.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';
import type { Parts } from '../../parts/parts.ts';
import { rowsOf, type TableRows } from '../../tables/table.ts';
import { endingRows } from '../shared/click-model-fits.ts';
import { trainingRows } from '../shared/training.ts';
import { type Logs, learningInput } from './learning-input.ts';
import type { RankingConfig } from './ranking-config.ts';
import { rankingMethods } from './ranking-methods.ts';
import { propensities, trustBias, weights } from './ranking-tables.ts';

/** Trains one configured method on the logs. Every method of a seed starts from the same initial parameters. */
export function learnMethod(
  parts: Parts,
  config: RankingConfig,
  method: RankingConfig['estimators'][number],
  logs: Logs,
  rng: Rng,
): Learned {
  const { label: _label, ranker = config.ranker, loss = config.training.loss, ...choice } = method;
  const methods = rankingMethods(parts);
  const { reference = false, source } = methods[choice.name] as EstimatorEntry;
  const own = { ranker, training: { ...config.training, loss } };
  const learned = make('estimator', methods, choice as never)(learningInput(parts, own, logs, rng, { reference }));
  return { ...(source && { examinationSource: source }), ...learned };
}

/** What tables keep of a method. @param truth θ_k / θ_0 per position; null where nobody knows it */
export function learnedRows(
  { examination, examinationSource, affine, clippedShare, ending, record }: Learned,
  truth: Float64Array | null,
): TableRows[] {
  const source = examinationSource ?? null;
  const ranks =
    examination === null
      ? []
      : Array.from(examination, (estimated, k) => ({
          rank: k + 1,
          estimated,
          true: truth?.[k] ?? null,
          source,
        }));
  return [
    rowsOf(propensities, ranks),
    rowsOf(
      trustBias,
      Array.from(affine?.alpha ?? [], (alpha, k) => ({ rank: k + 1, alpha, beta: affine?.beta[k] ?? Number.NaN, source })),
    ),
    rowsOf(weights, clippedShare === undefined ? [] : [{ clipped_share: clippedShare }]),
    ...endingRows(ending),
    ...trainingRows(record),
  ];
}
