import type { StoredRun } from '../records/stored-run.ts';
import type { Baseline } from './find-baseline.ts';
import { fewOf, type Grouping, groupWords, valueText } from './grouping.ts';
import type { Group } from './measurements.ts';
import type { ReportCell, ReportColumn } from './report-summary.ts';

/** Says what a value of the table is a mean over, beside its samples, and in what columns differ beside their heads. */
export function averagedWarning(runs: readonly StoredRun[], { contextKeys, methodContext, alongKeys }: Grouping): string[] {
  const values = (key: string) => {
    const all = runs.flatMap(({ keys, methods }) => [keys.get(key), ...methods.map((method) => method.keys.get(key))]);
    const distinct = [...new Set(all.filter((value) => value !== undefined))].map(valueText);
    return distinct.length > 5 ? `${distinct.slice(0, 4).join(', ')} … ${distinct.at(-1)}` : distinct.join(', ');
  };
  const keys = [...contextKeys, ...methodContext];
  const words = (some: readonly string[]) =>
    fewOf(
      some.map((key) => `${key} (${values(key)})`),
      5,
    );
  return [
    ...(keys.length === 0 ? [] : [`averaged over ${words(keys)}; put them into --by to tell them apart`]),
    ...(alongKeys.length === 0 ? [] : [`columns differ in ${words(alongKeys)} too`]),
  ];
}

/** A table before it becomes a summary. */
interface Compared {
  readonly cells: readonly (readonly ReportCell[])[]; // [column][row]
  readonly rows: readonly Group[];
  readonly columns: readonly ReportColumn[];
  readonly groups: readonly Group[]; //                  of the columns
  readonly baseline: Baseline;
  readonly grouping: Grouping;
}

/** @param noun what samples are: seeds, queries @returns one line per row that is compared on fewer samples than it or the baseline has, or has nothing to be compared with. */
export function pairWarnings({ cells, rows, columns, groups, baseline, grouping }: Compared, noun: string): string[] {
  if (baseline.label === null) return [];
  const lines = new Set<string>();
  for (const [c, { group }] of columns.entries())
    for (const [r, row] of rows.entries()) {
      const { values, compared } = cells[c][r];
      const place = baseline.of(r, groups.indexOf(group));
      if (place === null || values.length === 0) continue;
      const metric = columns[c].metric;
      const other = cells[columns.findIndex((one) => one.metric === metric && one.group === groups[place.column])][place.row];
      const where = columns.length > 1 && group.values.length > 0 ? ` at ${groupWords(group.values, grouping.columnKeys).join(', ')}` : '';
      const name = row.values.map(valueText).join(' · ');
      if (other.values.length === 0) lines.add(`no ${baseline.label}${where}: no tests there`);
      else if (compared === null) lines.add(`${name}${where} and ${baseline.label} have no ${noun} in common: no test`);
      else if (compared.samples < Math.max(values.length, other.values.length))
        lines.add(
          `${name}${where} has ${values.length} ${noun}, ${baseline.label} ${other.values.length}: compared on the ${compared.samples} both have`,
        );
    }
  const all = [...lines];
  return all.length > 6 ? [...all.slice(0, 5), `and ${all.length - 5} more pairs with unequal ${noun}`] : all;
}
