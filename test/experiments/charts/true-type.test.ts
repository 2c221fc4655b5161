import { arimo, textWidth } from '../../../experiments/charts/true-type.ts';

test('letters are as wide as those of Helvetica', () => {
  // Adobe's Core 14 font metrics of Helvetica, thousandths of the size
  for (const [letter, width] of Object.entries({ ' ': 278, A: 667, W: 944, i: 222, m: 833, '0': 556, '@': 1015, '-': 333 }))
    expect(Math.abs(1000 * textWidth(letter, 1) - width)).toBeLessThan(1);
  expect(textWidth('Ai', 20)).toBeCloseTo(((667 + 222) * 20) / 1000, 1);
});

test('has the letters that pictures of ours use', () => {
  const font = arimo();
  for (const letter of 'AZaz09ÄéθταβΔΣλ²·±−–—…’†‡≤≥≠×→∞√◊●')
    expect([letter, font.glyph(letter.codePointAt(0) as number)]).not.toEqual([letter, 0]);
  expect(font.glyph(0x624b)).toBe(0); // 手: the SVG has it where a font does
});
