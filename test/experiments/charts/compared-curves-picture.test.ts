import { comparedCurvesPicture } from '../../../experiments/charts/compared-curves-picture.ts';
import { pictureData } from '../../../experiments/charts/picture-data.ts';

const point = (rank: number, value: number, lower = value, upper = value) => ({ rank, value, lower, upper });
const curves = Array.from({ length: 18 }, (_, i) => ({ name: `method ${i}`, points: [point(1, 1), point(2, 0.5, 0.4, 0.6 + i / 100)] }));
const options = { title: 'all', y: 'examination' };

/** The scale by which the marks of a kind are told apart. */
function rangeOf(spec: object, mark: string, channel: string): readonly unknown[] {
  const { layer } = spec as { layer: readonly { mark: { type: string }; encoding: Record<string, { scale: { range: unknown[] } }> }[] };
  return layer.find((one) => one.mark.type === mark && one.encoding[channel] !== undefined)?.encoding[channel].scale.range ?? [];
}

test('curves of 18 methods can be told apart by dash and shape alone', () => {
  const { spec } = comparedCurvesPicture(curves, options);
  const [dashes, shapes] = [rangeOf(spec, 'line', 'strokeDash'), rangeOf(spec, 'point', 'shape')];
  expect(new Set(dashes.map((dash, i) => JSON.stringify([dash, shapes[i]]))).size).toBe(18);
});

test('points of a rank stand side by side, nearer to it than to another, each with its interval', () => {
  const { head, rows } = pictureData(comparedCurvesPicture(curves, options).spec);
  const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);
  expect(column('at').every((at, i) => Math.abs(Number(at) - Number(column('rank')[i])) < 0.5)).toBe(true);
  expect(new Set(column('at')).size).toBe(36);
  expect(column('upper')).toContain(0.6 + 17 / 100);
});

test('what a log axis cannot show is left out; truths are drawn and told', () => {
  const none = comparedCurvesPicture([{ name: 'silent', points: [point(1, 1), point(2, 0)] }], {
    ...options,
    truths: [{ name: 'true', points: [point(1, 1), point(2, 0.25)] }],
  });
  const { head, rows } = pictureData(none.spec);
  expect(rows.flatMap((row) => (row[head.indexOf('name')] === 'silent' ? [row[head.indexOf('value')]] : []))).toEqual([1]);
  expect(none.alt).toBe('all: examination by rank; silent 1: 1.00; true 1: 1.00, 2: 0.250');
});
