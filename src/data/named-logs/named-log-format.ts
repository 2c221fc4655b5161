import type { DataError } from '../../errors.ts';
import type { Described } from '../../registry.ts';
import type { Accounting, Ledger } from '../accounting.ts';
import type { ListNames } from '../list-columns.ts';
import type { NamedLogBuilder } from './named-log-builder.ts';

/** What a reader is told, and where it puts what it reads. */
export interface NamedLogReading {
  readonly path: string;
  readonly builder: NamedLogBuilder;
  /** Column of the contexts, one of the format's where it names them. */
  readonly context: string | null;
  /** Of policies. */
  readonly names: ListNames;
  readonly skipFaulty: boolean;
  /** Gets what is wrong with each that is left out. */
  readonly onLeftOut?: (fault: DataError) => void;
  readonly ledger: Ledger;
  /** Gets accounts of other readers. */
  readonly accounts: Accounting[];
}

/** A form of click log that needs no query set. */
export interface NamedLogFormat extends Described {
  /** Columns that can be asked for as contexts; null where a column of any other name can. */
  readonly contexts: readonly string[] | null;
  /** Whether a folder of files of these names is one log of the form; absent where a log is a file. */
  readonly isFolder?: (names: readonly string[]) => boolean;
  readonly read: (reading: NamedLogReading) => Promise<void>;
}

/** Counts what breaks the form where such is left out. @throws what `fault` makes where it is not */
export function leaveOut({ skipFaulty, onLeftOut, ledger }: NamedLogReading, unit: string, reason: string, fault: () => DataError): void {
  if (!skipFaulty) throw fault();
  onLeftOut?.(fault());
  ledger.reject(unit, reason);
}

/** Sessions, one result list shown once to one user. */
export const sessionUnit = 'sessions';
export const clickUnit = 'clicks';
