import { pairLosses, sigmoid, softplus } from '../../../src/losses/pair-loss.ts';

const scores = [-30, -2.5, -0.1, 0, 0.7, 4, 25];
const targets = [0, 0.3, 1];
const numeric = (f: (x: number) => number, x: number) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;

describe.each(Object.entries(pairLosses))('%s', (_, loss) => {
  test('derivatives by score and by target are those of the value', () => {
    for (const s of scores)
      for (const y of targets) {
        expect(loss.derivative(s, y)).toBeCloseTo(
          numeric((x) => loss.value(x, y), s),
          4,
        );
        expect(loss.targetDerivative(s, y)).toBeCloseTo(
          numeric((x) => loss.value(s, x), y),
          4,
        );
        expect(loss.predictionSlope(s)).toBeCloseTo(numeric(loss.predict, s), 6);
      }
  });

  test('is linear in the target if and only if it says so', () => {
    const gap = (s: number, y: number) => Math.abs(loss.value(s, y) - y * loss.value(s, 1) - (1 - y) * loss.value(s, 0));
    const most = Math.max(...scores.map((s) => gap(s, 0.3)));
    if (loss.linear) expect(most).toBeLessThan(1e-9);
    else expect(most).toBeGreaterThan(0.1);
  });

  test('is least where the prediction is the target', () => {
    const best = loss === pairLosses['squared-identity'] ? 0.3 : Math.log(0.3 / 0.7);
    for (const s of scores) expect(loss.value(s, 0.3)).toBeGreaterThanOrEqual(loss.value(best, 0.3));
    expect(loss.predict(best)).toBeCloseTo(0.3, 12);
    expect(loss.scoreOf(0.3)).toBeCloseTo(best, 12);
    for (const s of scores.filter((score) => Math.abs(score) < 10)) expect(loss.scoreOf(loss.predict(s))).toBeCloseTo(s, 9);
  });
});

test('sigmoid and softplus neither overflow nor lose small values', () => {
  expect(sigmoid(-800)).toBe(0);
  expect(sigmoid(800)).toBe(1);
  expect(sigmoid(-50) / Math.exp(-50)).toBeCloseTo(1, 12);
  expect(softplus(800)).toBe(800);
  expect(softplus(-50) / Math.exp(-50)).toBeCloseTo(1, 12);
});
