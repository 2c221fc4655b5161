import fc from 'fast-check';
import { UsageError } from '../../../src/errors.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';
import { resample } from '../../../src/stats/bootstrap.ts';
import { type CorrelationName, correlationInterval, correlations } from '../../../src/stats/correlations.ts';
import { kendallTauB } from '../../../src/stats/kendall-tau-b.ts';
import { pearson } from '../../../src/stats/pearson.ts';
import { spearman } from '../../../src/stats/spearman.ts';

const names = Object.keys(correlations) as CorrelationName[];
const of = { pearson, spearman, kendall: kendallTauB };

test('by hand', () => {
  expect(pearson([1, 2, 3], [1, 2, 4])).toBeCloseTo(3 / Math.sqrt(2 * (14 / 3)), 14);
  expect(spearman([10, 20, 30, 40], [1, 3, 2, 9])).toBeCloseTo(1 - (6 * 2) / (4 * 15), 14); // 1 − 6 Σ d²/(n(n² − 1))
  expect(kendallTauB([1, 2, 3, 4], [1, 3, 2, 9])).toBeCloseTo((5 - 1) / 6, 14);
  // x ties once: 5 pairs of 6 differ in x, all 6 in y; 4 concordant, 1 discordant
  expect(kendallTauB([1, 1, 2, 3], [1, 2, 4, 3])).toBeCloseTo((4 - 1) / Math.sqrt(5 * 6), 14);
});

test('as scipy 1.17, with ties', () => {
  const a = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
  const b = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4];
  expect(pearson(a, b)).toBeCloseTo(0.09422924859889797, 13);
  expect(spearman(a, b)).toBeCloseTo(0.1384567651467695, 13);
  expect(kendallTauB(a, b)).toBeCloseTo(0.14757295747452434, 13);
});

const pairs = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 25 });

test('Kendall by comparing all pairs', () => {
  fc.assert(
    fc.property(pairs, (points) => {
      let [sum, x, y] = [0, 0, 0];
      for (const [i, [a, b]] of points.entries())
        for (const [c, d] of points.slice(0, i)) {
          sum += Math.sign(a - c) * Math.sign(b - d);
          x += Math.abs(Math.sign(a - c));
          y += Math.abs(Math.sign(b - d));
        }
      const ours = kendallTauB(
        points.map(([a]) => a),
        points.map(([, b]) => b),
      );
      if (x === 0 || y === 0) expect(ours).toBeNaN();
      else expect(ours).toBeCloseTo(sum / Math.sqrt(x * y), 12);
    }),
  );
});

describe.each(names)('%s', (name) => {
  const { counted } = correlations[name];

  test('symmetric, odd, blind to scale, 1 with itself; NaN where a side does not vary', () => {
    fc.assert(
      fc.property(pairs, (points) => {
        const [x, y] = [points.map(([a]) => a), points.map(([, b]) => b)];
        const r = of[name](x, y);
        if (Number.isNaN(r)) return expect(new Set(x).size === 1 || new Set(y).size === 1).toBe(true);
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(of[name](y, x)).toBeCloseTo(r, 12);
        expect(
          of[name](
            x,
            y.map((v) => -v),
          ),
        ).toBeCloseTo(-r, 12);
        expect(
          of[name](
            x,
            y.map((v) => 5 + 0.25 * v),
          ),
        ).toBeCloseTo(r, 12);
        expect(of[name](x, x)).toBeCloseTo(1, 12);
      }),
    );
    expect(of[name]([0.1 + 0.2, 0.3, 0.1 + 0.2], [1, 2, 3])).not.toBeNaN(); // differs by one rounding
    expect(of[name]([0.3, 0.3, 0.3], [1, 2, 3])).toBeNaN();
  });

  test('a pair counted twice is that pair twice, one counted 0 times is left out', () => {
    fc.assert(
      fc.property(pairs, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), (points, stream) => {
        const counts = Float64Array.from(points, () => stream.next().value as number);
        const spelt = points.flatMap((point, i) => new Array<[number, number]>(counts[i]).fill(point));
        if (spelt.length < 2) return;
        const [ours, theirs] = [
          counted(
            points.map(([a]) => a),
            points.map(([, b]) => b),
          )(counts),
          of[name](
            spelt.map(([a]) => a),
            spelt.map(([, b]) => b),
          ),
        ];
        if (Number.isNaN(theirs)) expect(ours).toBeNaN();
        else expect(ours).toBeCloseTo(theirs, 12);
      }),
    );
  });

  test('intervals cover the correlation of the population', () => {
    // of normal pairs: Pearson ρ, Spearman (6/π) asin(ρ/2), Kendall (2/π) asin(ρ)
    const rho = 0.5;
    const truth = { pearson: rho, spearman: (6 / Math.PI) * Math.asin(rho / 2), kendall: (2 / Math.PI) * Math.asin(rho) }[name];
    const rng = createRng('cover');
    const repeats = 300;
    let covered = 0;
    for (let r = 0; r < repeats; r++) {
      const x = Array.from({ length: 120 }, () => gaussian(rng));
      const y = x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * gaussian(rng));
      const { lower, upper } = correlationInterval(name, x, y, rng.fork(`${r}`), { resamples: 200 });
      if (lower <= truth && truth <= upper) covered++;
    }
    // percentile intervals fall a little short at n = 120, and 200 resamples take another percent
    expect(covered / repeats).toBeGreaterThan(0.935 - 4 * Math.sqrt(0.05 / repeats));
    expect(covered / repeats).toBeLessThanOrEqual(0.95 + 4 * Math.sqrt(0.05 / repeats));
  });

  test('refuses what has no correlation', () => {
    expect(() => of[name]([1], [1])).toThrow(UsageError);
    expect(() => of[name]([1, 2], [1])).toThrow('as many values on both sides');
    expect(() => of[name]([1, Number.NaN], [1, 2])).toThrow('pair 1 must be two finite numbers');
  });
});

test('an unknown correlation is told the known ones', () => {
  expect(() => correlationInterval('spaerman' as 'spearman', [1, 2], [1, 2], createRng('x'))).toThrow('did you mean "spearman"?');
});

test('one stream of resamples serves every coefficient', () => {
  const seen: string[] = [];
  resample(5, 3, createRng('same'), (counts) => seen.push(counts.join()));
  const again: string[] = [];
  resample(5, 3, createRng('same'), (counts) => again.push(counts.join()));
  expect(again).toEqual(seen);
  expect(new Set(seen).size).toBe(3);
});
