/** Propensities (exposures) that are off a known truth by more than this factor are told of. */
export const tellFrom = 1.5;

export const isOff = (logRatio: number): boolean => Math.abs(logRatio) > Math.log(tellFrom);

/** Something estimated against its truth: ln(θ̂/θ), and what to say of the factor that this is. */
export interface LogRatio {
  readonly logRatio: number;
  words(factor: number): string;
}

/** What is said of those that are off by more than {@link tellFrom}, in either direction; null where none is. */
export function offTheTruth(ratios: readonly LogRatio[]): string | null {
  const off = ratios.filter(({ logRatio }) => isOff(logRatio));
  return off.length === 0 ? null : off.map(({ logRatio, words }) => words(Number(Math.exp(logRatio).toPrecision(2)))).join(', and ');
}
