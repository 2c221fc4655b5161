import type { Row, Series, SeriesOf, Table } from '../tables/table.ts';

export type { Series };

import type { Picture } from './draw-svg.ts';

interface Section {
  readonly table: Table;
  readonly title: string; // heading
  readonly note: string; //  how to read it
}

/** A picture of one table: the same for a run, a sweep and a notebook. */
export interface Figure<R = Row> extends Section {
  readonly kind: 'figure';
  readonly shared: boolean; // methods with equal rows have one picture
  draw(title: string, series: readonly Series<R>[]): Picture | null;
}

/** A table in words: one cell a method. */
export interface Digest<R = Row> extends Section {
  readonly kind: 'digest';
  readonly head: string; // of the column
  cell(series: readonly Series<R>[]): string;
}

/** All rows of a table, on the page of a run. */
export interface Listing<R = Row> extends Section {
  readonly kind: 'listing';
  readonly head: readonly string[];
  cells(row: R): readonly string[];
}

/** A method as a picture of several has it, with its series of every table that the task shows. */
export interface ComparedMethod {
  readonly title: string;
  readonly seriesOf: SeriesOf;
}

/** One picture of all methods: the same for a run and a sweep. */
export interface Comparison extends Section {
  readonly kind: 'comparison';
  /** @param title empty where the section has one picture; null: nothing to compare */
  draw(title: string, methods: readonly ComparedMethod[]): Picture | null;
}

export type View = Figure | Comparison | Digest | Listing;

type Words = Omit<Section, 'table'>;

/** @param draw of all series of a method; null: nothing to see */
export const figure = <T extends Table>(
  table: T,
  { shared = false, ...words }: Words & { readonly shared?: boolean },
  draw: (title: string, series: readonly Series<Row<T>>[]) => Picture | null,
): Figure<Row<T>> => ({ kind: 'figure', table, shared, ...words, draw });

/** @param table which says whether there is something to see; others that the task shows may be drawn too */
export const comparison = (table: Table, words: Words, draw: Comparison['draw']): Comparison => ({
  kind: 'comparison',
  table,
  ...words,
  draw,
});

/** The series of a declared table. */
export const seriesIn = <T extends Table>({ seriesOf }: ComparedMethod, { name }: T): readonly Series<Row<T>>[] =>
  seriesOf(name) as readonly Series<Row<T>>[];

/** A line of words for each method, from its rows of a table. */
export const digest = <T extends Table>(
  table: T,
  words: Words & { readonly head: string },
  cell: (series: readonly Series<Row<T>>[]) => string,
): Digest<Row<T>> => ({ kind: 'digest', table, ...words, cell });

/** Rows of a table as a table of words. */
export const listing = <T extends Table>(
  table: T,
  words: Words & { readonly head: readonly string[] },
  cells: (row: Row<T>) => readonly string[],
): Listing<Row<T>> => ({ kind: 'listing', table, ...words, cells });

/** One entry for all titles whose series are the same, those without rows left out; of what methods do not share, one for each. */
export function sharedSeries<R>(all: readonly { readonly title: string; readonly series: readonly Series<R>[] }[], isShared = true) {
  if (!isShared) return all.map(({ title, series }) => ({ titles: [title], series }));
  const shared = new Map<string, { titles: string[]; series: readonly Series<R>[] }>();
  for (const { title, series } of all) {
    const there = series.filter(({ rows }) => rows.length > 0);
    if (there.length === 0) continue;
    const key = JSON.stringify(there.map(({ seed, rows }) => [seed, rows.map(withoutMethod)]));
    const known = shared.get(key);
    if (known) known.titles.push(title);
    else shared.set(key, { titles: [title], series: there });
  }
  return [...shared.values()];
}

/** Rows in memory say whose they are; stored ones do not. */
function withoutMethod(row: unknown): unknown {
  const { method: _method, ...rest } = row as Record<string, unknown>;
  return rest;
}
