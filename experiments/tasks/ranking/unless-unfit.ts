import { DataError, UsageError } from '../../../src/errors.ts';

/** What is told of options; where they cannot be used, say for a file that is not there, the problem. */
export function unlessUnfit<T>(tell: () => T): T | { readonly problem: string } {
  try {
    return tell();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof DataError)) throw error;
    return { problem: error.message };
  }
}
