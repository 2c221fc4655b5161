import Table from 'cli-table3';
import { fittedColumns } from './align-columns.ts';
import type { Screen } from './screen.ts';

const ends = ['top', 'bottom'].flatMap((end) => [end, `${end}-mid`, `${end}-left`, `${end}-right`]);
const sides = ['left', 'mid', 'right'].flatMap((side) => [side, `${side}-mid`]);
const noBox = { ...Object.fromEntries([...ends, ...sides].map((part) => [part, ''])), middle: '  ' };

/** Rows under a head, in boxes on a terminal that is wide enough, and in bare columns elsewhere; no blanks at the ends of lines. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], { columns, terminal }: Screen): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], ...(terminal ? {} : { 'padding-left': 0, 'padding-right': 0 }) },
    ...(terminal ? {} : { chars: noBox }),
  });
  for (const row of rows) table.push([...row]);
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const fits = !terminal || lines[0].length <= columns; // the line above all cells
  return fits ? lines.join('\n') : fittedColumns([head, ...rows], { columns, terminal });
}
