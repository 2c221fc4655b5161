import { biasEstimators, type EstimatedBias, type LearningInput } from '../../estimators/index.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { createRng } from '../../src/random/rng.ts';

/** A list that sessions saw, with its probability. */
export interface WorldList {
  readonly query: number;
  readonly docs: readonly number[];
  readonly probability: number;
  readonly policy?: number;
  readonly context?: number;
}

/** The log of infinitely many position-based users: every list with every pattern of clicks, counts are 10⁹ times their probabilities. */
export function expectedLog(lists: readonly WorldList[], curves: readonly (readonly number[])[], attraction: readonly number[]): ClickLog {
  const most = (key: 'policy' | 'context') => 1 + Math.max(...lists.map((list) => list[key] ?? 0));
  const builder = new ClickLogBuilder(most('context'), most('policy'));
  for (const { query, docs, probability, policy = 0, context = 0 } of lists) {
    const list = builder.addList(query, docs, context, policy);
    for (let pattern = 0; pattern < 2 ** docs.length; pattern++) {
      const clicks = docs.map((_, k) => (pattern >> k) & 1);
      const p = docs.map((doc, k) => curves[context][k] * attraction[doc]);
      builder.addRow(
        list,
        clicks,
        clicks.reduce((product, click, k) => product * (click ? p[k] : 1 - p[k]), 1e9 * probability),
      );
    }
  }
  return builder.build();
}

/** What an estimator finds in a log, which is both the training log and the randomised one. */
export function estimateBias(name: keyof typeof biasEstimators, log: ClickLog, options: object = {}): EstimatedBias {
  const entry: { readonly create: unknown } = biasEstimators[name];
  const input = { train: { log, knownBias: null }, randomised: log, rng: createRng('bias') } as unknown as LearningInput;
  return (entry.create as (decoded: object) => (input: LearningInput) => EstimatedBias)({ by: null, ...options })(input);
}
