import type { Row, Series, SeriesOf, Table } from '../tables/table.ts';

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

/** The notes on one row of a table of results: each in how many of its runs and seeds. */
export const rowNotes = (seriesOf: SeriesOf, rules: readonly NoteRule[]): string[] =>
  rules.flatMap(({ table, words, holds }) => {
    const series = seriesOf(table.name);
    const count = series.filter(({ rows }) => rows.some(holds)).length;
    const noun = new Set(series.map(({ seed }) => seed)).size === series.length ? 'seed' : 'case';
    return count === 0 ? [] : [`${words} in ${count === series.length ? `every ${noun}` : `${count} of ${series.length} ${noun}s`}`];
  });

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

/** The remarks on rows of which each has its series, and on the metrics that are shown. */
export const rowRemarks = (
  rows: readonly { readonly title: string; readonly seriesOf: SeriesOf }[],
  remarks: readonly Remark[],
  metrics: readonly string[],
): string[] =>
  remarks
    .filter(({ metric }) => metric === undefined || metrics.includes(metric))
    .flatMap(({ table, sentence }) => sentence(rows.map(({ title, seriesOf }) => ({ title, series: seriesOf(table.name) }))) ?? []);
