import type { ClickModel } from '../click-models/index.ts';
import type { SearchQuery, SearchResult, SearchSession } from '../src/data/search-session.ts';
import { gaussian } from '../src/random/gaussian.ts';
import type { Rng } from '../src/random/rng.ts';
import type { SearchSessionOptions } from './search-session-options.ts';
import { effortSeconds, expectedSatisfaction, rate } from './session-rating.ts';

/** An information need: documents in the order of their rows, and how a system ranks them. Arrays have one value per document of the need. */
export interface InformationNeed {
  readonly ids: readonly string[];
  readonly grades: ArrayLike<number>; //     below 0: unjudged
  readonly attraction: Float64Array;
  readonly satisfaction: Float64Array | null; // once clicked, for click models that ask for it
  readonly gains: Float64Array; //           (2^y − 1)/2^H, or g(y)/g(H) of other gains
  readonly ranked: Uint32Array; //           documents of the need, best first
  readonly judged: readonly number[]; //     grades above 0
  readonly scratch: SessionScratch;
}

/** What one search session writes before it reads it, one value per document: kept from session to session, as there are many. */
export interface SessionScratch {
  readonly retrieveDraws: Float64Array;
  readonly clickDraws: Float64Array;
  readonly shown: Uint8Array; //       1 once, 2 once and not clicked then
  readonly clickedEver: Uint8Array;
  readonly list: { readonly attraction: Float64Array; readonly satisfaction: Float64Array; context: number }; // by position; the context is the user's
}

/** What a search session was drawn with, kept apart from its log. */
export interface SearchSessionTruth {
  readonly id: string;
  readonly ended: 'satisfied' | 'gave-up' | 'query-limit';
  readonly gain: number; //                 G, found by clicks, each document once
  readonly seconds: number; //              E, by the rating's costs; NaN without a rating
  readonly expectedSatisfaction: number; // before noise and rounding; NaN without a rating
  readonly skippedThenClicked: number; //   documents shown without a click in one query and clicked in a later one
}

/**
 * One user's queries for one need, as {@link simulateSearchSessions} describes them. What is drawn for query j depends on `rng` and j only:
 * for every document whether it is retrieved, whether that is carried over, and its click; then satisfaction and patience; the rating last.
 */
export function searchUser(
  id: string,
  topic: string,
  need: InformationNeed,
  clickModel: ClickModel,
  positions: number,
  options: SearchSessionOptions,
  rng: Rng,
): { readonly session: SearchSession; readonly truth: SearchSessionTruth } {
  const { retrieval, persistence, overlook, reclick, satisfaction, patience, maxQueries, rating } = options;
  const size = need.ids.length;
  const { retrieveDraws, clickDraws, shown, clickedEver, list: shownList } = need.scratch;
  const { walk } = clickModel;
  shownList.context = clickModel.contexts === 1 ? 0 : Math.floor(clickModel.contexts * rng.fork('context').next());
  shown.fill(0);
  clickedEver.fill(0);
  const queries: SearchQuery[] = [];
  let [gain, passedInAll, clicksInAll, skippedThenClicked] = [0, 0, 0, 0];
  let ended: SearchSessionTruth['ended'] | null = null;
  while (ended === null) {
    for (let d = 0; d < size; d++) {
      const fresh = rng.next();
      const carry = rng.next();
      if (queries.length === 0 || carry >= persistence) retrieveDraws[d] = fresh;
    }
    for (let d = 0; d < size; d++) clickDraws[d] = rng.next();
    const [satisfactionDraw, patienceDraw] = [rng.next(), rng.next()];
    let surest = 1; // retrieved even if no other is
    for (let d = 0; d < size; d++) if (retrieveDraws[d] < surest) surest = retrieveDraws[d];
    const started = rating && effortSeconds({ queries: queries.length, passed: passedInAll, clicks: clicksInAll }, rating);
    const results: SearchResult[] = [];
    let [unsatisfied, clicks, lastClick] = [1, 0, -1];
    walk.begin();
    for (let i = 0; i < size && results.length < positions; i++) {
      const d = need.ranked[i];
      if (retrieveDraws[d] >= retrieval && retrieveDraws[d] > surest) continue;
      const position = results.length;
      const own = need.attraction[d];
      const attraction = clickedEver[d] === 1 ? reclick * own : shown[d] === 0 ? (1 - overlook) * own : own;
      shownList.attraction[position] = attraction;
      if (need.satisfaction !== null) shownList.satisfaction[position] = need.satisfaction[d];
      walk.look(position, shownList);
      const clicked = clickDraws[d] < walk.outcome[1];
      walk.move(position, Number(clicked));
      if (clicked && clickedEver[d] === 0) {
        unsatisfied *= 1 - satisfaction * own;
        gain += need.gains[d];
        if (shown[d] === 2) skippedThenClicked++;
        clickedEver[d] = 1;
      } else if (!clicked && shown[d] === 0) shown[d] = 2;
      if (shown[d] === 0) shown[d] = 1;
      const grade = need.grades[d];
      let time: { clickTime: number; dwell: number } | undefined;
      if (clicked) {
        if (rating && started !== null) {
          const until = effortSeconds({ queries: 1, passed: position + 1, clicks }, rating);
          time = { clickTime: started + until, dwell: rating.documentSeconds };
        }
        clicks++;
        lastClick = position;
      }
      const result = grade >= 0 ? { id: need.ids[d], clicked, grade } : { id: need.ids[d], clicked };
      results.push(time === undefined ? result : { ...result, ...time });
    }
    queries.push(started === null ? { results } : { time: started, results });
    passedInAll += lastClick >= 0 ? lastClick + 1 : results.length;
    clicksInAll += clicks;
    if (satisfactionDraw >= unsatisfied) ended = 'satisfied';
    else if (patienceDraw >= patience) ended = 'gave-up';
    else if (queries.length === maxQueries) ended = 'query-limit';
  }
  let [seconds, expected, satisfied] = [Number.NaN, Number.NaN, ended === 'satisfied' ? 1 : 0];
  if (rating !== null) {
    seconds = effortSeconds({ queries: queries.length, passed: passedInAll, clicks: clicksInAll }, rating);
    expected = expectedSatisfaction(gain, seconds, rating);
    satisfied = rate(expected, gaussian(rng), rating);
  }
  return {
    session: { id, topic, queries, judged: need.judged, satisfaction: satisfied },
    truth: { id, ended, gain, skippedThenClicked, seconds, expectedSatisfaction: expected },
  };
}
