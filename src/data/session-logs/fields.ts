import { DataError } from '../../errors.ts';
import { nearName } from '../../registry.ts';
import type { Ledger } from '../accounting.ts';
import { nearlyKnown } from '../check-columns.ts';
import { shownText } from '../decimal.ts';
import { idFault } from '../id-fault.ts';

/** Reads the fields of an object of a log; every fault names the field and where it is. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #where: string;
  readonly #place: { file: string; line?: number };

  /** @param where what is read, for messages: "query 2 of search session 7" @throws DataError unless it is an object */
  constructor(value: unknown, where: string, place: { file: string; line?: number }) {
    this.#where = where;
    this.#place = place;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.fault('expected an object');
    this.#values = value as Readonly<Record<string, unknown>>;
  }

  fault(problem: string): DataError {
    return new DataError(`${this.#where}: ${problem}`, this.#place);
  }

  /** @throws DataError on a key that is not one of these */
  only(keys: readonly string[]): void {
    for (const key of Object.keys(this.#values))
      if (!keys.includes(key)) throw this.fault(`unknown key ${shownText(key)}${nearName(key, keys) || ';'} known: ${keys.join(', ')}`);
  }

  /**
   * Says which keys are read, and counts them; others are left alone, and counted too.
   * @throws DataError on a key that is nearly one of these, which would be passed over
   */
  reads(keys: readonly string[], ledger: Ledger): void {
    const own = Object.keys(this.#values);
    const there = new Set(own);
    for (const key of own) {
      if (keys.includes(key)) ledger.keep('fields');
      else {
        const near = nearlyKnown(key, keys, there);
        if (near !== null) throw this.fault(`unknown key ${shownText(key)}; did you mean "${near}"? known: ${keys.join(', ')}`);
        ledger.reject('fields', JSON.stringify(key));
      }
    }
  }

  has(key: string): boolean {
    const value = this.#values[key];
    return value !== undefined && value !== null;
  }

  /** A text that can be an id, or a whole number as text: of others several are read as one. */
  id(key: string): string {
    const value = this.#required(key);
    if (typeof value === 'string') {
      const problem = idFault(value);
      if (problem !== null) throw this.fault(`"${key}" ${problem}; got ${shown(value)}`);
      return value;
    }
    if (Number.isSafeInteger(value)) return String(value);
    if (typeof value === 'number')
      throw this.fault(`"${key}" is a number that is not whole or beyond 2^53, where several are read as one; write it as a text`);
    throw this.fault(`"${key}" must be a text or a whole number, got ${shown(value)}`);
  }

  text(key: string): string {
    const value = this.#required(key);
    if (typeof value === 'string') return value;
    throw this.fault(`"${key}" must be a text, got ${shown(value)}`);
  }

  number(key: string, least = -Infinity): number {
    const value = this.#required(key);
    if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
    throw this.fault(`"${key}" must be a number${least === -Infinity ? '' : ` of at least ${least}`}, got ${shown(value)}`);
  }

  /** true or false, or 1 or 0. */
  flag(key: string): boolean {
    const value = this.#required(key);
    if (value === true || value === 1) return true;
    if (value === false || value === 0) return false;
    throw this.fault(`"${key}" must be true or false, got ${shown(value)}`);
  }

  list(key: string): readonly unknown[] {
    const value = this.#required(key);
    if (Array.isArray(value)) return value;
    throw this.fault(`"${key}" must be a list, got ${shown(value)}`);
  }

  object(key: string): Readonly<Record<string, unknown>> {
    const value = this.#required(key);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
    throw this.fault(`"${key}" must be an object, got ${shown(value)}`);
  }

  #required(key: string): unknown {
    if (this.has(key)) return this.#values[key];
    throw this.fault(`"${key}" is missing`);
  }
}

/** A value of a log, clipped, for messages. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'; // of any depth
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)); // JSON has no Infinity
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
