import { type ClickLog, clickSums } from '../data/click-log.ts';

/** Sessions that click all of a list of three documents or more. */
export interface ClickingEverything {
  readonly sessions: number;
  readonly expected: number; // as many of them, if clicks in a list did not depend on each other
}

/** A log without most of these sessions. */
export interface WithoutClickingEverything {
  readonly log: ClickLog; // the same lists; as many of such sessions as are expected, a count that may be broken
  readonly clickingEverything: ClickingEverything;
}

/** Below three documents too many people open all that they see. */
const fewestDocuments = 3;

/**
 * Bots, and people who open all, add the same rate of clicks at every rank, which looks like trust in ranks, or like users who differ. What chance gives is Σ_l n_l Π_k p_lk, where p_lk = (c_lk + ½)/(n_l + 1) is the
 * click-through of rank k of list l over its other sessions, n_l of them; so many stay, as without them clicks in a list would seem to make each other rarer. Two passes over rows.
 * @returns null where such sessions are not clearly more than twice as many as by chance, or lists that long have no other sessions
 */
export function withoutClickingEverything(log: ClickLog): WithoutClickingEverything | null {
  const { list, count, clicks, clickOffsets } = log;
  const whole = new Uint8Array(list.length); // 1: the row clicks everything
  const ofList = new Float64Array(log.queries.length);
  let sessions = 0;
  for (let r = 0; r < list.length; r++) {
    const [start, end] = [clickOffsets[r], clickOffsets[r + 1]];
    let sum = 0;
    for (let i = start; i < end; i++) sum += clicks[i];
    if (sum < end - start || sum < fewestDocuments) continue;
    whole[r] = 1;
    sessions += count[r];
    ofList[list[r]] += count[r];
  }
  const expected = expectedOf(log, ofList);
  if (expected === 0 || sessions - 2 * expected <= 4 * Math.sqrt(Math.max(1, expected))) return null;
  const stay = expected / sessions;
  return { log: { ...log, count: count.map((n, r) => (whole[r] === 1 ? n * stay : n)) }, clickingEverything: { sessions, expected } };
}

/** @param ofList sessions of each list that clicked everything */
function expectedOf(log: ClickLog, ofList: Float64Array): number {
  const { clicks, sessions } = clickSums(log);
  let expected = 0;
  for (let l = 0; l < sessions.length; l++) {
    const [start, end] = [log.offsets[l], log.offsets[l + 1]];
    if (end - start < fewestDocuments) continue;
    let all = 1;
    for (let i = start; i < end; i++) all *= (clicks[i] - ofList[l] + 0.5) / (sessions[l] - ofList[l] + 1);
    expected += (sessions[l] - ofList[l]) * all;
  }
  return expected;
}
