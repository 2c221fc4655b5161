import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../modules/own-files.ts';

/** What a PDF needs to know of a TrueType font. Lengths are in thousandths of the font size. */
export interface TrueType {
  readonly bytes: Buffer;
  readonly box: readonly number[]; // left, bottom, right, top of all glyphs
  readonly ascent: number;
  readonly descent: number;
  /** Index of a character's glyph; 0, an empty box, where the font has none. */
  glyph(codePoint: number): number;
  advance(glyph: number): number;
}

/** @throws Error for a file that is no TrueType font with a table of characters in format 4 */
export function readTrueType(bytes: Buffer): TrueType {
  const tables = new Map<string, number>();
  for (let t = 0; t < bytes.readUInt16BE(4); t++)
    tables.set(bytes.toString('latin1', 12 + 16 * t, 16 + 16 * t), bytes.readUInt32BE(20 + 16 * t));
  const table = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`the font has no table ${name}`);
    return offset;
  };
  const [head, hhea, hmtx] = [table('head'), table('hhea'), table('hmtx')];
  const scale = 1000 / bytes.readUInt16BE(head + 18);
  const metrics = bytes.readUInt16BE(hhea + 34);
  const glyphs = characterMap(bytes, table('cmap'));
  return {
    bytes,
    box: [36, 38, 40, 42].map((at) => Math.round(scale * bytes.readInt16BE(head + at))),
    ascent: Math.round(scale * bytes.readInt16BE(hhea + 4)),
    descent: Math.round(scale * bytes.readInt16BE(hhea + 6)),
    glyph: (codePoint) => glyphs.get(codePoint) ?? 0,
    advance: (glyph) => scale * bytes.readUInt16BE(hmtx + 4 * Math.min(glyph, metrics - 1)),
  };
}

/** Glyphs by character, of the first table in format 4: segments of characters, each with an offset or a list of glyphs. */
function characterMap(bytes: Buffer, cmap: number): Map<number, number> {
  const offsets = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, i) => cmap + bytes.readUInt32BE(cmap + 8 + 8 * i));
  const at = offsets.find((offset) => bytes.readUInt16BE(offset) === 4);
  if (at === undefined) throw new Error('the font has no table of characters in format 4');
  const size = bytes.readUInt16BE(at + 6); // bytes of each of the four lists of segments
  const found = new Map<number, number>();
  for (let s = 0; s < size; s += 2) {
    const [end, start] = [bytes.readUInt16BE(at + 14 + s), bytes.readUInt16BE(at + 16 + size + s)];
    const delta = bytes.readUInt16BE(at + 16 + 2 * size + s);
    const place = at + 16 + 3 * size + s;
    const range = bytes.readUInt16BE(place);
    for (let c = start; c <= end && c !== 0xffff; c++) {
      const listed = range === 0 ? c : bytes.readUInt16BE(place + range + 2 * (c - start));
      if (listed !== 0) found.set(c, (listed + delta) & 0xffff);
    }
  }
  return found;
}

let read: TrueType | null = null;

/** Arimo, whose letters are as wide as those of Arial and Helvetica. */
export const arimo = (): TrueType => (read ??= readTrueType(readFileSync(join(packageRoot, 'experiments', 'fonts', 'arimo.ttf'))));

/** How wide a text is set in Arial, Helvetica or Arimo, in units of the font size's. */
export function textWidth(text: string, fontSize: number): number {
  const font = arimo();
  let width = 0;
  for (const letter of text) width += font.advance(font.glyph(letter.codePointAt(0) as number));
  return (width * fontSize) / 1000;
}

/** How much wider a text is in bold letters, at most as a rule: the font here has none. */
export const boldness = 1.12;
