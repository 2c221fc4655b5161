import { UsageError } from '../../src/errors.ts';
import { type Schema, safeParse } from '../../src/schema.ts';
import { type Fault, faultsOf, formatFault } from '../../src/schema-faults.ts';
import { unknownKeys } from '../../src/unknown-keys.ts';
import type { Origin } from './origin.ts';

/**
 * The input as the schema's type, every default filled in.
 * @param source what the input is called in messages, such as its file
 * @param found faults found before; what the schema has to say of the same values is not repeated
 * @param origin what stands behind a fault: which file is to blame
 * @throws UsageError that names all faults at once, each with its path
 */
export function decode<T>(schema: Schema<T>, input: unknown, source: string, found: readonly Fault[] = [], origin?: Origin): T {
  const strange = unknownKeys(schema, input);
  const parsed = safeParse(schema, input);
  const known = new Set(found.map(({ path }) => path.join('.')));
  const faults = [...found, ...[...strange, ...faultsOf(parsed.issues ?? [])].filter(({ path }) => !known.has(path.join('.')))];
  if (faults.length > 0 || !parsed.success) throw new ConfigFaults(source, faults, origin);
  return parsed.output;
}

const mostLines = 20;

/** What is wrong with a config: one fault on the line of the source; several below it, one a line, the first 20. */
export class ConfigFaults extends UsageError {
  readonly faults: readonly string[]; // all of them
  constructor(source: string, found: readonly Fault[], origin: Origin = () => '') {
    const faults = [...new Set(found.map((fault) => formatFault(fault) + origin(fault.path)))];
    super(`${source}: ${faults.length === 1 ? faults[0] : `${faults.length} faults\n${faultLines(faults)}`}`);
    this.faults = faults;
  }
}

/** One a line, the first 20, and how many more there are. */
export function faultLines(faults: readonly string[]): string {
  const more = faults.length - mostLines;
  const shown = more > 0 ? [...faults.slice(0, mostLines), `… and ${more} more ${more === 1 ? 'fault' : 'faults'}`] : faults;
  return shown.map((fault) => `  ${fault}`).join('\n');
}
