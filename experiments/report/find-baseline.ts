import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import { type Grouping, valueText } from './grouping.ts';
import type { Group } from './measurements.ts';

/** The row and column that a cell is compared with; null for the baseline itself and where there is none. */
export interface Baseline {
  readonly label: string | null;
  of(row: number, column: number): { readonly row: number; readonly column: number } | null;
  readonly row: number | null; // where it is one row for all
}

const none: Baseline = { label: null, of: () => null, row: null };

/**
 * The baseline that `asked` names: a value of one of the keys grouped by, or `key=value`. Of a key of the method it is the row with that value
 * (of several, the one that agrees in all other keys), of another key the column with that value that agrees in all others.
 * @param usual what to look for when nothing was asked: it may be missing
 * @throws UsageError when nothing grouped by has the value
 */
export function findBaseline(
  asked: string | null,
  usual: string | null,
  { rowKeys, columnKeys }: Grouping,
  rows: readonly Group[],
  columns: readonly Group[],
): Baseline {
  const wanted = asked ?? usual;
  if (wanted === null) return none;
  const equals = wanted.indexOf('=');
  const [key, value] = equals > 0 ? [wanted.slice(0, equals), wanted.slice(equals + 1)] : [null, wanted];
  for (const [keys, groups, isRow] of [
    [rowKeys, rows, true],
    [columnKeys, columns, false],
  ] as const)
    for (const [k, name] of keys.entries()) {
      if (key !== null && key !== name) continue;
      const having = groups.flatMap((group, g) => (String(group.values[k]) === value || valueText(group.values[k]) === value ? [g] : []));
      if (having.length > 0)
        return baselineAt(having, groups, k, isRow, isRow ? valueText(groups[having[0]].values[k]) : `${name}=${value}`);
    }
  if (asked === null) return none;
  const known = [...new Set([...rows, ...columns].flatMap(({ values }) => values.map(valueText)))];
  const near = nearName(value, known);
  throw new UsageError(
    `the baseline "${asked}" is no value of ${[...rowKeys, ...columnKeys].join(', ')}${near === '' ? ';' : near} there are: ${known.join(', ')}`,
  );
}

function baselineAt(having: readonly number[], groups: readonly Group[], key: number, isRow: boolean, label: string): Baseline {
  const partner = (g: number): number | null => {
    if (having.length === 1) return having[0];
    const agrees = (other: number) => groups[other].values.every((value, k) => k === key || value === groups[g].values[k]);
    return having.find(agrees) ?? null;
  };
  return {
    label,
    row: isRow && having.length === 1 ? having[0] : null,
    of(row, column) {
      const other = partner(isRow ? row : column);
      if (other === null || having.includes(isRow ? row : column)) return null;
      return isRow ? { row: other, column } : { row, column: other };
    },
  };
}
