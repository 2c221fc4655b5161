import type { TopLevelSpec } from 'vega-lite';
import type { Picture } from './draw-svg.ts';
import { tidySvg } from './draw-svg.ts';
import { escapeHtml } from './escape-html.ts';
import { literalColours } from './palette.ts';
import { fitted, type Size } from './paper-size.ts';
import { pdfFile } from './pdf-file.ts';
import { type PictureData, pictureData } from './picture-data.ts';
import { paperStyle } from './picture-style.ts';
import { withView } from './vega.ts';

/** A picture for a paper, in every form. */
export interface PaperFigure extends Size {
  readonly svg: string;
  readonly pdf: Buffer;
  readonly vegaLite: string; // JSON, with its data, colours and sizes
  readonly data: PictureData;
}

/** @param width in millimetres, of the whole figure */
export async function paperFigure(picture: Picture, width: number): Promise<PaperFigure> {
  const literal = JSON.parse(literalColours(JSON.stringify(picture.spec))) as Record<string, unknown>;
  const { spec, size } = await fitted(literal, width);
  const styled = { ...spec, config: paperStyle } as unknown as TopLevelSpec;
  const svg = await withView(styled, (view) => view.toSVG());
  const title = picture.alt.split(':')[0];
  const pdf = await pdfFile({ ...size.points, scale: size.scale, title }, (canvas) =>
    withView(styled, (view) => view.toCanvas(1, { externalContext: canvas } as object)),
  );
  const vegaLite = JSON.stringify(
    { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', description: picture.alt, ...styled },
    null,
    1,
  );
  return { ...size, svg: standalone(svg, size, picture.alt), pdf, vegaLite: `${vegaLite}\n`, data: pictureData(literal) };
}

/** An SVG file with a size on paper, and the sentence that says what it shows. */
function standalone(svg: string, { millimetres: { width, height } }: Size, alt: string): string {
  const sized = tidySvg(svg).replace(/ width="[^"]*" height="[^"]*"/, ` width="${width}mm" height="${height}mm" role="img"`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${sized.replace(/<svg[^>]*>/, (open) => `${open}<title>${escapeHtml(alt)}</title>`)}\n`;
}
