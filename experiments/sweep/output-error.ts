import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';

/** The sweep's folder cannot be written. No run is to blame, and no other run would fare better: the sweep stops with this one line. */
export class OutputError extends UsageError {}

/** Does what writes into the sweep's folder. @throws OutputError when that cannot be written: full, read-only, no right to */
export async function intoFolder<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof UsageError) throw new OutputError(error.message);
    if (isSystemError(error)) throw new OutputError(`cannot write "${path}": ${systemReason(error)}`);
    throw error;
  }
}
