import type { FlatTable } from './flat-table.ts';

/** A type of Arrow's, as far as columns of it are read; the others are passed over by the buffers that they have. */
export type ArrowType =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly bits: number; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: number }
  | { readonly kind: 'text'; readonly offsets: 32 | 64 | 'view' }
  /** Microseconds since 1970 are value · of / over, of values of so many bits. */
  | { readonly kind: 'time'; readonly bits: number; readonly of: bigint; readonly over: bigint }
  /** A number: every list has so many items. */
  | { readonly kind: 'list'; readonly offsets: 32 | 64 | null; readonly size: number }
  | { readonly kind: 'other'; readonly name: string; readonly buffers: number };

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  /** Number of the dictionary whose places the column holds; null without one. */
  readonly dictionary: number | null;
  /** Of the places in the dictionary. */
  readonly places: ArrowType | null;
  readonly children: readonly ArrowField[];
}

/** @throws RangeError for big-endian files */
export function fieldsOf(schema: FlatTable): ArrowField[] {
  if (schema.int16(0) !== 0) throw new RangeError('big-endian numbers');
  return schema.tables(1).map(fieldOf);
}

function fieldOf(field: FlatTable): ArrowField {
  const encoding = field.table(4);
  const index = encoding?.table(1);
  return {
    name: field.text(0),
    type: typeOf(field.uint8(2), field.table(3)),
    dictionary: encoding?.length(0) ?? null,
    places: encoding === null ? null : integer(index?.int32(0) ?? 32, (index?.uint8(1) ?? 1) !== 0),
    children: field.tables(5).map(fieldOf),
  };
}

const integer = (bits: number, signed: boolean): ArrowType => ({ kind: 'integer', bits, signed });
const text = (offsets: 32 | 64 | 'view'): ArrowType => ({ kind: 'text', offsets });
const other = (name: string, buffers: number): ArrowType => ({ kind: 'other', name, buffers });
const time = (bits: number, of: bigint, over = 1n): ArrowType => ({ kind: 'time', bits, of, over });
const day = 86_400_000_000n;

/** Numbers of the union Type in Arrow's Schema.fbs. */
function typeOf(number: number, type: FlatTable | null): ArrowType {
  const found: Readonly<Record<number, () => ArrowType>> = {
    1: () => ({ kind: 'null' }),
    2: () => integer(type?.int32(0) ?? 0, (type?.uint8(1) ?? 0) !== 0),
    3: () => ({ kind: 'float', bits: [16, 32, 64][type?.int16(0) ?? 0] }),
    4: () => other('BLOB', 3),
    5: () => text(32),
    6: () => ({ kind: 'boolean' }),
    7: () => other('DECIMAL', 2),
    8: () => ((type?.int16(0, 1) ?? 1) === 0 ? time(32, day) : time(64, 1000n)),
    9: () => other('TIME', 2),
    10: () => [time(64, 1_000_000n), time(64, 1000n), time(64, 1n), time(64, 1n, 1000n)][type?.int16(0) ?? 0],
    11: () => other('INTERVAL', 2),
    12: () => ({ kind: 'list', offsets: 32, size: 0 }),
    13: () => other('STRUCT', 1),
    15: () => other('BLOB', 2),
    16: () => ({ kind: 'list', offsets: null, size: type?.int32(0) ?? 0 }),
    17: () => other('MAP', 2),
    18: () => other('INTERVAL', 2),
    19: () => other('BLOB', 3),
    20: () => text(64),
    21: () => ({ kind: 'list', offsets: 64, size: 0 }),
    24: () => text('view'),
  };
  const make = found[number];
  if (make === undefined) throw new RangeError(`a type of number ${number}, which is not known`);
  return make();
}

/** The type of DuckDB's that holds a column. */
export function sqlTypeOf({ type, children, dictionary }: ArrowField): string {
  switch (type.kind) {
    case 'null':
    case 'text':
      return 'VARCHAR';
    case 'boolean':
      return 'BOOLEAN';
    case 'integer':
      return `${type.signed ? '' : 'U'}${{ 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' }[type.bits]}`;
    case 'float':
      return 'DOUBLE';
    case 'time':
      return 'TIMESTAMP';
    case 'list':
      return dictionary === null ? `${sqlTypeOf(children[0])}[]` : 'STRUCT';
    case 'other':
      return type.name;
  }
}
