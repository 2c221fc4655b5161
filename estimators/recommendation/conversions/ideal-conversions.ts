import { rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../../src/errors.ts';
import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { clickSpaceLoss } from './conversion-loss.ts';
import { learnConversions } from './learn-conversions.ts';

export const idealConversions = {
  description: 'has seen the probability that each impression converts if clicked; trained to the end',
  reference: true,
  options: strictObject({}),
  create: (): LearnRecommender => (input) => {
    const { log, oracle } = input;
    if (oracle === null) throw new UsageError('ideal needs a simulated log and its truth');
    const users = rowUsers(log);
    const known = { ...log, clicks: new Uint8Array(log.items.length).fill(1) };
    const target = (row: number) => oracle(users[row], log.items[row]);
    return learnConversions({ ...input, log: known, target }, [{ loss: clickSpaceLoss, weight: 1 }], { until: 'converged' });
  },
};
