import { bernoulli } from '../src/random/bernoulli.ts';
import type { Rng } from '../src/random/rng.ts';
import { checkList, type Shown } from './check-list.ts';
import type { ClickModel } from './click-model.ts';
import type { ShownList } from './code/walk-code.ts';
import { documentTables, type Expression, gone, isPager, type Way, waysOf } from './definition.ts';
import { placeOf } from './place-of.ts';

/** What a user did and no log shows, one 0 or 1 per position. */
export interface SessionLatents {
  readonly clicks: Uint8Array;
  readonly examined: Uint8Array;
  readonly attracted: Uint8Array; // of every document, whether it was examined or not; under trust bias: relevant. 0 of an entry for "next page", which is no document. As examined and clicked where the model has no attraction
  readonly satisfied: Uint8Array; // of what is clicked; 0 where the model knows no satisfaction
}

/**
 * Draws one session as its user lives it: examination, attraction, satisfaction, and from them the clicks. The clicks come as `sampleSession` draws them, by another road: there
 * users are followed by their clicks alone.
 * @throws UsageError as {@link checkList}
 */
export function sampleLatents(model: ClickModel, shown: Shown, rng: Rng): SessionLatents {
  const list = checkList(model, shown);
  const { definition } = model;
  const K = list.attraction.length;
  const [clicks, examined, attracted, satisfied] = [0, 1, 2, 3].map(() => new Uint8Array(K));
  let last = -1;
  /** Draws an event at position k, keeping what it tells of the document there. */
  const happens = (event: Expression, k: number): boolean => {
    if (typeof event === 'number') return event === 1;
    if (typeof event === 'string') {
      const yes = bernoulli(probabilityOf(model, event, k, last, list), rng);
      if (event === 'attraction' && !onTheWay) {
        attracted[k] = Number(yes);
        told = true;
      }
      if (event === 'satisfaction') satisfied[k] = Number(yes && clicks[k] === 1);
      return yes;
    }
    if ('not' in event) return !happens(event.not, k);
    if ('and' in event) return happens(event.and[0], k) && happens(event.and[1], k);
    if ('either' in event) return happens(event.either[happens(event.either[0], k) ? 1 : 2], k);
    const yes = happens(event.of, k);
    if (event.latent === 'satisfied') satisfied[k] = Number(yes);
    return yes;
  };
  let onTheWay = true; // a way on may draw attraction anew, as the click chain does for satisfaction
  let told = false; //    whether the user's doing at this position drew the document's attraction
  const go = (way: Way, k: number): string => {
    if (typeof way === 'string') return way;
    return go(way[happens(way[0], k) ? 1 : 2], k);
  };
  let state = K === 0 ? gone : go(definition.start, -1);
  for (let k = 0; k < K; k++) {
    const behaviour = definition.states[state] ?? { examined: 0, clicked: 0 };
    const { afterClick, afterSkip, unexamined } = waysOf(state, behaviour);
    [onTheWay, told] = [false, false];
    examined[k] = Number(happens(behaviour.examined, k));
    if (examined[k] === 1) clicks[k] = Number(happens(behaviour.clicked, k));
    if (isPager(definition, k)) attracted[k] = 0;
    else if (model.documents.length === 0) attracted[k] = clicks[k];
    else if (!told) attracted[k] = Number(bernoulli(list.attraction[k], rng));
    onTheWay = true;
    state = go(clicks[k] === 1 ? afterClick : examined[k] === 1 ? afterSkip : unexamined, k);
    if (clicks[k] === 1) last = k;
  }
  return { clicks, examined, attracted, satisfied };
}

function probabilityOf({ definition, parameters, positions }: ClickModel, name: string, k: number, last: number, list: ShownList): number {
  if (documentTables.includes(name)) return list[name as 'attraction' | 'satisfaction']?.[k] ?? 0;
  return parameters[name][placeOf(definition.tables[name], k, last, list.context ?? 0, positions)];
}
