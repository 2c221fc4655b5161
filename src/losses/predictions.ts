import { pairLosses, sigmoid } from './pair-loss.ts';

/** What a score predicts, by name: a probability, or itself. Every loss and learner of pairs predicts by one of these. */
export const predictions = { sigmoid, identity: pairLosses['squared-identity'].predict };
export type PredictionName = keyof typeof predictions;
