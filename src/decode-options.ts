import { UsageError } from './errors.ts';
import { type Decoded, type GenericSchema, getDotPath, safeParse } from './schema.ts';

/**
 * Options of a caller, with the defaults of their schema filled in.
 * @throws UsageError that names every fault with its path
 */
export function decodeOptions<S extends GenericSchema>(what: string, schema: S, options: unknown): Decoded<S> {
  const result = safeParse(schema, options);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => [getDotPath(issue), issue.message].filter(Boolean).join(': '));
  throw new UsageError(`options of ${what}: ${faults.join('; ')}`);
}
