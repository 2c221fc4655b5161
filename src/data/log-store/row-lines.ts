import { trimBlanks } from '../blanks.ts';
import { textLines } from '../line-blocks.ts';
import { csvRecordLines } from './csv-lines.ts';
import { hasLines, type LogSource } from './log-source.ts';

/** The lines of rows that a database has numbered, asked for in rising order: the file is read once more, as far as the last of them. */
export class RowLines {
  readonly #source: LogSource;
  readonly #lines: AsyncGenerator<number> | null;
  #ordinal = 0;
  #line = 0;

  /** @param broken of CSV: bytes of what is no row, as {@link csvRecordLines} takes them */
  constructor(source: LogSource, broken: readonly number[] = []) {
    this.#source = source;
    this.#lines = !hasLines(source) || source.packed === 'zstd' ? null : linesOf(source, broken);
  }

  /** From 1; of Parquet and Arrow the number of the row; null where it is not known: of files packed by zstd. @param ordinal of the row, from 1, no less than the last */
  async lineOf(ordinal: number): Promise<number | null> {
    if (!hasLines(this.#source)) return ordinal;
    if (this.#lines === null) return null;
    while (this.#ordinal < ordinal) {
      const next = await this.#lines.next();
      if (next.done === true) return null;
      this.#ordinal++;
      this.#line = next.value;
    }
    return this.#line;
  }

  async close(): Promise<void> {
    await this.#lines?.return(0);
  }
}

async function* linesOf(source: LogSource, broken: readonly number[]): AsyncGenerator<number> {
  const { path, form, separator } = source;
  if (form === 'csv') {
    for await (const { line, broken: of } of csvRecordLines(path, separator ?? ',', broken)) if (of === undefined) yield line;
  } else for await (const { text, line } of textLines(path)) if (trimBlanks(text) !== '') yield line;
}
