import { sessionMetrics } from '../session-metrics/index.ts';

/** NUM with each of its three parts taken away, as its paper ablates it. */
export const numAblations = ['NUM(clickEnhancement=false)', 'NUM(reformulationPenalty=false)', 'NUM(normalise=false)'] as const;

/** Every registered session metric with its defaults, NUM first, and the ablations of NUM after it. */
export function defaultMetaMetrics(): string[] {
  return ['NUM', ...numAblations, ...Object.keys(sessionMetrics).filter((name) => name !== 'NUM')];
}
