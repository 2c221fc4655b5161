import { PdfCanvas } from '../../../experiments/charts/pdf-canvas.ts';
import { type Matrix, multiply, quarterArcs, rgb } from '../../../experiments/charts/pdf-geometry.ts';

const page: Matrix = [2, 0, 0, -2, 0, 100]; // two points a unit, 50 units high
const canvas = () => new PdfCanvas(page, (text) => `(${text})`);

test('points are where a canvas would put them, through moves and turns in mid-path', () => {
  const drawing = canvas();
  drawing.beginPath();
  drawing.translate(10, 5);
  drawing.moveTo(0, 0); //                 (10, 5) → (20, 90)
  drawing.rotate(Math.PI / 2);
  drawing.lineTo(3, 0); //                 (10, 8) → (20, 84)
  drawing.stroke();
  expect(drawing.operators.slice(-3)).toEqual(['20 90 m', '20 84 l', 'S']);
});

test('a width and dashes are as long as the page makes them', () => {
  const drawing = canvas();
  drawing.lineWidth = 1.5;
  drawing.setLineDash([4, 2]);
  drawing.beginPath();
  drawing.moveTo(0, 0);
  drawing.lineTo(1, 1);
  drawing.stroke();
  expect(drawing.operators).toEqual(expect.arrayContaining(['3 w', '[8 4] 0 d']));
});

test('restore brings back the look, and tells it again only where it has changed', () => {
  const drawing = canvas();
  const square = () => {
    drawing.beginPath();
    drawing.rect(0, 0, 1, 1);
    drawing.fill();
  };
  drawing.fillStyle = '#ff0000';
  square();
  drawing.save();
  drawing.fillStyle = '#0000ff';
  drawing.globalAlpha = 0.5;
  square();
  drawing.restore();
  square();
  const colours = drawing.operators.filter((operator) => / rg$|^q$|^Q$/.test(operator));
  expect(colours).toEqual(['1 0 0 rg', 'q', '0 0 1 rg', 'Q']);
  expect([...drawing.alphas.keys()]).toEqual([1, 0.5]);
});

test('text stands upright, turned as the canvas is, and ends or has its middle at its place', () => {
  const drawing = canvas();
  drawing.font = '10px Arial';
  drawing.textAlign = 'right';
  drawing.fillText('AAA', 30, 10); // 3 · 0.667 · 10 = 20.01 units to the left
  const [text] = drawing.operators.slice(-1);
  expect(text).toMatch(/^BT \/F 10 Tf 2 0 0 2 (\S+) 80 Tm \(AAA\) Tj ET$/);
  expect(Number(/2 0 0 2 (\S+)/.exec(text)?.[1])).toBeCloseTo(2 * (30 - 20.01), 1);
});

test('what is transparent leaves no mark', () => {
  const drawing = canvas();
  drawing.fillStyle = 'transparent';
  drawing.fillRect(0, 0, 5, 5);
  expect(drawing.operators).toEqual([]);
});

test('arcs end where they should, and keep to the circle within a thousandth of it', () => {
  const arcs = quarterArcs([1, 2], 3, 0.3, 0.3 + 2 * Math.PI, false);
  expect(arcs).toHaveLength(4);
  let from = [1 + 3 * Math.cos(0.3), 2 + 3 * Math.sin(0.3)];
  for (const [a, b, end] of arcs) {
    for (const t of [0.25, 0.5, 0.75, 1]) {
      const at = [0, 1].map((i) => (1 - t) ** 3 * from[i] + 3 * (1 - t) ** 2 * t * a[i] + 3 * (1 - t) * t ** 2 * b[i] + t ** 3 * end[i]);
      expect(Math.abs(Math.hypot(at[0] - 1, at[1] - 2) - 3)).toBeLessThan(0.003);
    }
    from = [...end];
  }
  const [[, , quarter]] = quarterArcs([0, 0], 1, 0, -Math.PI / 2, true);
  expect(quarter[0]).toBeCloseTo(0);
  expect(quarter[1]).toBeCloseTo(-1);
});

test('matrices are applied from the right', () => {
  expect(multiply(page, [1, 0, 0, 1, 10, 5])).toEqual([2, 0, 0, -2, 20, 90]);
});

test('colours are told in every form that a picture has, others refused', () => {
  expect(rgb('#0072b2')).toEqual([0, 0x72 / 255, 0xb2 / 255]);
  expect(rgb('#fff')).toEqual([1, 1, 1]);
  expect(rgb('rgb(255, 0, 51)')).toEqual([1, 0, 0.2]);
  expect(rgb('none')).toBe(null);
  expect(() => rgb('var(--c0)')).toThrow(/no colour/);
});
