import { type Accounting, accountingLines } from '../../src/data/accounting.ts';

/** Says on standard error what of the files was not kept as it is, a line for each file. */
export function tellAccounting(accounting: readonly Accounting[]): void {
  for (const line of accountingLines(accounting)) console.error(`note: ${line}`);
}
