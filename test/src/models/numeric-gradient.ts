import type { ScoreLoss, Scorer } from '../../../src/models/scorer.ts';

/** Σ_i a_i s_i + s_i²/2 with a_i = sin(i): a loss whose every score counts, and whose derivative, a_i + s_i, is plain to see. */
export const waveLoss: ScoreLoss = (scores, gradient) => {
  let loss = 0;
  scores.forEach((score, i) => {
    loss += Math.sin(i) * score + (score * score) / 2;
    gradient[i] = Math.sin(i) + score;
  });
  return loss;
};

/** (loss(p + h) − loss(p − h)) / 2h for every parameter p in turn. */
export function numericGradient(scorer: Scorer, features: Float32Array, loss: ScoreLoss, h = 1e-2, offsets?: Uint32Array): Float64Array {
  const { parameters } = scorer;
  const at = (p: number, value: number): number => {
    parameters[p] = value;
    const scores = scorer.score(features, offsets);
    return loss(scores, new Float32Array(scores.length));
  };
  return Float64Array.from(parameters.slice(), (value, p) => {
    const difference = at(p, value + h) - at(p, value - h);
    parameters[p] = value;
    return difference / (2 * h);
  });
}

/** n values in [−0.5, 0.5) that repeat nothing. */
export const someFeatures = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => ((i * 0.618034 + 0.3) % 1) - 0.5);
