import { UsageError } from '../../errors.ts';
import type { Read } from '../accounting.ts';
import { reading } from '../reading.ts';
import { type BuilderOptions, InteractionBuilder, type InteractionRecord } from './interaction-builder.ts';
import { type InteractionColumn, interactionColumnNames } from './interaction-columns.ts';
import type { InteractionLog } from './interaction-log.ts';
import { namedCells, parquetCells } from './named-cells.ts';

/**
 * Reads interactions from CSV (plain or .gz) or Parquet (.parquet): columns `user,item`, and as the source has them `click`, `rating`,
 * `conversion`, `propensity`, `timestamp` (seconds, a number) and `rank` (1-based, of an impression). Without `click` every row is one.
 * Other columns are left alone where there is a click, rating or conversion, but a name that is nearly one of these is a fault: its column would be passed over.
 * @throws DataError with file and line (of Parquet: row) for a value that breaks its rule and a pair that is there twice
 */
export async function readInteractions(path: string, options: TableOptions = {}): Promise<Read<InteractionLog>> {
  const builder = await collectInteractions(path, options);
  return reading(path, async () => ({ ...builder.build(), accounting: builder.accounting() }));
}

/** The rows of {@link readInteractions}, not built yet: logs that share id tables are built when all of them are read. */
export function collectInteractions(
  path: string,
  { columns: named = {}, separator, ...options }: TableOptions = {},
): Promise<InteractionBuilder> {
  return reading(path, async () => {
    const builder = new InteractionBuilder({ ...options, file: path });
    const ledger = builder.ledgerOf(path);
    const called = (name: NamedColumn): string => named[name] ?? name;
    const names = calledColumns(called, named);
    const isParquet = path.endsWith('.parquet');
    if (isParquet && separator !== undefined) throw new UsageError('a separator is of the cells of CSV; Parquet has none: leave it out');
    for await (const { line, header, text, number } of isParquet
      ? parquetCells(path, names, ledger)
      : namedCells(path, names, ledger, separator)) {
      const record: { -readonly [K in keyof InteractionRecord]: InteractionRecord[K] } = {
        user: text(called('user')),
        item: text(called('item')),
      };
      for (const name of interactionColumnNames)
        if (header.includes(called(name))) {
          if (name === 'rank') record.position = number(called(name), 'whole or .0') - 1;
          else record[name] = number(called(name), name === 'click' || name === 'conversion' ? '0 or 1' : 'decimal');
        }
      builder.add(record, line);
    }
    return builder;
  });
}

/** What the columns of a file are called that it calls otherwise than `user`, `item`, `click` and so on, and what stands between its cells. */
export interface TableNames {
  readonly columns?: Readonly<Partial<Record<NamedColumn, string>>>;
  /** Of CSV. Default: a comma. */
  readonly separator?: string;
}
export type NamedColumn = 'user' | 'item' | InteractionColumn;
export interface TableOptions extends Omit<BuilderOptions, 'file'>, TableNames {}

/** Columns that are named must be there. */
function calledColumns(called: (name: NamedColumn) => string, named: NonNullable<TableNames['columns']>) {
  const [asked, others] = [interactionColumnNames.filter((name) => named[name] !== undefined), interactionColumnNames].map((list) =>
    list.map(called),
  );
  const ids = [called('user'), called('item')];
  const all = [...ids, ...others];
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(`column "${twice}" is named for two things, or is the usual name of another; name each once`);
  return {
    ids,
    required: [...ids, ...asked],
    optional: others.filter((name) => !asked.includes(name)),
    oneOf: (['click', 'rating', 'conversion'] as const).map(called),
  };
}
