import { compileCounts } from '../../click-models/code/compile.ts';
import type { ClickModelDefinition } from '../../click-models/index.ts';

export type Values = Readonly<Record<string, Float64Array>>;

export interface ExampleRow {
  readonly documents: readonly number[];
  readonly clicks: Uint8Array;
  readonly count: number;
  readonly context?: number;
}

/** Expected draws and log-likelihood of rows, each of a list of its own. @param K positions that tables by rank have a value for */
export function countsOf(definition: ClickModelDefinition, values: Values, rows: readonly ExampleRow[], K = rows[0].documents.length) {
  const counts = Object.fromEntries(Object.keys(definition.tables).map((name) => [name, new Float64Array(2 * values[name].length)]));
  const offsets = Uint32Array.from([
    0,
    ...rows.map((_, r) => rows.slice(0, r + 1).reduce((sum, { documents }) => sum + documents.length, 0)),
  ]);
  const data = {
    list: Uint32Array.from(rows.keys()),
    offsets,
    docs: Uint32Array.from(rows.flatMap(({ documents }) => documents)),
    clickOffsets: offsets,
    clicks: Uint8Array.from(rows.flatMap(({ clicks }) => [...clicks])),
    contexts: Uint32Array.from(rows, ({ context = 0 }) => context),
  };
  const count = compileCounts(definition, values, counts, K, Math.max(1, ...rows.map(({ documents }) => documents.length)));
  const logLikelihood = count(
    data,
    Float64Array.from(rows, (row) => row.count),
    0,
    rows.length,
  );
  return { counts, logLikelihood };
}
