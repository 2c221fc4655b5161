import { type ClickModelDefinition, documentTables, gone, waysOf } from '../definition.ts';
import { chance, contrary, placeCode, plus, reaching, statesOf, times } from './terms.ts';

/** What a list shows: of each document how likely it is clicked when examined, and, where the model asks, how likely it satisfies once clicked. */
export interface ShownList {
  readonly attraction: Float64Array; //    one per position
  readonly satisfaction?: Float64Array; // one per position
  readonly context?: number; //            of the session, from 0; 0 when absent
}

/**
 * A user's way down a list, of whom the clicks are known and nothing else. `state` holds P(state at k | clicks above), `last` the last position clicked above or −1.
 * Nothing is allocated and nothing checked.
 */
export interface Walk {
  readonly state: Float64Array;
  last: number;
  /** P(C_k = c | clicks above), c = 0 and 1, as {@link look} left it. */
  readonly outcome: Float64Array;
  /** P(state at k + 1, C_k = c | clicks above), c = 0 and then 1, as {@link look} left it. */
  readonly joint: Float64Array;
  /** P(E_k = 1 | clicks above), as {@link look} left it. */
  examined: number;
  /** To the top of a list. */
  begin(): void;
  /** Fills `outcome` and `examined` for position k. */
  look(k: number, list: ShownList): void;
  /** From position k, which {@link look} was called with, to the next. Where the model rules the click out, the user is taken to have left. */
  move(k: number, clicked: number): void;
}

/** Source of a function (tables, groups, K) → {@link Walk} of the model. */
export function walkCode(definition: ClickModelDefinition): string {
  const { tables, start, states: behaviours } = definition;
  const states = statesOf(definition);
  const value = (name: string) => {
    if (documentTables.includes(name)) return `list.${name}[k]`;
    return `t_${name}[${placeCode(tables[name], name)}]`;
  };
  const load = (names: readonly string[]) => names.map((name) => `const p_${name} = ${value(name)};`).join('\n');
  const names = Object.keys(tables);
  const early = names.filter((name) => tables[name].by === 'nextGroup' || tables[name].by === 'global'); // what the way to the first position can draw from
  const joint = [0, 1].map((clicked) =>
    states.map((to) =>
      plus(
        ...Object.entries(behaviours).flatMap(([from, behaviour], h) => {
          const { afterClick, afterSkip, unexamined } = waysOf(from, behaviour);
          const [looks, clicks] = [behaviour.examined, behaviour.clicked];
          if (clicked === 1) return [times(`s${h}`, chance(looks), chance(clicks), reaching(afterClick, to))];
          return [
            times(`s${h}`, chance(looks), contrary(clicks), reaching(afterSkip, to)),
            times(`s${h}`, contrary(looks), reaching(unexamined, to)),
          ];
        }),
        clicked === 0 && to === gone ? `s${states.length - 1}` : '0',
      ),
    ),
  );
  return `
    const H = ${states.length};
    const walk = {
      state: new Float64Array(H), last: -1, outcome: new Float64Array(2), joint: new Float64Array(2 * H), examined: 0, begin, look, move,
    };
    const { state, outcome, joint } = walk;
    function begin() {
      const k = -1;
      ${load(early)}
      walk.last = -1;
      ${states.map((to, h) => `state[${h}] = ${reaching(start, to)};`).join('\n')}
    }
    function look(k, list) {
      const last = walk.last;
      ${names.some((name) => tables[name].by === 'context') ? 'const context = list.context ?? 0;' : ''}
      ${load(names)}
      ${states.map((_, h) => `const s${h} = state[${h}];`).join(' ')}
      walk.examined = ${plus(...Object.values(behaviours).map(({ examined }, h) => times(`s${h}`, chance(examined))))};
      ${joint.map((row, c) => row.map((code, h) => `const n${c}${h} = ${code}; joint[${c * states.length + h}] = n${c}${h};`).join('\n')).join('\n')}
      ${[0, 1].map((c) => `outcome[${c}] = Math.min(1, ${states.map((_, h) => `n${c}${h}`).join(' + ')});`).join('\n')}
    }
    function move(k, clicked) {
      const total = ${states.map((_, h) => `joint[clicked * H + ${h}]`).join(' + ')};
      if (clicked === 1) walk.last = k;
      if (total > 0) { ${states.map((_, h) => `state[${h}] = joint[clicked * H + ${h}] / total;`).join(' ')} }
      ${states.includes(gone) ? 'else { state.fill(0); state[H - 1] = 1; }' : ''}
    }
    return walk;`;
}
