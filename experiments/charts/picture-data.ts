import type { Cell } from '../tables/table.ts';

/** What a picture shows, as rows: of all its layers, told apart by `layer` where there are several. */
export interface PictureData {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

type Values = readonly Readonly<Record<string, unknown>>[];

/** The data of a spec, each list of values once. */
export function pictureData(spec: object): PictureData {
  const lists = [...new Map(valuesIn(spec).map((values) => [JSON.stringify(values), values])).values()].filter(({ length }) => length > 0);
  const columns = [...new Set(lists.flatMap((values) => values.flatMap((row) => Object.keys(row))))];
  const told = lists.length > 1;
  return {
    head: [...(told ? ['layer'] : []), ...columns],
    rows: lists.flatMap((values, layer) =>
      values.map((row) => [...(told ? [layer + 1] : []), ...columns.map((name) => cellOf(row[name]))]),
    ),
  };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function valuesIn(part: unknown): Values[] {
  if (Array.isArray(part)) return part.flatMap(valuesIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key !== 'data') return valuesIn(value);
    const { values } = value as { values?: unknown };
    return Array.isArray(values) ? [values as Values] : [];
  });
}
