import { integer } from '../src/schema.ts';
import type { Table } from './definition.ts';

/** How many columns a grid has at most: more are a slip. */
export const gridColumns = () => integer(1, 1000);

/** Tables of a grid of which the first rows are full, read row by row: the row of a position, its column, the row of the next position, and whether it ends its row. */
export function gridLayout(positions: number, columns: number) {
  const places = (f: (k: number) => number) => Uint32Array.from({ length: positions + 1 }, (_, k) => f(k));
  const rows = places((k) => Math.floor(k / columns));
  return {
    rows: Math.ceil(positions / columns),
    byRow: { by: 'group', groups: rows } as Table,
    byNextRow: { by: 'nextGroup', groups: rows } as Table,
    byColumn: { by: 'group', groups: places((k) => k % columns) } as Table,
    byRowEnd: { by: 'rank', fixed: true } as Table,
    rowEnd: Float64Array.from({ length: positions }, (_, k) => Number(k % columns === columns - 1)),
  };
}
