import { CommanderError } from 'commander';
import { DataError, UsageError } from '../../src/errors.ts';

/** Part of the work failed or was not done, as was told: no bug, nothing more to say than the message. */
export class Incomplete extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What the process ends with: 2 the caller can fix it, 3 the data is broken, 1 a bug. */
export function exitCode(error: unknown): number {
  if (error instanceof UsageError) return 2;
  if (error instanceof DataError) return 3;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof Incomplete ? error.exitCode : 1;
}

/** What is printed on standard error; null where it was printed already. */
export function errorText(error: unknown): string | null {
  if (error instanceof CommanderError) return null; // commander prints its own
  if (error instanceof UsageError || error instanceof DataError) return `error: ${printable(error.message)}`;
  if (error instanceof Incomplete) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Messages quote what files hold: nothing of it may be an order to the terminal. */
const printable = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\n\t]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
