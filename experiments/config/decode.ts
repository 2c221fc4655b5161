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
  if (faults.length > 0 || !parsed.success) throw new UsageError(listFaults(source, faults, origin));
  return parsed.output;
}

/** One fault on the line of the source; several below it, one a line. */
export function listFaults(source: string, faults: readonly Fault[], origin: Origin = () => ''): string {
  const lines = [...new Set(faults.map((fault) => formatFault(fault) + origin(fault.path)))];
  return lines.length === 1
    ? `${source}: ${lines[0]}`
    : `${source}: ${lines.length} faults\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
