import { checkList, type Shown } from './check-list.ts';
import type { ClickModel } from './click-model.ts';
import type { ShownList } from './code/walk-code.ts';

/** P(C_k = 1) for every position, whatever is clicked above. O(K), and O(K²) where the last click counts. @throws UsageError as {@link checkList} */
export function clickMarginals(model: ClickModel, shown: Shown): Float64Array {
  const list = checkList(model, shown);
  const clicked = new Float64Array(list.attraction.length);
  walkAll(model, list, (k) => {
    clicked[k] += model.walk.outcome[1];
  });
  return clicked.map(atMostOne);
}

/** P(E_k = 1) for every position: the inverse of this makes a click an unbiased sign of attraction (not so under trust bias). @throws as {@link clickMarginals} */
export function examinationMarginals(model: ClickModel, shown: Shown): Float64Array {
  const list = checkList(model, shown);
  const examined = new Float64Array(list.attraction.length);
  walkAll(model, list, (k) => {
    examined[k] += model.walk.examined;
  });
  return examined.map(atMostOne);
}

/** Kinds of users add up to 1 but for rounding. */
const atMostOne = (p: number): number => Math.min(1, p);

/**
 * Visits every position with all users at once, those together whose last click was the same: `state` is then P(state, last click), not given any click.
 */
function walkAll(model: ClickModel, list: ShownList, visit: (k: number) => void): void {
  const { walk, definition } = model;
  const K = list.attraction.length;
  const H = walk.state.length;
  const readsLast = Object.values(definition.tables).some(({ by }) => by === 'lastClick' || by === 'distance');
  const users = [new Float64Array(H)]; // by last click + 1
  walk.begin();
  users[0].set(walk.state);
  for (let k = 0; k < K; k++) {
    const here = new Float64Array(H);
    for (const [j, state] of users.entries()) {
      walk.state.set(state);
      walk.last = j - 1;
      walk.look(k, list);
      visit(k);
      if (H === 1 && !readsLast) break; // who can go nowhere is where they were
      for (let h = 0; h < H; h++) {
        state[h] = walk.joint[h];
        here[h] += walk.joint[H + h];
      }
    }
    if (readsLast) users.push(here);
    else
      users[0].forEach((_, h) => {
        users[0][h] += here[h];
      });
  }
}
