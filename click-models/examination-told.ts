import type { ClickModel } from './click-model.ts';
import { documentTables, tablesOf } from './definition.ts';
import type { TableDiagnosis } from './diagnose.ts';
import { placeOf } from './place-of.ts';

/**
 * Whether a log tells the examination of each of K ranks over that of the first: not where the model draws it from a value that the log does not tell ({@link TableDiagnosis.known}) although sessions
 * reach it, nor below rank 1 where it takes a way by a table of which the log tells nothing. Of tables that are told as a product only, the product is the way.
 * @param draws of every value, of the fit
 */
export function examinationTold(
  { definition: { tables, states, confounded = [], interchangeable }, positions, contexts }: ClickModel,
  diagnosis: readonly TableDiagnosis[],
  draws: Readonly<Record<string, Float64Array>>,
  K: number,
): boolean[] {
  const here = new Set(Object.values(states).flatMap(({ examined }) => tablesOf(examined)));
  const own = diagnosis.filter(({ table }) => here.has(table) && !documentTables.includes(table));
  const isProduct = (table: string) =>
    interchangeable?.kinds.includes(table) === true || confounded.some((one) => one.tables.includes(table));
  const noWay = diagnosis.some(({ table, identified }) => identified === 'no' && !here.has(table) && !isProduct(table));
  const untold = (k: number) =>
    own.some(({ table, known }) => {
      const byLast = tables[table].by === 'lastClick' || tables[table].by === 'distance';
      for (let context = 0; context < contexts; context++)
        for (let last = byLast ? -1 : k - 1; last < k; last++) {
          const place = placeOf(tables[table], k, last, context, positions);
          if (draws[table][place] > 0 && !known[place]) return true;
        }
      return false;
    });
  return Array.from({ length: K }, (_, k) => !(noWay && k > 0) && !untold(k));
}
