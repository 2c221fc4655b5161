import { doublyRobustLoss, imputationLoss } from './conversion-loss.ts';
import { escm2 } from './escm2.ts';

export const escm2Dr = escm2(
  'ESMM with a doubly robust conversion loss, errors imputed by a third model (ESCM²-DR, Wang et al. 2022)',
  (clip) => [doublyRobustLoss(clip), imputationLoss(clip)],
);
