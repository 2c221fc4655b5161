import { faultLines } from '../config/decode.ts';
import { commandLine } from '../terminal/shell-words.ts';

/** What is wrong with one combination. */
export interface RunFault {
  readonly overrides: readonly string[];
  readonly faults: readonly string[];
}

/** The faults of all combinations in one message: each once, with how many combinations have it and the first of them. */
export function groupFaults(file: string, wrong: readonly RunFault[], combinations: number): string {
  const lines = new Map<string, { count: number; first: readonly string[] }>();
  for (const { overrides, faults } of wrong)
    for (const fault of faults) {
      const known = lines.get(fault);
      lines.set(fault, { count: (known?.count ?? 0) + 1, first: known?.first ?? overrides });
    }
  const told = [...lines].map(([fault, { count, first }]) => {
    const where =
      count === combinations ? 'in every combination' : `in ${count} of ${combinations} combinations, first ${commandLine(first)}`;
    return `${fault} (${where})`;
  });
  const way =
    wrong.length < combinations ? '\n  combinations that make no sense can be left out: --skip "key=value and other.key=value"' : '';
  return `${file}: ${lines.size === 1 ? '1 fault' : `${lines.size} faults`}\n${faultLines(told)}${way}`;
}
