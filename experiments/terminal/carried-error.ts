import { DataError, UsageError } from '../../src/errors.ts';

/** An error on its way to another thread or process, where it would lose its class, which decides what a command ends with. */
export interface CarriedError {
  readonly kind: 'usage' | 'data' | 'bug';
  readonly error: Error;
}

export function carryError(error: unknown): CarriedError {
  const kind = error instanceof UsageError ? 'usage' : error instanceof DataError ? 'data' : 'bug';
  return { kind, error: error instanceof Error ? error : new Error(String(error)) };
}

/** The error as it was thrown. */
export function carriedError({ kind, error }: CarriedError): Error {
  if (kind === 'bug') return error;
  return Object.setPrototypeOf(error, (kind === 'usage' ? UsageError : DataError).prototype);
}
