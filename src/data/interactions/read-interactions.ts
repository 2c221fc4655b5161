import type { Read } from '../accounting.ts';
import { reading } from '../reading.ts';
import { type BuilderOptions, InteractionBuilder, type InteractionRecord } from './interaction-builder.ts';
import { interactionColumnNames } from './interaction-columns.ts';
import type { InteractionLog } from './interaction-log.ts';
import { namedCells, parquetCells } from './named-cells.ts';

/**
 * Reads interactions from CSV (plain or .gz) or Parquet (.parquet): columns `user,item`, and as the source has them `click`, `rating`,
 * `conversion`, `propensity`, `timestamp` (seconds, a number) and `rank` (1-based, of an impression). Without `click` every row is one.
 * Other columns are left alone where there is a click, rating or conversion, but a name that is nearly one of these is a fault: its column would be passed over.
 * @throws DataError with file and line (of Parquet: row) for a value that breaks its rule and a pair that is there twice
 */
export async function readInteractions(path: string, options: Omit<BuilderOptions, 'file'> = {}): Promise<Read<InteractionLog>> {
  const builder = await collectInteractions(path, options);
  return reading(path, async () => ({ ...builder.build(), accounting: builder.accounting() }));
}

/** The rows of {@link readInteractions}, not built yet: logs that share id tables are built when all of them are read. */
export function collectInteractions(path: string, options: Omit<BuilderOptions, 'file'> = {}): Promise<InteractionBuilder> {
  return reading(path, async () => {
    const builder = new InteractionBuilder({ ...options, file: path });
    const ledger = builder.ledgerOf(path);
    for await (const { line, header, text, number } of (path.endsWith('.parquet') ? parquetCells : namedCells)(path, columns, ledger)) {
      const record: { -readonly [K in keyof InteractionRecord]: InteractionRecord[K] } = { user: text('user'), item: text('item') };
      for (const name of interactionColumnNames)
        if (header.includes(name)) {
          if (name === 'rank') record.position = number(name, 'whole or .0') - 1;
          else record[name] = number(name, name === 'click' || name === 'conversion' ? '0 or 1' : 'decimal');
        }
      builder.add(record, line);
    }
    return builder;
  });
}

const columns = {
  required: ['user', 'item'],
  ids: ['user', 'item'],
  optional: interactionColumnNames,
  oneOf: ['click', 'rating', 'conversion'],
};
