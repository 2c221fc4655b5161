import { deflateSync } from 'node:zlib';
import { PdfCanvas } from './pdf-canvas.ts';
import { number } from './pdf-geometry.ts';
import { arimo } from './true-type.ts';

export interface PdfPage {
  readonly width: number; //  points
  readonly height: number;
  readonly scale: number; //  points of a unit of the drawing
  readonly title: string;
}

/** One page with vector marks and text in an embedded font, as journals ask for. Same drawing, same bytes. */
export async function pdfFile({ width, height, scale, title }: PdfPage, draw: (canvas: PdfCanvas) => Promise<unknown>): Promise<Buffer> {
  const font = arimo();
  const used = new Map<number, string>(); // glyph → the character it shows
  const canvas = new PdfCanvas([scale, 0, 0, -scale, 0, height], (text) => {
    const glyphs = [...text.replaceAll('◆', '◊')].map((letter) => {
      const glyph = font.glyph(letter.codePointAt(0) as number);
      used.set(glyph, letter);
      return hex(glyph);
    });
    return `<${glyphs.join('')}>`;
  });
  await draw(canvas);
  const glyphs = [...used.keys()].sort((a, b) => a - b);
  const widths = glyphs.map((glyph) => `${glyph} [${number(font.advance(glyph))}]`).join(' ');
  const states = [...canvas.alphas].map(([alpha, name]) => `/${name} << /ca ${number(alpha, 3)} /CA ${number(alpha, 3)} >>`).join(' ');
  const name = '/CRANKA+Arimo';
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${number(width)} ${number(height)}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /ExtGState << ${states} >> >> >>`,
    stream(Buffer.from(canvas.operators.join('\n'), 'latin1')),
    `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 9 0 R >>`,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R /CIDToGIDMap /Identity /W [${widths}] >>`,
    `<< /Type /FontDescriptor /FontName ${name} /Flags 4 /FontBBox [${font.box.join(' ')}] /ItalicAngle 0 /Ascent ${font.ascent} /Descent ${font.descent} /CapHeight 716 /StemV 80 /FontFile2 8 0 R >>`,
    stream(font.bytes, ` /Length1 ${font.bytes.length}`),
    stream(Buffer.from(unicodeMap(used), 'latin1')),
    `<< /Title ${utf16(title)} /Producer (Counterrank) >>`,
  ]);
}

const hex = (value: number) => value.toString(16).padStart(4, '0');
const utf16 = (text: string) => `<feff${[...Array(text.length).keys()].map((i) => hex(text.charCodeAt(i))).join('')}>`;

function stream(content: Buffer, entries = ''): Buffer {
  const packed = deflateSync(content);
  return Buffer.concat([
    Buffer.from(`<< /Length ${packed.length}${entries} /Filter /FlateDecode >>\nstream\n`, 'latin1'),
    packed,
    Buffer.from('\nendstream', 'latin1'),
  ]);
}

/** Which characters the glyphs show, so that text can be searched and copied. */
function unicodeMap(used: ReadonlyMap<number, string>): string {
  const lines = [...used].map(([glyph, letter]) => `<${hex(glyph)}> ${utf16(letter).replace('<feff', '<')}`);
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, b) => lines.slice(100 * b, 100 * (b + 1)));
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks.flatMap((block) => [`${block.length} beginbfchar`, ...block, 'endbfchar']),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

/** Objects by number from 1, the first the catalogue, the last what the file says of itself; behind them where each begins. */
function assemble(objects: readonly (string | Buffer)[]): Buffer {
  const parts = [Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let length = parts[0].length;
  const places = objects.map((object, i) => {
    const place = length;
    const body = typeof object === 'string' ? Buffer.from(object, 'latin1') : object;
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(part);
    length += part.length;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>`;
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}
