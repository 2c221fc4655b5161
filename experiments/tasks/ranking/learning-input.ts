import type { LearningInput, LoggedClicks } from '../../../estimators/index.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import type { LogPieces } from '../../../src/data/log-pieces.ts';
import type { GainRule } from '../../../src/label-gains.ts';
import { checkArchitecture } from '../../../src/models/model-json.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';
import type { Parts } from '../../parts/parts.ts';
import { checkKnowsMissing } from './knows-missing.ts';
import type { RankingConfig } from './ranking-config.ts';

/** What there is to learn from, simulated or given. */
export interface Logs {
  readonly train: LoggedClicks;
  readonly pieces?: LogPieces | null; // of a training log that is larger than memory
  readonly heldOut: LoggedClicks | null;
  readonly randomised: ClickLog | null;
  readonly production: LearningInput['production'];
  readonly highestGrade: number;
  readonly gains: GainRule;
}

/** What only references may see is left out. */
const withoutTruth = (logged: LoggedClicks): LoggedClicks => ({ ...logged, knownAttraction: null });

/**
 * The input of one learner: the logs, and the ranker, loss and optimiser that the config names.
 * @param reference whether the learner is one, and so is given the true attraction where it is known
 */
export function learningInput(
  { rankers, losses, optimisers }: Parts,
  { ranker, training }: Pick<RankingConfig, 'ranker' | 'training'>,
  logs: Logs,
  rng: Rng,
  { reference = false }: { readonly reference?: boolean } = {},
): LearningInput {
  const { loss, optimiser, ...trainingOptions } = training;
  const { train, heldOut } = logs;
  return {
    ...logs,
    ...(reference ? {} : { train: withoutTruth(train), heldOut: heldOut && withoutTruth(heldOut) }),
    loss: make('loss', losses, loss, rng.fork('loss')),
    training: trainingOptions,
    rng: rng.fork('learner'),
    newScorer() {
      const scorer = make('ranker', rankers, ranker, train.querySet.featureCount, rng.fork('init'), train.querySet);
      checkArchitecture(scorer, ranker.name);
      checkKnowsMissing(scorer, heldOut === null ? [train.querySet] : [train.querySet, heldOut.querySet]);
      return scorer;
    },
    newOptimiser: (count, relativeRate = 1) =>
      make('optimiser', optimisers, { ...optimiser, learningRate: optimiser.learningRate * relativeRate }, count),
  };
}
