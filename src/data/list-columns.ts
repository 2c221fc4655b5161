import { DataError } from '../errors.ts';
import type { ClickLog } from './click-log.ts';
import { shownText } from './decimal.ts';

/** Columns of a click log file that say something of each list, and where a log keeps them. */
export const listColumns = { context: 'contexts', policy: 'policies' } as const;
export type ListColumn = keyof typeof listColumns;
export const listColumnNames = Object.keys(listColumns) as ListColumn[];

/** Names of what each list was shown in, to be written as a column. */
export interface NamedContext {
  readonly column: string;
  readonly ofList: readonly string[];
}

/** The columns that a log has, each with its text of a list: the context by name where the ids have one. */
export function columnsOf(
  log: ClickLog,
  { context }: { readonly context?: NamedContext },
): { readonly name: string; readonly textOf: (list: number) => string }[] {
  return listColumnNames.flatMap((name) => {
    const numbers = log[listColumns[name]];
    if (name === 'context' && context !== undefined) return [{ name: context.column, textOf: (list) => context.ofList[list] }];
    return numbers === undefined ? [] : [{ name, textOf: (list) => String(numbers[list]) }];
  });
}

/** @param there whether the first line has it @throws DataError where this line differs */
export function checkOnEveryLine(
  column: ListColumn,
  text: string | undefined,
  there: boolean,
  place: { file: string; line: number },
): void {
  if ((text !== undefined) !== there)
    throw new DataError(`"${column}" must be on every line or on none; this one ${there ? 'lacks it' : 'has it'}`, place);
}

/**
 * Numbers of contexts and of policies by their names, the same in every file that is read with it: a whole number of at most four digits is its
 * own, others are numbered from 0 in the order in which they come.
 */
export class ListNames {
  readonly context = new Map<string, number>();
  readonly policy = new Map<string, number>();

  /** @throws DataError for an empty name, and for one that is no number beside numbers, or the other way round */
  numberOf(column: ListColumn, name: string, place: { file: string; line?: number }): number {
    const known = this[column].get(name);
    if (known !== undefined) return known;
    if (name === '') throw new DataError(`the ${column} is empty; name it`, place);
    const isNumber = (text: string) => /^(0|[1-9]\d{0,3})$/.test(text);
    const [other] = this[column].keys();
    if (other !== undefined && isNumber(other) !== isNumber(name))
      throw new DataError(
        `${column} ${shownText(name)} beside ${shownText(other)}: give whole numbers of at most four digits, or names alone`,
        place,
      );
    const number = isNumber(name) ? Number(name) : this[column].size;
    this[column].set(name, number);
    return number;
  }
}
