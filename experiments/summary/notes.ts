import { firstLine } from '../../src/data/reading.ts';
import type { Row, Series, SeriesOf, Table } from '../tables/table.ts';

/** What a reader of the means must know where it holds of a row: "nothing learnt …, in 2 of 5 seeds". */
export interface NoteRule<R = Row> {
  readonly table: Table;
  readonly words: string;
  holds(row: R): boolean;
}

/** A note of those methods for which a row of a table says so. */
export const noteRule = <T extends Table>(table: T, words: string, holds: (row: Row<T>) => boolean): NoteRule<Row<T>> => ({
  table,
  words,
  holds,
});

/** The note on one row of a table of results: in how many of its runs and seeds; none where it holds nowhere. */
function rowNote(seriesOf: SeriesOf, { table, words, holds }: NoteRule): string[] {
  const series = seriesOf(table.name);
  const count = series.filter(({ rows }) => rows.some(holds)).length;
  const noun = new Set(series.map(({ seed }) => seed)).size === series.length ? 'seed' : 'case';
  return count === 0 ? [] : [`${words} in ${count === series.length ? `every ${noun}` : `${count} of ${series.length} ${noun}s`}`];
}

/** What a reader must know of the rows of a table of results together: one sentence of a table of the study; null where there is nothing to say. */
export interface Remark<R = Row> {
  readonly table: Table;
  readonly metric?: string; // that it is about; where a table of results does not show it, it is left out
  sentence(methods: readonly { readonly title: string; readonly series: readonly Series<R>[] }[]): string | null;
}

export const remark = <T extends Table>(
  table: T,
  sentence: Remark<Row<T>>['sentence'],
  about: Pick<Remark, 'metric'> = {},
): Remark<Row<T>> => ({ table, sentence, ...about });

interface TitledRow {
  readonly title: string;
  readonly seriesOf: SeriesOf;
}

/** What `say` has to tell; where it throws, nothing, and a line among the faults: words on numbers must not cost the numbers. */
export function toldOr(faults: Set<string>, what: string, say: () => readonly string[]): readonly string[] {
  try {
    return say();
  } catch (error) {
    faults.add(`${what} cannot be told: ${firstLine(error)}`);
    return [];
  }
}

/** The notes on each row, and the remarks on all of them and on the metrics that are shown; a rule that throws is a remark once. */
export function toldOfRows(
  rows: readonly TitledRow[],
  { notes, remarks = [] }: { readonly notes: readonly NoteRule[]; readonly remarks?: readonly Remark[] | undefined },
  metrics: readonly string[],
): { readonly notes: readonly (readonly string[])[]; readonly remarks: readonly string[] } {
  const faults = new Set<string>();
  const ofRows = rows.map(({ seriesOf }) =>
    notes.flatMap((rule) => toldOr(faults, `the note "${rule.words}"`, () => rowNote(seriesOf, rule))),
  );
  const ofAll = remarks
    .filter(({ metric }) => metric === undefined || metrics.includes(metric))
    .flatMap(({ table, sentence }) => {
      const series = rows.map(({ title, seriesOf }) => ({ title, series: seriesOf(table.name) }));
      return toldOr(faults, `a remark on the table ${table.name}`, () => [sentence(series)].filter((words) => words !== null));
    });
  return { notes: ofRows, remarks: [...ofAll, ...faults] };
}
