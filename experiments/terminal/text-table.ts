import Table from 'cli-table3';

const ends = ['top', 'bottom'].flatMap((end) => [end, `${end}-mid`, `${end}-left`, `${end}-right`]);
const sides = ['left', 'mid', 'right'].flatMap((side) => [side, `${side}-mid`]);
const noBox = { ...Object.fromEntries([...ends, ...sides].map((part) => [part, ''])), middle: '  ' };

/** Rows under a head, in boxes on a terminal and in bare columns elsewhere; no blanks at the ends of lines. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], terminal: boolean): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], ...(terminal ? {} : { 'padding-left': 0, 'padding-right': 0 }) },
    ...(terminal ? {} : { chars: noBox }),
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
