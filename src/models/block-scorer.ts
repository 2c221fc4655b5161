import type { ScoreLoss, Scorer } from './scorer.ts';

/** Rows that are worked off at once, and what a network needs to know of them beside their features. */
export interface Block<Of> {
  readonly start: number; // row
  readonly end: number;
  readonly of: Of;
}

export interface BlockNetwork<Of> {
  outputs(parameters: Float32Array, x: Float32Array, of: Of): Float32Array;
  lossGradient(parameters: Float32Array, x: Float32Array, loss: ScoreLoss, gradient: Float32Array, of: Of): number;
}

/**
 * Scores and gradients of a network with one output, block by block, so that memory is bounded; a gradient of more than one block costs a second
 * forward pass, as the loss needs all scores first.
 * @param blocksOf what rows are divided into @throws as it does
 */
export function blockScorer<Of>(
  network: BlockNetwork<Of>,
  parameters: Float32Array,
  featureCount: number,
  blocksOf: (features: Float32Array, offsets: Uint32Array | undefined, training: boolean) => readonly Block<Of>[],
): Pick<Scorer, 'score' | 'lossGradient'> {
  const rowsIn = (features: Float32Array, { start, end }: Block<Of>) => features.subarray(start * featureCount, end * featureCount);

  const scoresOf = (features: Float32Array, blocks: readonly Block<Of>[]): Float32Array => {
    const scores = new Float32Array(features.length / featureCount);
    for (const block of blocks) scores.set(network.outputs(parameters, rowsIn(features, block), block.of), block.start);
    return scores;
  };

  return {
    score: (features, offsets) => scoresOf(features, blocksOf(features, offsets, false)),
    lossGradient(features, loss, gradient, offsets) {
      const blocks = blocksOf(features, offsets, true);
      if (blocks.length === 1) return network.lossGradient(parameters, features, loss, gradient, blocks[0].of);
      const scores = scoresOf(features, blocks);
      const slopes = new Float32Array(scores.length);
      const value = loss(scores, slopes);
      const part = new Float32Array(gradient.length);
      gradient.fill(0);
      for (const block of blocks) {
        const given: ScoreLoss = (_, into) => {
          into.set(slopes.subarray(block.start, block.end));
          return value;
        };
        network.lossGradient(parameters, rowsIn(features, block), given, part, block.of);
        for (let p = 0; p < part.length; p++) gradient[p] += part[p];
      }
      return value;
    },
  };
}
