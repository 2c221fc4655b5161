import { type Decoded, literal, probability, union } from '../../src/schema.ts';

/** τ below which inverse weights are cut: a number, or `root-n` for min(10/√N, 1) of N sessions, which more data lets go. Oosterhuis, TOIS 2023. */
export const clipOption = union([probability(), literal('root-n')]);
export type Clip = Decoded<typeof clipOption>;

/** @param sessions N, of the training log: held-out clicks are cut alike */
export const clipValue = (clip: Clip, sessions: number): number => (clip === 'root-n' ? Math.min(10 / Math.sqrt(sessions), 1) : clip);
