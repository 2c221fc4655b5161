import type { ClickModelDefinition } from '../definition.ts';
import type { BetaPrior } from './beta-prior.ts';
import type { EventTables } from './event-tables.ts';

/** Tables whose values are multiplied by e^x, or by e^−x; one direction in which no click changes its probability. */
interface Direction {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

const highest = 1 - 1e-9;
const steps = 50;
const near = 1e-7;

/** What clicks do not tell: a product of tables times c and attraction by c, and within a product one table times c and the next by c. */
export function factorsOf({ upToFactor = [], tables }: Pick<ClickModelDefinition, 'upToFactor' | 'tables'>): readonly Direction[] {
  const products = upToFactor.filter((product) => product.length > 0 && product.every((name) => tables[name].fixed !== true));
  const within = products.flatMap((product) => product.slice(1).map((name, i) => ({ up: [name], down: [product[i]] })));
  const common = products.length === upToFactor.length && products.length > 0 && tables.attraction !== undefined;
  return common ? [{ up: products.map((product) => product[product.length - 1]), down: ['attraction'] }, ...within] : within;
}

/**
 * Moves tables along each direction to where their priors are highest. All clicks stay as likely, so that the objective does not fall; expectation–maximisation alone goes there at a snail's pace, as
 * every expected draw is of the factor that it had before (parameter expansion: Liu, Rubin & Wu, Biometrika 85, 1998). In x = ln c the log prior Σ h ln(pc) + n ln(1 − pc) is concave: Newton's method, within where the highest must
 * be, and all values below 1. Values without a draw, which only the prior knows, stay.
 */
export function levelFactors(
  directions: readonly Direction[],
  { values, counts }: EventTables,
  priors: Readonly<Record<string, BetaPrior>>,
): void {
  for (const { up, down } of directions) {
    const parts = [...up.map((name) => [name, 1] as const), ...down.map((name) => [name, -1] as const)];
    let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const [name, sign] of parts) {
      const room = Math.log(highest / largestDrawn(values[name], counts[name]));
      if (sign > 0) most = Math.min(most, room);
      else least = Math.max(least, -room);
    }
    if (!(least < 0 && most > 0)) continue; // a value at its bound leaves no room
    let x = 0;
    for (let step = 0; step < steps; step++) {
      let [slope, bend] = [0, 0];
      for (const [name, sign] of parts) {
        const own = slopeOf(values[name], counts[name], priors[name], Math.exp(sign * x));
        slope += sign * own.slope;
        bend += own.bend;
      }
      if (bend === 0) break;
      if (slope > 0) least = x;
      else most = x;
      const newton = x - slope / bend;
      const next = newton > least && newton < most ? newton : (least + most) / 2;
      const moved = Math.abs(next - x);
      x = next;
      if (moved < near) break;
    }
    for (const [name, sign] of parts) scale(values[name], counts[name], Math.exp(sign * x));
  }
}

/** Whether any draw of a value is expected. */
export const isDrawn = (counts: Float64Array, i: number): boolean => counts[2 * i] + counts[2 * i + 1] > 0;

function largestDrawn(values: Float64Array, counts: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > largest && isDrawn(counts, i)) largest = values[i];
  return largest;
}

/** Derivatives by ln c, c = `factor`, of the log prior of values times c. */
function slopeOf(values: Float64Array, counts: Float64Array, { mean, strength }: BetaPrior, factor: number) {
  const [yes, no] = [strength * mean, strength * (1 - mean)];
  let [slope, bend] = [0, 0];
  for (let i = 0; i < values.length && strength > 0; i++) {
    if (!isDrawn(counts, i)) continue;
    const p = values[i] * factor;
    const odds = p / (1 - p);
    slope += yes - no * odds;
    bend -= (no * odds) / (1 - p);
  }
  return { slope, bend };
}

function scale(values: Float64Array, counts: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) if (isDrawn(counts, i)) values[i] = Math.min(highest, values[i] * factor);
}
