import { join } from 'node:path';
import { UsageError } from '../../../src/errors.ts';
import type { Learnt, Prepared, SeedStudy } from '../../engine/task.ts';
import { type Row, rowsOf, type TableRows } from '../../tables/table.ts';
import { curves } from '../shared/training.ts';
import { propensities, trustBias } from './ranking-tables.ts';

/**
 * Folds as one thing: every fold is drawn, learnt from and tested with every seed, and the test queries of all are one test part, so that
 * each query is tested once, by a ranker that did not see it.
 * @throws UsageError from a seed where a query is in two test parts
 */
export function pooledFolds(folds: readonly string[], prepared: readonly Prepared[]): Prepared {
  return {
    accounting: prepared.flatMap(({ accounting = [] }) => accounting),
    async seed(seed) {
      const studies: SeedStudy[] = [];
      for (const [f, one] of prepared.entries()) studies.push(await one.seed(`${seed}/${folds[f]}`));
      return {
        units: { query: pooledQueries(folds, studies) },
        async learn(method) {
          const learnt: Learnt[] = [];
          for (const study of studies) learnt.push(await study.learn(method));
          const saved = learnt.some(({ save }) => save !== undefined);
          return {
            async evaluate() {
              const values: (readonly Float64Array[])[] = [];
              for (const one of learnt) values.push(await one.evaluate());
              return values[0].map((_, metric) => Float64Array.from(values.flatMap((ofFold) => Array.from(ofFold[metric]))));
            },
            rows: pooledRows(learnt.map(({ rows = [] }) => rows)),
            ...(saved && {
              async save(folder: string) {
                for (const [f, one] of learnt.entries()) await one.save?.(join(folder, folds[f]));
              },
            }),
          };
        },
      };
    },
  };
}

function pooledQueries(folds: readonly string[], studies: readonly SeedStudy[]): string[] {
  const foldOf = new Map<string, string>();
  for (const [f, { units }] of studies.entries())
    for (const query of units.query) {
      const other = foldOf.get(query);
      if (other !== undefined)
        throw new UsageError(
          `data.folds: query "${query}" is in the test parts of ${other} and ${folds[f]}; each query must be tested once`,
        );
      foldOf.set(query, folds[f]);
    }
  return [...foldOf.keys()];
}

/** Tables whose rows stand at a rank or a step: the mean of the folds that have the row, and the text that all of them have. */
const alignedBy = new Map([
  [propensities.name, 'rank'],
  [trustBias.name, 'rank'],
  [curves.name, 'step'],
]);

function pooledRows(ofFolds: readonly (readonly TableRows[])[]): TableRows[] {
  const tables = new Map(ofFolds.flat().map(({ table }) => [table.name, table]));
  return [...tables.values()].map((table) => {
    const rows = ofFolds.flatMap((one) => one.filter((some) => some.table.name === table.name).flatMap((some) => some.rows));
    const key = alignedBy.get(table.name);
    return rowsOf(table, key === undefined ? rows : meansBy(key, rows));
  });
}

function meansBy(key: string, rows: readonly Row[]): Row[] {
  const keys = [...new Set(rows.map((row) => row[key] as number))].sort((a, b) => a - b);
  return keys.map((at) => {
    const here = rows.filter((row) => row[key] === at);
    const mean = (column: string) => {
      const values = here.flatMap((row) => (typeof row[column] === 'number' ? [row[column]] : []));
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    const pooled = (column: string) => (typeof here[0][column] === 'string' ? here[0][column] : mean(column));
    return Object.fromEntries(Object.keys(here[0]).map((column) => [column, column === key ? at : pooled(column)]));
  });
}
