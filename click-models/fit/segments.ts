import type { Rows } from '../code/counts-code.ts';
import { type ClickModelDefinition, tablesOf, type Way, waysOf } from '../definition.ts';

/** Rows of a log cut at their clicks, see {@link segmentsOf}. */
export interface Segments {
  readonly rows: Rows;
  readonly count: Float64Array; // sessions of each
}

/** Numbers that there is room for. */
const mostCells = 2 ** 25;

/**
 * The stretches of a log from one click to the next, or to the end of the list, each counted once for its list: a click is made in one state only, so that what came before it says nothing of what
 * comes after, and the likelihood is a product over stretches. A list of K positions has at most K(K + 1)/2 + K of them, whatever its patterns, of which there are 2^K.
 * Null for models in which that does not hold, and where it would save little.
 * @param count sessions of each row, none of which the model rules out
 */
export function segmentsOf(definition: ClickModelDefinition, rows: Rows, count: Float64Array): Segments | null {
  const { list, offsets, clickOffsets, clicks } = rows;
  const lists = offsets.length - 1;
  if (list.length < 4 * lists || !startsAnewAtClicks(definition)) return null;
  let K = 0;
  for (let l = 0; l < lists; l++) K = Math.max(K, offsets[l + 1] - offsets[l]);
  const width = K + 1;
  if (lists * width * width > mostCells) return null;
  const sessions = new Float64Array(lists * width * width); // by list, first position, and the click that ends it, K: none
  for (let row = 0; row < list.length; row++) {
    const length = clickOffsets[row + 1] - clickOffsets[row];
    let first = 0;
    for (let k = 0; k < length; k++) {
      if (clicks[clickOffsets[row] + k] === 0) continue;
      sessions[(list[row] * width + first) * width + k] += count[row];
      first = k + 1;
    }
    if (first < length) sessions[(list[row] * width + first) * width + K] += count[row];
  }
  const seen = Uint32Array.from(sessions.keys()).filter((at) => sessions[at] > 0);
  const listOf = seen.map((at) => at / (width * width));
  const firstOf = seen.map((at) => (at / width) % width);
  const endOf = seen.map((at, s) => (at % width === K ? offsets[listOf[s] + 1] - offsets[listOf[s]] : (at % width) + 1));
  const ends = new Uint32Array(seen.length + 1);
  for (let s = 0; s < seen.length; s++) ends[s + 1] = ends[s] + endOf[s] - firstOf[s];
  if (2 * ends[seen.length] > clicks.length) return null;
  const clicked = new Uint8Array(ends[seen.length]);
  for (let s = 0; s < seen.length; s++) if (seen[s] % width < K) clicked[ends[s + 1] - 1] = 1;
  return {
    rows: { ...rows, list: listOf, clickOffsets: ends, clicks: clicked, after: Int32Array.from(firstOf, (first) => first - 1) },
    count: Float64Array.from(seen, (at) => sessions[at]),
  };
}

/** One state in which clicks are made, and the way on from one says the same whatever was clicked before. */
function startsAnewAtClicks(definition: ClickModelDefinition): boolean {
  const clicking = Object.entries(definition.states).filter(([, { examined, clicked }]) => examined !== 0 && clicked !== 0);
  if (clicking.length !== 1) return false;
  const { afterClick } = waysOf(...(clicking[0] as [string, (typeof clicking)[0][1]]));
  return drawnOn(afterClick).every((table) => !['lastClick', 'distance'].includes(definition.tables[table].by));
}

/** The tables that a way draws from. */
const drawnOn = (way: Way): readonly string[] =>
  typeof way === 'string' ? [] : [...tablesOf(way[0]), ...drawnOn(way[1]), ...drawnOn(way[2])];
