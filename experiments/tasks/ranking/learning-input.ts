import type { LearningInput, LoggedClicks, Ranker } from '../../../estimators/index.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { losses } from '../../../src/losses/index.ts';
import { scorers } from '../../../src/models/scorers.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { lookup } from '../../../src/registry.ts';
import type { RunConfig } from './run-config.ts';

/** What there is to learn from, simulated or given. */
export interface Logs {
  readonly train: LoggedClicks;
  readonly heldOut: LoggedClicks | null;
  readonly randomised: ClickLog | null;
  readonly production: Ranker | null;
  readonly highestGrade: number;
}

/** The input of one learner: the logs, and the ranker, loss and optimiser that the config names. */
export function learningInput({ ranker, training }: RunConfig, logs: Logs, rng: Rng): LearningInput {
  const { loss, optimiser, ...trainingOptions } = training;
  const { name: rankerName, ...rankerOptions } = ranker;
  const { name: optimiserName, ...optimiserOptions } = optimiser;
  const scorer = lookup('ranker', scorers, rankerName);
  const rule = lookup('optimiser', optimisers, optimiserName);
  return {
    ...logs,
    loss: lookup('loss', losses, loss).loss,
    training: trainingOptions,
    rng: rng.fork('learner'),
    newScorer: () => scorer.create(rankerOptions as never, logs.train.querySet.featureCount, rng.fork('init')),
    newOptimiser: (count, relativeRate = 1) =>
      rule.create({ ...optimiserOptions, learningRate: optimiserOptions.learningRate * relativeRate } as never, count),
  };
}
