import type { ArrowBatch } from './arrow-batch.ts';
import type { ArrowField, ArrowType } from './arrow-schema.ts';
import { asLength } from './flat-table.ts';

/** A cell: whole numbers of 64 bits, and times in microseconds since 1970, are bigint. */
export type ArrowCell = string | number | bigint | boolean | null | readonly ArrowCell[];
/** By the number of a dictionary. */
export type ArrowDictionaries = ReadonlyMap<number, readonly ArrowCell[]>;

/** The cells of the next field of a batch. @throws RangeError for buffers that do not hold what they say */
export async function cellsOf(batch: ArrowBatch, field: ArrowField, dictionaries: ArrowDictionaries): Promise<ArrowCell[]> {
  const { type, dictionary, places, children } = field;
  if (dictionary === null || places === null) return valuesOf(batch, type, children, dictionaries);
  const values = dictionaries.get(dictionary);
  if (values === undefined) throw new RangeError(`no dictionary of number ${dictionary}`);
  const found = await valuesOf(batch, places, [], dictionaries);
  return found.map((place) => {
    if (place === null) return null;
    if (Number(place) < 0 || Number(place) >= values.length) throw new RangeError('a place that the dictionary does not have');
    return values[Number(place)];
  });
}

async function valuesOf(
  batch: ArrowBatch,
  type: ArrowType,
  children: readonly ArrowField[],
  dictionaries: ArrowDictionaries,
): Promise<ArrowCell[]> {
  const { length, nulls } = batch.node();
  if (type.kind === 'null') return nullCells(length);
  const validity = await batch.buffer(nulls > 0 ? Math.ceil(length / 8) : 0);
  const isNull = (i: number) => nulls > 0 && ((validity.getUint8(i >> 3) >> (i & 7)) & 1) === 0;
  const cell = await reader(batch, type, children, dictionaries, length);
  return Array.from({ length }, (_, i) => (isNull(i) ? null : cell(i)));
}

function nullCells(length: number): ArrowCell[] {
  if (length > 2 ** 28) throw new RangeError(`a batch of ${length} rows`); // nothing but this number stands for them
  return Array.from({ length }, () => null);
}

/** Reads the buffers of a type. @returns what gives the cell at a place */
async function reader(
  batch: ArrowBatch,
  type: Exclude<ArrowType, { kind: 'null' }>,
  children: readonly ArrowField[],
  dictionaries: ArrowDictionaries,
  length: number,
): Promise<(i: number) => ArrowCell> {
  switch (type.kind) {
    case 'boolean': {
      const bits = await batch.buffer(Math.ceil(length / 8));
      return (i) => ((bits.getUint8(i >> 3) >> (i & 7)) & 1) === 1;
    }
    case 'integer':
      return wholeNumbers(await batch.buffer((length * type.bits) / 8), type.bits, type.signed);
    case 'float':
      return decimals(await batch.buffer((length * type.bits) / 8), type.bits);
    case 'time': {
      const number = wholeNumbers(await batch.buffer((length * type.bits) / 8), type.bits, true);
      return (i) => (BigInt(number(i)) * type.of) / type.over;
    }
    case 'text':
      return type.offsets === 'view' ? views(batch, length) : texts(batch, type.offsets, length);
    case 'list': {
      const ends = await listEnds(batch, type, length);
      const items = await cellsOf(batch, children[0], dictionaries);
      return (i) => {
        const [start, end] = [ends(i), ends(i + 1)];
        if (start > end || end > items.length) throw new RangeError('a list beyond its items');
        return items.slice(start, end);
      };
    }
    default:
      throw new RangeError(`a column of ${type.name}`);
  }
}

function wholeNumbers(view: DataView, bits: number, signed: boolean): (i: number) => number | bigint {
  if (bits === 64) return signed ? (i) => view.getBigInt64(8 * i, true) : (i) => view.getBigUint64(8 * i, true);
  if (bits === 32) return signed ? (i) => view.getInt32(4 * i, true) : (i) => view.getUint32(4 * i, true);
  if (bits === 16) return signed ? (i) => view.getInt16(2 * i, true) : (i) => view.getUint16(2 * i, true);
  if (bits === 8) return signed ? (i) => view.getInt8(i) : (i) => view.getUint8(i);
  throw new RangeError(`whole numbers of ${bits} bits`);
}

function decimals(view: DataView, bits: number): (i: number) => number {
  if (bits === 64) return (i) => view.getFloat64(8 * i, true);
  if (bits === 32) return (i) => view.getFloat32(4 * i, true);
  return (i) => half(view.getUint16(2 * i, true));
}

/** A number of 16 bits: a sign, five bits of exponent, ten of the fraction. IEEE 754 binary16. */
export function half(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

const offsetsOf = async (batch: ArrowBatch, bits: 32 | 64, length: number): Promise<(i: number) => number> => {
  const view = await batch.buffer(length === 0 ? 0 : ((length + 1) * bits) / 8);
  return bits === 32 ? (i) => view.getUint32(4 * i, true) : (i) => asLength(view.getBigInt64(8 * i, true));
};

async function listEnds(batch: ArrowBatch, { offsets, size }: Extract<ArrowType, { kind: 'list' }>, length: number) {
  return offsets === null ? (i: number) => i * size : offsetsOf(batch, offsets, length);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const textIn = (view: DataView, start: number, length: number): string => {
  if (start < 0 || length < 0 || start + length > view.byteLength) throw new RangeError('a text beyond its bytes');
  return decoder.decode(new Uint8Array(view.buffer, view.byteOffset + start, length));
};

async function texts(batch: ArrowBatch, bits: 32 | 64, length: number): Promise<(i: number) => string> {
  const ends = await offsetsOf(batch, bits, length);
  const bytes = await batch.buffer(0);
  return (i) => textIn(bytes, ends(i), ends(i + 1) - ends(i));
}

const [viewSize, inline] = [16, 12];

/** A view is a length, then up to twelve bytes of text, or four of them, the number of a buffer and where the text starts in it. */
async function views(batch: ArrowBatch, length: number): Promise<(i: number) => string> {
  const view = await batch.buffer(viewSize * length);
  const buffers = await batch.views();
  return (i) => {
    const at = viewSize * i;
    const bytes = view.getInt32(at, true);
    if (bytes <= inline) return textIn(view, at + 4, bytes);
    const buffer = buffers[view.getInt32(at + 8, true)];
    if (buffer === undefined) throw new RangeError('a text of a buffer that is not there');
    return textIn(buffer, view.getInt32(at + 12, true), bytes);
  };
}
