import { type ClickModel, type FitLog, sampleSession } from '../../click-models/index.ts';
import { createRng } from '../../src/random/rng.ts';

export interface LogSizes {
  readonly sessions: number;
  readonly positions: number;
  readonly queries: number;
  readonly documents: number; // of a query
  readonly zipf?: boolean; //    query q with probability ∝ 1/(q + 1), and document d of it likewise; else all alike
  readonly unsorted?: boolean; // queries in the order of chance; else sorted
}

/** Sessions one after the other, each a row and a list of its own: no help from equal rows. Documents attract as u², satisfy as u. */
export function loggedSessions(
  model: ClickModel,
  { sessions: S, positions: K, queries: Q, documents: D, zipf = false, unsorted = false }: LogSizes,
): FitLog {
  const rng = createRng('bench-click-models');
  const attraction = Float64Array.from({ length: Q * D }, () => 0.05 + 0.9 * rng.next() ** 2);
  const satisfaction = Float64Array.from({ length: Q * D }, () => rng.next());
  const harmonic = (n: number) => Math.floor(Math.exp(rng.next() * Math.log(n + 1))) - 1; // about ∝ 1/(i + 1)
  const queries = new Uint32Array(S).map(() => (zipf ? harmonic(Q) : Math.floor(rng.next() * Q)));
  if (!unsorted) queries.sort();
  const [docs, clicks] = [new Uint32Array(S * K), new Uint8Array(S * K)];
  const shown = { attraction: new Float64Array(K), satisfaction: new Float64Array(K) };
  const seen = new Uint32Array(D);
  for (let s = 0; s < S; s++) {
    for (let k = 0; k < K; k++) {
      let d = 0;
      do d = zipf && rng.next() < 0.8 ? harmonic(D) : Math.floor(rng.next() * D);
      while (seen[d] === s + 1);
      seen[d] = s + 1;
      const document = queries[s] * D + d;
      docs[s * K + k] = document;
      shown.attraction[k] = attraction[document];
      shown.satisfaction[k] = satisfaction[document];
    }
    sampleSession(model, shown, rng, clicks.subarray(s * K, (s + 1) * K));
  }
  const offsets = Uint32Array.from({ length: S + 1 }, (_, s) => s * K);
  const list = Uint32Array.from({ length: S }, (_, s) => s);
  return { log: { queries, offsets, docs, list, clickOffsets: offsets, clicks, count: new Float64Array(S).fill(1) }, documents: Q * D };
}
