import { type ClickModelDefinition, type Expression, gone, type Way, waysOf } from '../definition.ts';
import { ahead, chance, contrary, placeCode, plus, statesOf, times } from './terms.ts';

/** The rows that a kernel goes over: those of a click log. */
export interface Rows {
  readonly list: Uint32Array;
  readonly offsets: Uint32Array;
  readonly docs: Uint32Array;
  readonly clickOffsets: Uint32Array;
  readonly clicks: Uint8Array;
  readonly contexts: Uint32Array | null; // by list
  readonly ranks?: Uint32Array; //          by list, the position that it begins at, of models with one state; 0 where absent
  readonly after?: Int32Array; //           by row, the position of the click that it goes on from, see `segmentsOf`; −1, and where absent: from the list's start
}

/**
 * Adds to `counts` how often each table's event is expected to have happened and not, given the clicks of rows `from` … `to` − 1 and the tables: of event i of a table,
 * places 2i and 2i + 1. A row counts `weight[row]` times. Also ∂ℓ/∂ logit p_i = happened_i − p_i (happened_i + not_i) (Fisher's identity).
 * Ways on from the last position are not counted: no click tells of them. With `toLastClick` a session ends with its last click, after which its user is taken to have left.
 * @returns ℓ, the log-likelihood of the rows
 */
export type CountEvents = (rows: Rows, weight: Float64Array, from: number, to: number, toLastClick?: boolean) => number;

/** The probability of yes is a product of draws' probabilities, summed: what an event's yes and no are worth goes down to its draws as in back-propagation. */
class Shares {
  readonly #happened = new Map<string, string[]>();
  readonly #not = new Map<string, string[]>();

  /** @param yes ∂P/∂P(event) @param no ∂P/∂P(not event), both code */
  event(event: Expression, yes: string, no: string): void {
    if (typeof event === 'number') return;
    if (typeof event === 'string') {
      add(this.#happened, event, yes);
      add(this.#not, event, no);
    } else if ('not' in event) this.event(event.not, no, yes);
    else if ('latent' in event) this.event(event.of, yes, no);
    else if ('and' in event) {
      const [first, second] = event.and;
      this.event(first, plus(times(chance(second), yes), times(contrary(second), no)), no);
      this.event(second, times(chance(first), yes), times(chance(first), no));
    } else {
      const [of, one, other] = event.either;
      const worth = (branch: Expression) => plus(times(chance(branch), yes), times(contrary(branch), no));
      this.event(of, worth(one), worth(other));
      this.event(one, times(chance(of), yes), times(chance(of), no));
      this.event(other, times(contrary(of), yes), times(contrary(of), no));
    }
  }

  /** @param taken how often the way is taken, code @param at worth of a state at the next position */
  way(way: Way, taken: string, at: (state: string) => string): void {
    if (typeof way === 'string' || taken === '0') return;
    const [event, yes, no] = way;
    this.event(event, times(taken, ahead(yes, at)), times(taken, ahead(no, at)));
    this.way(yes, times(taken, chance(event)), at);
    this.way(no, times(taken, contrary(event)), at);
  }

  code({ tables }: ClickModelDefinition): string {
    const lines: string[] = [];
    for (const name of this.#happened.keys()) {
      if (tables[name].fixed) continue;
      const [happened, not] = [this.#happened, this.#not].map((map) => plus(...(map.get(name) ?? [])));
      if (happened !== '0') lines.push(`n_${name}[2 * i_${name}] += ${times(`p_${name}`, happened)};`);
      if (not !== '0') lines.push(`n_${name}[2 * i_${name} + 1] += ${times(`(1 - p_${name})`, not)};`);
    }
    return lines.join('\n');
  }
}

const add = (map: Map<string, string[]>, name: string, code: string) => map.set(name, [...(map.get(name) ?? []), code]);

/** Source of a function (tables, counts, groups, K) → {@link CountEvents}: forward–backward over the positions of a row, scaled (Rabiner, Proc. IEEE 77, 1989). */
export function countsCode(definition: ClickModelDefinition): string {
  const { tables, start, states: behaviours } = definition;
  const states = statesOf(definition);
  const H = states.length;
  const names = Object.keys(tables);
  const number = (state: string) => states.indexOf(state);
  const load = (which: readonly string[]) =>
    which.map((name) => `const i_${name} = ${placeCode(tables[name], name)}; const p_${name} = t_${name}[i_${name}];`).join('\n');
  const early = names.filter((name) => tables[name].by === 'nextGroup' || tables[name].by === 'global');
  const byDocument = names.some((name) => tables[name].by.startsWith('document'));
  const here = `${byDocument ? 'const document = docs[shown + k];' : ''}
    ${load(names)}`;
  const position = `
    const c = clicks[at + k];
    ${here}`;
  const single = H === 1;
  const weightOf = (h: number) => (single ? 'scale' : `G${h}`);
  const lives = Object.entries(behaviours).map(([state, behaviour]) => ({ ...behaviour, ...waysOf(state, behaviour), h: number(state) }));

  /** The way on from a click, where there is one state that clicks: of rows that begin after one. */
  const clicking = lives.filter(({ examined, clicked }) => examined !== 0 && clicked !== 0);
  const anew = clicking.length === 1 ? clicking[0].afterClick : null;
  const arrive = (way: Way) => states.map((to, h) => `s${h} = ${ahead(way, (end) => (end === to ? '1' : '0'))};`).join(' ');

  /** Of one outcome c: new states going forward. */
  const forward = (c: number) =>
    states.map((to) =>
      plus(
        ...lives.flatMap(({ h, examined, clicked, afterClick, afterSkip, unexamined }) => {
          const reach = (way: Way) => ahead(way, (end) => (end === to ? '1' : '0'));
          if (c === 1) return [times(`s${h}`, chance(examined), chance(clicked), reach(afterClick))];
          return [
            times(`s${h}`, chance(examined), contrary(clicked), reach(afterSkip)),
            times(`s${h}`, contrary(examined), reach(unexamined)),
          ];
        }),
        c === 0 && to === gone ? `s${number(gone)}` : '0',
      ),
    );
  /** Of one outcome c: what is expected to have happened, and the worth of each state, going backward. */
  const backward = (c: number) => {
    const [now, onwards] = [new Shares(), new Shares()];
    const at = (state: string) => (single ? '1' : `b${number(state)}`);
    const worths = states.map(() => '0');
    const consts: string[] = [];
    for (const { h, examined, clicked, afterClick, afterSkip, unexamined } of lives) {
      const name = (outcome: string, way: Way) => {
        const code = ahead(way, at);
        if (/^(0|1|b\d+)$/.test(code)) return code;
        consts.push(`const ${outcome}${h} = ${code};`);
        return `${outcome}${h}`;
      };
      const G = weightOf(h);
      if (c === 1) {
        const C = name('C', afterClick);
        worths[h] = times(chance(examined), chance(clicked), C);
        now.event(examined, times(G, chance(clicked), C), '0');
        now.event(clicked, times(G, chance(examined), C), '0');
        onwards.way(afterClick, times(G, chance(examined), chance(clicked)), at);
      } else {
        const [S, U] = [name('S', afterSkip), contrary(examined) === '0' ? '0' : name('U', unexamined)];
        worths[h] = plus(times(chance(examined), contrary(clicked), S), times(contrary(examined), U));
        now.event(examined, times(G, contrary(clicked), S), times(G, U));
        now.event(clicked, '0', times(G, chance(examined), S));
        onwards.way(afterSkip, times(G, chance(examined), contrary(clicked)), at);
        onwards.way(unexamined, times(G, contrary(examined)), at);
      }
    }
    if (c === 0 && states.includes(gone)) worths[number(gone)] = at(gone);
    return { consts: consts.join('\n'), worths, here: now.code(definition), onwards: onwards.code(definition) };
  };

  const [none, click] = [backward(0), backward(1)];
  const oneState = `
    for (let k = first; k < length; k++) {
      ${position}
      if (c === 1) {
        const z = ${click.worths[0]}; const scale = w / z; likelihood *= z;
        ${click.here}
        last = k;
      } else {
        const z = ${none.worths[0]}; const scale = w / z; likelihood *= z;
        ${none.here}
      }
      if (likelihood < 1e-250) { sum += w * Math.log(likelihood); likelihood = 1; }
    }`;
  const pass = ({ consts, worths, here, onwards }: typeof none) => `
        ${consts}
        ${here}
        ${onwards === '' ? '' : `if (k < counted) {\n${onwards}\n}`}
        ${states.map((_, h) => `n${h} = ${times(worths[h], 'inverse')};`).join(' ')}`;
  const readsLast = names.some((name) => tables[name].by === 'lastClick' || tables[name].by === 'distance');
  const manyStates = `
    ${states.map((_, h) => `let s${h} = 0, b${h} = 1, n${h} = 0;`).join(' ')}
    if (from < 0) { const k = -1; ${load(early)} ${arrive(start)} }
    ${anew === null ? '' : `else { const k = from; ${here} ${arrive(anew)} }`}
    for (let k = first; k < length; k++) {
      ${position}
      ${states.map((_, h) => `forward[${H} * k + ${h}] = s${h};`).join(' ')}
      ${readsLast ? 'lasts[k] = last;' : ''}
      if (c === 1) { ${forward(1)
        .map((code, h) => `n${h} = ${code};`)
        .join(' ')} last = k; }
      else { ${forward(0)
        .map((code, h) => `n${h} = ${code};`)
        .join(' ')} }
      const z = ${states.map((_, h) => `n${h}`).join(' + ')};
      const inverse = 1 / z;
      inverses[k] = inverse;
      ${states.map((_, h) => `s${h} = n${h} * inverse;`).join(' ')}
      likelihood *= z;
      if (likelihood < 1e-250) { sum += w * Math.log(likelihood); likelihood = 1; }
    }
    ${states.includes(gone) ? `if (counted === length) { ${states.map((state, h) => `b${h} = ${state === gone ? `1 / s${h}` : 0};`).join(' ')} }` : ''}
    for (let k = length - 1; k >= first; k--) {
      ${readsLast ? 'last = lasts[k];' : ''}
      ${position}
      const inverse = inverses[k]; const scale = w * inverse;
      ${lives.map(({ h }) => `const G${h} = forward[${H} * k + ${h}] * scale;`).join(' ')}
      if (c === 1) { ${pass(click)} } else { ${pass(none)} }
      ${states.map((_, h) => `b${h} = n${h};`).join(' ')}
    }
    if (from < 0) { ${wayCode(start, `const k = -1; ${load(early)}`)} }
    ${anew === null ? '' : `else { ${wayCode(anew, `const k = from; ${here}`)} }`}`;
  function wayCode(way: Way, loaded: string): string {
    if (typeof way === 'string') return '';
    const shares = new Shares();
    shares.way(way, 'w', (state) => `b${number(state)}`);
    return `${loaded} ${shares.code(definition)}`;
  }

  return `
    const forward = new Float64Array(${H} * longest), inverses = new Float64Array(longest), lasts = new Int32Array(longest);
    return function countEvents({ list, offsets, docs, clickOffsets, clicks, contexts, ranks, after }, weight, from, to, toLastClick = false) {
      let sum = 0, likelihood = 1, of = 0;
      for (let row = from; row < to; row++) {
        const w = weight[row];
        if (w === 0) continue;
        const rank = ${single ? 'ranks === undefined ? 0 : ranks[list[row]]' : 0};
        const from = after === undefined ? -1 : after[row], first = rank + from + 1;
        const shown = offsets[list[row]] - rank, at = clickOffsets[row] - first;
        let length = clickOffsets[row + 1] - at, counted = length - 1;
        ${names.some((name) => tables[name].by === 'context') ? 'const context = contexts === null ? 0 : contexts[list[row]];' : ''}
        if (length === first) continue;
        if (toLastClick) {
          let end = length;
          while (end > 0 && clicks[at + end - 1] === 0) end--;
          if (end > 0) { length = end; counted = end; }
        }
        if (w !== of) { sum += of * Math.log(likelihood); likelihood = 1; of = w; } // one logarithm for many sessions
        let last = from;
        ${single ? oneState : manyStates}
      }
      return sum + of * Math.log(likelihood);
    };`;
}
