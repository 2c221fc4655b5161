import type { ClickModelDefinition, Shift } from '../definition.ts';
import { type BetaPrior, logDensity } from './beta-prior.ts';
import type { EventTables } from './event-tables.ts';
import { isDrawn } from './level-factors.ts';

/** Of ln c: what is tried first, and the least that is. */
const [firstStep, leastStep] = [0.1, 1e-7];

/**
 * Moves tables along the shifts of a definition, in which no click changes its probability, to where their priors are higher, as `levelFactors` does along factors. A search by steps: up or down where that is higher, with twice the step next time, else half of it;
 * and to the top of the parabola through three points. Values without a draw, which only the prior knows, stay; and all, where attraction has no prior.
 */
export class ShiftLevels {
  readonly #shifts: readonly { readonly shift: Shift; readonly moved: Readonly<Record<string, Float64Array>>; step: number }[];

  constructor({ shifts = [] }: Pick<ClickModelDefinition, 'shifts'>, values: EventTables['values']) {
    this.#shifts = shifts.map((shift) => ({
      shift,
      moved: Object.fromEntries(shift.of.map((name) => [name, new Float64Array(values[name].length)])),
      step: firstStep,
    }));
  }

  level({ values, counts }: EventTables, priors: Readonly<Record<string, BetaPrior>>): void {
    if (!(priors.attraction?.strength > 0)) return; // what little all else has as prior would lead a long way, to no end
    for (const tried of this.#shifts) {
      const { moved, step: s } = tried;
      const worth = (x: number) => {
        tried.shift.move(values, Math.exp(x), moved);
        return worthOf(values, moved, counts, priors);
      };
      const [here, up, down] = [worth(0), worth(s), worth(-s)];
      let [x, best] = up > here ? [s, up] : down > here ? [-s, down] : [0, here];
      const bend = up - 2 * here + down;
      const top = bend < 0 ? (s * (down - up)) / (2 * bend) : 0;
      if (Number.isFinite(top) && Math.abs(top) < 2 * s) {
        const atTop = worth(top);
        if (atTop > best) [x, best] = [top, atTop];
      }
      tried.step = Math.max(leastStep, Math.abs(x) >= s ? 2 * s : s / 2);
      if (x === 0 || !(best > here)) continue;
      tried.shift.move(values, Math.exp(x), moved);
      for (const [name, table] of Object.entries(moved))
        for (let i = 0; i < table.length; i++) if (isDrawn(counts[name], i)) values[name][i] = table[i];
    }
  }
}

/** The log prior of moved tables, but for a constant; −∞ where a value is no probability. */
function worthOf(
  values: EventTables['values'],
  moved: Readonly<Record<string, Float64Array>>,
  counts: EventTables['counts'],
  priors: Readonly<Record<string, BetaPrior>>,
): number {
  let sum = 0;
  for (const [name, table] of Object.entries(moved)) {
    if (leavesProbabilities(values[name], table, counts[name])) return Number.NEGATIVE_INFINITY;
    sum += logDensity(priors[name], table, counts[name]);
  }
  return sum;
}

/** Whether a value with draws, other than one that stays, is none between 0 and 1. */
function leavesProbabilities(values: Float64Array, moved: Float64Array, counts: Float64Array): boolean {
  for (let i = 0; i < moved.length; i++) if (!(moved[i] > 0 && moved[i] < 1) && moved[i] !== values[i] && isDrawn(counts, i)) return true;
  return false;
}
