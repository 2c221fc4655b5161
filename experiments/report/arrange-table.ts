import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import { groupedHeads, type Span } from './grouped-heads.ts';
import { groupWords } from './grouping.ts';
import type { ReportCell, ReportSummary } from './report-summary.ts';

/** What goes where: keys grouped by, `method` and `metric`; null leaves it to what fits. */
export interface Arrangement {
  readonly columns: readonly string[] | null; // over the columns, outermost first
  readonly rows: readonly string[] | null; //    of rows, beside those that are left
  readonly split: readonly string[] | null; //   a table for each of their values
}

export interface ArrangedTable {
  readonly title: string; //                     what all of it is of; empty: everything
  readonly corner: string; //                    head of the names of rows
  readonly heads: readonly (readonly Span[])[]; // from the top
  readonly blocks: readonly ArrangedBlock[];
}

/** Rows under a heading of their own, which may be empty. */
export interface ArrangedBlock {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly cells: readonly (ReportCell | null)[] }[];
}

export interface Dimension {
  readonly key: string;
  readonly texts: readonly string[]; // its values in words, in order
  at(row: number, column: number): number; // which of them a cell has
}

/** How much there is to vary in: the methods, every key of the columns, and the metrics where there are several. */
export function dimensionsOf({ methods, columns, grouping: { columnKeys } }: ReportSummary): Dimension[] {
  const listed = (key: string, words: readonly string[], of: (row: number, column: number) => string): Dimension => {
    const texts = [...new Set(words)];
    return { key, texts, at: (row, column) => texts.indexOf(of(row, column)) };
  };
  const word = (c: number, k: number) => groupWords([columns[c].group.values[k]], [columnKeys[k]])[0];
  const metrics = columns.map(({ metric }) => metric);
  return [
    ...columnKeys.map((key, k) =>
      listed(
        key,
        columns.map((_, c) => word(c, k)),
        (_, c) => word(c, k),
      ),
    ),
    ...(new Set(metrics).size > 1 || columnKeys.length === 0 ? [listed('metric', metrics, (_, c) => metrics[c])] : []),
    { key: 'method', texts: methods.map(({ method }) => method), at: (row) => row },
  ];
}

/** What of the dimensions stands in columns, rows and tables of their own. */
export interface Places {
  readonly columns: readonly Dimension[];
  readonly rows: readonly Dimension[];
  readonly split: readonly Dimension[];
}

/**
 * As typed; of what is not, methods are rows, and everything else columns, of which the outermost ones become rows where a table would not fit.
 * @param fits whether a table is narrow enough
 * @throws UsageError for a key that nothing is grouped by, or that is given twice
 */
export function arrange(summary: ReportSummary, asked: Arrangement, fits: (table: ArrangedTable) => boolean): ArrangedTable[] {
  const all = dimensionsOf(summary);
  const named = (keys: readonly string[] | null): Dimension[] => (keys ?? []).map((key) => dimensionNamed(all, key));
  const [columns, rows, split] = [named(asked.columns), named(asked.rows), named(asked.split)];
  const typed = [...columns, ...rows, ...split];
  const twice = typed.find((one, i) => typed.indexOf(one) !== i);
  if (twice !== undefined) throw new UsageError(`"${twice.key}" is in two places; --columns, --rows and --split share the keys out`);
  const free = all.filter((one) => !typed.includes(one));
  if (asked.columns !== null) return tablesOf(summary, { columns, rows: [...rows, ...free], split });
  const inner = free.filter(({ key }) => key === 'method');
  const movable = free.filter(({ key }) => key !== 'method');
  const candidates = subsets(movable).map((moved) => ({
    columns: movable.filter((one) => !moved.includes(one)),
    rows: [...rows, ...moved, ...inner],
    split,
  }));
  const made = candidates.map((places) => tablesOf(summary, places));
  return made.find((tables) => tables.every(fits)) ?? (made.at(-1) as ArrangedTable[]);
}

/** Of few elements first, outer ones before inner ones. */
function subsets<T>(all: readonly T[]): T[][] {
  let found: T[][] = [[]];
  for (const one of all) found = found.concat(found.map((some) => [...some, one]));
  return found.sort((a, b) => a.length - b.length);
}

function dimensionNamed(all: readonly Dimension[], key: string): Dimension {
  const wanted = key === 'estimator' || key === 'estimator.label' ? 'method' : key;
  const found = all.find((one) => one.key === wanted);
  if (found !== undefined) return found;
  const keys = all.map((one) => one.key);
  throw new UsageError(
    `the table has no "${key}" to arrange${nearName(key, keys) || ';'} it has: ${keys.join(', ')} (--by groups by others)`,
  );
}

type Cells = readonly { readonly row: number; readonly column: number }[];

function tablesOf(summary: ReportSummary, { columns, rows, split }: Places): ArrangedTable[] {
  const all: Cells = summary.methods.flatMap((_, row) => summary.columns.map((__, column) => ({ row, column })));
  return grouped(all, split).map(({ at: ofTable, cells }) => {
    const leaves = grouped(cells, columns);
    const heads = groupedHeads(
      leaves.map(({ at }) => columns.map(({ texts }, d) => texts[at[d]])),
      leaves.map(({ at }) => at),
    );
    const outer = rows.slice(0, -1);
    const [inner] = rows.slice(-1);
    return {
      title: words(split, ofTable),
      corner: rows.length === 0 ? '' : lastPart(inner.key),
      heads: columns.length === 0 ? [[{ text: onlyMetric(summary), columns: 1 }]] : heads,
      blocks: grouped(cells, outer).map(({ at: ofBlock, cells: inBlock }) => ({
        title: words(outer, ofBlock),
        rows: grouped(inBlock, inner === undefined ? [] : [inner]).map(({ at: ofRow, cells: inRow }) => ({
          name: inner === undefined ? '' : inner.texts[ofRow[0]],
          cells: leaves.map(({ at: leaf }) => {
            const found = inRow.filter((one) => columns.every((dimension, d) => dimension.at(one.row, one.column) === leaf[d]));
            return found.length === 1 ? summary.methods[found[0].row].cells[found[0].column] : null;
          }),
        })),
      })),
    };
  });
}

/** Of several metrics blocks or titles have the names. */
const onlyMetric = ({ columns }: ReportSummary): string =>
  columns.every(({ metric }) => metric === columns[0].metric) ? columns[0].metric : 'mean';
const lastPart = (key: string): string => key.split('.').at(-1) as string;
const words = (dimensions: readonly Dimension[], at: readonly number[]): string =>
  dimensions.map(({ texts }, d) => texts[at[d]]).join(' · ');

/** Cells by where they are along some dimensions, in their order. */
function grouped(cells: Cells, dimensions: readonly Dimension[]): { at: number[]; cells: Cells }[] {
  const groups = new Map<string, { at: number[]; cells: { row: number; column: number }[] }>();
  for (const cell of cells) {
    const at = dimensions.map((one) => one.at(cell.row, cell.column));
    const key = at.join(' ');
    const known = groups.get(key) ?? { at, cells: [] };
    groups.set(key, known);
    known.cells.push(cell);
  }
  return [...groups.values()].sort((a, b) => {
    const differing = a.at.findIndex((place, d) => place !== b.at[d]);
    return differing < 0 ? 0 : a.at[differing] - b.at[differing];
  });
}
