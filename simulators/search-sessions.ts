import type { ClickModel } from '../click-models/click-model.ts';
import type { QuerySet } from '../src/data/query-set.ts';
import type { SearchResult, SearchSession } from '../src/data/search-session.ts';
import { decodeOptions } from '../src/decode-options.ts';
import { UsageError } from '../src/errors.ts';
import { rankDocuments } from '../src/metrics/rank-labels.ts';
import type { Rng } from '../src/random/rng.ts';
import { type Decoded, integer, optional, probability, strictObject } from '../src/schema.ts';

/** How users go about an information need. The defaults give two to three queries a search session; they are choices, not estimates from a log. */
export const searchSessionOptions = strictObject({
  /** Probability that a formulation of the need retrieves a document, each on its own: two formulations share documents. At least one is retrieved. */
  retrieval: optional(probability(), 0.6),
  /** σ: a document clicked for the first time satisfies the need with probability σ·attraction. */
  satisfaction: optional(probability(), 0.5),
  /** Probability that a user who is not satisfied asks again. */
  patience: optional(probability(), 0.7),
  maxQueries: optional(integer(1), 10),
});
export type SearchSessionOptions = Decoded<typeof searchSessionOptions>;

export interface SearchSimulation {
  readonly querySet: QuerySet; //               each query is an information need with its documents
  readonly scores: Float32Array | Float64Array; // of the ranker, length D
  readonly attraction: Float64Array; //         length D, in [0, 1]
  readonly clickModel: ClickModel;
  readonly sessionsPerNeed: number;
  readonly positions: number; //                results shown per query, at most
  readonly options?: Partial<SearchSessionOptions>;
}

/**
 * Search sessions, `sessionsPerNeed` for each need with documents. A session is formulations of one need: each retrieves a random subset
 * of its documents, shows the best `positions` by score (ties in document order), and is clicked by the click model. Then the user is
 * satisfied with probability 1 − Π (1 − σ·attraction) over the documents clicked for the first time, and otherwise asks again with
 * probability `patience`. `satisfaction` is 1 or 0; results carry the label as `grade` where it is judged (≥ 0).
 *
 * Common random numbers: what session s of a need draws for query j (retrieval and click of every document, satisfaction, patience)
 * depends on the seed, the need's id, s and j only. Two rankers meet the same users, so compare them session by session.
 * @throws UsageError on a length mismatch, a NaN score, values out of range, or lists longer than the click model covers
 */
export function simulateSearchSessions(simulation: SearchSimulation, rng: Rng): SearchSession[] {
  const { querySet, scores, sessionsPerNeed } = simulation;
  const options = decodeOptions('search sessions', searchSessionOptions, simulation.options ?? {});
  checkSimulation(simulation);
  const order = rankDocuments(scores, querySet.offsets);
  const sessions: SearchSession[] = [];
  querySet.queryIds.forEach((needId, need) => {
    const ranked = order.subarray(querySet.offsets[need], querySet.offsets[need + 1]);
    if (ranked.length === 0) return;
    const users = rng.fork(needId);
    for (let s = 0; s < sessionsPerNeed; s++)
      sessions.push(searchSession(`${needId}/${s + 1}`, ranked, querySet.offsets[need], simulation, options, users.fork(`${s}`)));
  });
  return sessions;
}

/** One user's queries for one need. @param ranked the need's documents, best first @param first its first document row */
function searchSession(
  id: string,
  ranked: Uint32Array,
  first: number,
  { querySet, attraction, clickModel, positions }: SearchSimulation,
  { retrieval, satisfaction, patience, maxQueries }: SearchSessionOptions,
  rng: Rng,
): SearchSession {
  const [retrieveDraws, clickDraws] = [new Float64Array(ranked.length), new Float64Array(ranked.length)];
  const everClicked = new Set<number>();
  const queries: { results: SearchResult[] }[] = [];
  let satisfied = false;
  let goesOn = true;
  while (goesOn) {
    for (let i = 0; i < ranked.length; i++) retrieveDraws[i] = rng.next();
    for (let i = 0; i < ranked.length; i++) clickDraws[i] = rng.next();
    const [satisfactionDraw, patienceDraw] = [rng.next(), rng.next()];
    const results: SearchResult[] = [];
    const surest = retrieveDraws.reduce((least, draw) => Math.min(least, draw), 1); // retrieved even if no other is
    let unsatisfied = 1;
    let state = clickModel.initialState;
    for (let i = 0; i < ranked.length && results.length < positions; i++) {
      const doc = ranked[i];
      const draw = retrieveDraws[doc - first];
      if (draw >= retrieval && draw > surest) continue;
      const position = results.length;
      const clicked = clickDraws[doc - first] < clickModel.conditional(position, attraction[doc], state);
      state = clickModel.next(position, attraction[doc], state, clicked);
      if (clicked && !everClicked.has(doc)) unsatisfied *= 1 - satisfaction * attraction[doc];
      if (clicked) everClicked.add(doc);
      const grade = querySet.labels[doc];
      results.push(grade >= 0 ? { id: querySet.docIds[doc], clicked, grade } : { id: querySet.docIds[doc], clicked });
    }
    queries.push({ results });
    satisfied = satisfactionDraw >= unsatisfied;
    goesOn = !satisfied && patienceDraw < patience && queries.length < maxQueries;
  }
  return { id, queries, satisfaction: satisfied ? 1 : 0 };
}

function checkSimulation({ querySet, scores, attraction, clickModel, sessionsPerNeed, positions }: SearchSimulation): void {
  const documents = querySet.labels.length;
  if (scores.length !== documents) throw new UsageError(`expected ${documents} scores, one per document, got ${scores.length}`);
  if (attraction.length !== documents)
    throw new UsageError(`expected ${documents} attractions, one per document, got ${attraction.length}`);
  const bad = attraction.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) throw new UsageError(`attraction[${bad}] must be in [0, 1], got ${attraction[bad]}`);
  for (const [name, value] of Object.entries({ sessionsPerNeed, positions }))
    if (!(Number.isSafeInteger(value) && value >= 1)) throw new UsageError(`${name} must be a whole number of at least 1, got ${value}`);
  const longest = querySet.offsets.reduce((most, end, q, offsets) => (q === 0 ? 0 : Math.max(most, end - offsets[q - 1])), 0);
  if (Math.min(longest, positions) > clickModel.positions)
    throw new UsageError(
      `click model ${clickModel.name} covers ${clickModel.positions} positions; show no more, got positions ${positions}`,
    );
}
