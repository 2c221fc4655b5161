import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as zlib from 'node:zlib';
import { half } from '../../../../src/data/arrow/arrow-cells.ts';
import { unpackLz4 } from '../../../../src/data/arrow/lz4-frame.ts';
import { arrowBatches, arrowColumns } from '../../../../src/data/arrow/read-arrow.ts';
import { DataError } from '../../../../src/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const files = join(dirname(fileURLToPath(import.meta.url)), 'files'); // make-files.py wrote them
const folder = temporaryFolder();

async function rowsOf(path: string, names: readonly string[]) {
  const rows: unknown[][] = [];
  for await (const batch of arrowBatches(path, names)) batch[0].forEach((_, i) => void rows.push(batch.map((column) => column[i])));
  return rows;
}

const utc = (...time: [number, number, number, number?, number?, number?]) => BigInt(Date.UTC(...time)) * 1000n;
const expected: Readonly<Record<string, readonly unknown[]>> = {
  sid: ['s1', 's1', 's2', null],
  qid: ['q', 'q', 'ä', 'q'],
  doc: [7n, 8n, 9n, 2n ** 40n],
  pos: [1, 2, 1, null],
  clicked: [false, true, true, false],
  ts: [utc(2024, 4, 1, 12), null, utc(1969, 11, 31, 23, 59, 59), utc(2024, 4, 2)],
  vector: [
    [1, 2],
    [1, 2],
    [1, 2],
    [1, 2],
  ],
  words: [['a', 'b'], [], null, ['c']],
  long: ['abcdefghij'.repeat(20), '', 'y', 'z'],
  score: [1.5, -0.25, null, 6],
  none: [null, null, null, null],
};

describe.each(['lz4.feather', 'stream.arrows'])('%s', (name) => {
  const path = join(files, name);

  test('columns with the types that hold them', async () => {
    expect((await arrowColumns(path)).map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...['sid VARCHAR', 'qid VARCHAR', 'doc BIGINT', 'pos UTINYINT', 'clicked BOOLEAN', 'ts TIMESTAMP'],
      ...['vector DOUBLE[]', 'struct STRUCT', 'words VARCHAR[]', 'long VARCHAR', 'score DOUBLE', 'none VARCHAR'],
    ]);
  });

  test('cells of all columns, and of any by itself', async () => {
    const names = Object.keys(expected);
    expect(await rowsOf(path, names)).toEqual([0, 1, 2, 3].map((i) => names.map((column) => expected[column][i])));
    for (const column of names) expect(await rowsOf(path, [column])).toEqual(expected[column].map((cell) => [cell]));
  });

  test('cut off anywhere, or with any byte changed, it is read or refused, and nothing else', async () => {
    const whole = readFileSync(path);
    const refused = async (bytes: Buffer, place: number) => {
      const damaged = folder.put(`${place}-${name}`, bytes);
      const fault = await rowsOf(damaged, Object.keys(expected)).catch((error: unknown) => error);
      if (fault instanceof Error) expect(fault).toBeInstanceOf(DataError);
      return fault instanceof DataError;
    };
    let cuts = 0;
    for (let end = 1; end < whole.length; end += 97) cuts += Number(!(await refused(whole.subarray(0, end), end)));
    expect(cuts).toBeLessThanOrEqual(name.endsWith('.arrows') ? 2 : 0); // a stream may end between two messages
    for (let at = 0; at < whole.length; at += 41) {
      const bytes = Buffer.from(whole);
      bytes[at] ^= 0xff;
      await refused(bytes, at);
    }
  });
});

test('text views and long lists of polars', async () => {
  expect(await rowsOf(join(files, 'views.arrow'), ['sid', 'numbers'])).toEqual([
    ['s1', [1n, 2n]],
    ['a text that is longer than twelve', []],
  ]);
});

test('what zstd packed is read where Node can, and refused with a way out where not', async () => {
  const rows = rowsOf(join(files, 'zstd.feather'), ['sid', 'pos']);
  if ('zstdDecompressSync' in zlib) expect(await rows).toEqual(expected.sid.map((sid, i) => [sid, expected.pos[i]]));
  else await expect(rows).rejects.toThrow(/packed by zstd, which needs Node 22\.15 or later; write the file with compression lz4/);
});

test.each([
  ['Feather of version 1', 'FEA1    ', /Feather of version 1; write it again/],
  ['text', 'sid,qid,doc\n', /not an Arrow file that can be read/],
  ['nothing', '', /not an Arrow file that can be read/],
])('%s is refused', async (name, text, message) => {
  await expect(arrowColumns(folder.put(`no-${name.replaceAll(' ', '-')}`, text))).rejects.toThrow(message);
});

test('LZ4: a match may overlap what it writes, and blocks may be left as they are', () => {
  const head = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];
  const frame = (size: readonly number[], block: readonly number[]) => Uint8Array.of(...head, ...size, ...block, 0, 0, 0, 0);
  // two literals, then nine bytes from two back; then one literal
  const packed = frame([7, 0, 0, 0], [0x25, 97, 98, 2, 0, 0x10, 99]);
  expect(Buffer.from(unpackLz4(packed, 12)).toString()).toBe('abababababac');
  expect(Buffer.from(unpackLz4(frame([2, 0, 0, 0x80], [97, 98]), 2)).toString()).toBe('ab');
  expect(() => unpackLz4(packed, 13)).toThrow(RangeError);
  expect(() => unpackLz4(packed, 11)).toThrow(RangeError);
  expect(() => unpackLz4(frame([3, 0, 0, 0], [0x05, 9, 0]), 9)).toThrow(/a match outside/);
});

test('numbers of 16 bits', () => {
  const cases = [
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x7c00, Number.POSITIVE_INFINITY],
  ];
  for (const [bits, value] of cases) expect(half(bits)).toBe(value);
  expect(half(0x7e00)).toBeNaN();
});
