import { type Matrix, multiply, number, quarterArcs, rgb, scaleOf } from './pdf-geometry.ts';
import { textWidth } from './true-type.ts';

/** What a drawing's next mark looks like, as a canvas keeps it. */
interface Look {
  matrix: Matrix;
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  miterLimit: number;
  lineDashOffset: number;
  dash: readonly number[];
  globalAlpha: number;
  font: string;
  textAlign: string;
}

const caps: Readonly<Record<string, number>> = { butt: 0, round: 1, square: 2 };
const joins: Readonly<Record<string, number>> = { miter: 0, round: 1, bevel: 2 };

/** How a text is written into a content stream; the file knows its font. */
export type WriteText = (text: string) => string;

/**
 * The part of a canvas's 2D context that Vega draws with, as operators of a PDF page. Points are transformed here, for a canvas may move between
 * the parts of a path, and a PDF may not.
 * @param matrix from the drawing's units, y downwards, to points, y upwards
 */
export class PdfCanvas {
  readonly operators: string[] = [];
  readonly alphas = new Map<number, string>(); // names of the graphics states of opacities
  readonly pixelRatio = 1;
  private readonly saved: { look: Look; told: Map<string, string> }[] = [];
  private told = new Map<string, string>(); // operators in force, by kind
  private path: string[] = [];
  private at: readonly [number, number] | null = null;
  private readonly writeText: WriteText;
  private look: Look;

  constructor(matrix: Matrix, writeText: WriteText) {
    this.writeText = writeText;
    const strokes = { lineWidth: 1, lineCap: 'butt', lineJoin: 'miter', miterLimit: 10, lineDashOffset: 0, dash: [] };
    this.look = { matrix, fillStyle: '#000000', strokeStyle: '#000000', ...strokes, globalAlpha: 1, font: '10px', textAlign: 'left' };
  }

  set fillStyle(value: string) {
    this.look.fillStyle = value;
  }
  set strokeStyle(value: string) {
    this.look.strokeStyle = value;
  }
  set lineWidth(value: number) {
    this.look.lineWidth = value;
  }
  set lineCap(value: string) {
    this.look.lineCap = value;
  }
  set lineJoin(value: string) {
    this.look.lineJoin = value;
  }
  set miterLimit(value: number) {
    this.look.miterLimit = value;
  }
  set lineDashOffset(value: number) {
    this.look.lineDashOffset = value;
  }
  set globalAlpha(value: number) {
    this.look.globalAlpha = value;
  }
  set font(value: string) {
    this.look.font = value;
  }
  set textAlign(value: string) {
    this.look.textAlign = value;
  }
  set globalCompositeOperation(_: string) {}

  setLineDash(dash: readonly number[] | null): void {
    this.look.dash = [...(dash ?? [])];
  }

  save(): void {
    this.saved.push({ look: { ...this.look }, told: new Map(this.told) });
    this.operators.push('q');
  }

  restore(): void {
    const before = this.saved.pop();
    if (before === undefined) return;
    this.look = before.look;
    this.told = before.told;
    this.operators.push('Q');
  }

  translate(x: number, y: number): void {
    this.look.matrix = multiply(this.look.matrix, [1, 0, 0, 1, x, y]);
  }

  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.look.matrix = multiply(this.look.matrix, [cos, sin, -sin, cos, 0, 0]);
  }

  scale(x: number, y: number): void {
    this.look.matrix = multiply(this.look.matrix, [x, 0, 0, y, 0, 0]);
  }

  beginPath(): void {
    this.path = [];
    this.at = null;
  }

  moveTo(x: number, y: number): void {
    this.path.push(`${this.place(x, y)} m`);
    this.at = [x, y];
  }

  lineTo(x: number, y: number): void {
    this.path.push(`${this.place(x, y)} ${this.at === null ? 'm' : 'l'}`);
    this.at = [x, y];
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    if (this.at === null) this.moveTo(x1, y1);
    this.path.push(`${this.place(x1, y1)} ${this.place(x2, y2)} ${this.place(x, y)} c`);
    this.at = [x, y];
  }

  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    const [x0, y0] = this.at ?? [x1, y1];
    const third = (end: number, control: number) => end + (2 / 3) * (control - end);
    this.bezierCurveTo(third(x0, x1), third(y0, y1), third(x, x1), third(y, y1), x, y);
  }

  arc(x: number, y: number, radius: number, from: number, to: number, anticlockwise = false): void {
    this.lineTo(x + radius * Math.cos(from), y + radius * Math.sin(from));
    for (const [a, b, end] of quarterArcs([x, y], radius, from, to, anticlockwise)) this.bezierCurveTo(...a, ...b, ...end);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.moveTo(x, y);
    for (const [right, down] of [
      [width, 0],
      [width, height],
      [0, height],
    ])
      this.lineTo(x + right, y + down);
    this.closePath();
  }

  closePath(): void {
    if (this.path.length > 0) this.path.push('h');
  }

  clip(): void {
    this.operators.push(...this.path, 'W n');
    this.beginPath();
  }

  fill(): void {
    this.paint('f', this.look.fillStyle, 'rg');
  }

  stroke(): void {
    const { lineWidth, lineCap, lineJoin, miterLimit, dash, lineDashOffset, matrix } = this.look;
    const scale = scaleOf(matrix);
    this.tell('width', `${number(lineWidth * scale)} w`);
    this.tell('cap', `${caps[lineCap] ?? 0} J`);
    this.tell('join', `${joins[lineJoin] ?? 0} j`);
    this.tell('miter', `${number(miterLimit)} M`);
    this.tell('dash', `[${dash.map((length) => number(length * scale)).join(' ')}] ${number(lineDashOffset * scale)} d`);
    this.paint('S', this.look.strokeStyle, 'RG');
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const { path, at } = this;
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
    [this.path, this.at] = [path, at];
  }

  fillText(text: string, x: number, y: number): void {
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(this.look.font)?.[1] ?? 10);
    const width = textWidth(text, size);
    const left = x - ({ center: width / 2, right: width, end: width }[this.look.textAlign] ?? 0);
    if (!this.colour(this.look.fillStyle, 'rg')) return;
    const [a, b, c, d, e, f] = multiply(this.look.matrix, [1, 0, 0, -1, left, y]);
    this.operators.push(
      `BT /F ${number(size)} Tf ${[a, b, c, d].map((v) => number(v, 5)).join(' ')} ${number(e)} ${number(f)} Tm ${this.writeText(text)} Tj ET`,
    );
  }

  strokeText(): void {} // an outline around letters, which no picture has

  /** Not painted where it is transparent; the path stays, as on a canvas. */
  private paint(operator: string, style: string, space: 'rg' | 'RG'): void {
    if (this.path.length > 0 && this.colour(style, space)) this.operators.push(...this.path, operator);
  }

  private colour(style: string, space: 'rg' | 'RG'): boolean {
    const colour = rgb(style);
    if (colour === null || this.look.globalAlpha === 0) return false;
    this.tell(space, `${colour.map((part) => number(part, 3)).join(' ')} ${space}`);
    const alpha = Math.round(1000 * this.look.globalAlpha) / 1000;
    if (!this.alphas.has(alpha)) this.alphas.set(alpha, `A${this.alphas.size}`);
    this.tell('alpha', `/${this.alphas.get(alpha)} gs`);
    return true;
  }

  private tell(kind: string, operator: string): void {
    if (this.told.get(kind) === operator) return;
    this.told.set(kind, operator);
    this.operators.push(operator);
  }

  private place(x: number, y: number): string {
    const [a, b, c, d, e, f] = this.look.matrix;
    return `${number(a * x + c * y + e)} ${number(b * x + d * y + f)}`;
  }
}
