import Table from 'cli-table3';

const noBox = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ]
    .map((part) => [part, ''])
    .concat([['middle', '  ']]),
);

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
