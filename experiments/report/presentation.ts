import type { Series, View } from '../charts/figure.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import type { NoteRule, Remark } from '../summary/notes.ts';
import type { Row, Table } from '../tables/table.ts';

/** Something in a table that a reader must be told. */
export interface Finding<R = Row> {
  readonly table: Table;
  readonly shared: boolean; // methods with equal rows are told of in one sentence
  readonly words: string; //   what is wrong, where only the number of columns that have it is told
  /** What is wrong; null where nothing is. */
  fault(series: readonly Series<R>[]): string | null;
  sentence(methods: readonly string[], fault: string): string;
}

/** A sentence about the methods for which a table shows a fault. */
export const finding = <T extends Table>(
  table: T,
  words: Pick<Finding, 'words' | 'sentence'> & { readonly shared?: boolean },
  fault: (series: readonly Series<Row<T>>[]) => string | null,
): Finding<Row<T>> => ({ table, shared: false, ...words, fault });

/** How a kind of study is shown, whatever page it is on. */
export interface Presentation<C extends StudyConfig = StudyConfig> {
  readonly name: string;
  readonly methods: Readonly<Record<string, object>>; // registered ones, in the order that tables have
  readonly views: readonly View[]; //        of its tables, in the order of a page
  readonly notes: readonly NoteRule[];
  readonly findings: readonly Finding[];
  readonly remarks?: readonly Remark[];
  /** A key of the config along which the main metric is drawn where it varies. */
  readonly axis?: { readonly key: string; readonly words: string; readonly title: string };
  /** The line below a page's title. */
  lead(config: C): string;
}

/** The presentation of a stored run's task; null where nobody here knows the task. */
export type Presentations = (task: string) => Presentation | null;
