import { commandLine } from '../terminal/shell-words.ts';

/** What is wrong with one combination: the message of its config's faults. */
export interface RunFault {
  readonly overrides: readonly string[];
  readonly message: string;
}

const mostLines = 20;

/** The faults of all combinations in one message: each once, with how many combinations have it and the first of them. */
export function groupFaults(file: string, faults: readonly RunFault[], combinations: number): string {
  const lines = new Map<string, { count: number; first: readonly string[] }>();
  for (const { overrides, message } of faults)
    for (const fault of faultLines(file, message)) {
      const known = lines.get(fault);
      lines.set(fault, { count: (known?.count ?? 0) + 1, first: known?.first ?? overrides });
    }
  const shown = [...lines].slice(0, mostLines).map(([fault, { count, first }]) => {
    const where =
      count === combinations ? 'in every combination' : `in ${count} of ${combinations} combinations, first ${commandLine(first)}`;
    return `  ${fault} (${where})`;
  });
  if (lines.size > mostLines) shown.push(`  … and ${lines.size - mostLines} more faults`);
  const way =
    faults.length < combinations ? '\n  combinations that make no sense can be left out: --skip "key=value and other.key=value"' : '';
  return `${file}: ${lines.size === 1 ? '1 fault' : `${lines.size} faults`}\n${shown.join('\n')}${way}`;
}

function faultLines(file: string, message: string): string[] {
  const [first, ...others] = message.split('\n');
  return others.length > 0 ? others.map((line) => line.trim()) : [first.replace(`${file}: `, '')];
}
