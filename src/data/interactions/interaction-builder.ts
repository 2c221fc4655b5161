import { DataError } from '../../errors.ts';
import { type Accounting, Ledger } from '../accounting.ts';
import { float32Rule, keptInFloat32, shownText } from '../decimal.ts';
import { type GrowingArray, growingFloat32, growingFloat64, growingUint8, growingUint32 } from '../growing-array.ts';
import { idFault } from '../id-fault.ts';
import type { InteractionLog } from './interaction-log.ts';

/** One row as a reader met it. A column is given in every row or in none. */
export interface InteractionRecord {
  readonly user: string;
  readonly item: string;
  readonly click?: number;
  readonly rating?: number;
  readonly conversion?: number;
  readonly propensity?: number;
  readonly position?: number; // 0-based
  readonly timestamp?: number;
}

/** Ids with their index, in order of first appearance; two logs that share tables share indexes. */
export class InteractionIds {
  readonly ids: string[] = [];
  readonly #index = new Map<string, number>();

  intern(id: string): number {
    const known = this.#index.get(id);
    if (known !== undefined) return known;
    this.#index.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }
}

/** What an {@link InteractionBuilder} is told of the file that its rows are of. */
export interface BuilderOptions {
  readonly file: string;
  readonly ratingScale?: readonly [number, number] | undefined;
  readonly scaleHint?: string; // what to do about a rating that is not on it
  readonly unit?: string; // what the file has one of for a row of the log; default: rows
  readonly repeated?: boolean; // whether a pair may have several rows
  readonly users?: InteractionIds;
  readonly items?: InteractionIds;
}

/** The columns that a source may leave out, with the array that holds each. */
const optionalColumns = {
  rating: growingFloat32,
  conversion: growingUint8,
  propensity: growingFloat64,
  position: growingUint8,
  timestamp: growingFloat64,
} as const;
type OptionalColumn = keyof typeof optionalColumns;

/** What came of one of the files. */
interface Part {
  readonly file: string;
  kept: number;
  readonly ledger: Ledger;
}

/** Takes rows in any order and makes a log of them, checking each as it comes: the message has its file and line. */
export class InteractionBuilder {
  readonly users: InteractionIds;
  readonly items: InteractionIds;
  readonly #options: BuilderOptions;
  readonly #user = growingUint32();
  readonly #item = growingUint32();
  readonly #click = growingUint8();
  readonly #line = growingUint32();
  readonly #parts = new Map<string, Part>(); //   by file
  #part: Part; //                                   the file at hand
  #nextCheck = 1 << 10; //                          so many rows
  readonly #columns: Partial<Record<OptionalColumn, GrowingArray<Float32Array | Float64Array | Uint8Array>>> = {};

  constructor(options: BuilderOptions) {
    this.#options = options;
    this.#part = this.#partOf(options.file);
    this.users = options.users ?? new InteractionIds();
    this.items = options.items ?? new InteractionIds();
  }

  /** @param file where the row is, if the log is of several files @throws DataError on a value that breaks its rule */
  add(record: InteractionRecord, line: number, file = this.#options.file): void {
    checkRecord(record, this.#options, file, line);
    const first = this.#user.length === 0;
    for (const name of Object.keys(optionalColumns) as OptionalColumn[]) {
      const value = record[name];
      if (value === undefined) continue;
      if (first) this.#columns[name] = optionalColumns[name]() as GrowingArray<Float32Array | Float64Array | Uint8Array>;
      this.#columns[name]?.push(value);
    }
    this.#user.push(intern(this.users, 'user', record.user, file, line));
    this.#item.push(intern(this.items, 'item', record.item, file, line));
    this.#click.push(record.click ?? 1);
    this.#line.push(line);
    if (file !== this.#part.file) this.#part = this.#partOf(file);
    this.#part.kept++;
    if (this.length < this.#nextCheck || this.#options.repeated === true) return;
    this.#nextCheck *= 2;
    this.#byPair(); // a file of one row again and again is told soon, and all looks together take twice the time of the last
  }

  /** Counts rows that the file has and the log will not. */
  leaveOut(reason: string, count = 1, file = this.#options.file): void {
    this.ledgerOf(file).reject(this.#unit, reason, count);
  }

  /** Counts what else is in a file. */
  ledgerOf(file: string): Ledger {
    return this.#partOf(file).ledger;
  }

  /** What became of the rows of all files so far. */
  accounting(): Accounting[] {
    return Array.from(this.#parts.values()).flatMap(({ file, kept, ledger }) => {
      const all = new Ledger();
      all.keep(this.#unit, kept);
      all.add(ledger);
      return this.#parts.size > 1 && kept === 0 && ledger.isEmpty ? [] : all.accounting(file);
    });
  }

  get #unit(): string {
    return this.#options.unit ?? 'rows';
  }

  #partOf(file: string): Part {
    const known = this.#parts.get(file) ?? { file, kept: 0, ledger: new Ledger() };
    this.#parts.set(file, known);
    return known;
  }

  get length(): number {
    return this.#user.length;
  }

  /** The rows so far in order of user, then item, then line. @throws DataError on a pair that is there twice, but may not */
  #byPair(): { order: Uint32Array; offsets: Uint32Array } {
    const [user, item, rows] = [this.#user.values, this.#item.values, this.length];
    const byItem = countingSort(item, null, rows, this.items.ids.length);
    const sorted = countingSort(user, byItem.order, rows, this.users.ids.length);
    if (this.#options.repeated === true) return sorted;
    for (let i = 1; i < rows; i++) {
      const [before, row] = [sorted.order[i - 1], sorted.order[i]];
      if (user[row] === user[before] && item[row] === item[before])
        throw new DataError(
          `user "${this.users.ids[user[row]]}" and item "${this.items.ids[item[row]]}" were there before, in line ${this.#line.values[before]}; keep one row of a pair`,
          { file: this.#options.file, line: this.#line.values[row] },
        );
    }
    return sorted;
  }

  /**
   * The rows in order of user, then item, then line. Call it after every reader that shares the id tables is done.
   * @throws DataError on a pair that is there twice (naming the line of the second), and where there is no row
   */
  build(): InteractionLog {
    const { file, repeated = false, ratingScale } = this.#options;
    const rows = this.length;
    if (rows === 0) throw new DataError('no rows', { file });
    const { offsets, order: sorted } = this.#byPair();
    const column = <T extends Uint8Array | Uint32Array | Float32Array | Float64Array>(from: GrowingArray<T> | undefined): T | null => {
      if (from === undefined) return null;
      const to = from.trimmed();
      for (let i = 0; i < rows; i++) to[i] = from.values[sorted[i]];
      return to;
    };
    return {
      userIds: this.users.ids,
      itemIds: this.items.ids,
      offsets,
      items: column(this.#item) as Uint32Array,
      clicks: column(this.#click) as Uint8Array,
      ratings: column(this.#columns.rating) as Float32Array | null,
      conversions: column(this.#columns.conversion) as Uint8Array | null,
      propensities: column(this.#columns.propensity) as Float64Array | null,
      positions: column(this.#columns.position) as Uint8Array | null,
      timestamps: column(this.#columns.timestamp) as Float64Array | null,
      repeated,
      ...(ratingScale && this.#columns.rating && { ratingScale }),
    };
  }
}

/** The index of an id. @throws DataError where it is met first, and can be none */
function intern(table: InteractionIds, what: string, id: string, file: string, line: number): number {
  const known = table.ids.length;
  const index = table.intern(id);
  const problem = index === known ? idFault(id) : null;
  if (problem !== null) throw new DataError(`the id ${shownText(id)} of the ${what} ${problem}`, { file, line });
  return index;
}

/** Indexes 0 … rows − 1, or those of `before`, stably sorted by key; offsets of the keys. */
function countingSort(keys: Uint32Array, before: Uint32Array | null, rows: number, keyCount: number) {
  const offsets = new Uint32Array(keyCount + 1);
  for (let i = 0; i < rows; i++) offsets[keys[i] + 1]++;
  for (let k = 0; k < keyCount; k++) offsets[k + 1] += offsets[k];
  const next = offsets.slice();
  const order = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = before === null ? i : before[i];
    order[next[keys[row]]++] = row;
  }
  return { order, offsets };
}

function checkRecord(record: InteractionRecord, { ratingScale, scaleHint = '' }: BuilderOptions, file: string, line: number): void {
  const { user, item, click, rating, conversion, propensity, position, timestamp } = record;
  const fault = (problem: string) => new DataError(problem, { file, line });
  if (user === '' || item === '') throw fault('an empty id; every row needs a user and an item');
  if (click !== undefined && click !== 0 && click !== 1) throw fault(`a click must be 0 or 1, got ${click}`);
  if (rating !== undefined && !keptInFloat32(rating))
    throw fault(`a rating must be a number, got ${rating}${Number.isNaN(rating) ? '' : `; ${float32Rule}`}`);
  if (rating !== undefined && ratingScale && !(rating >= ratingScale[0] && rating <= ratingScale[1]))
    throw fault(`a rating must be on the scale from ${ratingScale[0]} to ${ratingScale[1]}, got ${rating}${scaleHint}`);
  if (conversion !== undefined && conversion !== 0 && conversion !== 1) throw fault(`a conversion must be 0 or 1, got ${conversion}`);
  if (conversion === 1 && click === 0) throw fault('a conversion without a click');
  if (propensity !== undefined && !(propensity > 0 && propensity <= 1))
    throw fault(`a propensity must be in (0, 1], got ${propensity}; drop rows that could not be seen`);
  if (position !== undefined && !(Number.isInteger(position) && position >= 0 && position < 256))
    throw fault(`a rank must be a whole number from 1 to 256, got ${position + 1}`);
  if (timestamp !== undefined && !Number.isFinite(timestamp)) throw fault(`a timestamp must be a number, got ${timestamp}`);
}
