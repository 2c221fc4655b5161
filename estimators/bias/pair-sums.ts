/** Over the documents seen at both of two ranks, for a query each; every document weighs 1, as impressions that weigh 1 / n(q, d, k) do. */
export interface PairSums {
  readonly positions: number; //       K
  readonly rates: Float64Array; //     [k · K + j]: Σ CTR(q, d, k) over those seen at ranks k and j
  readonly documents: Float64Array; // [k · K + j]: how many they are; symmetric
}

export const emptySums = (positions: number): PairSums => ({
  positions,
  rates: new Float64Array(positions ** 2),
  documents: new Float64Array(positions ** 2),
});

export function addSums(into: PairSums, own: PairSums, weight: number): void {
  for (let i = 0; i < own.rates.length; i++) {
    into.rates[i] += weight * own.rates[i];
    into.documents[i] += weight * own.documents[i];
  }
}
