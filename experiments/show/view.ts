import type { Picture } from '../charts/draw-svg.ts';

/** Something to look at: it knows how it reads in a terminal and as a part of a page. */
export interface View {
  /** Lines for a terminal that is so many columns wide. */
  text(columns: number): string;
  /** An HTML element in the style of the reports. */
  html(): string | Promise<string>;
  /** The picture that this is, if it is one: a terminal cannot draw it, and gets a file of its own. */
  readonly picture?: Picture;
}

/** A row of a table: cells by column name. */
export type TableRow = Readonly<Record<string, string | number | boolean | null | undefined>>;
