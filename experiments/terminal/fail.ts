import { CommanderError } from 'commander';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';

/** Part of the work failed or was not done, as was told: no bug, nothing more to say than the message. */
export class Incomplete extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What the process ends with: 2 the caller can fix it, sizes beyond memory among it, 3 the data is broken or the system failed, 1 a bug. */
export function exitCode(error: unknown): number {
  if (error instanceof UsageError || isBeyondMemory(error)) return 2;
  if (error instanceof DataError) return 3;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Incomplete) return error.exitCode;
  return isOfSystem(error) ? 3 : 1;
}

/** What is printed on standard error; null where it was printed already. */
export function errorText(error: unknown): string | null {
  if (error instanceof CommanderError) return null; // commander prints its own
  if (error instanceof UsageError || error instanceof DataError) return `error: ${printable(error.message)}`;
  if (error instanceof Incomplete) return error.message;
  if (isBeyondMemory(error)) return `error: more numbers than memory holds (${error.message}); make the sizes in the config smaller`;
  if (isOfSystem(error)) return `error: ${printable(`${error.path ?? error.syscall}: ${systemReason(error)}`)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What the system refused, wherever it was met, is no bug of ours. */
const isOfSystem = (error: unknown): error is NodeJS.ErrnoException => isSystemError(error) && error.syscall !== undefined;

/** An array that some size asks for, too long for the engine or the machine. */
const isBeyondMemory = (error: unknown): error is RangeError =>
  error instanceof RangeError && /^(Invalid (typed )?array length|Array buffer allocation failed)/.test(error.message);

/** Messages quote what was typed and what files hold: nothing of it may flood the terminal, or be an order to it. */
const printable = (text: string): string =>
  text
    .replaceAll(/^(.{400}).{1600,}(.{800})$/gm, '$1 … $2')
    .replaceAll(/[^\P{Cc}\n\t]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
