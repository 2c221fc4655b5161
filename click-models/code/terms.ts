import { type ClickModelDefinition, type Expression, endsOf, gone, type Table, type Way, waysOf } from '../definition.ts';

/** Products and sums of pieces of code, without factors of 1 and terms of 0. */
export function times(...factors: readonly string[]): string {
  if (factors.includes('0')) return '0';
  return factors.filter((factor) => factor !== '1').join(' * ') || '1';
}

export function plus(...terms: readonly string[]): string {
  const left = terms.filter((term) => term !== '0');
  return left.length > 1 ? `(${left.join(' + ')})` : (left[0] ?? '0');
}

/** Code of the probability of an event, and of its contrary without a difference of near numbers. Tables are the variables `p_name`. */
export function chance(event: Expression): string {
  if (typeof event === 'string') return `p_${event}`;
  if (typeof event === 'number') return `${event}`;
  if ('not' in event) return contrary(event.not);
  if ('and' in event) return times(...event.and.map(chance));
  if ('latent' in event) return chance(event.of);
  const [of, yes, no] = event.either;
  return plus(times(chance(of), chance(yes)), times(contrary(of), chance(no)));
}

export function contrary(event: Expression): string {
  if (typeof event === 'string') return `(1 - p_${event})`;
  if (typeof event === 'number') return `${1 - event}`;
  if ('not' in event) return chance(event.not);
  if ('latent' in event) return contrary(event.of);
  if ('and' in event) {
    const [first, second] = event.and;
    return plus(contrary(first), times(chance(first), contrary(second)));
  }
  const [of, yes, no] = event.either;
  return plus(times(chance(of), contrary(yes)), times(contrary(of), contrary(no)));
}

/** Code of Σ P(way leads to h) · `at`(h) over the states h. */
export function ahead(way: Way, at: (state: string) => string): string {
  if (typeof way === 'string') return at(way);
  const [event, yes, no] = way;
  return plus(times(chance(event), ahead(yes, at)), times(contrary(event), ahead(no, at)));
}

/** Code of P(way leads to `state`). */
export const reaching = (way: Way, state: string): string => ahead(way, (end) => (end === state ? '1' : '0'));

/** Code of the place in a table that position k, or the step on from it, draws from. */
export function placeCode({ by }: Table, name: string): string {
  const places: Readonly<Record<Table['by'], string>> = {
    global: '0',
    rank: 'k',
    lastClick: '((k * (k + 1)) >> 1) + last + 1',
    distance: 'k - last - 1',
    context: 'context * K + k',
    group: `g_${name}[k]`,
    nextGroup: `g_${name}[k + 1]`,
    document: 'document',
    documentRank: 'document * K + k',
  };
  return places[by];
}

/** The states of a model in the order of their numbers; that of users who have left is last, where users leave. */
export function statesOf({ start, states }: ClickModelDefinition): readonly string[] {
  const ways = Object.entries(states).flatMap(([state, behaviour]) => Object.values(waysOf(state, behaviour)));
  return [...Object.keys(states), ...([start, ...ways].flatMap(endsOf).includes(gone) ? [gone] : [])];
}
