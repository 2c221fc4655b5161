import { UsageError } from './errors.ts';
import { type Decoded, type GenericSchema, safeParse } from './schema.ts';
import { faultsOf, formatFault } from './schema-faults.ts';
import { unknownKeys } from './unknown-keys.ts';

/**
 * Options of a caller, with the defaults of their schema filled in.
 * @throws UsageError that names every fault with its path
 */
export function decodeOptions<S extends GenericSchema>(what: string, schema: S, options: unknown): Decoded<S> {
  const result = safeParse(schema, options);
  if (result.success) return result.output;
  const faults = [...unknownKeys(schema, options), ...faultsOf(result.issues)];
  throw new UsageError(`options of ${what}: ${faults.map(formatFault).join('; ')}`);
}
