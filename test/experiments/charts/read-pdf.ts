import { inflateSync } from 'node:zlib';

/** Objects of a PDF by number, their streams unpacked; found by its cross-reference table alone. */
export function readPdf(bytes: Buffer) {
  const text = bytes.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const lines = text.slice(start).split('\n');
  const count = Number(lines[1].split(' ')[1]);
  return Array.from({ length: count }, (_, n) => {
    if (n === 0) return { dictionary: '', stream: Buffer.alloc(0) };
    const place = Number(lines[2 + n].slice(0, 10));
    const [head] = /^\d+ 0 obj\n/.exec(text.slice(place)) ?? [''];
    if (head !== `${n} 0 obj\n`) throw new Error(`object ${n} is not where the table says`);
    const rest = text.slice(place + head.length, text.indexOf('\nendobj', place));
    const [dictionary] = rest.split('\nstream\n');
    const from = place + head.length + dictionary.length + '\nstream\n'.length;
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    return { dictionary, stream: length === 0 ? Buffer.alloc(0) : inflateSync(bytes.subarray(from, from + length)) };
  });
}

/** The texts of a page, in order, read back through the font's map to characters. */
export function textsOf(objects: ReturnType<typeof readPdf>): string[] {
  const content = objects.find(({ stream }) => stream.includes('BT /F'))?.stream.toString('latin1') ?? '';
  const map = objects.find(({ stream }) => stream.includes('beginbfchar'))?.stream.toString('latin1') ?? '';
  const letters = new Map([...map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)].map(([, glyph, letter]) => [glyph, letter]));
  const letter = (glyph: string) =>
    String.fromCharCode(...((letters.get(glyph) ?? '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
  return [...content.matchAll(/<([0-9a-f]*)> Tj/g)].map(([, glyphs]) => (glyphs.match(/.{4}/g) ?? []).map(letter).join(''));
}
