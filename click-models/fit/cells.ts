import { type ClickLog, clickSums } from '../../src/data/click-log.ts';
import type { Rows } from '../code/counts-code.ts';
import { statesOf } from '../code/terms.ts';
import { type ClickModelDefinition, waysOf } from '../definition.ts';

/** What a log says of each document at each rank, in each context: two rows, of one position each: of the sessions that clicked it there, and of the others, which may be none. */
export interface Cells {
  readonly rows: Rows;
  readonly count: Float64Array; // sessions of each row
}

/** Cells that there is room for. */
const mostCells = 2 ** 25;

/**
 * The cells of a log for a model in which nothing but the rank, the context and the document decides on a click, whose likelihood they leave as it is: a pass then costs by distinct documents
 * and ranks, whatever the lists and patterns. Null for other models, which go by what is clicked above; for those that a log can contradict; and where rows of the log are fewer positions.
 * @param contexts of each list @param count sessions of each row
 */
export function cellsOf(
  definition: ClickModelDefinition,
  log: ClickLog,
  documents: number,
  positions: number,
  contexts: Uint32Array | null,
  count: Float64Array,
): Cells | null {
  if (!isOfCells(definition)) return null;
  const { offsets, docs } = log;
  const kinds = contexts === null ? 1 : contexts.reduce((most, context) => Math.max(most, context + 1), 1);
  const size = documents * kinds * positions;
  if (size > mostCells || docs.length * 2 > log.clicks.length) return null;
  const { clicks, sessions } = clickSums(count === log.count ? log : { ...log, count });
  const [clicked, missed] = [new Float64Array(size), new Float64Array(size)];
  for (let l = 0; l < sessions.length; l++) {
    const context = contexts === null ? 0 : contexts[l];
    for (let i = offsets[l]; i < offsets[l + 1]; i++) {
      const cell = (docs[i] * kinds + context) * positions + i - offsets[l];
      clicked[cell] += clicks[i];
      missed[cell] += sessions[l] - clicks[i];
    }
  }
  const seen = Uint32Array.from(clicked.keys()).filter((cell) => clicked[cell] + missed[cell] > 0);
  const places = Uint32Array.from({ length: seen.length + 1 }, (_, i) => i);
  const rows = Float64Array.from({ length: 2 * seen.length }, (_, i) => (i % 2 === 0 ? clicked : missed)[seen[i >> 1]]);
  return {
    rows: {
      list: Uint32Array.from(rows, (_, i) => i >> 1),
      offsets: places,
      docs: seen.map((cell) => cell / (kinds * positions)),
      ranks: seen.map((cell) => cell % positions),
      clickOffsets: Uint32Array.from({ length: rows.length + 1 }, (_, i) => i),
      clicks: Uint8Array.from(rows, (_, i) => 1 - (i % 2)),
      contexts: seen.map((cell) => (cell / positions) % kinds),
    },
    count: rows,
  };
}

/** One state that is never left, no table by what was clicked above, and none that is fixed, which could rule clicks out. */
function isOfCells(definition: ClickModelDefinition): boolean {
  const { tables, start, states } = definition;
  const ways = Object.entries(states).flatMap(([state, behaviour]) => Object.values(waysOf(state, behaviour)));
  return (
    statesOf(definition).length === 1 &&
    [start, ...ways].every((way) => typeof way === 'string') &&
    Object.values(tables).every(({ by, fixed }) => fixed !== true && by !== 'lastClick' && by !== 'distance')
  );
}
