import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';

/** The sweep's folder cannot be written. No run is to blame, and no other run would fare better: the sweep stops with this one line. */
export class OutputError extends UsageError {}

/** Does what writes into the sweep's folder. @throws OutputError when that cannot be written: full, read-only, no right to */
export async function intoFolder<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw outputError(path, error);
  }
}

/** {@link intoFolder} for what is written at once. */
export function intoFolderSync<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw outputError(path, error);
  }
}

function outputError(path: string, error: unknown): unknown {
  if (error instanceof UsageError) return new OutputError(error.message);
  return isSystemError(error) ? new OutputError(`cannot write "${path}": ${systemReason(error)}`) : error;
}
