import type { Table } from './definition.ts';

/** The place in a table, but for those of documents, that position k draws from. @param last the last click above, −1 for none @param K positions that the table has values for */
export function placeOf(table: Table, k: number, last: number, context: number, K: number): number {
  if ('groups' in table) return table.groups[table.by === 'group' ? k : k + 1];
  switch (table.by) {
    case 'rank':
      return k;
    case 'lastClick':
      return (k * (k + 1)) / 2 + last + 1;
    case 'distance':
      return k - last - 1;
    case 'context':
      return context * K + k;
    default:
      return 0;
  }
}
