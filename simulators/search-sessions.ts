import { checkNoPager } from '../click-models/check-list.ts';
import type { ClickModel } from '../click-models/click-model.ts';
import type { QuerySet } from '../src/data/query-set.ts';
import type { SearchSession } from '../src/data/search-session.ts';
import { decodeOptions } from '../src/decode-options.ts';
import { UsageError } from '../src/errors.ts';
import { type GainRule, gainScale } from '../src/label-gains.ts';
import { rankDocuments } from '../src/metrics/rank-labels.ts';
import type { Rng } from '../src/random/rng.ts';
import { shuffleTies } from '../src/random/shuffle-ties.ts';
import { type SearchSessionOptions, searchSessionOptions } from './search-session-options.ts';
import { type InformationNeed, type SearchSessionTruth, searchUser } from './search-user.ts';

/** What search sessions are drawn from. Size: D documents. */
export interface SearchSimulation {
  readonly querySet: QuerySet; //               each query is an information need with its documents
  readonly scores: Float32Array | Float64Array; // of the ranker, length D
  readonly attraction: Float64Array; //         length D, in [0, 1]
  readonly satisfaction?: Float64Array; //      likewise, where the click model asks for it
  readonly clickModel: ClickModel;
  readonly sessionsPerNeed: number | ArrayLike<number>; // of every need, or of each
  readonly positions: number; //                results shown per query, at most
  readonly highestGrade?: number; //            H, of found gain; the highest label, at least 1, when absent
  readonly gains?: GainRule; //                 exponential when absent
  readonly options?: Partial<SearchSessionOptions>;
}

/** Search sessions and what they were drawn with. */
export interface SimulatedSearchSessions {
  readonly sessions: SearchSession[];
  readonly truth: SearchSessionTruth[]; // of every session, in their order
}

/**
 * Search sessions, `sessionsPerNeed` for each need with documents. A session is formulations of one need: each retrieves a random subset
 * of its documents, which overlaps with the one before, shows the best `positions` by score (ties in an order drawn for each session), and is clicked by the
 * click model; documents are overlooked at first and clicked again as the options say. Then the user is satisfied with probability
 * 1 − Π (1 − σ·attraction) over the documents clicked for the first time, and otherwise asks again with probability `patience`.
 * `satisfaction` is a rating by {@link ratingOptions}, or 1 and 0; results carry the label as `grade` where it is judged (≥ 0); with a
 * rating, queries and clicks carry their times. `topic` is the need's id.
 *
 * Common random numbers: what session s of a need draws for query j (retrieval and click of every document, satisfaction, patience)
 * depends on the seed, the need's id, s and j only. Two rankers meet the same users, so compare them session by session.
 * @throws UsageError on a length mismatch, a NaN score, values out of range, or lists longer than the click model covers
 */
export function simulateSearchSessions(simulation: SearchSimulation, rng: Rng): SearchSession[] {
  return simulateSessionsWithTruth(simulation, rng).sessions;
}

/** {@link simulateSearchSessions}, and what each session was drawn with. */
export function simulateSessionsWithTruth(simulation: SearchSimulation, rng: Rng): SimulatedSearchSessions {
  const [sessions, truth]: [SearchSession[], SearchSessionTruth[]] = [[], []];
  for (const one of drawSearchSessions(simulation, rng)) {
    sessions.push(one.session);
    truth.push(one.truth);
  }
  return { sessions, truth };
}

/**
 * The sessions of {@link simulateSearchSessions} one after the other, each with the place of its need: for many that are looked at once, as memory
 * then holds one.
 */
export function* drawSearchSessions(
  simulation: SearchSimulation,
  rng: Rng,
): Generator<{ readonly need: number; readonly session: SearchSession; readonly truth: SearchSessionTruth }> {
  const { querySet, scores, sessionsPerNeed, clickModel, positions } = simulation;
  const options = decodeOptions('search sessions', searchSessionOptions, simulation.options ?? {});
  checkSimulation(simulation);
  const order = rankDocuments(scores, querySet.offsets, rng.fork('ties'));
  const highestGrade = simulation.highestGrade ?? querySet.labels.reduce((high, label) => Math.max(high, label), 1);
  const { gain, full } = gainScale(simulation.gains ?? 'exponential', highestGrade);
  for (const [n, needId] of querySet.queryIds.entries()) {
    const need = informationNeed(simulation, order, n, (label) => gain(label) / full);
    if (need.ids.length === 0) continue;
    const users = rng.fork(needId);
    const count = typeof sessionsPerNeed === 'number' ? sessionsPerNeed : sessionsPerNeed[n];
    const own = scores.subarray(querySet.offsets[n], querySet.offsets[n + 1]);
    const ties = need.ranked.some((d, i) => i > 0 && own[d] === own[need.ranked[i - 1]]);
    for (let s = 0; s < count; s++) {
      const user = users.fork(`${s}`);
      if (ties) shuffleTies(need.ranked, own, user.fork('ties'));
      const { session, truth } = searchUser(`${needId}/${s + 1}`, needId, need, clickModel, positions, options, user);
      yield { need: n, session, truth };
    }
  }
}

function informationNeed(
  { querySet, attraction, satisfaction, positions }: SearchSimulation,
  order: Uint32Array,
  n: number,
  gain: (label: number) => number,
): InformationNeed {
  const [start, end] = [querySet.offsets[n], querySet.offsets[n + 1]];
  const grades = querySet.labels.subarray(start, end);
  const room = Math.min(positions, grades.length);
  return {
    ids: querySet.docIds.slice(start, end),
    grades,
    attraction: attraction.subarray(start, end),
    satisfaction: satisfaction?.subarray(start, end) ?? null,
    gains: Float64Array.from(grades, gain),
    ranked: order.subarray(start, end).map((doc) => doc - start),
    judged: Array.from(grades).filter((grade) => grade > 0),
    scratch: {
      retrieveDraws: new Float64Array(grades.length),
      clickDraws: new Float64Array(grades.length),
      shown: new Uint8Array(grades.length),
      clickedEver: new Uint8Array(grades.length),
      list: { attraction: new Float64Array(room), satisfaction: new Float64Array(room), context: 0 },
    },
  };
}

function checkSimulation(simulation: SearchSimulation): void {
  const { querySet, scores, attraction, satisfaction, clickModel, sessionsPerNeed, positions } = simulation;
  const documents = querySet.labels.length;
  if (scores.length !== documents) throw new UsageError(`expected ${documents} scores, one per document, got ${scores.length}`);
  if (attraction.length !== documents)
    throw new UsageError(`expected ${documents} attractions, one per document, got ${attraction.length}`);
  checkProbabilities('attraction', attraction);
  checkNoPager(clickModel);
  if (clickModel.documents.includes('satisfaction')) {
    if (satisfaction?.length !== documents)
      throw new UsageError(
        `click model ${clickModel.name} needs the satisfaction of ${documents} documents, got ${satisfaction?.length ?? 'none'}`,
      );
    checkProbabilities('satisfaction', satisfaction);
  }
  if (!(Number.isSafeInteger(positions) && positions >= 1))
    throw new UsageError(`positions must be a whole number of at least 1, got ${positions}`);
  checkCounts(sessionsPerNeed, querySet.queryIds.length);
  const longest = querySet.offsets.reduce((most, end, q, offsets) => (q === 0 ? 0 : Math.max(most, end - offsets[q - 1])), 0);
  if (Math.min(longest, positions) > clickModel.positions)
    throw new UsageError(
      `click model ${clickModel.name} covers ${clickModel.positions} positions; show no more, got positions ${positions}`,
    );
}

function checkProbabilities(what: string, values: Float64Array): void {
  const bad = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) throw new UsageError(`${what}[${bad}] must be in [0, 1], got ${values[bad]}`);
}

function checkCounts(sessionsPerNeed: number | ArrayLike<number>, needs: number): void {
  if (typeof sessionsPerNeed === 'number') {
    if (!(Number.isSafeInteger(sessionsPerNeed) && sessionsPerNeed >= 1))
      throw new UsageError(`sessionsPerNeed must be a whole number of at least 1, got ${sessionsPerNeed}`);
    return;
  }
  if (sessionsPerNeed.length !== needs) throw new UsageError(`expected ${needs} numbers of sessionsPerNeed, got ${sessionsPerNeed.length}`);
  const bad = Array.from(sessionsPerNeed).find((count) => !(Number.isSafeInteger(count) && count >= 0));
  if (bad !== undefined) throw new UsageError(`sessionsPerNeed must be whole numbers, got ${bad}`);
}
