import { array, type Decoded, optional, picklist, probability, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { and, type Behaviour, type ClickModelDefinition, gone, type Way } from './definition.ts';
import { gridColumns, gridLayout } from './grid-layout.ts';
import { perPosition } from './per-position.ts';

const options = strictObject({
  columns: optional(gridColumns(), 5),
  pattern: optional(picklist(['separable', 'f-shaped', 'row-skipping']), 'separable'),
  /** P(row reached), for f-shaped and row-skipping P(next row | row). One for all rows or one each: falls by rows where it is one. The defaults are our choice. */
  rows: optional(array(probability()), []),
  /** P(column examined | row); f-shaped: P(next column | column) by row. */
  columnsExamined: optional(array(probability()), []),
  skip: optional(probability(), 0.2), // row-skipping: P(row skipped | reached)
});

/**
 * Users of a grid, read row by row; r and c the row and column of a position, and a click takes examination and attraction.
 * - separable: P(E_rc) = ρ_r κ_c
 * - f-shaped: goes on to the next column with probability λ_r, else waits for the next row, which is reached with γ_r: P(E_rc) = Π_{t<r} γ_t · λ_r^c
 * - row-skipping: a row that is reached is skipped as a whole with probability s_r, else its columns are examined with κ_c: P(E_rc) = Π_{t<r} γ_t (1 − s_r) κ_c
 *
 * A table of its own for every place is position-based. Xie et al., WWW 2019 (row skipping, slower decay); Guo et al., 2020.
 */
export const grid = {
  description: 'grid: rows and columns, examined separably, in an F, or with rows skipped (Xie et al. 2019)',
  options,
  /** @throws UsageError when `rows` or `columnsExamined` give fewer values than there are */
  create({ columns, pattern, rows: givenRows, columnsExamined, skip }: Decoded<typeof options>, positions: number): ClickModel {
    const layout = gridLayout(positions, columns);
    const { rows: R } = layout;
    const C = Math.min(columns, positions);
    const some = (name: string, of: 'row' | 'column', given: readonly number[], usual: (i: number) => number) => {
      const count = of === 'row' ? R : C;
      return given.length === 0
        ? Float64Array.from({ length: count }, (_, i) => usual(i))
        : perPosition(name, given.length === 1 ? given[0] : given, count, of);
    };
    const attraction = { by: 'document' } as const;
    if (pattern === 'separable') {
      const definition: ClickModelDefinition = {
        name: 'grid',
        tables: { attraction, rowExamined: layout.byRow, columnExamined: layout.byColumn },
        start: 'list',
        states: { list: { examined: and('rowExamined', 'columnExamined'), clicked: 'attraction' } },
        upToFactor: [['rowExamined', 'columnExamined']],
      };
      const rowExamined = some('rows', 'row', givenRows, (r) => 0.8 ** r);
      return clickModel(
        definition,
        { rowExamined, columnExamined: some('columnsExamined', 'column', columnsExamined, (c) => 0.9 ** c) },
        positions,
      );
    }
    const nextRow = some('rows', 'row', givenRows, () => 0.8);
    if (pattern === 'f-shaped') {
      const on: Way = ['rowEnd', ['nextRow', 'reading', gone], ['nextColumn', 'reading', 'waiting']];
      const wait: Way = ['rowEnd', ['nextRow', 'reading', gone], 'waiting'];
      return clickModel(
        {
          name: 'grid',
          tables: { attraction, rowEnd: layout.byRowEnd, nextRow: layout.byRow, nextColumn: layout.byRow },
          start: 'reading',
          states: {
            reading: { examined: 1, clicked: 'attraction', afterClick: on, afterSkip: on },
            waiting: { examined: 0, clicked: 0, unexamined: wait },
          },
        },
        { rowEnd: layout.rowEnd, nextRow, nextColumn: some('columnsExamined', 'row', columnsExamined, (r) => 0.9 * 0.9 ** r) },
        positions,
      );
    }
    const enter: Way = ['skip', 'skipping', 'reading'];
    const after = (state: string): Way => ['rowEnd', ['nextRow', enter, gone], state];
    const all = (way: Way): Omit<Behaviour, 'examined' | 'clicked'> => ({ afterClick: way, afterSkip: way, unexamined: way });
    return clickModel(
      {
        name: 'grid',
        tables: { attraction, rowEnd: layout.byRowEnd, nextRow: layout.byRow, skip: layout.byNextRow, columnExamined: layout.byColumn },
        start: enter,
        states: {
          reading: { examined: 'columnExamined', clicked: 'attraction', ...all(after('reading')) },
          skipping: { examined: 0, clicked: 0, ...all(after('skipping')) },
        },
        upToFactor: [['columnExamined']],
        confounded: [{ tables: ['nextRow', 'skip'], why: 'nextRow and 1 − skip of the row that it leads to are told as a product' }],
      },
      {
        rowEnd: layout.rowEnd,
        nextRow,
        skip: new Float64Array(Math.floor(positions / columns) + 1).fill(skip),
        columnExamined: some('columnsExamined', 'column', columnsExamined, (c) => 0.9 ** c),
      },
      positions,
    );
  },
};
