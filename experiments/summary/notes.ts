import { type RunResult, seriesOf } from '../tables/run-result.ts';
import type { Row, Table } from '../tables/table.ts';

/** What a reader of the means must know where it holds of a row: "nothing learnt …, in 2 of 5 seeds". */
export interface NoteRule<R = Row> {
  readonly table: Table;
  readonly words: string;
  holds(row: R): boolean;
}

export const noteRule = <T extends Table>(table: T, words: string, holds: (row: Row<T>) => boolean): NoteRule<Row<T>> => ({
  table,
  words,
  holds,
});

/** The notes on one method of a run: each in how many seeds. */
export function runNotes({ tables, seeds }: RunResult, method: string, rules: readonly NoteRule[]): string[] {
  return rules.flatMap(({ table, words, holds }) => {
    const count = seriesOf(tables[table.name] ?? [], method).filter(({ rows }) => rows.some(holds)).length;
    return count === 0 ? [] : [`${words} in ${count === seeds.length ? 'every seed' : `${count} of ${seeds.length} seeds`}`];
  });
}
